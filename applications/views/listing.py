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
    page = {
        "at": at,
        "rows": own_rows(Application.objects.visible_to(request.user).for_lists(), at),
        "round": Round.objects.open_at(at).first(),
        "next_round": Round.objects.next_after(at),
        "may_start": Organisation.objects.may_apply().written_for_by(request.user).exists(),
    }
    return render(request, "applications/list.html", page)
