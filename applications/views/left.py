"""What is left to do, by itself: a page, and the part that the bar on the form's pages swaps in."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from applications.documents.people import people_at
from applications.documents.snapshot import snapshots
from applications.views.loading import CHANGE, SUBMIT, TOGETHER, load_together
from applications.views.pages import why_not
from applications.views.remaining import left_in_all
from applications.views.standing import Standing, doers_of, remember


@login_required
@require_safe
@never_cache
def left(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Everything that is left, by section and by who can do it. With `part` in the query only what
    the bar shows, its own section (`section`) first."""
    application, rows = load_together(request, public_id, extend=lambda each: each.with_people())
    if not request.user.has_perm(TOGETHER, application):
        raise PermissionDenied
    refusal = why_not(application, request.received_at)
    page = {"application": application, "refusal": refusal, "people": people_at(application)}
    if refusal is None:
        pairs = list(zip(rows, snapshots(rows), strict=True))
        found = dict(pairs)[application]
        section = request.GET.get("section", "")
        things = left_in_all(pairs, application, request.received_at)
        page["standing"] = Standing(things, found.total_sek, section)
        page["doers"] = doers_of(page["standing"], page["people"])
        page["linked"] = request.user.has_perm(CHANGE, application)
        page["can_submit"] = request.user.has_perm(SUBMIT, application)
        remember(application, request.user, page["standing"])
    page["part"] = "part" in request.GET
    template = "applications/includes/left.html" if page["part"] else "applications/left.html"
    return render(request, template, page)
