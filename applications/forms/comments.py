"""A remark beside a question: its text, and whom it is for."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.documents.people import Person
from applications.forms.comment_mentions import named_in
from applications.forms.guarded import ProseField
from applications.texts.typed import clean, is_blank

LONGEST = 2000
EMPTY = {"required": _("Write something first.")}


class RemarkField(ProseField):
    """Cleaned before it is judged: what nobody can read is left out without a word."""

    def to_python(self, value: Any) -> str:
        return super().to_python(clean(str(value)) if value else value)


class TextForm(forms.Form):
    """`belongs_to` is the id of the <form> that posts it: it may stand within another one."""

    text = RemarkField(label=_("Comment"), limit=LONGEST, rows=3, error_messages=EMPTY)

    def __init__(
        self, data: Mapping | None = None, *, prefix: str, belongs_to: str, **options
    ) -> None:
        super().__init__(data, prefix=prefix, auto_id="id_%s", **options)
        for field in self.fields.values():
            field.widget.attrs["form"] = belongs_to
        self.fields["text"].widget.attrs["class"] = "form-control"

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        if is_blank(text):
            raise forms.ValidationError(EMPTY["required"])
        return text


class CommentForm(TextForm):
    """A new remark, or an answer to one."""

    mentions = forms.TypedMultipleChoiceField(
        label=_("Mention"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
    )
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        people: Sequence[Person],
        data: Mapping | None = None,
        *,
        prefix: str,
        belongs_to: str,
        typed: str = "",
    ) -> None:
        initial = {"token": uuid.uuid4(), "text": typed}
        super().__init__(data, prefix=prefix, belongs_to=belongs_to, initial=initial)
        self.people = people
        self.fields["mentions"].choices = [
            (each.pk, f"{each.name}, {each.organisation}") for each in people
        ]
        if people:
            self.fields["text"].widget.attrs["aria-describedby"] = self.hint_id

    @property
    def hint_id(self) -> str:
        """Of the line that says how somebody is mentioned."""
        return f"{self.auto_id % self.prefix}-hint"

    def clean(self) -> dict[str, Any]:
        """Whom the text names is mentioned, as if ticked."""
        cleaned = super().clean()
        named = named_in(cleaned.get("text", ""), self.people)
        cleaned["mentions"] = sorted(named.union(cleaned.get("mentions", [])))
        return cleaned

    @property
    def said(self) -> dict[str, str | list[int] | UUID]:
        """What the action takes. Only of a valid form."""
        return {name: self.cleaned_data[name] for name in ("text", "mentions", "token")}
