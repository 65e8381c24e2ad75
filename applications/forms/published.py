"""Publishing an answer: one question and one answer, in both languages, without names."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from applications.forms.guarded import ProseField
from funding.states import Phase

LIMIT = 5000
TEXTS = ("question_sv", "question_en", "answer_sv", "answer_en")


class PublishForm(forms.Form):
    """`names`: those of the parties and persons of the thread, which may not stand in the texts."""

    phase = forms.ChoiceField(label=_("Phase"), required=False)
    question_key = forms.ChoiceField(label=_("Question of the form"), required=False)
    question_sv = ProseField(label=_("The question in Swedish"), limit=LIMIT, rows=3)
    question_en = ProseField(label=_("The question in English"), limit=LIMIT, rows=3)
    answer_sv = ProseField(label=_("The answer in Swedish"), limit=LIMIT, rows=6)
    answer_en = ProseField(label=_("The answer in English"), limit=LIMIT, rows=6)

    mark_optional = False

    def __init__(
        self,
        data=None,
        *,
        initial: Mapping[str, str],
        labels: Mapping[str, Any],
        names: Iterable[str] = (),
    ) -> None:
        super().__init__(data, initial=initial)
        self.names = [name for name in names if name.strip()]
        self.fields["phase"].choices = [("", _("Every phase")), *Phase.choices]
        # A question that the form no longer has stays a choice of what is about it.
        kept = {initial.get("question_key", ""): initial.get("question_key", "")}
        choices = {"": _("None in particular")} | kept | dict(labels)
        choices[""] = _("None in particular")
        self.fields["question_key"].choices = list(choices.items())
        for name in TEXTS:
            self.fields[name].widget.attrs["lang"] = name[-2:]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for field in TEXTS:
            for name in self.names:
                if _says(cleaned.get(field, ""), name):
                    message = _(
                        "“%(name)s” stands in the text. Everybody can read it: say it "
                        "without names."
                    )
                    self.add_error(field, ValidationError(message, "names", {"name": name}))
        return cleaned


def _says(text: str, name: str) -> bool:
    return re.search(rf"\b{re.escape(name)}s?\b", text, re.IGNORECASE) is not None
