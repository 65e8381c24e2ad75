"""What one may apply for, for anybody: no log-in, and an address that can be shared."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from applications.documents.calculation import Calculation, Wish, calculate
from applications.documents.terms import Terms, terms_at
from applications.forms.calculator import NAMES, CalculatorForm
from funding.ceiling_table import ceiling_table
from funding.ceilings import MissingCell

BAD_REQUEST = 400


@require_safe
def calculator(request: HttpRequest) -> HttpResponse:
    terms = terms_at(request.received_at)
    page = {"terms": terms, "at": request.received_at}
    if terms.schedule is None:
        return render(request, "applications/calculator_none.html", page)
    form = CalculatorForm(request.GET, terms=terms)
    found, missing = _answer(form, terms)
    if request.GET.get("format") == "json":
        return _json(form, found, missing)
    page |= {"form": form, "found": found, "missing": missing}
    if found:
        page |= {"onward": _onward(found.wish), "address": request.build_absolute_uri()}
    else:
        cells = terms.schedule.cells.all()
        page |= {"two_party": ceiling_table(cells, multi_party=False)}
        page |= {"multi_party": ceiling_table(cells, multi_party=True)}
    return render(request, "applications/calculator.html", page)


def _answer(form: CalculatorForm, terms: Terms) -> tuple[Calculation | None, MissingCell | None]:
    if not (form.is_bound and form.is_valid()):
        return None, None
    try:
        return calculate(form.wish(), terms), None
    except MissingCell as missing:
        return None, missing


def _onward(wish: Wish) -> str:
    """Where an application begins, with what has been chosen here."""
    chosen = {
        "phase": wish.phase.value,
        "country": wish.countries[0].code,
        "starts_on": wish.starts_on.isoformat(),
        "ends_on": wish.ends_on.isoformat(),
    }
    named = {NAMES[name]: value for name, value in chosen.items()}
    return f"{reverse('application_new')}?{urlencode(named)}"


def _json(
    form: CalculatorForm, found: Calculation | None, missing: MissingCell | None
) -> JsonResponse:
    if found:
        return JsonResponse(found.result.as_data())
    errors = {NAMES[name]: texts for name, texts in form.errors.items()}
    if missing:
        errors = {"": [missing.text()]}
    return JsonResponse({"errors": errors}, status=BAD_REQUEST)
