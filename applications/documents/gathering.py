"""What snapshots read of applications: one query for each kind of row, however many they are."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, prefetch_related_objects

from applications.documents.related_rows import Rows, related
from applications.models import Application, Question
from funding.models import BudgetLine
from funding.states import SEATED_PHASES
from partnerships.models import Seat


@dataclass(frozen=True)
class Gathered:
    """The rows of one application that are not its own relations."""

    questions: list[Question]
    lines: list[BudgetLine]
    seats: list[Seat]
    related: Rows


def gather(applications: Sequence[Application]) -> list[Gathered]:
    """Read what belongs to applications loaded with `for_pages`; answers stay on them."""
    prefetch_related_objects(applications, "answers", "round__schedule__cells")
    questions, lines, seats = _questions(applications), _lines(applications), _seats(applications)
    rows_beside = related(applications)
    return [
        Gathered(
            questions=[row for row in questions if (row.in_round, row.for_phase) == _form(each)],
            lines=[row for row in lines if row.budget_id == each.budget_id],
            seats=[row for row in seats if _sits_in(row, each)],
            related=rows_beside[each.pk],
        )
        for each in applications
    ]


def _form(application: Application) -> tuple[int, str]:
    return application.round_id, application.phase


def _questions(applications: Sequence[Application]) -> list[Question]:
    """The questions of the rounds and phases, each marked with which."""
    rows = Question.objects.select_related("section").annotate(
        in_round=F("form_version__roundphase__round"),
        for_phase=F("form_version__roundphase__phase"),
    )
    rounds, phases = zip(*map(_form, applications), strict=True)
    return list(rows.filter(in_round__in=rounds, for_phase__in=phases))


def _lines(applications: Sequence[Application]) -> list[BudgetLine]:
    rows = BudgetLine.objects.filter(budget__in=[each.budget_id for each in applications])
    return list(rows.for_reading())


def _seats(applications: Sequence[Application]) -> list[Seat]:
    partnerships = {each.partnership_id for each in applications}
    rows = Seat.objects.filter(steering_group__partnership__in=partnerships)
    return list(rows.select_related("party__organisation"))


def _sits_in(seat: Seat, application: Application) -> bool:
    """Only phases that are about the steering group carry its members' names."""
    if application.phase not in SEATED_PHASES:
        return False
    return seat.party_id in {party.party_id for party in application.parties.all()}
