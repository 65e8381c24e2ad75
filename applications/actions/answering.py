from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from applications.actions.writing import count_change, ensure_writable
from applications.models import Answer, AnswerVersion, Application
from applications.refusals import StaleAnswer

PAUSE = timedelta(minutes=10)
"""Saves by one author closer together than this are one version in the history."""


def save_answer(
    application: Application,
    *,
    question_key: str,
    language: str,
    text: str,
    version: int,
    by,
    at: datetime,
) -> Answer:
    """Save one answer that was written from `version` (0: there was none).

    The same text again changes nothing. Raises `StaleAnswer` with both texts when somebody saved
    another text since, `NotWritable` and `RoundClosed`; then nothing is overwritten.
    """
    ensure_writable(application, at)
    text = text.replace("\r\n", "\n")
    place = {
        "application": application,
        "question_key": question_key,
        "language": language,
    }
    with transaction.atomic():
        return _write(place, text, version, by, at)


def _write(place: dict, text: str, version: int, by, at: datetime) -> Answer:
    stored = Answer.objects.filter(**place).select_related("by").first()
    if stored and stored.text == text:
        return stored
    if stored is None and version == 0:
        return _first(place, text, by, at)
    changed = Answer.objects.filter(**place, version=version).update(
        text=text, version=version + 1, by=by, at=at
    )
    if not changed:
        raise _stale(place, text)
    count_change(place["application"])
    answer = Answer.objects.get(**place)
    _keep_version(answer)
    return answer


def _first(place: dict, text: str, by, at: datetime) -> Answer:
    try:
        with transaction.atomic():
            answer = Answer.objects.create(**place, text=text, by=by, at=at)
    except IntegrityError:
        raise _stale(place, text) from None
    count_change(place["application"])
    _keep_version(answer)
    return answer


def _stale(place: dict, text: str) -> StaleAnswer:
    current = Answer.objects.filter(**place).select_related("by").first()
    return StaleAnswer(
        current_text=current.text if current else "",
        current_version=current.version if current else 0,
        typed_text=text,
        by=str(current.by) if current else "",
    )


def _keep_version(answer: Answer) -> None:
    last = answer.versions.first()
    if last and last.by_id == answer.by_id and answer.at - last.at < PAUSE:
        last.text, last.version, last.at = answer.text, answer.version, answer.at
        last.save()
        return
    AnswerVersion.objects.create(
        answer=answer, text=answer.text, version=answer.version, by=answer.by, at=answer.at
    )
