"""ICLD's desk for rounds: what came and when, what stood in the way, and moving the close."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from applications import actions
from applications.documents.round_desk import (
    disturbances_of,
    near_the_close,
    received_in,
)
from applications.documents.unready import what_is_missing
from applications.forms.extending import ExtendForm
from applications.forms.registering import RegisterForm
from applications.models import LateEntry, Round
from applications.refusals import RoundAnswered
from applications.rules import EXTEND, REGISTER_LATE
from applications.views.pages import CONFLICT
from icld_portal import clock
from icld_portal.refusals import Refusal

READ = "accounts.read_cases"


@login_required
@permission_required(READ, raise_exception=True)
def rounds(request: HttpRequest) -> HttpResponse:
    """Every round, with how many came and how many late."""
    at = request.received_at
    rows = Round.objects.counted().select_related("network")
    ready = set(Round.objects.ready().values_list("pk", flat=True))
    page = {"rows": [(row, row.state(at), row.pk in ready) for row in rows], "at": at}
    return render(request, "applications/round_desk_list.html", page)


@login_required
@permission_required(READ, raise_exception=True)
def round_desk(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return _page(request, _round(public_id))


@login_required
@permission_required(READ, raise_exception=True)
def extend(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Move the close, for everybody. The address of a refusal may be opened again."""
    round_ = _round(public_id)
    if request.method != "POST":
        return redirect("round_desk", public_id)
    if not request.user.has_perm(EXTEND):
        raise PermissionDenied
    form = _form(request, round_, data=request.POST)
    if not form.is_valid():
        return _page(request, round_, form)
    reasons = {name: form.cleaned_data[name] for name in ("reason_sv", "reason_en")}
    try:
        actions.extend_round(
            round_,
            closes_at=form.closes_at(),
            **reasons,
            by=request.user,
            at=request.received_at,
        )
    except Refusal as refusal:
        form.add_error("last_day", refusal.text())
        return _page(request, round_, form, status=CONFLICT)
    messages.success(request, _("The round is extended, and everybody with a case in it is told."))
    return redirect("round_desk", public_id)


@login_required
@permission_required(REGISTER_LATE, raise_exception=True)
def register(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write down an application that came by paper or e-mail."""
    round_, at = _round(public_id), request.received_at
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = RegisterForm(*posted, round_=round_, at=at)
    refusal = None
    if form.is_valid():
        try:
            entry = actions.register_application(
                **form.facts(), round=round_, by=request.user, at=at
            )
        except Refusal as found:
            refusal = found
        else:
            number = entry.application.dnr
            messages.success(request, _("Registered as %(number)s.") % {"number": number})
            return redirect("late_entry", entry.public_id)
    page = {"round": round_, "form": form, "refusal": refusal}
    return render(request, "applications/register.html", page, status=CONFLICT if refusal else None)


def _round(public_id: UUID) -> Round:
    return get_object_or_404(Round.objects.select_related("network"), public_id=public_id)


def _form(request: HttpRequest, round_: Round, disturbances=(), data=None) -> ExtendForm:
    near = near_the_close(disturbances, round_.closes_at)
    today = clock.local_date(request.received_at)
    return ExtendForm(data, round_=round_, today=today, disturbances=near)


def _page(
    request: HttpRequest, round_: Round, form: ExtendForm | None = None, status: int | None = None
) -> HttpResponse:
    at = request.received_at
    disturbances, received = disturbances_of(round_), received_in(round_)
    late = LateEntry.objects.visible_to(request.user).filter(application__round=round_)
    page = {
        "round": round_,
        "at": at,
        "state": round_.state(at),
        "received": received,
        "late": late.for_lists(),
        "disturbances": disturbances,
        "extensions": round_.extensions.select_related("by"),
        "form": form or _form(request, round_, disturbances),
        "may_extend": request.user.has_perm(EXTEND) and round_.opens_at <= at,
        "answered": RoundAnswered(round=round_.name) if received.answered else None,
        "is_decision_day": round_.decision_on and round_.decision_on <= clock.local_date(at),
        "missing": what_is_missing(round_) if round_.closes_at > at else [],
        "may_register": request.user.has_perm(REGISTER_LATE) and round_.opens_at <= at,
    }
    return render(request, "applications/round_desk.html", page, status=status)
