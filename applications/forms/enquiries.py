"""Writing to ICLD, and ICLD writing back."""

import uuid
from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.forms.guarded import ProseField
from applications.models import Question

LIMIT = 5000


class EnquiryForm(forms.Form):
    """A message, perhaps about one question of the form. `token` makes a double click one."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    fraga = forms.ChoiceField(label=_("What is it about?"), required=False)
    text = ProseField(
        label=_("Your message"),
        limit=LIMIT,
        rows=6,
        error_messages={"required": _("Write your message.")},
    )

    mark_optional = False

    def __init__(self, data=None, *, questions: Mapping[str, Question], about: str = "") -> None:
        super().__init__(data)
        self.questions = questions
        choices = [(key, question.label) for key, question in questions.items()]
        self.fields["fraga"].choices = [("", _("The application as a whole")), *choices]
        self.initial = {"token": uuid.uuid4(), "fraga": about if about in questions else ""}

    def said(self) -> dict:
        """What the actions want. Only of a valid form."""
        cleaned = self.cleaned_data
        question = self.questions.get(cleaned["fraga"])
        return {"text": cleaned["text"], "token": cleaned["token"], "question": question}
