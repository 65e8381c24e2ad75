"""One's own applications."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from applications.documents.own_list import own_rows
from applications.models import Application, Round
from partnerships.models import Organisation


@login_required
def applications(request: HttpRequest) -> HttpResponse:
    if request.user.has_perm("accounts.read_cases"):
        return redirect("cases")
    at = request.received_at
    applicants = Organisation.objects.may_apply().written_for_by(request.user)
    page = {
        "at": at,
        "rows": own_rows(Application.objects.visible_to(request.user).for_lists(), at),
        "round": Round.objects.open_at(at).offered_to(applicants).first(),
        "next_round": Round.objects.next_after(at),
        "may_start": applicants.exists(),
    }
    return render(request, "applications/list.html", page)
