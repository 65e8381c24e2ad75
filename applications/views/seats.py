"""Who sits in the steering group."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from applications import actions
from applications.completeness import SEATS
from applications.forms.seats import SeatsForm
from applications.views.loading import CHANGE, load
from applications.views.pages import form_page
from funding.states import SEATED_PHASES


@login_required
def seats(request: HttpRequest, public_id: UUID) -> HttpResponse:
    def save(application, form):
        at = request.received_at
        actions.save_seats(application, form.seats, by=request.user, at=at, was=form.seen)

    application = load(request, public_id, CHANGE)
    if application.phase not in SEATED_PHASES:
        raise Http404
    template = "applications/seats.html"
    return form_page(request, application, SEATS, template, make=SeatsForm, save=save)
