"""Comments beside the questions, for the people of the parties alone.

A thread is a page of its own; on the form's pages a script shows the same part under the question.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from applications import actions
from applications.documents.people import people_at
from applications.documents.snapshot import questions_of
from applications.documents.threads import (
    Thread,
    counts_at,
    counts_of,
    open_threads_of,
    threads_at,
)
from applications.forms.comments import CommentForm, TextForm
from applications.models import Application, Comment, FormSection, Question
from applications.states import SectionPage
from applications.views.loading import CHANGE, TOGETHER, load
from applications.views.pages import CONFLICT, why_not
from applications.views.sections import sections_of, url_of
from applications.views.writers import has_lost_log_in
from icld_portal.refusals import Refusal


@dataclass(frozen=True)
class Place:
    """What is commented on: a question of texts or tables, or a section with a page of its own."""

    about: Question | FormSection
    section: FormSection
    url: str

    @property
    def key(self) -> str:
        return self.about.key


@login_required
def comments(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Every open thread, in the order of the form; what the form no longer asks comes last."""
    application = load(request, public_id, TOGETHER)
    places = places_of(application)
    threads: dict[str, list[Thread]] = {}
    for thread in open_threads_of(application):
        threads.setdefault(thread.first.question_key, []).append(thread)
    page = {
        "application": application,
        "groups": [(each, threads.pop(each.key)) for each in places if each.key in threads],
        "everywhere": [
            (each, said)
            for each in places
            if (said := counts_at(application, each.key))["comments"]
        ],
        "homeless": [thread for rest in threads.values() for thread in rest],
    }
    return render(request, "applications/comments.html", page)


@login_required
def comment_thread(request: HttpRequest, public_id: UUID, key: str) -> HttpResponse:
    """What is said about one question; posting does what the pressed button is for (`do`).

    With `part` in the query only the thread itself, for the script. What cannot be written is
    shown again with what is wrong.
    """
    if request.method == "POST" and has_lost_log_in(request):
        return HttpResponse(status=401)
    application = load(request, public_id, TOGETHER, extend=lambda rows: rows.with_people())
    place = _place(application, key)
    desk = Desk(request, application, place)
    refusal = None
    if request.method == "POST" and desk.is_valid():
        try:
            desk.carry_out()
        except Refusal as found:
            refusal = found
        else:
            if "part" not in request.GET:
                return redirect(request.path)
            desk = Desk(request, application, place, fresh=True)
    return _page(request, application, place, desk, refusal)


def places_of(application: Application) -> list[Place]:
    """Everything that may be commented on, in the order of the form."""
    questions = questions_of(application)
    return [
        place
        for each in sections_of(application)
        for place in _places_in(each, url_of(application, each), questions)
    ]


def _places_in(own: FormSection, url: str, questions: Iterable[Question]) -> list[Place]:
    if own.page != SectionPage.CONTENT:
        return [Place(own, own, url)]
    within = [each for each in questions if each.section.key == own.key]
    return [Place(each, own, f"{url}#id_{each.key}") for each in within]


def _place(application: Application, key: str) -> Place:
    for each in places_of(application):
        if each.key == key:
            return each
    raise Http404


MOVES = ("write", "reply", "edit", "withdraw", "resolve", "reopen")


