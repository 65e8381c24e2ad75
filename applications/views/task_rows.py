"""The task list of an application: each section with what it lacks, and all that remains."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications import completeness
from applications.completeness import Missing, in_language
from applications.documents.snapshot import Snapshot
from applications.models import Application
from applications.views.sections import (
    PARTIES,
    Section,
    link_to,
    section,
    section_of,
    sections_of,
)
from icld_portal.formats import kronor, period

EMPTY_BUDGET = "empty_budget"

Row = dict[str, Any]


def task_rows(application: Application, found: Snapshot, *, linked: bool) -> list[Row]:
    """A row of `components/task_list.html` for each section; `linked` to where it is written."""
    return [_row(application, found, each, linked) for each in sections_of(application)]


def remaining(application: Application, found: Snapshot) -> list[Row]:
    """What stands between the application and submission, each with where it is mended."""
    budget = section(completeness.MONEY).url(application)
    return [
        *({"text": each.text(), "url": link_to(application, each)} for each in found.missing),
        *({"text": each.text(), "url": f"{budget}{_line(each)}"} for each in found.stops),
    ]


def _line(finding) -> str:
    return f"#line-{finding.line_key}" if finding.line_key else ""


def _row(application: Application, found: Snapshot, each: Section, linked: bool) -> Row:
    missing = [item for item in found.missing if section_of(item) == each.key]
    chip, tone = _chip(each.key, missing, found)
    return {
        "label": each.label,
        "url": each.url(application) if linked else "",
        "hint": _hint(application, each.key, missing, found),
        "chip": chip,
        "tone": tone,
        "done": tone == "good",
    }


def _chip(key: str, missing: Sequence[Missing], found: Snapshot) -> tuple[str, str]:
    """What a section lacks, in a word or two, and the tone of it."""
    count = len(missing)
    if key == completeness.MONEY and found.stops:
        return _money_chip(found)
    if not missing:
        return _("Done"), "good"
    if key == completeness.PROSE:
        text = ngettext("%(count)s question left", "%(count)s questions left", count)
    elif key == completeness.SEATS:
        text = ngettext("%(count)s member missing", "%(count)s members missing", count)
    else:
        text = ngettext("%(count)s thing left", "%(count)s things left", count)
    return text % {"count": count}, "care"


def _money_chip(found: Snapshot) -> tuple[str, str]:
    if [finding.rule for finding in found.stops] == [EMPTY_BUDGET]:
        return _("Not begun"), "care"
    count = len(found.stops)
    text = ngettext("%(count)s thing to correct", "%(count)s things to correct", count)
    return text % {"count": count}, "stop"


def _hint(application: Application, key: str, missing: Sequence[Missing], found: Snapshot) -> str:
    if key == completeness.BASICS and application.years:
        return period(application.starts_on, application.ends_on)
    if key == PARTIES:
        return _parties(found)
    if key == completeness.AREAS:
        return _areas(found)
    if key == completeness.SEATS and missing:
        return missing[0].text()
    if key == completeness.MONEY:
        wrong = [finding.text() for finding in found.stops if finding.rule != EMPTY_BUDGET]
        return wrong[0] if wrong else kronor(found.total_sek)
    if key == completeness.DECLARATIONS:
        return application.signatory_name
    return ""


def _parties(found: Snapshot) -> str:
    count = len(found.content["parties"])
    text = ngettext("%(count)s party", "%(count)s parties", count) % {"count": count}
    return f"{text} · {_('multi-party')}" if found.content["multi_party"] else text


def _areas(found: Snapshot) -> str:
    areas, core = found.content["areas"], found.content["core_areas"]
    main = [row for row in areas["all"] if row["key"] == areas["main"]]
    return " · ".join(in_language(row) for row in [*main, *core])
