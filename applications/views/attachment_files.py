"""Reading the files of an application: only through the permission check, and never run here."""

import logging
from pathlib import Path
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from applications.documents.frozen.attachments import is_with_icld
from applications.models import Attachment
from applications.rules import is_member_of_a_party
from applications.states import FileState
from applications.views.loading import VIEW, load
from applications.views.pages import CONFLICT
from icld_portal import files

logger = logging.getLogger(__name__)

PICTURES = {"liten": ".small.webp", "stor": ".large.webp"}

SAFE = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}
"""What comes from strangers runs nothing, is taken for nothing else and stays on no shared disk."""


@login_required
@require_safe
def attachment(request: HttpRequest, public_id: UUID, file_id: UUID, name: str) -> HttpResponse:
    """The file as it came, to be saved; `name` is only for the address.

    Served is what is open here: its hash is that of the file that was checked, or nothing comes.
    """
    found = _readable(request, public_id, file_id)
    path = files.kept(found.stored_as)
    may_read = found.state == FileState.READY or _is_own_and_waits(request, found)
    if not (may_read and path.exists()):
        return _unreadable(request, found)
    file = path.open("rb")
    if files.sha256_of(file) != found.sha256:
        file.close()
        return _unreadable(request, found)
    named = {"as_attachment": True, "filename": found.name}
    return FileResponse(file, **named, content_type=found.content_type, headers=SAFE)


@login_required
@require_safe
def preview(request: HttpRequest, public_id: UUID, file_id: UUID, size: str) -> HttpResponse:
    """A picture of the file, drawn anew by the portal: the only thing shown in the browser."""
    found = _readable(request, public_id, file_id)
    path = files.kept(found.stored_as, PICTURES.get(size, ""))
    if size not in PICTURES or found.state != FileState.READY or not found.has_preview:
        raise Http404
    return _picture(path)


def _picture(path: Path) -> HttpResponse:
    if not path.exists():
        raise Http404
    return FileResponse(path.open("rb"), content_type="image/webp", headers=SAFE)


def _readable(request: HttpRequest, public_id: UUID, file_id: UUID) -> Attachment:
    """The file, where the person may know of it: for others than the parties only what was handed
    in or came on a promise, never the draft's newer ones."""
    application = load(request, public_id, VIEW)
    found = get_object_or_404(application.attachments, public_id=file_id)
    if not (is_member_of_a_party(request.user, application) or is_with_icld(found)):
        raise Http404
    found.application = application
    return found


def _is_own_and_waits(request: HttpRequest, found: Attachment) -> bool:
    return found.state == FileState.WAITING and found.by_id == request.user.pk


def _unreadable(request: HttpRequest, found: Attachment) -> HttpResponse:
    """Those of ICLD meet the case by its number: the title is the draft's."""
    application = found.application
    is_member = is_member_of_a_party(request.user, application)
    title = application.title if is_member else application.dnr
    if found.state == FileState.READY:
        logger.error("attachment %s is not the file that was stored", found.public_id)
    page = {"attachment": found, "application": application, "title": title}
    return render(request, "applications/attachment_unreadable.html", page, status=CONFLICT)
