"""The rounds of a year, as JSON: those in the database, and by the default dates those to come."""

from argparse import ArgumentTypeError
from datetime import datetime
from typing import Any

from django.core.management.base import CommandParser

from applications.models import Round
from applications.round_dates import state_of, window
from applications.states import Season
from icld_portal import clock
from icld_portal.commands import JsonCommand

FIRST_YEAR, LAST_YEAR = 2009, 2100


def round_year(text: str) -> int:
    """A year in which the programme can have rounds. Raises ArgumentTypeError."""
    year = int(text) if text.isdecimal() else 0
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ArgumentTypeError(f"give a year from {FIRST_YEAR} to {LAST_YEAR}, not {text!r}")
    return year


class Command(JsonCommand):
    help = "Prints the rounds of a year as JSON. closes_at is the first instant outside."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--year", required=True, type=round_year)

    def answer(self, *, year: int, **_) -> list[dict[str, Any]]:
        at = clock.now()
        made = list(Round.objects.filter(year=year).select_related("schedule"))
        seasons = {round_.season for round_ in made}
        planned = [_planned(year, season) for season in Season if season not in seasons]
        rounds = sorted([*made, *planned], key=lambda round_: round_.opens_at)
        return [_as_data(round_, at) for round_ in rounds]


def _planned(year: int, season: Season) -> Round:
    times = window(year, season)
    return Round(year=year, season=season, opens_at=times.opens_at, closes_at=times.closes_at)


def _as_data(round_: Round, at: datetime) -> dict[str, Any]:
    return {
        "kind": str(round_.kind),
        "season": str(round_.season),
        "year": round_.year,
        "name": round_.name,
        "opens_at": clock.stockholm(round_.opens_at).isoformat(),
        "closes_at": clock.stockholm(round_.closes_at).isoformat(),
        "state": str(state_of(round_.opens_at, round_.closes_at, at)),
        "schedule": round_.schedule.key if round_.schedule else None,
        "planned": round_.pk is None,
    }
