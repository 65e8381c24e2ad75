from django import forms
from django.utils.translation import gettext_lazy as _

from applications.actions.editing import DECLARATIONS, field_values
from applications.declarations import DECLARATIONS as DECLARED
from applications.forms.guarded import GuardedForm, LineField
from applications.models import Application

TEXTS = dict(DECLARED)


class DeclarationsForm(GuardedForm):
    """What the applicant declares, and who is authorised to sign for it."""

    declared_correct = forms.BooleanField(label=TEXTS["correct"], required=False)
    declared_no_double_funding = forms.BooleanField(
        label=TEXTS["no_double_funding"], required=False
    )
    declared_personal_data = forms.BooleanField(
        label=TEXTS["personal_data"],
        required=False,
        help_text=_(
            "An application is an official document at a Swedish municipality or region, and may "
            "be requested by anyone."
        ),
    )
    signatory_name = LineField(
        label=_("Name of the authorised signatory"),
        required=False,
        max_length=150,
        help_text=_("The person who has the right to bind the Swedish applicant."),
    )
    signatory_title = LineField(
        label=_("Title"),
        required=False,
        max_length=150,
        help_text=_("For example: chair of the municipal executive board."),
    )

    def __init__(self, application: Application, data=None) -> None:
        saved = field_values(application, DECLARATIONS)
        super().__init__(data, saved=saved, initial=saved)
