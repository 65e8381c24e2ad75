"""The ordinary pause in writing: the next words of an answer, saved with one question and one
statement to the database. Whatever is not that goes the ordinary way, by `save_answer`, which says
why; both write the same rows."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from applications.actions.answering import goes_on
from applications.models import Answer
from applications.states import WRITABLE
from applications.texts.typed import LONGEST, clean
from partnerships.states import WRITING_ROLES

# An answer that has been begun, for somebody who writes for a party.
READ = """
SELECT answer.id, answer.text, answer.version, answer.application_id,
       application.state, GREATEST(round.closes_at, application.late_until),
       last.id, last.by_id, last.at
FROM applications_application application
JOIN applications_round round ON round.id = application.round_id
JOIN applications_answer answer ON answer.application_id = application.id
JOIN LATERAL (
    SELECT id, by_id, at FROM applications_answerversion
    WHERE answer_id = answer.id ORDER BY id DESC LIMIT 1
) last ON true
WHERE application.public_id = %(public_id)s
  AND answer.question_key = %(question_key)s AND answer.language = %(language)s
  AND EXISTS (
    SELECT FROM applications_applicationparty party
    JOIN partnerships_membership member ON member.organisation_id = party.organisation_id
    WHERE party.application_id = application.id
      AND member.user_id = %(by)s AND member.role = ANY(%(roles)s)
  )
"""

# All or nothing, in one statement: not over a newer text, nor when the state has moved on.
WRITE = """
WITH mine AS (
    SELECT id FROM applications_answer WHERE id = %(id)s AND version = %(version)s FOR UPDATE
), counted AS (
    UPDATE applications_application SET revision = revision + 1
    WHERE id = %(application)s AND state = ANY(%(states)s) AND EXISTS (SELECT FROM mine)
    RETURNING id
), written AS (
    UPDATE applications_answer
    SET text = %(text)s, version = %(version)s + 1, by_id = %(by)s, at = %(at)s,
        copied_from_id = NULL
    WHERE id IN (SELECT id FROM mine) AND EXISTS (SELECT FROM counted)
    RETURNING id, text, version, by_id, at
), kept AS ({kept})
SELECT count(*) FROM written
"""
SAME_ROW = """
    UPDATE applications_answerversion kept SET text = new.text, version = new.version, at = new.at
    FROM written new WHERE kept.id = %(last)s
"""
NEXT_ROW = """
    INSERT INTO applications_answerversion (answer_id, text, version, by_id, at)
    SELECT id, text, version, by_id, at FROM written
"""


class Begun(NamedTuple):
    """An answer as it stands, and the last row of its history."""

    id: int
    text: str
    version: int
    application: int
    state: str
    closes_at: datetime
    last_id: int
    last_by_id: int
    last_at: datetime


def write_on(
    public_id: UUID,
    *,
    question_key: str,
    language: str,
    text: str,
    version: int,
    by,
    at: datetime,
) -> Answer | None:
    """As `save_answer`, for a person who writes on from `version` of an answer and may. None for
    everybody and everything else; then nothing has been written or refused."""
    text = clean(text)
    place = {"question_key": question_key, "language": language}
    begun = _begun({"public_id": public_id, "by": by.pk, **place})
    if begun is None or begun.version != version or begun.text == text or len(text) > LONGEST:
        return None
    # Before the close whatever is writable is so to everybody; after it, the ordinary way knows.
    if begun.state not in WRITABLE or at >= begun.closes_at or not _write(begun, text, by, at):
        return None
    return Answer(id=begun.id, text=text, version=version + 1, by=by, at=at, **place)


def _begun(place: dict[str, Any]) -> Begun | None:
    with connection.cursor() as cursor:
        cursor.execute(READ, {**place, "roles": list(WRITING_ROLES)})
        row = cursor.fetchone()
    return Begun(*row) if row else None


def _write(begun: Begun, text: str, by, at: datetime) -> bool:
    kept = SAME_ROW if goes_on(begun, text, by, at) else NEXT_ROW
    values = {
        "id": begun.id,
        "application": begun.application,
        "version": begun.version,
        "states": list(WRITABLE),
        "last": begun.last_id,
        "text": text,
        "by": by.pk,
        "at": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(WRITE.format(kept=kept), values)
        return bool(cursor.fetchone()[0])
