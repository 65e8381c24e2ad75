"""The demo's tables: what stands in data/*.toml, as it is written there."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "data"
CASE_FILES = (
    "cases_2016",
    "cases_2019_autumn",
    "cases_2020_spring",
    "cases_previous",
    "cases_open",
)


def table(name: str) -> dict[str, Any]:
    """What `data/<name>.toml` holds."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, kw_only=True)
class CaseFacts:
    """One line of history: an application that was handed in, and what ICLD did with it.

    `round` is "autumn 2019", "previous" or "open"; `applicant` a kommun code, or R and a region
    code; `asked` and `granted` whole kronor for each project year. A project always has a steering
    group's application beside it, with the `steering_` values. `plan` names its rows in plans.toml;
    `details` are more of what the page of title and dates asks. `until` says how far ICLD has come.
    """

    round: str
    applicant: str
    partner: str
    phase: str
    title_sv: str
    title_en: str
    answers: dict[str, str]
    area: str
    asked: list[int]
    days_before_close: int
    clock: str
    areas: list[str] = field(default_factory=list)
    core: dict[str, str] = field(default_factory=dict)
    granted: list[int] = field(default_factory=list)
    steering_asked: list[int] = field(default_factory=list)
    steering_granted: list[int] = field(default_factory=list)
    guideline_reason: str = ""
    no_opposition_abroad: str = ""
    plan: str = ""
    details: dict[str, Any] = field(default_factory=dict)
    until: str = "released"
    officer: str = ""
    decider: str = ""
    assessment: str = ""
    reasons: str = ""
    conditions: str = ""
    steering_reasons: str = ""
    steering_conditions: str = ""

    def __post_init__(self) -> None:
        for name in ("granted", "steering_granted"):
            asked = getattr(self, name.replace("granted", "asked"))
            object.__setattr__(self, name, getattr(self, name) or asked)


def cases() -> list[CaseFacts]:
    """Every case of the demo that was handed in."""
    return [CaseFacts(**row) for name in CASE_FILES for row in table(name)["case"]]
