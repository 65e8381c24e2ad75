"""The whole case in one file, for a registry: what was handed in, receipts, attachments, draft."""

import re
import shutil
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.template.loader import render_to_string
from django.utils import translation

from accounts.states import Language
from applications.canonical import canonical
from applications.documents.draft_pdf import render_draft
from applications.documents.receipt_pdf import receipt_copy
from applications.documents.shown import Shown
from applications.documents.signing import signing_of
from applications.documents.submission_pdf import filename, render
from applications.models import Application, Submission
from applications.states import DocumentKind
from icld_portal import clock

IN_MEMORY = 5_000_000
"""Bytes that are held before the file goes to disk."""
LONGEST_NAME = 120
FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


@dataclass(frozen=True)
class Entry:
    """One file of the case: where it lies, and its bytes or an open file."""

    path: str
    content: bytes | IO[bytes]


@dataclass(frozen=True)
class Case:
    """What goes into the file. `content`: what the reader is shown of the case. `submissions` are
    read with `with_signing`. `draft`: the living
    application where it differs from what was handed in."""

    application: Application
    content: Mapping[str, Any]
    submissions: Sequence[Submission]
    attachments: Iterable[Entry] = field(default_factory=list)
    draft: Shown | None = None


Note = Callable[[Submission, DocumentKind, Language, bytes], None]
"""Told of every PDF of a submission that goes into the file."""


def case_zip(case: Case, *, at: datetime, note: Note = lambda *_made: None) -> IO[bytes]:
    """An open file, read from its start. Swedish names, as the municipality's registry reads it."""
    target = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
    with (
        translation.override("sv"),
        zipfile.ZipFile(target, "w", compression=zipfile.ZIP_DEFLATED) as archive,
    ):
        names = []
        for entry in _entries(case, at, note):
            _put(archive, entry, at)
            names.append(entry.path)
        _put(archive, Entry("LÄS MIG.txt", _read_me(case, names, at)), at)
        with translation.override("en"):
            _put(archive, Entry("READ ME.txt", _read_me(case, names, at)), at)
    target.seek(0)
    return target


def zip_filename(application: Application) -> str:
    """ "2027-0031.zip", of a draft "Utkast Unga i klimatomställningen.zip"."""
    with translation.override("sv"):
        return f"{application.dnr or f'Utkast {application.title}'}.zip"


def _entries(case: Case, at: datetime, note: Note) -> Iterable[Entry]:
    for submission in case.submissions:
        yield from _version(submission, note)
    yield from case.attachments
    if case.draft:
        yield Entry("utkast/utkast.pdf", render_draft(case.application, case.draft, at=at))
        yield Entry("utkast/utkast.json", canonical(case.draft.content).encode())


def _version(submission: Submission, note: Note) -> Iterable[Entry]:
    """The frozen texts as they were hashed, so that anybody can check them."""
    folder = f"version {submission.version}"
    pdf = getattr(submission, "pdf", None)
    made = bytes(pdf.content) if pdf else render(submission)
    receipt = receipt_copy(submission, Language.SWEDISH)
    note(submission, DocumentKind.APPLICATION, Language.SWEDISH, made)
    note(submission, DocumentKind.RECEIPT, Language.SWEDISH, receipt)
    yield Entry(f"{folder}/{filename(submission)}", made)
    yield Entry(f"{folder}/kvittens.pdf", receipt)
    yield Entry(f"{folder}/innehåll.json", submission.content.encode())
    yield Entry(f"{folder}/namn.json", submission.persons.encode())
    signing = signing_of(submission)
    if signing.has_begun:
        page = {"submission": submission, "parties": signing.parties}
        yield Entry(f"{folder}/underskrifter.txt", _text("applications/signatures.txt", page))


def _put(archive: zipfile.ZipFile, entry: Entry, at: datetime) -> None:
    path = "/".join(map(_safe, entry.path.split("/")))
    local = at.astimezone(clock.STOCKHOLM)
    info = zipfile.ZipInfo(path, date_time=local.timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    if isinstance(entry.content, bytes):
        archive.writestr(info, entry.content)
        return
    with entry.content as source, archive.open(info, "w") as target:
        shutil.copyfileobj(source, target)


def _safe(name: str) -> str:
    """A name that Windows can keep too; a long one is cut before its ending."""
    stem, dot, ending = FORBIDDEN.sub("-", name).strip(" .").rpartition(".")
    return f"{stem[: LONGEST_NAME - len(ending)].rstrip()}{dot}{ending}"


def _read_me(case: Case, names: Sequence[str], at: datetime) -> bytes:
    titles = case.content["titles"]
    page = {
        "application": case.application,
        "title": titles["sv"] or titles["en"] or case.application.title,
        "own_dnr": case.content["own"]["dnr"],
        "draft": case.draft,
        "names": names,
        "at": at,
    }
    return _text("applications/read_me.txt", page)


def _text(template: str, page: Mapping[str, object]) -> bytes:
    """With a mark at the beginning by which Windows knows the letters, and its line ends."""
    return render_to_string(template, page).replace("\n", "\r\n").encode("utf-8-sig")
