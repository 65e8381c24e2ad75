"""Title, dates and references."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from applications import actions
from applications.completeness import BASICS, MAX_MONTHS
from applications.documents.snapshot import needs_preparation_reason
from applications.forms.basics import BasicsForm
from applications.models import Application
from applications.views.loading import CHANGE, load
from applications.views.pages import form_page
from funding import periods


@login_required
def basics(request: HttpRequest, public_id: UUID) -> HttpResponse:
    def make(application, data):
        asks_why = needs_preparation_reason(application)
        return BasicsForm(application, data, asks_why=asks_why)

    def save(application, form):
        values = form.cleaned_data
        at = request.received_at
        actions.save_details(application, values, by=request.user, at=at, was=form.seen)

    application = load(request, public_id, CHANGE)
    return form_page(
        request,
        application,
        BASICS,
        "applications/basics.html",
        make=make,
        save=save,
        context=period_of,
    )


def period_of(application: Application) -> dict:
    """How long the saved period is, and whether the phase allows it."""
    if not application.years:
        return {}
    months = periods.months(application.starts_on, application.ends_on)
    longest = MAX_MONTHS[application.phase]
    return {
        "years": application.years,
        "months": months,
        "longest": longest,
        "part_year": periods.has_part_year(application.starts_on, application.ends_on),
        "too_long": months > longest,
    }
