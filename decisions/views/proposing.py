from django.contrib.auth.decorators import login_required
from django.utils.translation import gettext as _

from applications.views.headings import heading_of
from decisions import actions
from decisions.actions.proposing import ensure_proposable
from decisions.amounts import asked_in
from decisions.forms.deciding import ProposalForm
from decisions.views.budgets import to_propose
from decisions.views.loading import PROPOSE, load
from decisions.views.pages import form_page, turned_away


@login_required
def propose(request, public_id):
    case = load(request, public_id, PROPOSE)
    content = case.application.submissions.first().data
    asked = asked_in(content)

    def make(case, data):
        return ProposalForm(data, asked=asked, newest=case.proposals.all().first())

    def act(form):
        actions.propose(case, **form.values(), by=request.user, at=request.received_at)

    return turned_away(request, case, ensure_proposable) or form_page(
        request,
        case,
        "decisions/propose.html",
        task=_("Propose"),
        make=make,
        act=act,
        done=_("The proposal is saved. Another person decides."),
        reload=lambda: load(request, public_id, PROPOSE),
        context=lambda case, form: {
            "asked": asked,
            "heading": heading_of(content, case.application.dnr),
            "budget": to_propose(content, form),
        },
    )
