"""Filling in a form the way somebody would in a word processor."""

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from docx.table import Table

from applications.documents.word.offline_reading import ReadForm, read_form

Texts = Mapping[tuple[str, str], str]


def download(client, application, language="sv") -> bytes:
    answer = client.get(
        reverse("application_docx", args=[application.public_id]), {"sprak": language}
    )
    assert answer.status_code == 200
    return answer.content


def upload(client, application, data: bytes, name="formular.docx"):
    file = SimpleUploadedFile(name, data)
    return client.post(reverse("read_in", args=[application.public_id]), {"file": file})


def read(data: bytes) -> ReadForm:
    return read_form(BytesIO(data), "formular.docx")


def changed(data: bytes, change: Callable[[Document], None]) -> bytes:
    document = Document(BytesIO(data))
    change(document)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def table_of(document, mark: str) -> Table:
    """The box or table whose first row has the mark, "answer summary sv"."""
    found = [
        table
        for table in document.tables
        if f"[icld {mark} " in table.rows[0].cells[0].text
        or f"[icld {mark}]" in table.rows[0].cells[0].text
    ]
    assert found, mark
    return found[0]


def write(cell, text: str) -> None:
    """A text in the place of what stood there, a paragraph for each line."""
    first, *others = text.split("\n")
    for paragraph in cell.paragraphs[1:]:
        paragraph._p.getparent().remove(paragraph._p)
    cell.paragraphs[0].text = first
    for line in others:
        cell.add_paragraph(line)


def filled(data: bytes, texts: Texts, rows: Mapping[str, Sequence[Sequence[str]]] = {}) -> bytes:
    """`rows`: the cells of the rows of a table, by its key, from its first row on."""

    def fill(document) -> None:
        for (key, language), text in texts.items():
            write(table_of(document, f"answer {key} {language}").rows[1].cells[0], text)
        for key, lines in rows.items():
            table = table_of(document, f"table {key}")
            for place, cells in enumerate(lines, start=1):
                row = table.rows[place] if place < len(table.rows) else table.add_row()
                for cell, text in zip(row.cells[1:], cells, strict=True):
                    write(cell, text)

    return changed(data, fill)


def with_xml(data: bytes, before: str, after: str, part="word/document.xml") -> bytes:
    """The file with something else in its XML."""
    source, target = ZipFile(BytesIO(data)), BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as packed:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                assert before in content.decode()
                content = content.decode().replace(before, after).encode()
            packed.writestr(name, content)
    return target.getvalue()
