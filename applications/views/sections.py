"""The sections of an application, in the order one fills them in, and where each is written."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from applications import completeness
from applications.completeness import SEATED_PHASES, Missing
from applications.models import Application

PARTIES = "parties"
PARTY_FIELDS = frozenset({"partner", "steering_group"})
"""What the basics lack that is mended on the page of the parties."""


@dataclass(frozen=True)
class Section:
    key: str
    label: Any
    url_name: str

    def url(self, application: Application) -> str:
        return reverse(self.url_name, args=[application.public_id])


ALL = (
    Section(completeness.BASICS, _("Title and dates"), "application_basics"),
    Section(PARTIES, _("Parties and countries"), "application_parties"),
    Section(completeness.PROSE, _("Content"), "application_content"),
    Section(completeness.AREAS, _("Areas and core areas"), "application_areas"),
    Section(completeness.SEATS, _("Steering group"), "application_seats"),
    Section(completeness.MONEY, _("Budget"), "application_budget"),
    Section(completeness.DECLARATIONS, _("Declarations and signatory"), "application_declarations"),
)


def sections_of(application: Application) -> list[Section]:
    """The sections that applications of this phase have."""
    seated = application.phase in SEATED_PHASES
    return [each for each in ALL if each.key != completeness.SEATS or seated]


def section(key: str) -> Section:
    return next(each for each in ALL if each.key == key)


def onward_from(application: Application, key: str) -> str:
    """The address of the section after this one; after the last, that of the review."""
    sections = sections_of(application)
    place = sections.index(section(key))
    if place + 1 < len(sections):
        return sections[place + 1].url(application)
    return reverse("application_review", args=[application.public_id])


def section_of(missing: Missing) -> str:
    """The section on whose page something missing is mended."""
    return PARTIES if missing.field in PARTY_FIELDS else missing.section


def link_to(application: Application, missing: Missing) -> str:
    """The page and field where something missing is mended."""
    key = section_of(missing)
    field = _seat(application, missing) if key == completeness.SEATS else missing.field
    return f"{section(key).url(application)}#id_{field}"


def _seat(application: Application, missing: Missing) -> str:
    """The name field of an empty seat: a role alone does not say whose."""
    role = missing.field.removeprefix("seat-")
    for party in application.parties.all():
        if party.organisation.display_name == missing.figures["party"]:
            return f"{party.party_id}-{role}-name"
    return role
