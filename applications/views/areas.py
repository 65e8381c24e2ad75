"""Areas of cooperation, core areas and Global Goals."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from applications import actions
from applications.completeness import AREAS
from applications.forms.areas import AreasForm
from applications.views.loading import CHANGE, load
from applications.views.pages import form_page


@login_required
def areas(request: HttpRequest, public_id: UUID) -> HttpResponse:
    def save(application, form):
        actions.save_areas(
            application,
            main_area=form.cleaned_data["main_area"],
            areas=list(form.cleaned_data["areas"]),
            reasons=form.reasons,
            goals=form.chosen_goals,
            by=request.user,
            at=request.received_at,
            was=form.seen,
        )

    application = load(request, public_id, CHANGE)
    template = "applications/areas.html"
    return form_page(request, application, AREAS, template, make=AreasForm, save=save)
