"""Every question of every form, for anybody: no log-in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.states import Language
from applications.completeness import MAX_MONTHS
from applications.criteria import criteria
from applications.documents.form_told import (
    Asking,
    asking_at,
    form_rows,
    question_counts,
    told,
)
from applications.documents.terms import terms_at
from applications.documents.word.offline_form import offline_form
from applications.forms.phase_hints import PURPOSES, phase_hints
from applications.views.downloads import docx_named
from applications.views.phase_addresses import SLUGS
from funding.states import Phase


@require_safe
def public_forms(request: HttpRequest) -> HttpResponse:
    """The phases: what each is for, how much is asked, for how long one may apply."""
    at = request.received_at
    asking, terms = asking_at(at), terms_at(at)
    counts = question_counts(each.form for each in asking.values())
    amounts = {hint.phase: hint.amount for hint in phase_hints(terms.round)} if terms.round else {}
    rows = [
        {
            "phase": phase,
            "purpose": PURPOSES[phase],
            "count": counts[each.form.pk],
            "longest": MAX_MONTHS[phase],
            "amount": amounts.get(phase, ""),
            "asking": each,
        }
        for phase, each in asking.items()
    ]
    page = {"rows": rows, "at": at, "terms": terms}
    return render(request, "applications/public_forms.html", page)


@require_safe
def public_form(request: HttpRequest, phase: Phase) -> HttpResponse:
    """All that one phase is asked, and what the answers are assessed by."""
    at = request.received_at
    asking = _asking(phase, at)
    page = {
        "phase": phase,
        "purpose": PURPOSES[phase],
        "longest": MAX_MONTHS[phase],
        "asking": asking,
        "form_told": told(form_rows(asking.form)),
        "criteria": criteria(),
        "at": at,
        "terms": terms_at(at),
        "languages": Language.values,
        "others": [each for each in Phase if each != phase],
    }
    return render(request, "applications/public_form.html", page)


@require_safe
def public_form_docx(request: HttpRequest, phase: Phase, language: str) -> HttpResponse:
    """The form as a Word file to fill in without a network."""
    if language not in Language.values:
        raise Http404
    asking = _asking(phase, request.received_at)
    data = offline_form(form_rows(asking.form), language=language, round_=asking.round)
    return docx_named(data, f"{SLUGS[phase]}-{asking.form.number}-{language}")


def _asking(phase: Phase, at) -> Asking:
    found = asking_at(at)
    if phase not in found:
        raise Http404
    return found[phase]
