"""Files in pieces, from a script: begin, one piece after the other, finish.

Answers are JSON, and the place as a part of the page when a file has come. 401 when logged out, 409
with the words of a refusal; a piece that is out of place is told how far the file has come.
"""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from applications import actions
from applications.documents.attachment_places import place_of, places_of
from applications.forms.attachments import ComingForm
from applications.models import Application, Upload
from applications.refusals import AttachmentNotAsked
from applications.views.attachments import own, renamed, shared_context, shown
from applications.views.loading import CHANGE, load
from applications.views.pages import CONFLICT, why_not
from applications.views.writers import has_lost_log_in
from icld_portal.refusals import Refusal


def for_a_script(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Log-in and refusals as a script reads them."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args, **options) -> HttpResponse:
        if has_lost_log_in(request):
            return HttpResponse(status=401)
        try:
            return view(request, *args, **options)
        except Refusal as refusal:
            told = {"error": refusal.text(), "code": refusal.code}
            if "received" in refusal.figures:
                told["received"] = refusal.figures["received"]
            return JsonResponse(told, status=CONFLICT)

    return wrapper


@require_POST
@for_a_script
def begin(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Name, size and place of a file that is coming; the address where its pieces go."""
    application = load(request, public_id, CHANGE)
    form = ComingForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=400)
    replaces = request.POST.get("replaces")
    writable = why_not(application, request.received_at) is None
    places = places_of(application, user=request.user, writable=writable)
    place = place_of(places, request.POST.get("kind", ""), request.POST.get("party", ""))
    if place is None:
        raise AttachmentNotAsked
    upload = actions.begin_upload(
        application,
        kind=place.kind,
        party=place.party,
        replaces=own(application, replaces) if replaces else None,
        **form.cleaned_data,
        by=request.user,
        at=request.received_at,
    )
    address = reverse("attachment_upload", args=[public_id, upload.public_id])
    return JsonResponse({"url": address, "received": 0, "piece": actions.PIECE}, status=201)


@require_http_methods(["GET", "PUT", "POST", "DELETE"])
@for_a_script
def upload(request: HttpRequest, public_id: UUID, upload_id: UUID) -> HttpResponse:
    """GET: how far it has come. PUT: the piece at `Upload-Offset`. POST: that was all. DELETE."""
    application = load(request, public_id, CHANGE)
    own_uploads = application.uploads.filter(by=request.user).select_related("attachment", "party")
    row = get_object_or_404(own_uploads, public_id=upload_id)
    if request.method == "PUT":
        return _piece(request, row)
    if request.method == "POST":
        return _finish(request, application, row)
    if request.method == "DELETE":
        actions.cancel_upload(row)
        return HttpResponse(status=204)
    return JsonResponse({"received": row.received, "size": row.size})


def _piece(request: HttpRequest, row: Upload) -> HttpResponse:
    offset = request.headers.get("Upload-Offset", "")
    if not (offset.isascii() and offset.isdigit()):
        return HttpResponse(status=400)
    received = actions.add_piece(row, request.body, offset=int(offset))
    return JsonResponse({"received": received})


def _finish(request: HttpRequest, application: Application, row: Upload) -> HttpResponse:
    """The place as it is now, to be put into the page."""
    made = actions.finish_upload(row, by=request.user, at=request.received_at)
    writable = why_not(application, request.received_at) is None
    places = places_of(application, user=request.user, writable=writable)
    place = place_of(places, row.kind, str(row.party_id or ""))
    page = {
        **shared_context(application),
        "each": shown([place])[0] if place else None,
        "news": renamed(row.name, made.name) if row.name != made.name else "",
    }
    return render(request, "applications/includes/attachment_place.html", page)
