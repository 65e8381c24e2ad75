"""HTML to PDF: tagged PDF/A-3a that also says it is PDF/UA-1, fonts embedded, nothing fetched.

The look is `pdf.css`: families "Portal Text" and "Portal Head" (a family called Sans or Serif would
be replaced by the system's own). One font set-up per process, since making one costs more than a
letter does: the worker that renders lives long.
"""

from functools import cache
from io import BytesIO
from pathlib import Path

import font_source_sans_pro
import font_source_serif_pro
import pikepdf
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

LOOK = Path(__file__).with_name("pdf.css")

_SANS, _SERIF = font_source_sans_pro.font_files_ttf, font_source_serif_pro.font_files_ttf
FACES = [
    ("Portal Text", "normal", 400, _SANS["SourceSansPro"]),
    ("Portal Text", "italic", 400, _SANS["SourceSansProIt"]),
    ("Portal Text", "normal", 600, _SANS["SourceSansProSemibold"]),
    ("Portal Head", "normal", 600, _SERIF["SourceSerifProSemibold"]),
]


def render_pdf(html: str) -> bytes:
    """The document as PDF. The same HTML gives the same bytes.

    `html` is a whole document with a `lang` and a `<title>`; parts in another language carry
    their own `lang`. It may hold pictures as data addresses and add rules in a `<style>`; nothing
    is read from disk or network on its behalf. `<body data-left=… data-centre=…>` fills the foot.
    """
    fonts, look = _set_up()
    document = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=["data"]))
    made = document.write_pdf(stylesheets=[look], font_config=fonts, pdf_variant="pdf/a-3a")
    return _marked_accessible(made)


@cache
def _set_up() -> tuple[FontConfiguration, CSS]:
    fonts = FontConfiguration()
    own_files = URLFetcher(allowed_protocols=["file"])
    css = "\n".join([*(_face(*face) for face in FACES), LOOK.read_text()])
    return fonts, CSS(string=css, font_config=fonts, url_fetcher=own_files)


def _face(family: str, style: str, weight: int, file: str) -> str:
    address = Path(file).resolve().as_uri()
    return (
        f'@font-face {{ font-family: "{family}"; font-style: {style}; font-weight: {weight}; '
        f'src: url("{address}"); }}'
    )


def _marked_accessible(made: bytes) -> bytes:
    """Add the PDF/UA mark: the tags are there, but no variant claims both standards."""
    target = BytesIO()
    with pikepdf.open(BytesIO(made)) as pdf:
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            metadata["pdfuaid:part"] = "1"
        pdf.save(target, deterministic_id=True)
    return target.getvalue()
