"""The attachments of an application: what is asked for, what is there, what comes later.

Everything here works without script; `views.uploads` takes files in pieces from one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from applications import actions
from applications.completeness import ATTACHMENTS
from applications.documents.attachment_places import Place, place_of, places_of
from applications.files.kinds import ACCEPT
from applications.files.names import clean_name
from applications.forms.attachments import PromiseForm
from applications.models import Application, Attachment
from applications.refusals import FileTooLarge
from applications.states import SectionPage
from applications.views.loading import CHANGE, load
from applications.views.pages import CONFLICT, say_saved, why_not
from applications.views.sections import onward_from, section, sections_of
from icld_portal.files import MAX_SIZE
from icld_portal.refusals import Refusal
from icld_portal.upload_handler import too_large


@dataclass
class Shown:
    """A place on the page, with the form in which a later day is promised."""

    place: Place
    form: PromiseForm | None


@dataclass
class Outcome:
    """What came of a post: refusals, or a form with something to correct."""

    refusals: list[Refusal] = field(default_factory=list)
    form: PromiseForm | None = None

    @property
    def is_good(self) -> bool:
        return not self.refusals and self.form is None


@login_required
def attachments(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The page; each of its buttons posts to it and says in its name what to do."""
    application = load(request, public_id, CHANGE)
    if all(each.page != SectionPage.ATTACHMENTS for each in sections_of(application)):
        raise Http404
    refusal = why_not(application, request.received_at)
    places = places_of(application, user=request.user, writable=refusal is None)
    outcome = _change(request, application, places) if request.method == "POST" else Outcome()
    if request.method == "POST" and outcome.is_good:
        say_saved(request)
        return redirect(request.path)
    if request.method == "POST":
        places = places_of(application, user=request.user, writable=refusal is None)
    page = {
        **shared_context(application),
        "section": section(application, ATTACHMENTS),
        "shown": shown(places, outcome.form),
        "form": outcome.form,
        "refusal": refusal,
        "refusals": [each.text() for each in outcome.refusals],
        "read_only": refusal is not None,
        "onward": onward_from(application, ATTACHMENTS),
    }
    status = CONFLICT if outcome.refusals else None
    return render(request, "applications/attachments.html", page, status=status)


def shared_context(application: Application) -> dict[str, Any]:
    """What a single place needs besides itself, on the page and alone."""
    return {"application": application, "max_size": MAX_SIZE, "accept": ACCEPT}


def shown(places: Iterable[Place], wrong: PromiseForm | None = None) -> list[Shown]:
    """The places with their forms; `wrong` stands in for that of its own place."""
    return [
        Shown(place, wrong if wrong and wrong.prefix == place.key else _form(place))
        for place in places
    ]


def _form(place: Place, data=None) -> PromiseForm | None:
    if not place.may_be_promised:
        return None
    return PromiseForm(data, prefix=place.key, promise=place.promise)


def _change(request: HttpRequest, application: Application, places: Sequence[Place]) -> Outcome:
    if "upload" in request.POST:
        return _upload(request, application, _place(request, places))
    if "promise" in request.POST:
        return _promise(request, application, _place(request, places))
    try:
        _simple(request, application, places)
    except Refusal as refusal:
        return Outcome([refusal])
    return Outcome()


def _simple(request: HttpRequest, application: Application, places: Sequence[Place]) -> None:
    """One button, one thing: remove, restore, cancel, take back a promise."""
    at = request.received_at
    if removed := request.POST.get("remove"):
        actions.remove_attachment(own(application, removed), by=request.user, at=at)
    elif restored := request.POST.get("restore"):
        actions.restore_attachment(own(application, restored), at=at)
    elif cancelled := request.POST.get("cancel"):
        own_upload = application.uploads.filter(by=request.user, public_id=as_uuid(cancelled))
        for upload in own_upload:
            actions.cancel_upload(upload)
    elif "withdraw" in request.POST:
        promise = _place(request, places).promise
        if promise:
            actions.withdraw_promise(promise, at=at)
    else:
        raise Http404


def _upload(request: HttpRequest, application: Application, place: Place) -> Outcome:
    """Every chosen file by itself: one that is refused stops no other."""
    replaces = request.POST.get("replaces")
    refusals: list[Refusal] = [
        FileTooLarge(name=clean_name(name), limit=MAX_SIZE) for name in too_large(request)
    ]
    for file in request.FILES.getlist("file"):
        try:
            made = actions.attach(
                application,
                file=file,
                kind=place.kind,
                party=place.party,
                replaces=own(application, replaces) if replaces else None,
                by=request.user,
                at=request.received_at,
            )
        except Refusal as refusal:
            refusals.append(refusal)
        else:
            _tell_new_name(request, clean_name(file.name), made)
    return Outcome(refusals)


def _tell_new_name(request: HttpRequest, came_as: str, made: Attachment) -> None:
    if made.name != came_as:
        messages.info(request, renamed(came_as, made.name))


def renamed(came_as: str, name: str) -> str:
    """What to say of a file whose name said that it was something else."""
    figures = {"came_as": came_as, "name": name}
    return _("%(came_as)s is not what its name says. It is kept as %(name)s.") % figures


def _promise(request: HttpRequest, application: Application, place: Place) -> Outcome:
    form = _form(place, request.POST)
    if form is None:
        raise Http404
    if not form.is_valid():
        return Outcome(form=form)
    try:
        actions.promise(
            application,
            kind=place.kind,
            party=place.party,
            **form.cleaned_data,
            by=request.user,
            at=request.received_at,
        )
    except Refusal as refusal:
        form.add_error("promised_on", refusal.text())
        return Outcome(form=form)
    return Outcome()


def _place(request: HttpRequest, places: Sequence[Place]) -> Place:
    found = place_of(places, request.POST.get("kind", ""), request.POST.get("party", ""))
    if found is None:
        raise Http404
    return found


def own(application: Application, public_id: str) -> Attachment:
    """The application's attachment with this id; 404 for any other text."""
    return get_object_or_404(application.attachments, public_id=as_uuid(public_id))


def as_uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
