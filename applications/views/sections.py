"""The sections of an application's form, in their order, and the page where each is written."""

from collections.abc import Sequence

from django.urls import reverse

from applications.completeness import SEATS, Missing
from applications.models import Application, FormSection
from applications.states import SectionPage

URL_NAMES = {
    SectionPage.BASICS: "application_basics",
    SectionPage.PARTIES: "application_parties",
    SectionPage.AREAS: "application_areas",
    SectionPage.SEATS: "application_seats",
    SectionPage.BUDGET: "application_budget",
    SectionPage.ATTACHMENTS: "application_attachments",
    SectionPage.DECLARATIONS: "application_declarations",
}


def sections_of(application: Application) -> Sequence[FormSection]:
    """The sections of the form that asks, of an application loaded with `for_pages`."""
    return [FormSection(**row) for row in application.section_rows]


def section(application: Application, key: str) -> FormSection:
    """Raises `StopIteration` for one that the form does not have."""
    return next(each for each in sections_of(application) if each.key == key)


def url_of(application: Application, each: FormSection) -> str:
    if each.page == SectionPage.CONTENT:
        return reverse("application_content", args=[application.public_id, each.key])
    return reverse(URL_NAMES[each.page], args=[application.public_id])


def onward_from(application: Application, key: str) -> str:
    """The address of the section after this one; after the last, that of the review."""
    sections = sections_of(application)
    place = [each.key for each in sections].index(key)
    if place + 1 < len(sections):
        return url_of(application, sections[place + 1])
    return reverse("application_review", args=[application.public_id])


def link_to(application: Application, missing: Missing) -> str:
    """The page and field where something missing is mended."""
    place = section(application, missing.section)
    field = _seat(application, missing) if place.key == SEATS else missing.field
    return f"{url_of(application, place)}#id_{field}"


def _seat(application: Application, missing: Missing) -> str:
    """The name field of an empty seat: a role alone does not say whose."""
    role = missing.field.removeprefix("seat-")
    for party in application.parties.all():
        if party.organisation.display_name == missing.figures["party"]:
            return f"{party.party_id}-{role}-name"
    return role
