"""What is said about the drafts: with ICLD, and among those who write them."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.urls import reverse

from applications import actions
from applications.models import Application, Question
from icld_portal.demo.scene import Scene
from icld_portal.demo.tables import table


def add(scene: Scene) -> None:
    """Messages with their answers, what was published of them, and comments beside questions."""
    facts = table("talk")
    for row in facts["message"]:
        _write(row, scene)
    for row in facts["comment"]:
        _comment(row, scene)


def _write(row: Mapping[str, Any], scene: Scene) -> None:
    draft = _draft(row, scene)
    question = _question(draft, row.get("question", ""))
    actions.ask(draft, question=question, **_said(row, scene, draft))
    if answer := row.get("answer"):
        given = actions.answer(draft, question=question, **_said(answer, scene, draft))
    if published := row.get("published"):
        key = question.key if question else ""
        who = {"by": given.by, "at": given.at + timedelta(minutes=5)}
        actions.publish_answer({"question_key": key, **published}, answers=given, **who)


def _comment(row: Mapping[str, Any], scene: Scene) -> None:
    draft = _draft(row, scene)
    question = _question(draft, row["question"])
    if question is None:
        return
    thread = settings.PORTAL_URL + reverse("comment_thread", args=[draft.public_id, question.key])
    mentions = [scene.person(address).pk for address in row["mentions"]]
    said = _said(row, scene, draft)
    actions.comment(draft, about=question, mentions=mentions, link=thread, **said)


def _draft(row: Mapping[str, Any], scene: Scene) -> Application:
    return Application.objects.get(title_sv=row["draft"], round=scene.rounds["open"])


def _question(draft: Application, key: str) -> Question | None:
    """None where the form of the round does not ask it."""
    asked = Question.objects.filter(
        form_version__roundphase__round=draft.round_id,
        form_version__roundphase__phase=draft.phase,
    )
    return asked.filter(key=key).first()


def _said(row: Mapping[str, Any], scene: Scene, draft: Application) -> dict[str, Any]:
    at: datetime = draft.round.closes_at - timedelta(hours=row["before"])
    return {"text": row["text"], "token": uuid4(), "by": scene.person(row["by"]), "at": at}
