"""The rounds as anybody may know them at a moment: for the public page and the two feeds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, Max, OuterRef, Prefetch

from applications.models import Round, RoundExtension, RoundPhase
from applications.states import FormStatus, RoundState
from funding.states import Phase


@dataclass(frozen=True)
class ToldRound:
    """`state`: upcoming too while something is missing for it to open, whatever its dates say.
    `phases`: of an open round those one can begin now, else all of it. `extensions`: the newest
    first. `changed_at`: real time."""

    round: Round
    state: RoundState
    phases: Sequence[Phase]
    extensions: Sequence[RoundExtension]
    is_ready: bool
    changed_at: datetime

    @property
    def is_open(self) -> bool:
        return self.state == RoundState.OPEN


@dataclass(frozen=True)
class RoundList:
    """What is open, what comes, the first to open first, and what has been, the newest first."""

    open_to_all: Sequence[ToldRound]
    open_in_networks: Sequence[ToldRound]
    coming: Sequence[ToldRound]
    been: Sequence[ToldRound]

    @property
    def open_now(self) -> list[ToldRound]:
        return [*self.open_to_all, *self.open_in_networks]


def round_list(at: datetime) -> RoundList:
    told = rounds_told(at)
    in_order = sorted(told, key=lambda each: (each.round.kind != "regular", each.round.closes_at))
    now = [each for each in in_order if each.is_open]
    return RoundList(
        [each for each in now if each.round.is_for_everybody],
        [each for each in now if not each.round.is_for_everybody],
        [each for each in told if each.state == RoundState.UPCOMING],
        [each for each in reversed(told) if each.state == RoundState.CLOSED],
    )


def rounds_told(at: datetime, since: datetime | None = None) -> list[ToldRound]:
    """Every round that closes after `since`, the first to open first. In three queries."""
    rounds = (
        Round.objects.select_related("network", "schedule")
        .prefetch_related(
            Prefetch("phases", RoundPhase.objects.select_related("form_version")), "extensions"
        )
        .annotate(
            is_ready=Exists(Round.objects.ready().filter(pk=OuterRef("pk"))),
            changed_at=Max("events__pgh_created_at"),
        )
        .order_by("opens_at", "closes_at", "pk")
    )
    if since:
        rounds = rounds.filter(closes_at__gt=since)
    return [_told(round_, at) for round_ in rounds]


def open_beside(round_: Round | None, at: datetime) -> list[Round]:
    """The open rounds beside that one, with their networks."""
    rounds = Round.objects.open_at(at).select_related("network")
    return list(rounds.exclude(pk=round_.pk) if round_ else rounds)


def _told(round_: Round, at: datetime) -> ToldRound:
    state = round_.state(at)
    if state == RoundState.OPEN and not round_.is_ready:
        state = RoundState.UPCOMING
    is_open = state == RoundState.OPEN
    return ToldRound(
        round_,
        state,
        _phases(round_.phases.all(), only_published=is_open),
        round_.extensions.all(),
        round_.is_ready,
        round_.changed_at or round_.opens_at,
    )


def _phases(rows: Iterable[RoundPhase], *, only_published: bool) -> list[Phase]:
    """In the order of the phases."""
    taken = {
        row.phase
        for row in rows
        if row.form_version.status == FormStatus.PUBLISHED or not only_published
    }
    return [phase for phase in Phase if phase in taken]
