"""A refusal shown on the form whose action it refused, at the field it is about."""

from django import forms

from icld_portal.refusals import Refusal

FIELDS = {
    "no_text": "text",
    "no_reasons": "reasons",
    "guideline_not_accepted": "guideline_accepted",
    "outcome_does_not_fit": "outcome",
    "presenter_decides": "presented_by",
    "not_an_officer": "officer",
}
"""The field of a refusal, by its code. One about a year belongs to that year's amount."""


def refuse(form: forms.Form, refusal: Refusal) -> None:
    """Add the refusal's text to a form that has been validated."""
    year = refusal.figures.get("year")
    name = f"year_{year}" if year else FIELDS.get(refusal.code)
    form.add_error(name if name in form.fields else None, refusal.text())
