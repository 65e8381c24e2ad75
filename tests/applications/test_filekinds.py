"""What a file is, judged by what is in it; and what its name becomes."""

import io
import resource
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from applications import refusals
from applications.files.kinds import DOCX, HEIC, JPEG, ODT, PDF, PNG, WEBP, XLSX, judge
from applications.files.names import MAX_LENGTH, clean_name, with_extension
from tests.applications import file_samples as samples


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (samples.pdf(), PDF),
        (b"\xef\xbb\xbf" + samples.pdf(), PDF),
        (samples.docx(), DOCX),
        (samples.xlsx(), XLSX),
        (samples.odt(), ODT),
        (samples.picture("PNG"), PNG),
        (samples.picture("JPEG"), JPEG),
        (samples.picture("WEBP"), WEBP),
        (samples.heic(), HEIC),
    ],
    ids=lambda value: getattr(value, "label", ""),
)
def test_each_kind_is_known_whatever_its_name(content, kind):
    assert judge(io.BytesIO(content), "bild.exe") is kind


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", refusals.FileEmpty),
        (b"MZ\x90\0" + samples.pdf(), refusals.FileIsProgram),
        (b"\x7fELF" + bytes(60), refusals.FileIsProgram),
        (b"#!/bin/sh\nrm -rf /\n", refusals.FileIsProgram),
        (b"@echo off\r\n", refusals.FileIsProgram),
        (b"%PDF-1.7\nnothing more", refusals.FileIsBroken),
        (samples.pdf()[:-400], refusals.FileIsBroken),
        (samples.pdf(pages=0), refusals.FileIsBroken),
        (samples.locked_pdf(), refusals.FileIsLocked),
        (samples.pdf() + samples.docx(), refusals.FileIsTwoThings),
        (samples.picture("JPEG") + samples.zipped({"a.class": b"x"}), refusals.FileIsTwoThings),
        (samples.docm(), refusals.FileHasMacros),
        (samples.docx(**{"word/vbaProject.bin": b"x"}), refusals.FileHasMacros),
        (samples.odt(**{"Basic/Standard/Module1.xml": b"x"}), refusals.FileHasMacros),
        (samples.encrypted_docx(), refusals.FileIsLocked),
        (samples.odt("<manifest:encryption-data/>"), refusals.FileIsLocked),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), refusals.FileIsOldOffice),
        (samples.bomb(), refusals.FileUnpacksTooLarge),
        (samples.zipped({"a.txt": b"x"}), refusals.FileKindUnknown),
        (samples.office("application/x-presentation.main"), refusals.FileKindUnknown),
        (b"PK\x03\x04 and then nothing", refusals.FileIsBroken),
        (b"<html><script>alert(1)</script>", refusals.FileKindUnknown),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", refusals.FileKindUnknown),
        (samples.EICAR, refusals.FileKindUnknown),
    ],
    ids=lambda value: getattr(value, "code", ""),
)
def test_what_is_something_else_is_refused_with_words(content, refusal):
    with pytest.raises(refusal) as caught:
        judge(io.BytesIO(content), "rapport.pdf")
    assert "rapport.pdf" in caught.value.text()


@given(st.binary(max_size=3000))
def test_no_bytes_whatever_break_the_judge(content):
    for head in (b"", b"PK\x03\x04", b"RIFF", b"\0\0\0\x18ftyp"):
        with suppress(refusals.FileRefused):
            judge(io.BytesIO(head + content), "x")


@settings(max_examples=10, deadline=None)  # each is opened in a program of its own
@given(st.binary(max_size=3000))
def test_nothing_that_calls_itself_a_pdf_breaks_the_judge(content):
    with suppress(refusals.FileRefused):
        judge(io.BytesIO(b"%PDF-1.4\n" + content), "x")


def test_a_pdf_that_unpacks_without_end_is_stopped_far_from_the_portal():
    with pytest.raises(refusals.FileIsBroken):
        judge(io.BytesIO(samples.pdf_bomb(2000)), "rapport.pdf")
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    assert most < 1500 * samples.MEBIBYTE


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("Protokoll § 12.pdf", "Protokoll § 12.pdf"),
        ("C:\\Users\\Anna\\plan.docx", "plan.docx"),
        ("../../etc/passwd", "passwd"),
        ("foto\u202egpj.exe", "fotogpj.exe"),
        ("a\0b\r\nc.pdf", "ab c.pdf"),
        ("  två   mellanslag .pdf", "två mellanslag.pdf"),
        ("..", "fil"),
        ("", "fil"),
        ("A\u030angstro\u0308m.pdf", "Ångström.pdf"),
        ("مرفق.pdf", "مرفق.pdf"),
        ("📷.jpg", "📷.jpg"),
        ("x" * 300 + ".docx", "x" * 195 + ".docx"),
    ],
)
def test_names_are_kept_but_for_tricks(name, cleaned):
    assert clean_name(name) == cleaned


@given(st.text(max_size=400))
def test_a_name_is_always_one_short_line(name):
    cleaned = clean_name(name)
    assert 0 < len(cleaned) <= MAX_LENGTH
    assert cleaned.isprintable()
    assert not {"/", "\\"} & set(cleaned)
    assert clean_name(cleaned) == cleaned


@pytest.mark.parametrize(
    ("name", "kind", "corrected"),
    [
        ("foto.png", JPEG, "foto.jpg"),
        ("foto.JPEG", JPEG, "foto.JPEG"),
        ("rapport", PDF, "rapport.pdf"),
        ("Beslut § 12.3", PDF, "Beslut § 12.3.pdf"),
        ("plan.doc", DOCX, "plan.docx"),
        ("x" * 196 + ".png", JPEG, "x" * 196 + ".jpg"),
    ],
)
def test_an_extension_that_says_something_else_is_corrected(name, kind, corrected):
    assert with_extension(name, kind) == corrected


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_document_packed_as_no_office_program_packs_is_broken(method):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression=method) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    with pytest.raises(refusals.FileIsBroken):
        judge(file, "plan.docx")
