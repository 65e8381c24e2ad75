"""Rounds beside the regular ones."""

from applications.models import FormVersion, Round, RoundPhase
from applications.states import RoundKind
from funding.states import Phase


def an_extra_round(*, opens_at, closes_at, phases=tuple(Phase), **fields) -> Round:
    """With the newest form of each of its phases."""
    values = {"kind": RoundKind.EXTRA, "name_sv": "Extra omgång", "name_en": "Extra round"}
    values |= {"year": opens_at.year, "opens_at": opens_at, "closes_at": closes_at}
    made = Round.objects.create(**values | fields)
    for phase in phases:
        form = FormVersion.objects.filter(phase=phase, status="published").latest("number")
        RoundPhase.objects.create(round=made, phase=phase, form_version=form)
    return made