class Desk:
    """The forms of a thread's page, and what the pressed button asks for: `do` is the name of a
    move and, after a colon, the comment that it is about. 404 for what no page offers."""

    def __init__(
        self, request: HttpRequest, application: Application, place: Place, fresh: bool = False
    ) -> None:
        self.request, self.application, self.place = request, application, place
        self.people = [
            each for each in people_at(application) if each.writes and each.pk != request.user.pk
        ]
        self.data = request.POST if request.method == "POST" and not fresh else None
        move, _colon, number = (self.data or {}).get("do", "").partition(":")
        self.move = move
        self.target = self._target(number)
        if self.data and (move not in MOVES or (self.target is None and move != "write")):
            raise Http404
        self.form = self._form(number) if move in ("write", "reply", "edit") else None

    @property
    def belongs_to(self) -> str:
        return f"comments-of-{self.place.key}"

    def is_valid(self) -> bool:
        return self.form is None or self.form.is_valid()

    def carry_out(self) -> None:
        """Raises a refusal."""
        moves: dict[str, Callable[..., Any]] = {
            "write": self._write,
            "reply": self._write,
            "edit": lambda **who: actions.edit_comment(
                self.target, text=self.form.cleaned_data["text"], **who
            ),
            "withdraw": lambda **who: actions.withdraw_comment(self.target, **who),
            "resolve": lambda **who: actions.resolve_comment(self.target, **who),
            "reopen": lambda **who: actions.reopen_comment(self.target, **who),
        }
        moves[self.move](by=self.request.user, at=self.request.received_at)

    def form_for(self, kind: str, comment: Comment | None = None) -> TextForm:
        """The form that was posted, with what is wrong in it, or an empty one."""
        prefix = _prefix(self.place, kind, comment)
        if self.form is not None and self.form.prefix == prefix:
            return self.form
        typed = (self.data or {}).get(f"{prefix}-text", "")
        if kind == "edit":
            text = {"text": typed or comment.text}
            return TextForm(prefix=prefix, belongs_to=self.belongs_to, initial=text)
        return CommentForm(self.people, prefix=prefix, belongs_to=self.belongs_to, typed=typed)

    def _form(self, number: str) -> TextForm:
        options = {
            "prefix": f"{self.move}-{number or self.place.key}",
            "belongs_to": self.belongs_to,
        }
        if self.move == "edit":
            return TextForm(self.data, **options)
        return CommentForm(self.people, self.data, **options)

    def _target(self, number: str) -> Comment | None:
        """The comment by its number: of this question, and not withdrawn but where it is a whole
        thread that is meant."""
        rows = self.application.comments.select_related("application", "reply_to", "by")
        if not (number.isascii() and number.isdigit() and len(number) < 19):
            return None
        found = rows.filter(pk=number, question_key=self.place.key).first()
        if found is None or self.move in ("edit", "withdraw"):
            return found
        return found.reply_to or found

    def _write(self, **who) -> None:
        actions.comment(
            self.application,
            about=self.place.about,
            reply_to=self.target,
            link=settings.PORTAL_URL + _address(self.application, self.place),
            **self.form.said,
            **who,
        )


def address_of(comment: Comment) -> str:
    """The thread of one of `waiting_mentions`, under its question."""
    section = FormSection(key=comment.section_key, page=comment.section_page)
    return _beside(url_of(comment.application, section), comment.question_key)


def _address(application: Application, place: Place) -> str:
    """The thread under its question."""
    return _beside(place.url.partition("#")[0], place.key)


def _beside(page: str, key: str) -> str:
    return f"{page}#comments-{key}"


def _prefix(place: Place, kind: str, comment: Comment | None) -> str:
    return f"{kind}-{comment.pk if comment else place.key}"


def _page(
    request: HttpRequest,
    application: Application,
    place: Place,
    desk: Desk,
    refusal: Refusal | None,
) -> HttpResponse:
    closed = why_not(application, request.received_at)
    may_write = closed is None and request.user.has_perm(CHANGE, application)
    found = threads_at(application, place.key)
    page = {
        "application": application,
        "place": place,
        "belongs_to": desk.belongs_to,
        "action": reverse("comment_thread", args=[application.public_id, place.key]),
        "may_write": may_write,
        "refusal": refusal,
        "form": desk.form_for("write") if may_write else None,
        "open": [_shown(desk, each, may_write) for each in found if each.is_open],
        "resolved": [_shown(desk, each, may_write) for each in found if not each.is_open],
        "said": counts_of(found),
        "part": "part" in request.GET,
    }
    template = "applications/includes/thread.html" if page["part"] else "applications/thread.html"
    return render(request, template, page, status=CONFLICT if refusal else None)


def _shown(desk: Desk, thread: Thread, may_write: bool) -> dict[str, Any]:
    """A thread with the forms to answer it and to change one's own words."""
    return {
        "thread": thread,
        "remarks": [
            {"comment": each, "form": _own_words(desk, each, may_write)}
            for each in (thread.first, *thread.replies)
        ],
        "form": desk.form_for("reply", thread.first) if may_write and thread.is_open else None,
    }


def _own_words(desk: Desk, comment: Comment, may_write: bool) -> TextForm | None:
    if not may_write or comment.by_id != desk.request.user.pk or comment.withdrawn_at:
        return None
    return desk.form_for("edit", comment)
