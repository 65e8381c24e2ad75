from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from applications.actions.editing import DETAILS, field_values
from applications.completeness import MAX_YEARS
from applications.forms.chain import Chain, chain_fields
from applications.forms.guarded import DayField, GuardedForm, LineField, ProseField
from applications.models import Application
from applications.refusals import PeriodTooLong
from funding.periods import EndBeforeStart, started_years
from icld_portal.formats import day


class BasicsForm(GuardedForm):
    """Titles, first and last day, the earlier case where the form asks for it, and the
    municipality's own references."""

    title_sv = LineField(
        label=_("Title in Swedish"), required=False, help_text=_("At most 100 characters.")
    )
    title_en = LineField(
        label=_("Title in English"), required=False, help_text=_("At most 100 characters.")
    )
    starts_on = DayField(label=_("First day"), required=False)
    ends_on = DayField(
        label=_("Last day"),
        required=False,
        help_text=_("The day is included. Every started year counts as a year."),
    )
    no_preparation_reason = ProseField(
        label=_("Why do you apply for a project without an inception first?"),
        required=False,
        limit=1500,
        help_text=_(
            "Most partnerships begin with an inception. You have not had one together, so say "
            "what makes you ready for a project. At most 1 500 characters."
        ),
    )
    own_dnr = LineField(
        label=_("Your own registration number (optional)"),
        required=False,
        max_length=40,
        help_text=_("The number of the case at the municipality or region. ICLD quotes it."),
    )
    own_board = LineField(
        label=_("Committee or board (optional)"),
        required=False,
        max_length=100,
        help_text=_("The committee that the decision should be addressed to."),
    )

    def __init__(
        self, application: Application, data=None, *, asks_why: bool, chain: Chain | None = None
    ) -> None:
        saved = field_values(application, DETAILS)
        super().__init__(data, saved=saved, initial=saved)
        for name, language in (("title_sv", "sv"), ("title_en", "en")):
            self.fields[name].validators.append(_at_most_100)
            self.fields[name].widget.attrs["lang"] = language
        fixed, earliest = application.round.fixed_start, application.round.earliest_start
        if fixed:
            text = _("%(day)s, as for everybody in this round.") % {"day": day(fixed)}
            self.fields["starts_on"].help_text = text
        elif earliest:
            text = _("%(day)s at the earliest in this round.") % {"day": day(earliest)}
            self.fields["starts_on"].help_text = text
        self.chain_names: list[str] = []
        if chain:
            del self.fields["no_preparation_reason"]
            asked = chain_fields(application, chain)
            self.fields |= asked
            self.chain_names = list(asked)
        elif not asks_why:
            del self.fields["no_preparation_reason"]

    @property
    def chain_parts(self) -> list:
        """The bound fields of the question about the earlier case, training and other grants."""
        return [self[name] for name in self.chain_names]

    def clean(self) -> dict:
        cleaned = super().clean()
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", ValidationError(EndBeforeStart.message, "end_before_start"))
        elif starts_on and ends_on and started_years(starts_on, ends_on) > MAX_YEARS:
            refusal = PeriodTooLong(years=MAX_YEARS)
            self.add_error("ends_on", ValidationError(refusal.text(), refusal.code))
        return cleaned


def _at_most_100(value: str) -> None:
    if len(value) > 100:
        message = _("The title has %(length)s characters. Shorten it to at most 100.")
        raise ValidationError(message, "too_long", {"length": len(value)})
