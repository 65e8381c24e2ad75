"""The answers in prose: written on one page, each saved by itself while one writes."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.states import Language
from applications import actions
from applications.completeness import PROSE
from applications.documents.snapshot import questions_of
from applications.forms.content import (
    AnswerBox,
    QuestionBox,
    clean_text,
    question_boxes,
    version_number,
)
from applications.models import Application
from applications.refusals import StaleAnswer
from applications.views.loading import CHANGE, load
from applications.views.pages import CONFLICT, say_saved, why_not
from applications.views.sections import onward_from, section
from icld_portal.refusals import Refusal


@login_required
def content(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The page; posting it saves every box that was touched, for those without script."""
    application = load(request, public_id, CHANGE)
    posted = request.POST if request.method == "POST" else None
    answers = application.answers.select_related("by")
    questions = question_boxes(questions_of(application), answers, posted)
    refusal = why_not(application, request.received_at)
    onward = onward_from(application, PROSE)
    if posted is not None:
        refusal = _save_touched(request, application, questions)
        if refusal is None:
            say_saved(request)
            return redirect(onward if "onward" in posted else request.path)
    page = {
        "application": application,
        "section": section(PROSE),
        "questions": questions,
        "refusal": refusal,
        "onward": onward,
        "read_only": refusal is not None and posted is None,
    }
    status = CONFLICT if refusal and posted is not None else None
    return render(request, "applications/content.html", page, status=status)


@require_POST
def save_answer(request: HttpRequest, public_id: UUID, key: str, language: str) -> HttpResponse:
    """Save one box: `text`, and the `version` it began from. Answers with the box's new state.

    401 when logged out (a redirect would look like success to the script), 409 when refused.
    """
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    application = load(request, public_id, CHANGE)
    box = _box(application, key, language)
    box.text = clean_text(request.POST.get("text", ""))
    box.version = version_number(request.POST.get("version", ""))
    refusal = _save(request, application, box)
    page = {"box": box, "refusal": refusal, "at": request.received_at}
    status = CONFLICT if refusal else None
    return render(request, "applications/includes/answer_state.html", page, status=status)


def _box(application: Application, key: str, language: str) -> AnswerBox:
    for question in questions_of(application):
        if question.key == key and language in Language.values:
            return AnswerBox(question, language)
    raise Http404


def _save_touched(
    request: HttpRequest, application: Application, questions: list[QuestionBox]
) -> Refusal | None:
    """Save box by box; the last refusal, if there was any. One refusal stops no other box."""
    refusals = [
        _save(request, application, box)
        for question in questions
        for box in question.boxes
        if box.touched
    ]
    return next(filter(None, reversed(refusals)), None)


def _save(request: HttpRequest, application: Application, box: AnswerBox) -> Refusal | None:
    try:
        answer = actions.save_answer(
            application,
            question_key=box.question.key,
            language=box.language,
            text=box.text,
            version=box.version,
            by=request.user,
            at=request.received_at,
        )
    except Refusal as refusal:
        box.refused(refusal if isinstance(refusal, StaleAnswer) else None)
        return refusal
    box.saved(answer)
    return None
