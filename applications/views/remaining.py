"""All that stands between an application and submission: one list, wherever it is shown.

The task list, the bar on every page of the form, the review and the page of its own tell the same
list, and what the action that submits would refuse is in it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from applications.completeness import MONEY, PARTIES, Missing
from applications.completeness.left import Left
from applications.documents.closed_countries import stopped_abroad
from applications.documents.snapshot import Snapshot
from applications.models import Application
from applications.states import WRITABLE, ApplicationState, Doer
from applications.views.finding_texts import anchor_of, stop_text
from applications.views.sections import link_to, sections_of, url_of
from funding.states import Severity

SIBLINGS = "siblings"
"""Where the list tells of the application that is submitted together with this one."""

EMPTY_BUDGET = "empty_budget"

COUNTRY_CLOSED = gettext_lazy(
    "%(country)s has been closed for new applications: with a partner there the application "
    "cannot be submitted"
)


def left_of(application: Application, found: Snapshot, at: datetime) -> list[Left]:
    """What the application itself lacks, in the order of its sections."""
    places = [each.key for each in sections_of(application)]
    left = [*_missing(application, found, at), *_stops(application, found)]
    return sorted(left, key=lambda item: places.index(item.section))


def left_in_all(
    pairs: Sequence[tuple[Application, Snapshot]], application: Application, at: datetime
) -> list[Left]:
    """Everything that would refuse it if it were submitted now, with what goes in beside it."""
    own = next(found for row, found in pairs if row.pk == application.pk)
    return [*left_of(application, own, at), *left_beside(pairs, application, at)]


def left_beside(
    pairs: Sequence[tuple[Application, Snapshot]], application: Application, at: datetime
) -> list[Left]:
    """What refuses submission in the applications that go in together with this one: a line each.

    What has not changed since it was handed in is not judged again.
    """
    left = []
    if _is_kept_back(application, pairs):
        left.append(_not_yours(application.steering_application))
    for row, found in pairs:
        count = len(left_of(row, found, at))
        if row.pk != application.pk and count and row.revision != row.latest_revision:
            left.append(_sibling(row, count))
    return left


def _missing(application: Application, found: Snapshot, at: datetime) -> Iterable[Left]:
    labels = {each.key: each.label for each in sections_of(application)}
    stopped = [
        Missing(PARTIES, "partner", COUNTRY_CLOSED, {"country": row.name}, code="country_closed")
        for row in stopped_abroad(application, at)
    ]
    for item in [*found.missing, *stopped]:
        yield Left(
            section=item.section,
            place=labels[item.section],
            url=link_to(application, item),
            text=item.text(),
            who=item.who,
            wrong=item in stopped,
        )


def _stops(application: Application, found: Snapshot) -> Iterable[Left]:
    budget = next(each for each in sections_of(application) if each.key == MONEY)
    for finding in found.stops:
        yield Left(
            section=MONEY,
            place=budget.label,
            url=url_of(application, budget) + anchor_of(finding),
            text=stop_text(finding, found.lines),
            wrong=finding.severity == Severity.STOP and finding.rule != EMPTY_BUDGET,
        )


def _is_kept_back(project: Application, pairs: Sequence[tuple[Application, Snapshot]]) -> bool:
    """The steering group's application is a draft, and somebody else's to submit."""
    steering = project.steering_application
    if steering is None or steering.state != ApplicationState.DRAFT:
        return False
    return project.state in WRITABLE and steering.pk not in {row.pk for row, _found in pairs}


def _not_yours(steering: Application) -> Left:
    return Left(
        section=SIBLINGS,
        place=_("Submitted together"),
        url=reverse("application", args=[steering.public_id]),
        text=_("The steering group's application must be submitted first, by its own coordinator"),
        who=Doer.COORDINATOR,
    )


def _sibling(row: Application, count: int) -> Left:
    text = ngettext(
        "%(phase)s, which is submitted together with this: %(count)s thing left",
        "%(phase)s, which is submitted together with this: %(count)s things left",
        count,
    )
    return Left(
        section=SIBLINGS,
        place=_("Submitted together"),
        url=reverse("application_left", args=[row.public_id]),
        text=text % {"phase": row.get_phase_display(), "count": count},
    )
