"""Sets of criteria: copied to a draft, published, chosen for a phase of a round."""

from datetime import datetime

import pghistory
from django.db import transaction
from django.db.models import Max

from decisions.models import Case, CriteriaSet, Criterion, RoundCriteria
from decisions.refusals import (
    CriteriaInUse,
    CriteriaNotPublished,
    CriteriaOfOtherPhase,
    CriteriaPublished,
    NoCriteria,
)
from decisions.states import CriteriaStatus

COPIED = [
    "key",
    "position",
    "label_sv",
    "label_en",
    "question_sv",
    "question_en",
    "weight",
    "evidence_required",
]


@transaction.atomic
def copy_criteria(criteria_set: CriteriaSet, *, by, at: datetime) -> CriteriaSet:
    """A draft with the same criteria, under the next number of the phase."""
    same_phase = CriteriaSet.objects.filter(phase=criteria_set.phase)
    list(same_phase.select_for_update(no_key=True))
    with pghistory.context(user=by.pk, action="copy_criteria"):
        made = CriteriaSet.objects.create(
            phase=criteria_set.phase,
            number=same_phase.aggregate(last=Max("number"))["last"] + 1,
            assessors=criteria_set.assessors,
        )
    Criterion.objects.bulk_create(
        Criterion(criteria_set=made, **row) for row in criteria_set.criteria.values(*COPIED)
    )
    return made


@transaction.atomic
def publish_criteria(criteria_set: CriteriaSet, *, by, at: datetime) -> CriteriaSet:
    """Let cases be assessed by a draft; from then on it stays as it is.

    Rounds whose assessing has begun keep the set they have. Raises `CriteriaPublished` and
    `NoCriteria`.
    """
    row = CriteriaSet.objects.select_for_update(no_key=True).get(pk=criteria_set.pk)
    if row.is_published:
        raise CriteriaPublished()
    if not row.criteria.exists():
        raise NoCriteria()
    row.status = CriteriaStatus.PUBLISHED
    with pghistory.context(user=by.pk, action="publish_criteria"):
        row.save(update_fields=["status"])
    return row


def ensure_choosable(round_, phase: str, criteria_set: CriteriaSet) -> None:
    """May cases of the round and phase be assessed by this set?

    Everybody in a round is measured by the same, so nothing is chosen once the first assessment
    has begun. Raises `CriteriaNotPublished`, `CriteriaOfOtherPhase` and `CriteriaInUse`.
    """
    if not criteria_set.is_published:
        raise CriteriaNotPublished()
    if criteria_set.phase != phase:
        raise CriteriaOfOtherPhase(phase=criteria_set.phase)
    begun = Case.objects.filter(application__round=round_, application__phase=phase)
    used = begun.exclude(criteria_set=None).exclude(criteria_set=criteria_set)
    if used.exists():
        raise CriteriaInUse()


def bind_criteria(case: Case) -> CriteriaSet | None:
    """The set by which all cases of this round and phase are assessed: chosen by an administrator,
    or else the newest published one when the first assessment of them begins."""
    if case.criteria_set is not None:
        return case.criteria_set
    if (found := criteria_of(case)) is None:
        return None
    application = case.application
    bound, _made = RoundCriteria.objects.get_or_create(
        round=application.round, phase=application.phase, defaults={"criteria_set": found}
    )
    Case.objects.filter(pk=case.pk).update(criteria_set=bound.criteria_set)
    return bound.criteria_set


def criteria_of(case: Case) -> CriteriaSet | None:
    """The set a case is, or would now be, assessed by."""
    if case.criteria_set is not None:
        return case.criteria_set
    application = case.application
    chosen = RoundCriteria.objects.filter(round=application.round, phase=application.phase)
    row = chosen.select_related("criteria_set").first()
    return row.criteria_set if row else CriteriaSet.objects.newest_of(application.phase)
