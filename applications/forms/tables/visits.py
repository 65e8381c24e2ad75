"""How many exchange visits are planned in each project year."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from applications.completeness.tables import TWICE_A_YEAR, visits_a_year
from applications.documents.related_rows import with_related
from applications.models import Application
from applications.querysets import ApplicationQuerySet
from applications.states import QuestionKind
from funding.states import Phase


@dataclass(frozen=True)
class VisitsPlanned:
    """`wanted`: how many are asked for each year."""

    counts: tuple[int, ...]
    wanted: int


def visits_planned(
    application: Application, rows: Iterable[Mapping[str, Any]]
) -> VisitsPlanned | None:
    """None where the period is not known, and for an inception, which counts by country."""
    if application.phase == Phase.PREPARATION or not application.years:
        return None
    schedule = application.round.schedule
    counts = visits_a_year(application.starts_on, application.ends_on, rows)
    return VisitsPlanned(tuple(counts), schedule.min_visits_a_year if schedule else TWICE_A_YEAR)


def with_planned_visits(applications: ApplicationQuerySet) -> ApplicationQuerySet:
    """Adds what `planned_of` tells from."""
    rows = applications.asking_for_table(QuestionKind.VISITS)
    return with_related(rows, [QuestionKind.VISITS.value])


def planned_of(application: Application) -> VisitsPlanned | None:
    """What the table of visits plans, told beside the budget; None where the form has no such
    table or nothing stands in it."""
    if not (application.asks_for_table and application.read_visits):
        return None
    return visits_planned(application, application.read_visits)
