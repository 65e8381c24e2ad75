"""Assessing a case by its criteria: each for themselves, handed in, then agreed on by two."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.states import Role
from applications.actions import record
from applications.actions.writing import ensure_unchanged
from applications.fingerprints import fingerprint
from applications.states import Audience
from decisions.actions.choosing_criteria import bind_criteria
from decisions.actions.moving import (
    ensure_move,
    ensure_not_withdrawn,
    ensure_pending,
    ensure_role,
    ensure_unbiased,
    locked,
    move,
)
from decisions.models import Assessment, Case, CriteriaSet, Criterion, Score
from decisions.refusals import (
    AlreadyProposed,
    AssessmentHandedIn,
    AssessmentIncomplete,
    AssessmentsMissing,
    JointMissing,
    NotAnAssessor,
    NotAssessed,
    NoText,
    OthersHaveHandedIn,
)
from decisions.scoring import Typed
from decisions.states import AssessmentKind, CaseState

Scores = Mapping[str, Typed]


def ensure_assessable(case: Case, *, by, at: datetime) -> None:
    """May this person assess the case now? Also before the close: reading can begin early.

    Raises `NotRole`, `Disqualified`, `ApplicationWithdrawn`, `AlreadyProposed`, `AlreadyDecided`,
    `AlreadyReleased`, `AssessmentHandedIn` and `IllegalMove`.
    """
    ensure_role(by, Role.OFFICER)
    ensure_unbiased(case, by)
    ensure_not_withdrawn(case.application)
    ensure_move(case, CaseState.ASSESSMENT)
    if case.state == CaseState.PROPOSED:
        raise AlreadyProposed()
    ensure_pending(case.application)
    if any(row.by_id == by.pk and row.is_handed_in for row in _own(case)):
        raise AssessmentHandedIn()


@transaction.atomic
def assess(
    case: Case,
    *,
    text: str = "",
    scores: Scores | None = None,
    by,
    at: datetime,
    was: str | None = None,
) -> Assessment:
    """Keep what this person has written of the case, by the key of each criterion.

    Kept is not handed in: nobody else reads it. `was` is the fingerprint of what the page was
    filled with (`as_saved`). The case gets its set of criteria with its first assessment. Raises
    `StaleForm` and what `ensure_assessable` raises.
    """
    row = locked(case)
    ensure_assessable(row, by=by, at=at)
    saved = _own_of(row, by)
    ensure_unchanged(was, fingerprint(as_saved(saved)))
    assessment = saved or Assessment(case=row, by=by)
    _write(assessment, bind_criteria(row), text, scores or {}, at)
    move(row, CaseState.ASSESSMENT)
    return assessment


@transaction.atomic
def hand_in_assessment(case: Case, *, by, at: datetime) -> Assessment:
    """Let this person's assessment stand, for the others to read and to be proposed on.

    Writes the event `assessed`, for staff. Raises `NotAssessed`, `AssessmentIncomplete`, `NoText`
    (of a case without criteria) and what `ensure_assessable` raises.
    """
    row = locked(case)
    ensure_assessable(row, by=by, at=at)
    saved = _own_of(row, by)
    if saved is None:
        raise NotAssessed()
    _hand_in(saved, at)
    record(row.application, "assessed", at=at, by=by, audience=Audience.STAFF)
    return saved


@transaction.atomic
def take_back(case: Case, *, by, at: datetime) -> None:
    """Make one's own assessment a draft again, while nobody else has handed in theirs: after that
    one might have read it.

    Writes the event `assessment_taken_back`, for staff. Raises what `ensure_takeable` raises.
    """
    row = locked(case)
    ensure_takeable(row, by=by, at=at)
    mine = Assessment.objects.filter(case=row, by=by, kind=AssessmentKind.OWN)
    mine.update(handed_in_at=None)
    record(row.application, "assessment_taken_back", at=at, by=by, audience=Audience.STAFF)


def ensure_takeable(case: Case, *, by, at: datetime) -> None:
    """May this person take back their assessment now?

    Raises `NotRole`, `Disqualified`, `AlreadyProposed`, `NotAnAssessor` and `OthersHaveHandedIn`.
    """
    ensure_role(by, Role.OFFICER)
    ensure_unbiased(case, by)
    if case.state != CaseState.ASSESSMENT:
        raise AlreadyProposed()
    handed_in = [each.by_id for each in _own(case) if each.is_handed_in]
    if by.pk not in handed_in:
        raise NotAnAssessor()
    if len(handed_in) > 1:
        raise OthersHaveHandedIn()


@transaction.atomic
def agree(
    case: Case, *, text: str, scores: Scores, by, at: datetime, was: str | None = None
) -> Assessment:
    """Write what the assessors have agreed on; written anew it replaces the earlier one.

    Done by one of them, once all have handed in. `was` is the fingerprint of what the page was
    filled with. Writes the event `assessed_jointly`, for staff. Raises `StaleForm`,
    `AssessmentIncomplete` and what `ensure_agreeable` raises.
    """
    row = locked(case)
    ensure_agreeable(row, by=by, at=at)
    earlier = Assessment.objects.filter(case=row, kind=AssessmentKind.JOINT)
    ensure_unchanged(was, fingerprint(as_saved(earlier.with_scores().first())))
    earlier.delete()
    joint = Assessment(case=row, by=by, kind=AssessmentKind.JOINT)
    _write(joint, row.criteria_set, text, scores, at)
    _hand_in(joint, at)
    record(row.application, "assessed_jointly", at=at, by=by, audience=Audience.STAFF)
    return joint


def ensure_agreeable(case: Case, *, by, at: datetime) -> None:
    """May this person write what the assessors have agreed on?

    Raises `NotRole`, `Disqualified`, `ApplicationWithdrawn`, `AlreadyProposed`, `NotAnAssessor`,
    `AssessmentsMissing` and `IllegalMove`.
    """
    ensure_role(by, Role.OFFICER)
    ensure_unbiased(case, by)
    ensure_not_withdrawn(case.application)
    ensure_move(case, CaseState.ASSESSMENT)
    if case.state == CaseState.PROPOSED:
        raise AlreadyProposed()
    handed_in = [each.by_id for each in _own(case) if each.is_handed_in]
    if by.pk not in handed_in:
        raise NotAnAssessor()
    if case.assessors < 2 or len(handed_in) < case.assessors:
        raise AssessmentsMissing(handed_in=len(handed_in), wanted=max(case.assessors, 2))


def ensure_assessed(case: Case) -> None:
    """Raises `AssessmentsMissing` and, where two assess, `JointMissing`."""
    rows = list(case.assessments.all())
    handed_in = [row for row in rows if row.is_handed_in and not row.is_joint]
    if len(handed_in) < case.assessors:
        raise AssessmentsMissing(handed_in=len(handed_in), wanted=case.assessors)
    if case.assessors > 1 and not any(row.is_joint for row in rows):
        raise JointMissing()


def as_saved(assessment: Assessment | None) -> dict[str, Any]:
    """What a page of an assessment is filled with, and guarded by. Of one read with its scores."""
    if assessment is None:
        return {"text": "", "scores": {}}
    return {
        "text": assessment.text,
        "scores": {
            score.key: [score.value, score.reason, score.evidence] for score in assessment.given
        },
    }


def _own_of(case: Case, by) -> Assessment | None:
    rows = Assessment.objects.filter(case=case, by=by, kind=AssessmentKind.OWN)
    return rows.with_scores().first()


def _own(case: Case) -> list[Assessment]:
    return [row for row in case.assessments.all() if not row.is_joint]


def _write(
    assessment: Assessment,
    criteria_set: CriteriaSet | None,
    text: str,
    scores: Scores,
    at: datetime,
) -> None:
    assessment.text = text.replace("\r\n", "\n").strip()
    assessment.criteria_set, assessment.at = criteria_set, at
    assessment.save()
    for criterion in criteria_set.criteria.all() if criteria_set else ():
        typed = scores.get(criterion.key, Typed())
        values = {
            "value": typed.value,
            "reason": typed.reason.replace("\r\n", "\n").strip(),
            "evidence": typed.evidence.strip(),
        }
        Score.objects.update_or_create(assessment=assessment, criterion=criterion, defaults=values)


def _hand_in(assessment: Assessment, at: datetime) -> None:
    """Raises `AssessmentIncomplete` and `NoText`."""
    scores = assessment.scores.select_related("criterion")
    if missing := {score.criterion.key: lacks for score in scores if (lacks := _lacks(score))}:
        raise AssessmentIncomplete(missing=missing)
    if assessment.criteria_set is None and not assessment.text:
        raise NoText()
    assessment.handed_in_at = at
    assessment.save(update_fields=["handed_in_at"])


def _lacks(score: Score) -> list[str]:
    criterion: Criterion = score.criterion
    typed = Typed(score.value, score.reason, score.evidence)
    return typed.lacks(evidence=criterion.evidence_required)
