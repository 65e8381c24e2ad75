"""Declarations and the authorised signatory."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from applications import actions
from applications.completeness import DECLARATIONS
from applications.forms.declarations import DeclarationsForm
from applications.views.loading import CHANGE, load
from applications.views.pages import form_page


@login_required
def declarations(request: HttpRequest, public_id: UUID) -> HttpResponse:
    def save(application, form):
        values = form.cleaned_data
        at = request.received_at
        actions.save_declarations(application, values, by=request.user, at=at, was=form.seen)

    application = load(request, public_id, CHANGE)
    template = "applications/declarations.html"
    return form_page(request, application, DECLARATIONS, template, make=DeclarationsForm, save=save)
