"""Assessing: each for themselves, then what two agree on."""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from applications.views.headings import heading_of
from decisions import actions
from decisions.actions.assessing import (
    as_saved,
    ensure_agreeable,
    ensure_assessable,
)
from decisions.actions.choosing_criteria import criteria_of
from decisions.documents.assessed import own_of, scored
from decisions.forms.assessing import AssessmentForm
from decisions.models import Case, Criterion
from decisions.views.loading import ASSESS, load
from decisions.views.pages import form_page, turned_away
from icld_portal.refusals import Refusal

HAND_IN = "hand_in"


@login_required
def assess(request: HttpRequest, public_id) -> HttpResponse:
    case = load(request, public_id, ASSESS)
    by, at = request.user, request.received_at
    criteria, handed_in = _criteria(case), request.POST.get("act") == HAND_IN

    def act(form: AssessmentForm) -> None:
        text = form.cleaned_data["text"]
        actions.assess(case, text=text, scores=form.scores, was=form.seen, by=by, at=at)
        if handed_in:
            actions.hand_in_assessment(case, by=by, at=at)

    return turned_away(request, case, ensure_assessable) or form_page(
        request,
        case,
        "decisions/assess.html",
        task=_("Assess"),
        make=lambda case, data: AssessmentForm(
            data, criteria=criteria, saved=as_saved(own_of(case, by))
        ),
        act=act,
        done=_told(handed_in),
        reload=lambda: load(request, public_id, ASSESS),
        context=lambda case, form: _read_along(case),
    )


def _told(handed_in: bool) -> str:
    if handed_in:
        return _("Your assessment is handed in. It stands, and your colleagues can read it.")
    return _("Your assessment is saved and not handed in. Only you can read it.")


@login_required
def agree(request: HttpRequest, public_id) -> HttpResponse:
    """What the assessors agree on, with what each of them has scored beside it."""
    case = load(request, public_id, ASSESS)
    by, at = request.user, request.received_at
    criteria = _criteria(case)

    def act(form: AssessmentForm) -> None:
        text = form.cleaned_data["text"]
        actions.agree(case, text=text, scores=form.scores, was=form.seen, by=by, at=at)

    def make(case: Case, data) -> AssessmentForm:
        joint = next((row for row in case.assessments.all() if row.is_joint), None)
        return AssessmentForm(data, criteria=criteria, saved=as_saved(joint))

    return turned_away(request, case, ensure_agreeable) or form_page(
        request,
        case,
        "decisions/agree.html",
        task=_("Agree"),
        make=make,
        act=act,
        done=_("What you agree on is saved. The case can be proposed."),
        reload=lambda: load(request, public_id, ASSESS),
        context=lambda case, form: {**_read_along(case), "scored": scored(case, by)},
    )


@login_required
@require_POST
def take_back(request: HttpRequest, public_id) -> HttpResponse:
    case = load(request, public_id, ASSESS)
    try:
        actions.take_back(case, by=request.user, at=request.received_at)
    except Refusal as refusal:
        messages.warning(request, refusal.text())
        return redirect("case", public_id)
    messages.success(request, _("Your assessment is a draft again."))
    return redirect("case_assess", public_id)


def _criteria(case: Case) -> Sequence[Criterion]:
    criteria_set = criteria_of(case)
    return list(criteria_set.criteria.all()) if criteria_set else []


def _read_along(case: Case) -> dict:
    submission = case.application.submissions.first()
    return {
        "submission": submission,
        "heading": heading_of(submission.data, case.application.dnr),
        "criteria_set": criteria_of(case),
    }
