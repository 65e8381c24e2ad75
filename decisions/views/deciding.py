from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.utils.translation import gettext as _

from applications.views.headings import heading_of
from decisions import actions
from decisions.actions.deciding import ensure_decidable
from decisions.amounts import asked_in
from decisions.documents.consequences import consequences
from decisions.documents.facts import guideline_excesses
from decisions.forms.deciding import DecisionForm
from decisions.models import Case
from decisions.views.budgets import to_decide
from decisions.views.loading import DECIDE, load
from decisions.views.pages import form_page, turned_away


@login_required
def decide(request, public_id):
    case = load(request, public_id, DECIDE)
    content = case.application.submissions.first().data
    asked = asked_in(content)

    def make(case, data):
        newest = case.proposals.all().first()
        return DecisionForm(data, asked=asked, newest=newest, decider=request.user)

    def act(form):
        actions.decide(case, **form.values(), by=request.user, at=request.received_at)

    return turned_away(request, case, ensure_decidable) or form_page(
        request,
        case,
        "decisions/decide.html",
        task=_("Decide"),
        make=make,
        act=act,
        done=_("The case is decided. Nobody outside ICLD is told before the decision is sent."),
        reload=lambda: load(request, public_id, DECIDE),
        context=lambda case, form: _page(case, form, content),
    )


def _page(case: Case, form: DecisionForm, content: Mapping[str, Any]) -> dict[str, Any]:
    proposal = case.proposals.all().first()
    return {
        "asked": form.asked,
        "heading": heading_of(content, case.application.dnr),
        "proposal": proposal,
        "budget": to_decide(content, proposal, form),
        "consequences": consequences(content, proposal.amounts),
        "exceeded": guideline_excesses(form.asked, form.shown),
        "guideline_reason": content["guideline_reason"],
    }
