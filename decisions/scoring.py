"""Scores of a case in figures: averages by weight, and how far assessors stand apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import get_language

LOWEST, HIGHEST = 1, 4
"""The scale, from "not at all" to "to a high degree" (domain dossier, section 9)."""

FAR_APART = 2
"""Steps between two assessors from which they are asked to say what they agree on."""

_TWO_PLACES = Decimal("0.01")


@dataclass(frozen=True)
class Given:
    """One score of a criterion with a weight; `value` is None until it is given."""

    key: str
    label_sv: str
    label_en: str
    weight: int
    value: int | None
    reason: str = ""
    evidence: str = ""

    @property
    def label(self) -> str:
        return self.label_en if get_language() == "en" else self.label_sv


@dataclass(frozen=True)
class Typed:
    """What somebody has written of one criterion; parts that are not given are None or empty."""

    value: int | None = None
    reason: str = ""
    evidence: str = ""

    def lacks(self, *, evidence: bool) -> list[str]:
        """The parts that are missing before it can be handed in."""
        parts = {"value": self.value, "reason": self.reason.strip()}
        if evidence:
            parts["evidence"] = self.evidence.strip()
        return [name for name, part in parts.items() if not part]


@dataclass(frozen=True)
class Standing:
    """How a criterion was scored by all: the mean of the values, and the steps between them."""

    key: str
    values: tuple[int, ...]

    @property
    def mean(self) -> Decimal | None:
        if not self.values:
            return None
        return _rounded(Decimal(sum(self.values)) / len(self.values))

    @property
    def spread(self) -> int:
        return max(self.values) - min(self.values) if self.values else 0

    @property
    def far_apart(self) -> bool:
        return self.spread >= FAR_APART


def weighted_mean(scores: Iterable[Given]) -> Decimal | None:
    """From 1 to 4 with two places; None when nothing with a weight has been scored."""
    known = [(score.value, score.weight) for score in scores if score.value is not None]
    weights = sum(weight for _value, weight in known)
    if not weights:
        return None
    return _rounded(Decimal(sum(value * weight for value, weight in known)) / weights)


def standings(assessments: Sequence[Iterable[Given]]) -> list[Standing]:
    """For every criterion, in the order of the first assessment, how all have scored it."""
    found: dict[str, list[int]] = {}
    for scores in assessments:
        for score in scores:
            values = found.setdefault(score.key, [])
            if score.value is not None:
                values.append(score.value)
    return [Standing(key, tuple(values)) for key, values in found.items()]


def overall(assessments: Sequence[Iterable[Given]]) -> Decimal | None:
    """The mean of the assessments' weighted means."""
    means = [mean for mean in map(weighted_mean, assessments) if mean is not None]
    return _rounded(sum(means) / len(means)) if means else None


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(_TWO_PLACES, rounding=ROUND_HALF_UP)
