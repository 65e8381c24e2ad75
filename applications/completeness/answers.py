"""Texts: unanswered, or too long."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.states import Language
from applications.completeness.core import Missing, QuestionFact
from applications.states import AskedIn
from applications.texts.counting import count


def missing_answers(
    content: Mapping[str, Any], questions: Iterable[QuestionFact]
) -> Iterable[Missing]:
    texts = {(row["key"], row["language"]): row["text"] for row in content["answers"]}
    for question in filter(lambda each: each.is_text, questions):
        in_sv = texts.get((question.key, Language.SWEDISH), "").strip()
        in_en = texts.get((question.key, Language.ENGLISH), "").strip()
        if question.required:
            yield from _unanswered(question, in_sv, in_en)
        for language, text in ((Language.SWEDISH, in_sv), (Language.ENGLISH, in_en)):
            yield from _too_long(question, language, text)


def _unanswered(question: QuestionFact, in_sv: str, in_en: str) -> Iterable[Missing]:
    asked_in_both = question.languages == AskedIn.BOTH
    figures = {"question": question.label}
    if not in_sv and (asked_in_both or not in_en):
        message = (
            _("Answer in Swedish: %(question)s") if asked_in_both else _("Answer: %(question)s")
        )
        yield Missing(question.section, f"{question.key}-sv", message, figures, code="unanswered")
    if asked_in_both and not in_en:
        message = _("Answer in English: %(question)s")
        yield Missing(question.section, f"{question.key}-en", message, figures, code="unanswered")


def _too_long(question: QuestionFact, language: str, text: str) -> Iterable[Missing]:
    length = count(text, question.limit_unit)
    if length > question.limit:
        message = (
            _("Shorten %(question)s: %(length)s words of at most %(limit)s")
            if question.limit_unit == "words"
            else _("Shorten %(question)s: %(length)s characters of at most %(limit)s")
        )
        figures = {"question": question.label, "length": length, "limit": question.limit}
        yield Missing(
            question.section, f"{question.key}-{language}", message, figures, code="too_long"
        )
