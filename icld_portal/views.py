"""Pages that belong to no case: the public ones, log-in, the own overview, and the language."""

from datetime import date

from allauth.account.views import LoginView
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts.views import is_framed, may_be_framed
from applications.documents.round_list import open_beside
from applications.documents.terms import terms_at
from applications.models import CoreArea, Round
from funding.ceiling_table import ceiling_table
from icld_portal import clock
from icld_portal.demo.accounts import ACCOUNTS, PASSWORD
from icld_portal.middleware import remember_language
from icld_portal.overview import of_applicant
from icld_portal.staff_overview import of_staff
from partnerships.models import Country, Organisation
from partnerships.sorting import sort_key
from partnerships.states import Region

ASSESSED_ON = date(2026, 11, 21)
"""When the accessibility statement was last assessed and updated."""


def start(request):
    at = clock.now()
    rounds = _rounds(at)
    schedule = terms_at(at).schedule
    cells = list(schedule.cells.all()) if schedule else []
    context = {
        **rounds,
        "also_open": open_beside(rounds["round"], at),
        "country_count": Country.objects.open_on(clock.local_date(at)).count(),
        "two_party": ceiling_table(cells, multi_party=False),
        "multi_party": ceiling_table(cells, multi_party=True),
    }
    return render(request, "icld_portal/start.html", context)


def about(request):
    at = clock.now()
    rounds = _rounds(at)
    context = {
        **rounds,
        "countries": _by_region(Country.objects.open_on(clock.local_date(at))),
        "core_areas": CoreArea.objects.all(),
        "limits": terms_at(at).schedule,
    }
    return render(request, "icld_portal/about.html", context)


def bad_request(request, exception=None):
    """More than the portal takes at once, or nothing that a browser would send."""
    return render(request, "400.html", status=400)


def contact(request):
    return render(request, "icld_portal/contact.html")


def privacy(request):
    return render(request, "icld_portal/privacy.html")


def accessibility(request):
    return render(request, "icld_portal/accessibility.html", {"assessed_on": ASSESSED_ON})


@login_required
def overview(request):
    at = clock.now()
    rounds = _rounds(at)
    if not request.user.is_staff:
        applicants = Organisation.objects.may_apply().written_for_by(request.user)
        offered = Round.objects.open_at(at).offered_to(applicants)
        rounds["round"] = rounds["round"] or offered.first()
    tell = of_staff if request.user.is_staff else of_applicant
    context = rounds | tell(request.user, at, rounds["round"])
    return render(request, "icld_portal/overview.html", context)


@method_decorator(may_be_framed, name="dispatch")
class LogIn(LoginView):
    """allauth's log-in; in demo mode it also lists the accounts one may try. In a frame, where one
    logs in again, it is bare."""

    template_name = "account/login.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["framed"] = is_framed(self.request)
        if settings.DEMO:
            context |= {"demo_accounts": ACCOUNTS, "demo_password": PASSWORD}
        return context


@require_POST
def language(request):
    """Change language: for the person when logged in, and in a cookie; then back to `next`."""
    code = request.POST.get("language")
    if code not in dict(settings.LANGUAGES):
        return HttpResponseBadRequest()
    if request.user.is_authenticated:
        request.user.language = code
        request.user.save(update_fields=["language"])
    response = HttpResponseRedirect(_safe_next(request))
    remember_language(response, code)
    return response


def _safe_next(request) -> str:
    """The page to go back to: only ever one of ours."""
    target = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if ours else reverse("start")


def _rounds(at) -> dict:
    return {
        "at": at,
        "round": Round.objects.open_at(at).for_everybody().first(),
        "next_round": Round.objects.next_after(at),
    }


def _by_region(countries) -> list[tuple[str, list[Country]]]:
    """Countries under their region, each in the alphabet's order by the active language."""
    ordered = sorted(countries, key=lambda country: sort_key(country.name))
    return [
        (region.label, [country for country in ordered if country.region == region])
        for region in Region
    ]
