"""The history of one answer: who wrote what and when, and back to an earlier text."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from applications import actions
from applications.documents.answer_history import history
from applications.documents.snapshot import questions_of
from applications.forms.content import version_number
from applications.models import Answer, Application
from applications.rules import is_member_of_a_party
from applications.views.loading import CHANGE, VIEW, load
from applications.views.pages import CONFLICT, say_saved, why_not
from icld_portal.refusals import Refusal

PAGE_LENGTH = 20


@login_required
def answer_history(request: HttpRequest, public_id: UUID, key: str, language: str) -> HttpResponse:
    """For members of the parties only: others read what was handed in. Posting restores."""
    application = load(request, public_id, VIEW)
    if not is_member_of_a_party(request.user, application):
        raise PermissionDenied
    found = application.answers.select_related("by")
    answer = get_object_or_404(found, question_key=key, language=language)
    refusal = None
    if request.method == "POST":
        refusal = _restore(request, application, answer)
        if refusal is None:
            say_saved(request)
            return redirect(request.path)
    versions = answer.versions.select_related("by")
    rows = Paginator(versions, PAGE_LENGTH).get_page(request.GET.get("page"))
    first = rows.start_index() - 1
    question = next((each for each in questions_of(application) if each.key == key), None)
    may_change = request.user.has_perm(CHANGE, application)
    page = {
        "application": application,
        "answer": answer,
        "question": question,
        "rows": rows,
        "versions": history(versions[first : first + PAGE_LENGTH + 1], answer, PAGE_LENGTH),
        "refusal": refusal,
        "may_restore": may_change and not why_not(application, request.received_at),
    }
    status = CONFLICT if refusal else None
    return render(request, "applications/answer_history.html", page, status=status)


def _restore(request: HttpRequest, application: Application, answer: Answer) -> Refusal | None:
    """An earlier text becomes the newest version, over the one that the page was read with."""
    if not request.user.has_perm(CHANGE, application):
        raise PermissionDenied
    earlier = get_object_or_404(answer.versions, pk=version_number(request.POST.get("kept", "")))
    try:
        actions.save_answer(
            application,
            question_key=answer.question_key,
            language=answer.language,
            text=earlier.text,
            version=version_number(request.POST.get("version", "")),
            by=request.user,
            at=request.received_at,
            apart=True,
        )
    except Refusal as refusal:
        return refusal
    return None
