"""What an assessor scores and writes: one criterion after the other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.forms.guarded import GuardedForm, LineField, ProseField
from decisions.models import Criterion
from decisions.scoring import Typed

TEXT_LIMIT = 20_000
REASON_LIMIT = 3000
SCALE = [
    ("1", _("1 – not at all")),
    ("2", _("2 – in part")),
    ("3", _("3 – to a large extent")),
    ("4", _("4 – fully")),
]
PARTS = ("value", "reason", "evidence")


@dataclass(frozen=True)
class CriterionFields:
    """A criterion with its fields; `evidence` is None where it is not asked for."""

    criterion: Criterion
    value: forms.BoundField
    reason: forms.BoundField
    evidence: forms.BoundField | None


class AssessmentForm(GuardedForm):
    """Nothing is required here: what is missing is said when it is handed in."""

    text = ProseField(
        limit=TEXT_LIMIT,
        rows=8,
        required=False,
        label=_("Assessment as a whole"),
        help_text=_("Strengths, weaknesses and what should be asked. Only ICLD reads it."),
    )

    def __init__(
        self, data=None, *, criteria: Sequence[Criterion], saved: Mapping[str, Any], **options
    ) -> None:
        super().__init__(data, saved=saved, **options)
        self.criteria = criteria
        self.initial["text"] = saved["text"]
        for criterion in criteria:
            self._add(criterion, saved["scores"].get(criterion.key, [None, "", ""]))
        self.order_fields([*(name for name in self.fields if name != "text"), "text"])

    def _add(self, criterion: Criterion, saved: Sequence[Any]) -> None:
        value, reason, evidence = (field_of(criterion.key, part) for part in PARTS)
        self.fields[value] = forms.ChoiceField(
            label=_("Score"), choices=SCALE, required=False, widget=forms.RadioSelect
        )
        self.fields[reason] = ProseField(
            label=_("Reason"), limit=REASON_LIMIT, rows=3, required=False
        )
        names = [value, reason]
        if criterion.evidence_required:
            self.fields[evidence] = LineField(
                label=_("Where in the application does it stand?"), max_length=300, required=False
            )
            names.append(evidence)
        initial = ["" if saved[0] is None else str(saved[0]), *saved[1:]]
        self.initial |= dict(zip(names, initial, strict=False))

    @property
    def rows(self) -> Iterable[CriterionFields]:
        for criterion in self.criteria:
            value, reason, evidence = (field_of(criterion.key, part) for part in PARTS)
            asked = self[evidence] if evidence in self.fields else None
            yield CriterionFields(criterion, self[value], self[reason], asked)

    @property
    def scores(self) -> dict[str, Typed]:
        """Of a valid form, by the key of the criterion."""
        return {criterion.key: self._typed(criterion.key) for criterion in self.criteria}

    def _typed(self, key: str) -> Typed:
        value, reason, evidence = (self.cleaned_data.get(field_of(key, part), "") for part in PARTS)
        return Typed(int(value) if value else None, reason, evidence)


def field_of(key: str, part: str) -> str:
    """The name of a criterion's field."""
    return f"{part}_{key}"
