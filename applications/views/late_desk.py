"""What ICLD answers one who comes late."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from applications import actions
from applications.forms.late import GRANT, AnswerForm
from applications.models import LateEntry
from applications.refusals import NotLater
from applications.rules import DECIDE_LATE
from applications.views.pages import CONFLICT
from icld_portal.refusals import Refusal


@login_required
def late_entry(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Why it comes late, and the decision: made here by a decider, read by those who read cases."""
    visible = LateEntry.objects.visible_to(request.user).for_lists()
    entry = get_object_or_404(visible, public_id=public_id)
    may_decide = request.user.has_perm(DECIDE_LATE, entry.application)
    if request.method == "POST" and not may_decide:
        raise PermissionDenied
    form = AnswerForm(
        request.POST if request.method == "POST" else None,
        needs_day=not entry.is_complete,
        refusing=_refusing(entry),
    )
    refusal = None
    if form.is_valid():
        try:
            _answer(entry, form, request)
        except NotLater:
            form.add_error("last_day", _("Choose today or a later day."))
        except Refusal as found:
            refusal = found
        else:
            messages.success(request, _("Decided, and the parties are told."))
            return redirect("late_entry", public_id)
    page = {
        "entry": entry,
        "application": entry.application,
        "round": entry.application.round,
        "form": form,
        "refusal": refusal,
        "may_decide": may_decide and not entry.outcome,
    }
    return render(
        request, "applications/late_entry.html", page, status=CONFLICT if refusal else None
    )


def _refusing(entry: LateEntry) -> str:
    """What it is to refuse this one."""
    if entry.submission_id is None:
        return _("Say no")
    if entry.came_late:
        return _("Dismiss it as late: it is not considered")
    return _("Dismiss it: it is not considered")


def _answer(entry: LateEntry, form: AnswerForm, request: HttpRequest) -> None:
    cleaned = form.cleaned_data
    said = {name: cleaned[name] for name in ("answer_sv", "answer_en")}
    said |= {"by": request.user, "at": request.received_at}
    if cleaned["answer"] == GRANT:
        actions.grant_dispensation(entry, until=cleaned["last_day"], **said)
    else:
        actions.refuse_late(entry, **said)
