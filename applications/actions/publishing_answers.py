"""Answers of ICLD that everybody may read."""

from collections.abc import Mapping
from datetime import datetime

import pghistory
from django.db import transaction

from applications.models import Enquiry, PublishedAnswer
from applications.refusals import NotAllowed
from applications.rules import PUBLISH

FIELDS = ("phase", "question_key", "question_sv", "question_en", "answer_sv", "answer_en")


@transaction.atomic
def publish_answer(
    values: Mapping[str, str], *, by, at: datetime, answers: Enquiry | None = None
) -> PublishedAnswer:
    """Publish a question and its answer; one that was given in a thread is published once.

    Raises `NotAllowed`.
    """
    _ensure_publishes(by)
    fields = {name: values[name] for name in FIELDS} | {"published_at": at, "published_by": by}
    with pghistory.context(user=by.pk, action="publish_answer"):
        if answers is None:
            return PublishedAnswer.objects.create(**fields)
        return PublishedAnswer.objects.get_or_create(answers=answers, defaults=fields)[0]


@transaction.atomic
def change_published(
    published: PublishedAnswer, values: Mapping[str, str], *, by, at: datetime
) -> None:
    """Word it anew; the page says when. The same words again change nothing.

    Raises `NotAllowed`.
    """
    _ensure_publishes(by)
    row = PublishedAnswer.objects.select_for_update().get(pk=published.pk)
    changed = [name for name in FIELDS if getattr(row, name) != values[name]]
    if not changed:
        return
    for name in changed:
        setattr(row, name, values[name])
    row.changed_at = at
    with pghistory.context(user=by.pk, action="change_published"):
        row.save(update_fields=[*changed, "changed_at"])


@transaction.atomic
def withdraw_published(published: PublishedAnswer, *, by, at: datetime) -> None:
    """Take it off the public pages. Raises `NotAllowed`."""
    _ensure_publishes(by)
    with pghistory.context(user=by.pk, action="withdraw_published"):
        shown = PublishedAnswer.objects.filter(pk=published.pk).shown()
        shown.update(withdrawn_at=at)


@transaction.atomic
def publish_again(published: PublishedAnswer, *, by, at: datetime) -> None:
    """Show again what had been withdrawn. Raises `NotAllowed`."""
    _ensure_publishes(by)
    with pghistory.context(user=by.pk, action="publish_again"):
        withdrawn = PublishedAnswer.objects.filter(pk=published.pk).exclude(withdrawn_at=None)
        withdrawn.update(withdrawn_at=None, published_at=at, published_by=by)


def _ensure_publishes(by) -> None:
    if not by.has_perm(PUBLISH):
        raise NotAllowed(action=PUBLISH)
