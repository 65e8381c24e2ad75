"""Small files of every kind, made on the spot; and those that pretend."""

import io
import zipfile
import zlib

import pikepdf
from PIL import Image

MEBIBYTE = 1024 * 1024
OFFICE = "application/vnd.openxmlformats-officedocument"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def pdf(pages: int = 1, **saving) -> bytes:
    document, target = pikepdf.new(), io.BytesIO()
    for _page in range(pages):
        document.add_blank_page(page_size=(595, 842))
    document.save(target, static_id=True, **saving)
    return target.getvalue()


def padded_pdf(size: int) -> bytes:
    """A PDF of exactly so many bytes: a comment before its end fills it up."""
    small = pdf()
    head, mark, tail = small.rpartition(b"startxref")
    return head + b"%" + b"x" * (size - len(small) - 2) + b"\n" + mark + tail


def locked_pdf() -> bytes:
    return pdf(encryption=pikepdf.Encryption(owner="a", user="b"))


def zipped(parts: dict[str, bytes | str], compression=zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def office(main: str, **more: bytes) -> bytes:
    types = f'<Types><Override PartName="/main.xml" ContentType="{main}+xml"/></Types>'
    return zipped({"[Content_Types].xml": types, **more})


def docx(**more: bytes) -> bytes:
    return office(f"{OFFICE}.wordprocessingml.document.main", **more)


def xlsx() -> bytes:
    return office(f"{OFFICE}.spreadsheetml.sheet.main")


def odt(manifest: str = "", **more: bytes) -> bytes:
    parts = {"mimetype": "application/vnd.oasis.opendocument.text"}
    return zipped({**parts, "META-INF/manifest.xml": manifest, **more}, zipfile.ZIP_STORED)


def docm() -> bytes:
    return office("application/vnd.ms-word.document.macroEnabled.main")


def bomb() -> bytes:
    return docx(**{"word/media/image1.bmp": bytes(310 * 1024 * 1024)})


def pdf_bomb(mebibytes: int) -> bytes:
    """A PDF of a few kilobytes whose list of objects unpacks to this many mebibytes of nothing."""
    packer = zlib.compressobj(9)
    first = packer.compress(bytes(MEBIBYTE)) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(bytes(MEBIBYTE)) + packer.flush(zlib.Z_FULL_FLUSH)
    nothing = zlib.compress(first + again * mebibytes, 9)
    start = b"%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    listed = b"<</Type/XRef/Size 3/Root 1 0 R/W[1 2 1]/Filter[/FlateDecode/FlateDecode]/Length %d>>"
    table = b"3 0 obj" + listed % len(nothing) + b"stream\n" + nothing + b"\nendstream endobj\n"
    return start + table + b"startxref\n%d\n%%%%EOF" % len(start)


def encrypted_docx() -> bytes:
    """The mark that says "encrypted" on every part."""
    content = bytearray(docx())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(mark) + place] |= 1
    return bytes(content)


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **saving) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, "teal").save(target, kind, **saving)
    return target.getvalue()


def heic() -> bytes:
    return b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(64)
