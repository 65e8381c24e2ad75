"""What a partnership may apply for: the same answer as the calculator gives, as JSON."""

from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import CommandError, CommandParser

from funding.ceilings import CeilingResult, MissingCell
from funding.models import CeilingSchedule
from funding.states import Phase
from icld_portal import clock
from icld_portal.commands import JsonCommand
from partnerships.states import Region

MAX_YEARS = 10


def whole_years(text: str) -> int:
    """Started project years, 1 to 10. Raises ArgumentTypeError."""
    years = int(text) if text.isdecimal() else 0
    if not 1 <= years <= MAX_YEARS:
        raise ArgumentTypeError(f"give whole years from 1 to {MAX_YEARS}, not {text!r}")
    return years


class Command(JsonCommand):
    help = "Prints the ceiling of a phase in a region as JSON. Amounts are whole kronor."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--phase", required=True, choices=Phase.values)
        parser.add_argument("--region", required=True, choices=Region.values)
        parser.add_argument("--multi-party", action="store_true")
        parser.add_argument("--years", type=whole_years, default=1, help="started project years")
        parser.add_argument("--schedule", help="its key; by default the one in force today")

    def answer(
        self, *, phase: str, region: str, multi_party: bool, years: int, schedule: str | None, **_
    ) -> dict[str, Any]:
        chosen = _by_key(schedule) if schedule is not None else _in_force()
        return _ceiling(chosen, phase, region, multi_party, years).as_data()


def _by_key(key: str) -> CeilingSchedule:
    schedule = CeilingSchedule.objects.filter(key=key).first()
    if schedule is None:
        known = ", ".join(CeilingSchedule.objects.order_by("key").values_list("key", flat=True))
        raise CommandError(f"there is no schedule {key!r} (known: {known or 'none'})")
    return schedule


def _in_force() -> CeilingSchedule:
    today = clock.local_date(clock.now())
    schedule = CeilingSchedule.objects.in_force_on(today)
    if schedule is None:
        raise CommandError(f"no published schedule is in force on {today}")
    return schedule


def _ceiling(
    schedule: CeilingSchedule, phase: str, region: str, multi_party: bool, years: int
) -> CeilingResult:
    try:
        return schedule.ceiling_for(
            phase=phase, regions=[region], multi_party=multi_party, years=years
        )
    except MissingCell as missing:
        raise CommandError(missing.text()) from missing
