"""Asking ICLD: the parties' own page of the messages about an application."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from applications import actions
from applications.actions.enquiring import contacts_for
from applications.documents.asked import by_key, messages_of
from applications.documents.snapshot import questions_of
from applications.forms.enquiries import EnquiryForm
from applications.rules import is_member_of_a_party
from applications.views.loading import CHANGE, VIEW, load


@login_required
def enquiries(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The thread, and a message of one's own: members write, whatever the state of the case.

    `?fraga=` names the question of the form that one wants to ask about.
    """
    posted = request.method == "POST"
    application = load(request, public_id, CHANGE if posted else VIEW)
    if not is_member_of_a_party(request.user, application):
        raise PermissionDenied
    questions = by_key(questions_of(application))
    about = request.GET.get("fraga", "")
    form = EnquiryForm(request.POST if posted else None, questions=questions, about=about)
    if posted and form.is_valid():
        sent = actions.ask(application, **form.said(), by=request.user, at=request.received_at)
        messages.success(request, _("Your message has been sent to ICLD."))
        return redirect(f"{request.path}#m-{sent.pk}")
    page = {
        "application": application,
        "thread": messages_of(application, questions),
        "form": form,
        "about": questions.get(about),
        "contact": next(iter(contacts_for(application)), None),
        "may_write": request.user.has_perm(CHANGE, application),
    }
    return render(request, "applications/enquiries.html", page)
