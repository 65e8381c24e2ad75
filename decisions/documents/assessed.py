"""The assessments of a case as somebody may read them. Reads what the case was loaded with."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from accounts.states import Role
from decisions.models import Assessment, Case
from decisions.scoring import Given, Standing, overall, standings


@dataclass(frozen=True)
class ScoredRow:
    """A criterion with the score of each readable assessment, in their order, and how far they
    stand apart; `joint` is what was agreed on."""

    label: str
    scores: Sequence[Given]
    standing: Standing
    joint: Given | None


@dataclass(frozen=True)
class Scored:
    """`hidden`: how many are handed in that this person may not read yet."""

    assessments: Sequence[Assessment]
    joint: Assessment | None
    rows: Sequence[ScoredRow]
    overall: Decimal | None
    hidden: int
    missing: int


def own_of(case: Case, user) -> Assessment | None:
    rows = case.assessments.all()
    return next((row for row in rows if row.by_id == user.pk and not row.is_joint), None)


def may_read(assessment: Assessment, case: Case, user) -> bool:
    """Of others only what they have handed in; and whoever assesses the case too, or may come to,
    not before they have handed in their own."""
    if assessment.by_id == user.pk:
        return True
    if not assessment.is_handed_in:
        return False
    own = own_of(case, user)
    if own is not None:
        return own.is_handed_in
    may_come_to = Role.OFFICER in user.roles and _missing(case) > 0
    return not may_come_to


def scored(case: Case, user) -> Scored:
    own = [row for row in case.assessments.all() if not row.is_joint]
    readable = [row for row in own if may_read(row, case, user)]
    joint = next((row for row in case.assessments.all() if row.is_joint), None)
    handed_in = [row for row in readable if row.is_handed_in]
    return Scored(
        assessments=readable,
        joint=joint,
        rows=_rows(handed_in, joint),
        overall=joint.mean if joint else overall([row.given for row in handed_in]),
        hidden=sum(row.is_handed_in for row in own if row not in readable),
        missing=_missing(case),
    )


def _missing(case: Case) -> int:
    """How many assessments are still to be handed in."""
    handed_in = [row for row in case.assessments.all() if row.is_handed_in and not row.is_joint]
    return max(0, case.assessors - len(handed_in))


def _rows(handed_in: Sequence[Assessment], joint: Assessment | None) -> list[ScoredRow]:
    by_assessment = [_by_key(row) for row in handed_in]
    agreed = _by_key(joint) if joint else {}
    found = []
    for standing in standings([row.given for row in handed_in]):
        scores = [scores[standing.key] for scores in by_assessment if standing.key in scores]
        label = scores[0].label
        found.append(ScoredRow(label, scores, standing, agreed.get(standing.key)))
    return found


def _by_key(assessment: Assessment) -> dict[str, Given]:
    return {score.key: score for score in assessment.given}
