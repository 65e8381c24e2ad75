"""Saving one answer while it is written, and as part of its page."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from accounts.states import Language
from applications import actions
from applications.forms.content import AnswerBox, version_number
from applications.models import Application, Question
from applications.refusals import StaleAnswer
from applications.states import QuestionKind
from applications.texts.typed import clean
from applications.views.loading import load_to_write
from applications.views.pages import CONFLICT
from applications.views.writers import has_lost_log_in
from icld_portal.refusals import Refusal


@require_POST
def save_answer(request: HttpRequest, public_id: UUID, key: str, language: str) -> HttpResponse:
    """Save one box: `text`, and the `version` it began from. Answers with the box's new state.

    `choice` is what the person chose in a conflict; `base`, sent when the server asks for it, the
    text that was typed from. 401 when logged out (a redirect would look like success to the
    script), 409 when refused.
    """
    if has_lost_log_in(request):
        return HttpResponse(status=401)
    box = AnswerBox(Question(key=key, kind=QuestionKind.TEXT), language)
    box.text = clean(request.POST.get("text", ""))
    box.version = version_number(request.POST.get("version", ""))
    box.choice = request.POST.get("choice", "")
    refusal = None
    if not _written_on(request, public_id, box):
        application = load_to_write(request, public_id, lambda rows: rows.asking_for_text(key))
        if language not in Language.values or not application.asks_for_text:
            raise Http404
        refusal = save_box(request, application, box, base=request.POST.get("base"))
    page = {"box": box, "refusal": refusal, "at": request.received_at}
    status = CONFLICT if refusal else None
    return render(request, "applications/includes/answer_state.html", page, status=status)


def _written_on(request: HttpRequest, public_id: UUID, box: AnswerBox) -> bool:
    """Save the ordinary pause in the quick way; False for everything else, which is not saved."""
    if box.choice:
        return False
    answer = actions.write_on(
        public_id,
        question_key=box.question.key,
        language=box.language,
        text=box.text,
        version=box.version,
        by=request.user,
        at=request.received_at,
    )
    if answer is None:
        return False
    box.saved(answer)
    return True


def save_box(
    request: HttpRequest, application: Application, box: AnswerBox, base: str | None = None
) -> Refusal | None:
    place = {"question_key": box.question.key, "language": box.language}
    who = {"by": request.user, "at": request.received_at}
    try:
        answer = actions.save_answer(
            application,
            **place,
            text=box.text,
            version=box.version,
            apart=bool(box.choice),
            **who,
        )
        if box.choice == "confirm" and answer.copied_from_id:
            answer = actions.confirm_answer(application, **place, version=answer.version, **who)
    except Refusal as refusal:
        box.refused(refusal if isinstance(refusal, StaleAnswer) else None, base)
        return refusal
    box.saved(answer)
    return None
