from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.states import Language
from applications.actions.signing_links import Signer
from applications.forms.guarded import LineField
from applications.models import Attachment, SignatureRequest


class NamedForm(forms.Form):
    """Who signs, and by what right."""

    name = LineField(label=_("Name"), max_length=150)
    title = LineField(label=_("Title"), max_length=150)
    mandate = LineField(
        label=_("Mandate (optional)"),
        max_length=300,
        required=False,
        help_text=_(
            "What gives the right to sign: a delegation, a decision with its date, an office."
        ),
    )

    def signer(self) -> Signer:
        """Only of a valid form."""
        values = self.cleaned_data
        return Signer(
            values["name"],
            values["title"],
            values["mandate"],
            values.get("address", ""),
            values.get("language", ""),
        )


class SignForm(NamedForm):
    """What a signatory confirms. The names stand as they were given, and can be put right."""

    agreed = forms.BooleanField(
        label="", error_messages={"required": _("Tick the box to sign the application.")}
    )

    def __init__(self, request: SignatureRequest, data=None) -> None:
        initial = {name: getattr(request, name) for name in ("name", "title", "mandate")}
        super().__init__(data, initial=initial)
        party = {"party": request.party.organisation.display_name}
        text = _("I have read the application and have the right to sign it for %(party)s.")
        self.fields["agreed"].label = text % party


class AskForm(NamedForm):
    """Whom a link is sent to."""

    address = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The person's own address at work. The link to sign is sent to it."),
    )
    language = forms.ChoiceField(
        label=_("Language of the link and the page"), choices=Language.choices
    )


class ScanForm(NamedForm):
    """A signature on paper: the file, and who signed it."""

    scan = forms.ModelChoiceField(
        Attachment.objects.none(), label=_("The scanned file"), empty_label=None
    )

    def __init__(self, data=None, *, scans: QuerySet[Attachment], **options) -> None:
        super().__init__(data, **options)
        self.fields["scan"].queryset = scans
        self.fields["scan"].initial = scans.first()
