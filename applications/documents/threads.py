"""What those who write an application say to each other beside its questions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from applications.models import Application, Comment, FormSection, Question


@dataclass
class Thread:
    """A first comment and its replies, oldest first."""

    first: Comment
    replies: list[Comment] = field(default_factory=list)

    @property
    def all(self) -> list[Comment]:
        return [self.first, *self.replies]

    @property
    def is_open(self) -> bool:
        return self.first.resolved_at is None


def threads_at(application: Application, question_key: str) -> list[Thread]:
    """The threads of one question; one query. Each comment knows `mentioned`, a list of names."""
    return _threaded(_comments(application).filter(question_key=question_key))


def open_threads_of(application: Application) -> list[Thread]:
    """Every thread that nobody has resolved, with its replies; one query."""
    return [thread for thread in _threaded(_comments(application)) if thread.is_open]


def counts_of(threads: Iterable[Thread]) -> dict[str, int]:
    """How many `comments` the threads of a question have, and how many of them are `open`."""
    threads = list(threads)
    said = [each for thread in threads for each in thread.all if not each.withdrawn_at]
    return {"comments": len(said), "open": sum(thread.is_open for thread in threads)}


def waiting_mentions(user, at: datetime) -> QuerySet[Comment]:
    """The last mention of a person in each open thread where they have not written since, the
    newest first; one query. Only of applications that can be written at that moment.

    Adds label_sv and label_en of what it is about, which the form must still ask, and the
    section_key and section_page where that is.
    """
    later = (
        _with_thread()
        .filter(Q(by=user) | Q(mentions=user))
        .filter(thread=OuterRef("thread"), pk__gt=OuterRef("pk"), withdrawn_at=None)
    )
    is_open = Q(reply_to=None, resolved_at=None) | Q(
        reply_to__isnull=False, reply_to__resolved_at=None
    )
    writable = Application.objects.visible_to(user).writable_at(at)
    return (
        _with_thread()
        .filter(is_open, ~Exists(later), mentions=user, withdrawn_at=None, application__in=writable)
        .annotate(**_whereabouts())
        .exclude(section_key=None)
        .select_related("application__round", "by")
        .order_by("-pk")
    )


def _with_thread() -> QuerySet[Comment]:
    return Comment.objects.annotate(thread=Coalesce("reply_to_id", "pk"))


def _whereabouts() -> dict[str, Coalesce]:
    asked = {
        "key": OuterRef("question_key"),
        "form_version__roundphase__round": OuterRef("application__round"),
        "form_version__roundphase__phase": OuterRef("application__phase"),
    }
    questions, sections = Question.objects.filter(**asked), FormSection.objects.filter(**asked)
    columns = {
        "label_sv": ("label_sv", "label_sv"),
        "label_en": ("label_en", "label_en"),
        "section_key": ("section__key", "key"),
        "section_page": ("section__page", "page"),
    }
    return {
        name: Coalesce(
            Subquery(questions.values(of_question)[:1]), Subquery(sections.values(of_section)[:1])
        )
        for name, (of_question, of_section) in columns.items()
    }


def counts_at(application: Application, question_key: str) -> dict[str, Any]:
    """How many `comments` a question has and how many threads are `open`, without a query."""
    found = (row for row in application.comment_counts if row["question"] == question_key)
    return next(found, {"question": question_key, "comments": 0, "open": 0})


def open_in(application: Application, section_key: str = "") -> int:
    """How many threads are open in a section, or in all. Of one read `for_pages`."""
    rows: Sequence[dict[str, Any]] = application.comment_counts
    return sum(row["open"] for row in rows if row["section"] == section_key or not section_key)


def _comments(application: Application):
    mentioned = Comment.mentions.through.objects.filter(comment=OuterRef("pk"))
    name = Coalesce(NullIf("user__name", Value("")), "user__email", output_field=models.CharField())
    names = mentioned.order_by("user__name").values(said=name)
    return application.comments.select_related("by", "resolved_by").annotate(
        mentioned=ArraySubquery(names)
    )


def _threaded(comments: Iterable[Comment]) -> list[Thread]:
    """A withdrawn comment that nobody has answered is left out."""
    threads: dict[int, Thread] = {}
    for comment in comments:
        if comment.reply_to_id is None:
            threads[comment.pk] = Thread(comment)
        elif comment.reply_to_id in threads:
            threads[comment.reply_to_id].replies.append(comment)
    for thread in threads.values():
        thread.replies = [each for each in thread.replies if not each.withdrawn_at]
    return [each for each in threads.values() if each.replies or not each.first.withdrawn_at]
