from django.contrib.auth.decorators import login_required
from django.utils.translation import gettext as _

from applications.views.headings import heading_of
from decisions import actions
from decisions.actions.assessing import ensure_assessable
from decisions.forms.deciding import AssessmentForm
from decisions.views.loading import ASSESS, load
from decisions.views.pages import form_page, turned_away


@login_required
def assess(request, public_id):
    case = load(request, public_id, ASSESS)
    submission = case.application.submissions.first()

    def make(case, data):
        own = [row.text for row in case.assessments.all() if row.by_id == request.user.pk]
        text = "".join(own)
        return AssessmentForm(data, saved=text, initial={"text": text})

    def act(form):
        actions.assess(
            case,
            text=form.cleaned_data["text"],
            was=form.seen,
            by=request.user,
            at=request.received_at,
        )

    return turned_away(request, case, ensure_assessable) or form_page(
        request,
        case,
        "decisions/assess.html",
        task=_("Assess"),
        make=make,
        act=act,
        done=_("Your assessment is saved."),
        reload=lambda: load(request, public_id, ASSESS),
        context=lambda case, form: {
            "submission": submission,
            "heading": heading_of(submission.data, case.application.dnr),
        },
    )
