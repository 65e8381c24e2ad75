"""The task list of an application: each section with what it lacks and who is writing there."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications import completeness
from applications.completeness import in_language
from applications.completeness.left import Left, by_doer
from applications.documents.presence import Here
from applications.documents.snapshot import Snapshot
from applications.documents.threads import open_in
from applications.models import Application, FormSection
from applications.states import Doer, SectionPage
from applications.views.remaining import EMPTY_BUDGET
from applications.views.sections import sections_of, url_of
from icld_portal.formats import kronor, period

Row = dict[str, Any]


def task_rows(
    application: Application,
    found: Snapshot,
    left: Sequence[Left],
    *,
    linked: bool,
    here: Iterable[Here] = (),
) -> list[Row]:
    """A row of `components/task_list.html` for each section: what is `left` in it, who is `here`;
    `linked` to where it is written."""
    rows = []
    for each in sections_of(application):
        lacks = [item for item in left if item.section == each.key]
        chip, tone = _chip(each, lacks, found)
        rows.append(
            {
                "key": each.key,
                "label": each.label,
                "url": url_of(application, each) if linked else "",
                "hint": " · ".join(filter(None, _hints(application, each.key, lacks, found))),
                "chip": chip,
                "tone": tone,
                "done": tone == "good",
                "here": [row for row in here if row.place.section == each.key],
                "comments": open_in(application, each.key),
            }
        )
    return rows


def _chip(each: FormSection, lacks: Sequence[Left], found: Snapshot) -> tuple[str, str]:
    """What a section lacks, in a word or two, and the tone of it."""
    count = len(lacks)
    if each.key == completeness.MONEY and found.stops:
        return _money_chip(found)
    if not lacks:
        return _("Done"), "good"
    if each.page == SectionPage.CONTENT:
        text = ngettext("%(count)s question left", "%(count)s questions left", count)
    elif each.key == completeness.SEATS:
        text = ngettext("%(count)s member missing", "%(count)s members missing", count)
    else:
        text = ngettext("%(count)s thing left", "%(count)s things left", count)
    return text % {"count": count}, "stop" if any(item.wrong for item in lacks) else "care"


def _money_chip(found: Snapshot) -> tuple[str, str]:
    if [finding.rule for finding in found.stops] == [EMPTY_BUDGET]:
        return _("Not begun"), "care"
    count = len(found.stops)
    text = ngettext("%(count)s thing to correct", "%(count)s things to correct", count)
    return text % {"count": count}, "stop"


def _hints(
    application: Application, key: str, lacks: Sequence[Left], found: Snapshot
) -> Iterable[str]:
    """What stands there already, and what of the rest is for somebody in particular."""
    yield _hint(application, key, lacks, found)
    for group in by_doer(item for item in lacks if item.who != Doer.WRITER):
        yield _("%(who)s: %(count)s") % {"who": group.label, "count": len(group.items)}


def _hint(application: Application, key: str, lacks: Sequence[Left], found: Snapshot) -> str:
    if key == completeness.BASICS and application.years:
        return period(application.starts_on, application.ends_on)
    if key == completeness.PARTIES:
        return _parties(found)
    if key == completeness.AREAS:
        return _areas(found)
    if key == completeness.SEATS and lacks:
        return lacks[0].text
    if key == completeness.MONEY:
        wrong = [finding.text() for finding in found.stops if finding.rule != EMPTY_BUDGET]
        return wrong[0] if wrong else kronor(found.total_sek)
    if key == completeness.DECLARATIONS:
        return " · ".join(row["name"] for row in found.persons["signatories"] if row["name"])
    return ""


def _parties(found: Snapshot) -> str:
    count = len(found.content["parties"])
    text = ngettext("%(count)s party", "%(count)s parties", count) % {"count": count}
    return f"{text} · {_('multi-party')}" if found.content["multi_party"] else text


def _areas(found: Snapshot) -> str:
    areas, core = found.content["areas"], found.content["core_areas"]
    main = [row for row in areas["all"] if row["key"] == areas["main"]]
    return " · ".join(in_language(row) for row in [*main, *core])
