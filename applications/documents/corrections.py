"""Wordings that were corrected while the form was in use, as an applicant is told of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils.translation import get_language

from applications.models import Application, FormSection
from applications.states import AttachmentKind


@dataclass(frozen=True)
class Corrected:
    """One wording on the page: of which part (empty: the section itself), and what it said when
    the application was begun. `key` is the question's, where it has an anchor."""

    key: str
    part: str
    is_label: bool
    before: str
    at: datetime


def corrected_in(application: Application, section: FormSection) -> Sequence[Corrected]:
    """Of a section, in the active language, of an application loaded with `for_pages`.

    A wording that was corrected several times is told once: what it said first, and the last day.
    """
    language = "en" if get_language() == "en" else "sv"
    rows = [
        row
        for row in application.correction_rows
        if row["place"].partition("/")[0] == section.key and row["field"].endswith(language)
    ]
    rows.sort(key=_wording)  # stable: the newest of each comes first
    return [_told(list(same), language) for _key, same in groupby(rows, key=_wording)]


def _wording(row: dict) -> tuple[str, str]:
    return row["place"], row["field"]


def _told(rows: Sequence[dict], language: str) -> Corrected:
    newest, oldest = rows[0], rows[-1]
    key = newest["place"].partition("/")[2]
    return Corrected(
        key=key,
        part=newest[f"label_{language}"] or _attachment(key),
        is_label=newest["field"].startswith("label"),
        before=oldest["before"],
        at=datetime.fromisoformat(newest["at"]),
    )


def _attachment(key: str) -> str:
    return str(AttachmentKind(key).label) if key in AttachmentKind.values else ""
