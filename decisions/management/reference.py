from datetime import datetime
from pathlib import Path

from django.db import transaction

from applications.criteria import Criterion as PublicCriterion
from applications.criteria import criteria
from decisions.models import CriteriaSet, Criterion, LetterText
from decisions.states import CriteriaStatus
from icld_portal.reference import add_missing, entries

HERE = Path(__file__).parent


@transaction.atomic
def load(at: datetime) -> dict[str, int]:
    """Add the letter texts that are missing, and sets of criteria for the phases that have none.
    Gives the number of rows added, per table."""
    texts = add_missing(LetterText, ("key",), entries(HERE, "letter_texts", "text"))
    return {"letter_texts": len(texts), "criteria_sets": _criteria()}


def _criteria() -> int:
    known = {criterion.key: criterion for criterion in criteria()}
    have = set(CriteriaSet.objects.values_list("phase", flat=True))
    new = [row for row in entries(HERE, "criteria", "set") if row["phase"] not in have]
    for row in new:
        made = CriteriaSet.objects.create(phase=row["phase"], number=1, assessors=row["assessors"])
        Criterion.objects.bulk_create(
            Criterion(
                criteria_set=made,
                position=position,
                weight=weight,
                evidence_required=key in row["evidence"],
                **_words_of(known[key]),
            )
            for position, (key, weight) in enumerate(row["weights"].items(), start=1)
        )
        made.status = CriteriaStatus.PUBLISHED
        made.save()
    return len(new)


def _words_of(criterion: PublicCriterion) -> dict[str, str]:
    """As those who apply read them."""
    return {
        "key": criterion.key,
        "label_sv": criterion.label.sv,
        "label_en": criterion.label.en,
        "question_sv": criterion.question.sv,
        "question_en": criterion.question.en,
    }
