"""May we apply? For anybody, without log-in; nothing is kept, the address carries the answers."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from applications.eligibility import Weight, findings_of, weight_of
from applications.forms.eligibility import EligibilityForm
from applications.models import Round
from icld_portal import clock


@require_safe
def eligibility(request: HttpRequest) -> HttpResponse:
    at = request.received_at
    open_ = Round.objects.open_at(at).for_everybody().first()
    next_ = Round.objects.next_after(at)
    round_ = open_ or next_
    form = EligibilityForm(
        request.GET, day=clock.local_date(max(at, round_.opens_at) if round_ else at)
    )
    page = {"form": form, "at": at, "round": open_, "next_round": next_}
    if form.is_bound and form.is_valid():
        offered = round_.offered if round_ else set()
        findings = findings_of(form.circumstances(round_, offered, at))
        weight = weight_of(findings)
        page |= {
            "findings": findings,
            "weight": weight,
            "may": weight != Weight.STOP,
            "onward": f"{reverse('application_new')}?{urlencode(form.carried_on())}",
        }
    return render(request, "applications/eligibility.html", page)
