from django.contrib.auth.decorators import login_required
from django.utils.translation import gettext as _

from decisions import actions
from decisions.forms.deciding import AssignForm
from decisions.views.loading import ASSIGN, load
from decisions.views.pages import form_page


@login_required
def assign(request, public_id):
    case = load(request, public_id, ASSIGN)

    def act(form):
        officer = form.cleaned_data["officer"]
        actions.assign(case, officer=officer, by=request.user, at=request.received_at)

    return form_page(
        request,
        case,
        "decisions/assign.html",
        task=_("Case officer"),
        make=lambda case, data: AssignForm(
            data, initial={"officer": case.officer_id or request.user.pk}
        ),
        act=act,
        done=_("The case has its officer."),
        reload=lambda: case,
    )
