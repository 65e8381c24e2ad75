"""A section of texts and tables: one page, where each part is saved by itself while one writes."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from applications.documents.related_rows import for_tables, read_beside
from applications.documents.snapshot import questions_of
from applications.forms.content import QuestionBox, question_boxes
from applications.forms.tables import table_of, tables_of
from applications.models import Application, FormSection
from applications.states import TABLE_KINDS, SectionPage
from applications.views.answering import save_box
from applications.views.loading import CHANGE, load
from applications.views.pages import CONFLICT, say_saved, why_not
from applications.views.saving_rows import save_posted_rows
from applications.views.sections import onward_from, sections_of
from icld_portal.refusals import Refusal


@login_required
def content(request: HttpRequest, public_id: UUID, key: str) -> HttpResponse:
    """The page; posting it saves every box that was touched, for those without script."""
    application = load(request, public_id, CHANGE)
    place = _section(application, key)
    posted = request.POST if request.method == "POST" else None
    questions = _questions(application, key, posted)
    refusal = why_not(application, request.received_at)
    onward = onward_from(application, key)
    if posted is not None:
        refusal = _save_touched(request, application, questions)
        rows = save_posted_rows(request, application, tables_of(questions))
        refusal = rows.refusal or refusal
        if refusal is None and not rows.stays:
            say_saved(request)
            return redirect(onward if "onward" in posted else request.path)
    page = {
        "application": application,
        "section": place,
        "questions": questions,
        "tables": tables_of(questions),
        "refusal": refusal,
        "onward": onward,
        "read_only": refusal is not None and posted is None,
    }
    status = CONFLICT if refusal and posted is not None else None
    return render(request, "applications/content.html", page, status=status)


def _section(application: Application, key: str) -> FormSection:
    """The section of texts with this key; 404 for any other."""
    for each in sections_of(application):
        if each.key == key and each.page == SectionPage.CONTENT:
            return each
    raise Http404


def _questions(application: Application, key: str, posted) -> Sequence[QuestionBox]:
    """The questions of one section, filled; the answers of other sections are not read."""
    asked = [each for each in questions_of(application) if each.section.key == key]
    texts = [each.key for each in asked if each.is_text]
    answers = application.answers.filter(question_key__in=texts).select_related("by")
    boxes = question_boxes(asked, answers, posted)
    _add_tables(application, boxes, posted)
    return boxes


def _add_tables(application: Application, boxes: Sequence[QuestionBox], posted) -> None:
    tables = [each for each in boxes if each.question.kind in TABLE_KINDS]
    if tables:
        read_beside(application, for_tables(each.question.kind for each in tables))
    for each in tables:
        each.table = table_of(application, each.question, posted)


def _save_touched(
    request: HttpRequest, application: Application, questions: Sequence[QuestionBox]
) -> Refusal | None:
    """Save box by box; the last refusal, if there was any. One refusal stops no other box."""
    refusals = [
        save_box(request, application, box)
        for question in questions
        for box in question.boxes
        if box.touched or box.choice == "confirm"
    ]
    return next(filter(None, reversed(refusals)), None)
