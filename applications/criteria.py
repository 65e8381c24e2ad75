"""What applications are assessed by, as data that ICLD has still to confirm. No database."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from funding.wording import Bilingual

DATA = Path(__file__).parent / "management" / "data" / "criteria.toml"


@dataclass(frozen=True)
class Criterion:
    """`gate`: decides whether an application is tried at all; the others are scored 1 to 4."""

    key: str
    label: Bilingual
    question: Bilingual
    gate: bool = False


@cache
def criteria() -> Sequence[Criterion]:
    """In the order they are read."""
    rows = tomllib.loads(DATA.read_text(encoding="utf-8"))["criterion"]
    return tuple(
        Criterion(
            row["key"],
            Bilingual(row["label_sv"], row["label_en"]),
            Bilingual(row["question_sv"], row["question_en"]),
            row.get("gate", False),
        )
        for row in rows
    )
