"""What there is to choose from in a question that is answered by choosing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Model

from applications.declarations import DECLARATIONS
from applications.models import Area, CoreArea, GlobalGoal
from applications.states import QuestionKind
from funding.models import CostType
from partnerships.states import SeatRole

Catalogue = Mapping[str, Sequence[Model]]
"""The rows that questions of a kind choose from."""


@dataclass(frozen=True)
class Choice:
    """Something to choose, and what it means."""

    label: str
    help: str = ""


LISTS = {
    QuestionKind.AREAS: Area,
    QuestionKind.CORE_AREAS: CoreArea,
    QuestionKind.GOALS: GlobalGoal,
}


def catalogue_of(phase: str, kinds: Iterable[str]) -> Catalogue:
    """For questions of these kinds; a query for each list that is data."""
    asked = set(kinds)
    found: dict[str, Sequence[Model]] = {
        kind: list(model.objects.all()) for kind, model in LISTS.items() if kind in asked
    }
    if QuestionKind.BUDGET in asked:
        found[QuestionKind.BUDGET] = list(CostType.objects.filter(phases__contains=[phase]))
    return found


def choices_in(catalogue: Catalogue, kind: str) -> list[Choice]:
    """In the active language."""
    if kind == QuestionKind.DECLARATIONS:
        return [Choice(str(text)) for _key, text in DECLARATIONS]
    if kind == QuestionKind.SEATS:
        return [Choice(str(role.label)) for role in SeatRole]
    return [Choice(_named(row), getattr(row, "help", "")) for row in catalogue.get(kind, ())]


def _named(row: Model) -> str:
    return f"{row.number}. {row}" if isinstance(row, GlobalGoal) else str(row)
