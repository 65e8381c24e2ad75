from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.admin import Button, ReadOnlyAdmin, ReferenceAdmin, WithButtons
from outbox.actions import send_again
from outbox.models import MailText, Message
from outbox.samples import with_samples
from outbox.wording import fill, placeholders_in

WORDED = ["subject_sv", "body_sv", "subject_en", "body_en"]


class MailTextForm(forms.ModelForm):
    """Refuses placeholders that the sender cannot fill in, and stray braces."""

    def clean(self) -> dict:
        cleaned = super().clean()
        for name in WORDED:
            for error in self._errors_in(cleaned.get(name, "")):
                self.add_error(name, error)
        return cleaned

    def _errors_in(self, text: str) -> list[ValidationError]:
        known, used = set(self.instance.placeholders), placeholders_in(text)
        errors = []
        if unknown := sorted(used - known - {""}):
            message = gettext("Unknown: %(unknown)s. This text can have: %(known)s.")
            figures = {"unknown": _braced(unknown), "known": _braced(sorted(known))}
            errors.append(ValidationError(message, params=figures))
        rest = fill(text, dict.fromkeys(used, ""))
        if "" in used or "{" in rest or "}" in rest:
            message = gettext(
                "A brace { or } stands alone. They are only for placeholders, which have small "
                "letters and no spaces inside."
            )
            errors.append(ValidationError(message))
        return errors


def _braced(names: list[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)


@admin.register(MailText)
class MailTextAdmin(ReferenceAdmin):
    """The kinds are known to the code, so none is added; the wording is free."""

    form = MailTextForm
    list_display = ["kind", "subject_sv", "subject_en"]
    search_fields = ["kind", *WORDED]
    readonly_fields = ["kind", "can_have", "preview_sv", "preview_en"]
    fieldsets = [
        (None, {"fields": ["kind", "can_have"]}),
        (_("Swedish"), {"fields": ["subject_sv", "body_sv", "preview_sv"]}),
        (_("English"), {"fields": ["subject_en", "body_en", "preview_en"]}),
    ]

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    @admin.display(description=_("placeholders"))
    def can_have(self, text: MailText) -> str:
        return _braced(text.placeholders)

    @admin.display(description=_("preview with invented figures"))
    def preview_sv(self, text: MailText) -> str:
        return with_samples(f"{text.subject_sv}\n\n{text.body_sv}")

    @admin.display(description=_("preview with invented figures"))
    def preview_en(self, text: MailText) -> str:
        return with_samples(f"{text.subject_en}\n\n{text.body_en}")


@admin.register(Message)
class MessageAdmin(WithButtons, ReadOnlyAdmin):
    list_display = ["written_at", "kind", "address", "state", "sent_at", "attempts"]
    list_filter = ["state", "kind"]
    search_fields = ["address", "subject", "key"]
    date_hierarchy = "written_at"
    buttons = (
        Button(
            slug="send-again",
            label=_("Send again"),
            act=lambda message, by, at: send_again(message, at=at),
            done=_("The message is queued and will be sent within a minute."),
            help=_("The same message is sent once more to the same address."),
        ),
    )
