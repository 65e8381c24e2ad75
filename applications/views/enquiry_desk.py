"""ICLD's desk for messages: who asks, about which question, never a word of a draft."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from applications import actions
from applications.actions.enquiring import contacts_for
from applications.documents.asked import by_key, messages_of
from applications.documents.snapshot import questions_of
from applications.forms.enquiries import EnquiryForm
from applications.forms.enquiry_list import ThreadsForm
from applications.models import Application
from applications.rules import ANSWER, READ_THREAD

PAGE_LENGTH = 50


@login_required
@permission_required("accounts.read_cases", raise_exception=True)
def threads(request: HttpRequest) -> HttpResponse:
    """Every thread that the person may read, those that wait for an answer first."""
    form = ThreadsForm(request.GET, user=request.user)
    readable = Application.objects.asking_readable_by(request.user).with_thread()
    rows = form.narrowed(readable).select_related("round", "contact").with_parties()
    page = {
        "form": form,
        "rows": Paginator(rows, PAGE_LENGTH).get_page(request.GET.get("page")),
        "chosen": form.chosen,
        "counts": form.counts(readable),
    }
    return render(request, "applications/enquiry_list.html", page)


@login_required
def thread(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One thread: parties, phase, round, what is asked about and the messages."""
    application = load_thread(request, public_id, ANSWER if request.method == "POST" else "")
    questions = by_key(questions_of(application))
    shown = messages_of(application, questions)
    if done := _settled_or_taken(request, application):
        messages.success(request, done)
        return redirect(request.path)
    asked = shown[-1].enquiry.question_key if shown else ""
    posted = request.POST if request.method == "POST" else None
    form = EnquiryForm(posted, questions=questions, about=asked)
    if posted is not None and form.is_valid():
        said = form.said()
        sent = actions.answer(application, **said, by=request.user, at=request.received_at)
        messages.success(request, _("Your message has been sent to the parties."))
        return redirect(f"{request.path}#m-{sent.pk}")
    page = {
        "application": application,
        "thread": shown,
        "waits": bool(shown) and shown[-1].waits,
        "form": form,
        "contact": next(iter(contacts_for(application)), None),
        "may_answer": request.user.has_perm(ANSWER, application),
    }
    return render(request, "applications/enquiry.html", page)


def _settled_or_taken(request: HttpRequest, application: Application) -> str:
    """What one of the two small buttons did, in words; empty when neither was pressed."""
    options = {"by": request.user, "at": request.received_at}
    if "settle" in request.POST:
        actions.settle(application, **options)
        return _("Marked as needing no answer.")
    if "take" in request.POST:
        actions.be_contact(application, **options)
        return _("You are the contact of these parties from now on.")
    return ""


def load_thread(request: HttpRequest, public_id: UUID, permission: str = "") -> Application:
    """The application whose thread is read at ICLD; 404 for one without any while it is a draft,
    and for everybody else. Never with what its pages show: this is not the draft."""
    readable = Application.objects.asking_readable_by(request.user)
    rows = readable.select_related("round", "contact").with_parties()
    application = get_object_or_404(rows, public_id=public_id)
    if not request.user.has_perm(permission or READ_THREAD, application):
        raise PermissionDenied
    return application
