"""The program that draws pictures: `python -m applications.files.drawing SOURCE TYPE SMALL LARGE`.

Started by `applications.files.pictures`, and imported by nobody. Pictures are drawn anew and saved
without what the original says about place and camera.
"""

import resource
import sys
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

SMALL, LARGE = (320, 320), (1400, 2000)
"""Widest and highest, in pixels."""
MAX_PIXELS = 120_000_000
"""More than a phone's camera gives; a picture that unpacks to more is not drawn."""
MAX_MEMORY = 2 * 1024**3


def main(source: str, content_type: str, small: str, large: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS // 2  # Pillow refuses twice as many
    picture = _page(source) if content_type == "application/pdf" else _picture(source)
    for target, size in ((Path(large), LARGE), (Path(small), SMALL)):
        picture.thumbnail(size)
        target.touch(mode=0o600)
        picture.save(target, "WEBP", quality=80)


def _page(source: str) -> Image.Image:
    """The first page of a PDF, as wide as the large picture; its scripts are never run."""
    with pypdfium2.PdfDocument(source) as pdf:
        page = pdf[0]
        width, height = page.get_size()
        scale = min(LARGE[0] / max(width, 1), LARGE[1] / max(height, 1))
        return page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")


def _picture(source: str) -> Image.Image:
    """The picture the way up it was taken, with nothing but its colours."""
    with Image.open(source, formats=["JPEG", "PNG", "WEBP"]) as opened:
        opened.draft("RGB", LARGE)
        turned = ImageOps.exif_transpose(opened)
        flat = turned.convert("RGBA")
    paper = Image.new("RGB", flat.size, "white")
    paper.paste(flat, mask=flat.getchannel("A"))
    return paper


if __name__ == "__main__":
    main(*sys.argv[1:])
