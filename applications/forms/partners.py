"""Choosing an organisation abroad: one that the portal knows, or a new one in an open country."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from applications.actions.starting import NewPartner
from applications.forms.guarded import LineField
from partnerships.models import Country, Organisation, OrganisationKind
from partnerships.sorting import sort_key

EXISTING, NEW = "existing", "new"
DEFAULT_KIND = "local_government"


class CountryField(forms.ModelChoiceField):
    """A country that takes new applications on a day."""

    def __init__(self, **options) -> None:
        message = _("This country is closed for new applications. Choose another one.")
        super().__init__(
            queryset=Country.objects.none(),
            required=False,
            to_field_name="code",
            empty_label=_("Choose a country"),
            error_messages={"invalid_choice": message},
            **options,
        )

    def offer(self, day: date) -> None:
        self.queryset = Country.objects.open_on(day)
        ordered = sorted(self.queryset, key=lambda country: sort_key(country.name))
        self.choices = [("", self.empty_label), *((each.code, each.name) for each in ordered)]


class OrganisationField(forms.ModelChoiceField):
    """One of the organisations that the portal knows, under its country."""

    def __init__(self, **options) -> None:
        message = _("This organisation cannot be chosen. Its country may have been closed.")
        super().__init__(
            queryset=Organisation.objects.none(),
            required=False,
            to_field_name="public_id",
            empty_label=_("Choose an organisation"),
            error_messages={"invalid_choice": message},
            **options,
        )

    def offer(self, organisations: QuerySet[Organisation]) -> None:
        self.queryset = organisations.select_related("country", "kind")
        ordered = sorted(
            self.queryset, key=lambda each: (sort_key(each.country.name), each.sort_key)
        )
        groups = groupby(ordered, key=lambda each: each.country.name)
        rows = [(country, _options(members)) for country, members in groups]
        self.choices = [("", self.empty_label), *rows]


class PartnerFields(forms.Form):
    """An organisation abroad, in the three fields that a page needs for it."""

    organisation = OrganisationField(label=_("Organisation"))
    name = LineField(
        label=_("Name of the organisation"),
        required=False,
        max_length=150,
        help_text=_("Its official name, in English or its own language."),
    )
    country = CountryField(label=_("Country"))
    kind = forms.ModelChoiceField(
        label=_("Kind of organisation"),
        queryset=OrganisationKind.objects.none(),
        required=False,
        to_field_name="key",
        empty_label=None,
    )

    def offer(self, day: date) -> None:
        """Fill the lists with what a new application may name on that day."""
        self.fields["country"].offer(day)
        abroad = Organisation.objects.filter(country__in=Country.objects.open_on(day))
        self.fields["organisation"].offer(abroad)
        kinds = OrganisationKind.objects.filter(may_apply=False)
        self.fields["kind"].queryset = kinds
        self.fields["kind"].choices = [(kind.key, str(kind)) for kind in kinds]
        self.fields["kind"].initial = DEFAULT_KIND

    def partner_of(self, choice: str) -> Organisation | NewPartner | None:
        """What was chosen; what is missing is said at its field."""
        if choice == EXISTING:
            return self._needed("organisation", _("Choose an organisation."))
        name = self._needed("name", _("Write the name of the organisation."))
        country = self._needed("country", _("Choose a country."))
        if not (name and country):
            return None
        kind = self.cleaned_data.get("kind") or self.fields["kind"].queryset.get(key=DEFAULT_KIND)
        return NewPartner(name=name, country=country, kind=kind)

    def _needed(self, field: str, message):
        value = self.cleaned_data.get(field)
        if not value and field not in self.errors:
            self.add_error(field, ValidationError(message, "required"))
        return value


def _options(organisations: Iterable[Organisation]) -> list[tuple[str, str]]:
    return [(str(each.public_id), each.display_name) for each in organisations]
