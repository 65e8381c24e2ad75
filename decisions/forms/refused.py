"""A refusal shown on the form whose action it refused, at the field it is about."""

from django import forms
from django.utils.translation import gettext_lazy as _

from decisions.forms.assessing import field_of as score_field
from decisions.forms.reducing import field_of
from decisions.refusals import AssessmentIncomplete, LineRefusal
from icld_portal.refusals import Refusal

FIELDS = {
    "no_text": "text",
    "no_reasons": "reasons",
    "guideline_not_accepted": "guideline_accepted",
    "outcome_does_not_fit": "outcome",
    "presenter_decides": "presented_by",
    "not_an_officer": "officer",
}
"""The field of a refusal, by its code. One about a line belongs to that line's amount."""

MISSING = {
    "value": _("Give a score."),
    "reason": _("Give the reason."),
    "evidence": _("Say where it stands."),
}


def refuse(form: forms.Form, refusal: Refusal) -> None:
    """Add the refusal's text to a form that has been validated."""
    if isinstance(refusal, LineRefusal):
        form.add_error(field_of(refusal.figures["line_key"]), refusal.reason())
        return
    if isinstance(refusal, AssessmentIncomplete):
        for key, parts in refusal.figures["missing"].items():
            for part in parts:
                form.add_error(score_field(key, part), MISSING[part])
        form.add_error(None, refusal.text())
        return
    name = FIELDS.get(refusal.code)
    form.add_error(name if name in form.fields else None, refusal.text())
