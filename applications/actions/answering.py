from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, QuerySet, Subquery

from applications.actions.writing import count_change, ensure_writable
from applications.models import Answer, AnswerVersion, Application
from applications.refusals import AnswerTooLong, StaleAnswer
from applications.texts.typed import LONGEST, clean, is_blank, lost_between

PAUSE = timedelta(minutes=10)
"""Saves by one author closer together than this are one version in the history."""

SLIP = 40
"""Characters one may take away while writing on; whoever removes more leaves a version behind."""


def save_answer(
    application: Application,
    *,
    question_key: str,
    language: str,
    text: str,
    version: int,
    by,
    at: datetime,
    apart: bool = False,
) -> Answer:
    """Save one answer that was written from `version` (0: there was none).

    The same text again changes nothing. `apart` says that the text was chosen instead of another
    (a conflict, a restored version), which then always stays in the history. Raises `StaleAnswer`
    with both texts when somebody saved another text since, `AnswerTooLong`, `NotWritable` and
    `RoundClosed`; then nothing is overwritten. A text that is typed is no longer a copied one.

    The order of saves is that of their versions, not of the clock: one that was overtaken by a
    later save is stale, and one that was overtaken by a submission is counted as a change since.
    """
    ensure_writable(application, at)
    text = clean(text)
    if len(text) > LONGEST:
        raise AnswerTooLong(length=len(text), longest=LONGEST)
    place = {
        "application": application,
        "question_key": question_key,
        "language": language,
    }
    with transaction.atomic():
        return _write(place, text, version, apart, by, at)


def confirm_answer(
    application: Application, *, question_key: str, language: str, version: int, by, at: datetime
) -> Answer:
    """Say of a copied answer that it still holds: it is then one's own. Twice is once.

    Raises `StaleAnswer` for another version than the one that was read, and as `save_answer`.
    """
    ensure_writable(application, at)
    place = {
        "application": application,
        "question_key": question_key,
        "language": language,
    }
    with transaction.atomic():
        stored = _stored(place)
        if stored is None or stored.version != version:
            raise _stale(stored, "", version)
        if stored.copied_from_id:
            Answer.objects.filter(pk=stored.pk, version=version).update(copied_from=None)
            count_change(application)
            stored.copied_from_id = None
    return stored


def _write(place: dict, text: str, version: int, apart: bool, by, at: datetime) -> Answer:
    stored = _stored(place)
    if stored and stored.text == text:
        return stored
    if stored is None and version == 0:
        return _first(place, text, by, at)
    if stored is None or stored.version != version or not _update(stored, text, by, at):
        raise _stale(_stored(place), text, version)
    count_change(place["application"])
    _keep_version(stored, text, apart, by, at)
    stored.text, stored.version, stored.at = text, version + 1, at
    stored.by, stored.copied_from_id = by, None
    return stored


def _stored(place: dict) -> Answer | None:
    """The answer, with its writer and what is asked of the last row of its history."""
    return _with_last_version(Answer.objects.filter(**place)).select_related("by").first()


def _with_last_version(answers: QuerySet) -> QuerySet:
    rows = AnswerVersion.objects.filter(answer=OuterRef("pk")).order_by("-id")
    return answers.annotate(
        last_id=Subquery(rows.values("pk")[:1]),
        last_by_id=Subquery(rows.values("by")[:1]),
        last_at=Subquery(rows.values("at")[:1]),
    )


def _update(stored: Answer, text: str, by, at: datetime) -> bool:
    """Only over the version it was written from; somebody may have been quicker just now."""
    rows = Answer.objects.filter(pk=stored.pk, version=stored.version)
    values = {"text": text, "version": stored.version + 1, "by": by, "at": at, "copied_from": None}
    return bool(rows.update(**values))


def _first(place: dict, text: str, by, at: datetime) -> Answer:
    try:
        with transaction.atomic():
            answer = Answer.objects.create(**place, text=text, by=by, at=at)
    except IntegrityError:
        raise _stale(_stored(place), text, 0) from None
    count_change(place["application"])
    _new_version(answer, text, 1, by, at)
    return answer


def _stale(current: Answer | None, text: str, version: int) -> StaleAnswer:
    """With the text that both began from, where the history still has it."""
    figures: dict[str, Any] = {"current_text": "", "current_version": 0, "by": "", "base": None}
    if current:
        base = current.versions.filter(version=version).values_list("text", flat=True).first()
        figures = {
            "current_text": current.text,
            "current_version": current.version,
            "by": str(current.by),
            "base": base if version else "",
        }
    return StaleAnswer(typed_text=text, **figures)


def _keep_version(stored: Answer, text: str, apart: bool, by, at: datetime) -> None:
    """Go on with the last row of the history, or begin the next and let the last one stand."""
    values = {"text": text, "version": stored.version + 1, "at": at}
    if stored.last_id is None:  # copied, and never written here
        _new_version(stored, stored.text, stored.version, stored.by, stored.at)
    if apart or not goes_on(stored, text, by, at):
        _new_version(stored, text, stored.version + 1, by, at)
        return
    AnswerVersion.objects.filter(pk=stored.last_id).update(**values)


def goes_on(stored, text: str, by, at: datetime) -> bool:
    """Whether a text goes on from the last row of the history: the same author soon after, without
    taking much away, so that no text is lost by being replaced."""
    if stored.last_by_id != by.pk or at - stored.last_at >= PAUSE:
        return False
    if is_blank(text):
        return is_blank(stored.text)
    return lost_between(stored.text, text) <= SLIP


def _new_version(answer: Answer, text: str, version: int, by, at: datetime) -> None:
    AnswerVersion.objects.create(answer=answer, text=text, version=version, by=by, at=at)
