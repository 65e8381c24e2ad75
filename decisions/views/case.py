from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from applications.documents.awaited import beside, with_beside
from applications.documents.history import events_of, submitted_projects_of, with_history
from applications.documents.reading import read
from applications.models import Application, LateEntry, Submission
from applications.states import SubmissionKind
from applications.views.event_texts import told
from applications.views.headings import heading_of
from decisions import actions
from decisions.actions.assessing import ensure_takeable
from decisions.actions.moving import why_not
from decisions.amounts import asked_in
from decisions.documents.assessed import scored
from decisions.documents.consequences import consequences
from decisions.documents.facts import checks, guideline_excesses
from decisions.documents.version_changes import version_changes
from decisions.models import Case, Letter
from decisions.querysets import ENDED, versions_of
from decisions.views.budgets import to_read
from decisions.views.choices import choices
from decisions.views.loading import ASSIGN, RELEASE, letter_of, load


@login_required
def case(request, public_id):
    """Everything about one case on one page, and what this person may do with it now."""
    case = load(request, public_id)
    versions = list(versions_of(case.application))
    rows = Application.objects.filter(pk=case.application_id)
    history = with_beside(with_history(rows, request.user)).get()
    letter = letter_of(case)
    page = {
        "case": case,
        "submission": versions[0],
        "versions": versions,
        "heading": heading_of(versions[0].data, case.application.dnr),
        "beside": beside(history, versions[0].data),
        "asked": asked_in(versions[0].data),
        "checks": checks(versions[0], case.application.round),
        "letter": letter,
        "decision": letter.decision if letter else None,
        **_money(case, versions, letter),
        "events": told(events_of(history)),
        "projects": submitted_projects_of(history),
        "messages_sent": case.application.case_messages.select_related("message"),
        "scored": scored(case, request.user),
        "choices": choices(case, by=request.user, at=request.received_at),
        "late_entries": _late_entries(case, versions),
        "ended": case.application.state in ENDED,
        "may_take_back": not why_not(
            ensure_takeable, case, by=request.user, at=request.received_at
        ),
        "may_assign": request.user.has_perm(ASSIGN, case),
        "may_resend": request.user.has_perm(RELEASE, case),
    }
    return render(request, "decisions/case.html", page)


def _late_entries(case: Case, versions: Sequence[Submission]) -> Iterable[LateEntry]:
    """Asked for only where there is something to tell."""
    application = case.application
    came_late = any(each.kind == SubmissionKind.LATE for each in versions)
    return application.late_entries.all() if came_late or application.may_have_come_late else ()


def _money(case: Case, versions: Sequence[Submission], letter: Letter | None) -> dict[str, Any]:
    """The budget beside what is proposed and granted, and what came of the reductions."""
    content = versions[0].data
    proposal = case.proposals.all().first()
    newest = letter or proposal
    return {
        "proposal": proposal,
        "budget": to_read(content, proposal, letter),
        "reading": read(content),
        "consequences": consequences(content, newest.amounts) if newest else [],
        "version_changes": version_changes(versions),
        "exceeded": guideline_excesses(asked_in(content), letter.amounts) if letter else [],
    }


@login_required
@require_POST
def send_again(request, public_id, pk):
    case = load(request, public_id, RELEASE)
    sent = get_object_or_404(case.application.case_messages.select_related("message"), pk=pk)
    actions.send_again(sent, by=request.user, at=request.received_at)
    messages.success(request, _("The message is queued to be sent again."))
    return redirect("case", public_id)
