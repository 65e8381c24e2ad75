"""The schedules that the portal is delivered with."""

import tomllib
from pathlib import Path

import funding
from funding.ceilings import Cell


def schedules() -> dict[str, list[Cell]]:
    """Their cells, by the schedule's key."""
    path = Path(funding.__file__).parent / "management" / "data" / "schedules.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return {one["key"]: [Cell(**cell) for cell in one["cell"]] for one in data["schedule"]}
