"""Beginning an application."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from applications import actions
from applications.forms.starting import StartForm
from applications.models import Application, Round
from applications.views.pages import CONFLICT
from icld_portal.refusals import Refusal
from partnerships.models import Organisation

FORBIDDEN = 403


@login_required
def new(request: HttpRequest) -> HttpResponse:
    at = request.received_at
    applicants = list(Organisation.objects.may_apply().written_for_by(request.user))
    rounds = _rounds(applicants, at, request.POST.get("round"))
    page = {"at": at, "rounds": rounds, "next_round": Round.objects.next_after(at)}
    if not applicants:
        return render(request, "applications/new_not_you.html", page, status=FORBIDDEN)
    if not rounds:
        return render(request, "applications/new_no_round.html", page)
    data = request.POST if request.method == "POST" else None
    form = StartForm(data, applicants=applicants, rounds=rounds, at=at, proposed=request.GET)
    refusal = None
    if data is not None and form.is_valid():
        try:
            application = _begin(form, request.user, at)
        except Refusal as found:
            refusal = found
        else:
            messages.success(
                request, _("Your draft is saved. Write when you like; nothing is lost.")
            )
            if shared := _shared_steering_group(application):
                text = _(
                    "The partnership applies for its steering group already: the project shares "
                    "that application, “%(title)s”. It is submitted with the project that is "
                    "submitted first."
                )
                messages.info(request, text % {"title": shared.title})
            return redirect("application", application.public_id)
    page |= {"form": form, "refusal": refusal, "applicants": applicants}
    return render(request, "applications/new.html", page, status=CONFLICT if refusal else None)


def _shared_steering_group(application: Application) -> Application | None:
    """The steering group's application, where another project had begun it."""
    steering = application.steering_application
    return steering if steering and steering.created_at != application.created_at else None


def _begin(form: StartForm, user, at: datetime) -> Application:
    """The draft, with the dates that came along with the choices unless it has others by now."""
    application = actions.start_once(**form.choices(), by=user, at=at)
    dates = form.dates()
    if dates and not (application.starts_on or application.ends_on):
        actions.save_details(application, dates, by=user, at=at)
    return application


def _rounds(applicants: list[Organisation], at: datetime, posted: str | None) -> list[Round]:
    """The open rounds; else the one that the page named, for the action to refuse."""
    rounds = list(Round.objects.open_at(at).offered_to(applicants))
    if rounds or not posted:
        return rounds
    return list(Round.objects.filter(public_id=_uuid(posted)))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
