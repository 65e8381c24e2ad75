"""Title, dates and references."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from applications import actions
from applications.completeness import BASICS, MAX_MONTHS
from applications.documents.earlier_cases import earlier_cases
from applications.documents.snapshot import needs_preparation_reason, questions_of
from applications.forms.basics import BasicsForm
from applications.forms.chain import Chain
from applications.models import Application
from applications.states import QuestionKind
from applications.views.loading import CHANGE, load
from applications.views.pages import form_page
from funding import periods
from funding.states import Phase


@login_required
def basics(request: HttpRequest, public_id: UUID) -> HttpResponse:
    def make(application, data):
        asks_why = needs_preparation_reason(application)
        return BasicsForm(application, data, asks_why=asks_why, chain=chain)

    def save(application, form):
        values = form.cleaned_data
        at = request.received_at
        actions.save_details(application, values, by=request.user, at=at, was=form.seen)

    application = load(request, public_id, CHANGE)
    chain = chain_of(application, request.user)
    return form_page(
        request,
        application,
        BASICS,
        "applications/basics.html",
        make=make,
        save=save,
        context=lambda application: {**period_of(application), "chain": chain},
    )


def period_of(application: Application) -> dict:
    """How long the saved period is, and whether the phase allows it."""
    if not application.years:
        return {}
    months = periods.months(application.starts_on, application.ends_on)
    longest = MAX_MONTHS[application.phase]
    return {
        "years": application.years,
        "months": months,
        "longest": longest,
        "part_year": periods.has_part_year(application.starts_on, application.ends_on),
        "too_long": months > longest,
    }


def chain_of(application: Application, user) -> Chain | None:
    """What the form asks about the chain of phases; None for one that does not."""
    for question in questions_of(application):
        if question.kind == QuestionKind.CHAIN:
            return Chain(question, Phase(application.phase), earlier_cases(application, user))
    return None
