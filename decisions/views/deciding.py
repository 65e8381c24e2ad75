from django.contrib.auth.decorators import login_required
from django.utils.translation import gettext as _

from applications.views.headings import heading_of
from decisions import actions
from decisions.actions.deciding import ensure_decidable
from decisions.amounts import asked_in
from decisions.forms.deciding import DecisionForm
from decisions.views.loading import DECIDE, load
from decisions.views.pages import form_page, turned_away


@login_required
def decide(request, public_id):
    case = load(request, public_id, DECIDE)
    content = case.application.submissions.first().data
    asked = asked_in(content)

    def make(case, data):
        newest = case.proposals.all().first()
        saved = newest.pk if newest else None
        return DecisionForm(data, asked=asked, newest=newest, saved=saved, decider=request.user)

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
        context={"asked": asked, "heading": heading_of(content, case.application.dnr)},
    )
