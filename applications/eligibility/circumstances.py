"""What one answers before applying, and what the reference data says of it."""

from dataclasses import dataclass
from enum import StrEnum

from funding.states import Phase


class Partner(StrEnum):
    GOVERNMENT = "kommun"
    OTHER = "annan"
    NONE = "ingen"


class History(StrEnum):
    NOTHING = "inget"
    PREPARATION = "forberedelse"
    PROJECT = "projekt"


class Length(StrEnum):
    YEAR = "ett"
    THREE = "tre"
    LONGER = "langre"


MONTHS = {Length.YEAR: 12, Length.THREE: 36, Length.LONGER: 37}
"""The shortest number of months that allows each length."""


class CanWait(StrEnum):
    YES = "ja"
    NO = "nej"
    UNSURE = "vetinte"


@dataclass(frozen=True)
class Circumstances:
    """What one answers, with what the reference data says of it. `country` is its name, empty
    while it is not chosen; a round that opens later has `round_opens` (a text), one that is open
    `round_closes`."""

    may_apply: bool
    needs_owner: bool
    is_abroad: bool
    takes_part: bool
    country: str
    country_open: bool
    partner: Partner
    phase: Phase
    phase_offered: bool
    history: History
    length: Length
    can_wait: CanWait
    round_name: str = ""
    round_closes: str = ""
    round_opens: str = ""
