"""Declarations, and who may sign for each party."""

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
        actions.save_declarations(
            application,
            form.cleaned_data,
            signatories=form.signatories,
            by=request.user,
            at=request.received_at,
            was=form.seen,
        )

    application = load(request, public_id, CHANGE)
    template = "applications/declarations.html"
    return form_page(request, application, DECLARATIONS, template, make=DeclarationsForm, save=save)
