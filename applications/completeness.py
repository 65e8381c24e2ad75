"""What is missing before an application can be handed in: one list, by section.

Works on the plain content of a snapshot; reads no database.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.states import Language
from applications.counting import count
from applications.states import AskedIn
from funding.states import SEATED_PHASES, Phase
from icld_portal.formats import day
from partnerships.states import SeatRole, Side
from partnerships.steering import SeatFact, empty_seats

BASICS, PROSE, AREAS, SEATS, MONEY, DECLARATIONS = (
    "basics",
    "content",
    "areas",
    "steering-group",
    "budget",
    "declarations",
)
MAX_MONTHS = {
    Phase.PREPARATION: 12,
    Phase.DEVELOPMENT: 12,
    Phase.DISSEMINATION: 12,
    Phase.PROJECT: 36,
    Phase.STEERING_GROUP: 36,
}
"""The longest period of each phase (domain sections 4 and 8, part 8)."""

MAX_YEARS = 10
"""No phase comes near it; no budget line can lie in a later year."""


@dataclass(frozen=True)
class Missing:
    """One thing that remains: where (section and field), and what, as words with figures."""

    section: str
    field: str
    message: Any
    figures: Mapping[str, Any] = field(default_factory=dict)
    code: str = ""

    def text(self) -> str:
        """What to do, in the active language."""
        shown = {
            name: day(value) if isinstance(value, date) else str(value)
            for name, value in self.figures.items()
        }
        return str(self.message) % shown


@dataclass(frozen=True)
class QuestionFact:
    """What a question demands of its answer."""

    key: str
    label: Any
    limit: int
    limit_unit: str
    required: bool
    languages: str


def in_language(row: Mapping[str, Any]) -> str:
    """The label of a frozen row in the active language."""
    return row["label_en"] if get_language() == "en" else row["label_sv"]


def missing_in(
    content: Mapping[str, Any], persons: Mapping[str, Any], questions: Iterable[QuestionFact]
) -> list[Missing]:
    """Everything that stands between this content and submission, money apart."""
    found = [*_basics(content), *_answers(content, questions), *_areas(content)]
    if content["phase"] in SEATED_PHASES:
        found += _seats(content, persons)
    return found + list(_declarations(content, persons))


def _basics(content: Mapping[str, Any]) -> Iterable[Missing]:
    if not content["titles"]["sv"]:
        yield Missing(BASICS, "title_sv", _("Write the title in Swedish"), code="no_title_sv")
    if not content["titles"]["en"]:
        yield Missing(BASICS, "title_en", _("Write the title in English"), code="no_title_en")
    sides = {party["side"] for party in content["parties"]}
    if Side.INTERNATIONAL not in sides:
        message = _("Choose a partner: until then this is a draft that seeks one")
        yield Missing(BASICS, "partner", message, code="no_partner")
    yield from _period(content)
    if content["phase"] == Phase.PROJECT and not content["has_steering_group"]:
        message = _("Apply for a steering group together with the project: it has none yet")
        yield Missing(BASICS, "steering_group", message, code="no_steering_group")
    if content["needs_preparation_reason"] and not content["no_preparation_reason"]:
        message = _("Say why you apply for a project without an inception first")
        yield Missing(BASICS, "no_preparation_reason", message, code="no_preparation_reason")


def _period(content: Mapping[str, Any]) -> Iterable[Missing]:
    period = content["period"]
    if not (period["starts_on"] and period["ends_on"]):
        yield Missing(BASICS, "starts_on", _("Fill in the first and last day"), code="no_dates")
        return
    longest = MAX_MONTHS[content["phase"]]
    if period["months"] > longest:
        message = _("The period is %(months)s months; it may be at most %(longest)s")
        figures = {"months": period["months"], "longest": longest}
        yield Missing(BASICS, "ends_on", message, figures, code="period_too_long")
    earliest = content["round"]["earliest_start"]
    if earliest and period["starts_on"] < earliest:
        message = _("The first day may not be before %(earliest)s, the earliest in this round")
        figures = {"earliest": date.fromisoformat(earliest)}
        yield Missing(BASICS, "starts_on", message, figures, code="start_too_early")


def _answers(content: Mapping[str, Any], questions: Iterable[QuestionFact]) -> Iterable[Missing]:
    texts = {(row["key"], row["language"]): row["text"] for row in content["answers"]}
    for question in questions:
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
        yield Missing(PROSE, f"{question.key}-sv", message, figures, code="unanswered")
    if asked_in_both and not in_en:
        message = _("Answer in English: %(question)s")
        yield Missing(PROSE, f"{question.key}-en", message, figures, code="unanswered")


def _too_long(question: QuestionFact, language: str, text: str) -> Iterable[Missing]:
    length = count(text, question.limit_unit)
    if length > question.limit:
        message = (
            _("Shorten %(question)s: %(length)s words of at most %(limit)s")
            if question.limit_unit == "words"
            else _("Shorten %(question)s: %(length)s characters of at most %(limit)s")
        )
        figures = {"question": question.label, "length": length, "limit": question.limit}
        yield Missing(PROSE, f"{question.key}-{language}", message, figures, code="too_long")


def _areas(content: Mapping[str, Any]) -> Iterable[Missing]:
    if content["phase"] != Phase.DISSEMINATION:
        if not content["core_areas"]:
            message = _("Choose at least one core area")
            yield Missing(AREAS, "core_areas", message, code="no_core_area")
        for row in content["core_areas"]:
            if not row["reason"].strip():
                message = _("Say why you have chosen the core area %(core_area)s")
                figures = {"core_area": in_language(row)}
                yield Missing(AREAS, f"reason-{row['key']}", message, figures, code="no_reason")
    if not content["areas"]["main"]:
        yield Missing(AREAS, "main_area", _("Choose a main area of cooperation"), code="no_area")


def _seats(content: Mapping[str, Any], persons: Mapping[str, Any]) -> Iterable[Missing]:
    names = {(row["party"], row["role"]): row["name"] for row in persons["seats"]}
    facts = [
        SeatFact(
            party=row["party"],
            side=row["side"],
            role=row["role"],
            name=names.get((row["party"], row["role"]), ""),
            vacancy_reason=row["vacancy_reason"],
        )
        for row in content["seats"]
    ]
    parties = [(row["name"], row["side"]) for row in content["parties"] if row["government"]]
    for seat in empty_seats(parties, facts):
        message = _("%(party)s: name a member for the seat %(role)s")
        if seat.side == Side.INTERNATIONAL and seat.role == SeatRole.OPPOSITION:
            message = _("%(party)s: name a member of the opposition, or say why there is none")
        figures = {"party": seat.party, "role": SeatRole(seat.role).label}
        yield Missing(SEATS, f"seat-{seat.role}", message, figures, code="empty_seat")


def _declarations(content: Mapping[str, Any], persons: Mapping[str, Any]) -> Iterable[Missing]:
    if not all(row["confirmed"] for row in content["declarations"]):
        message = _("Confirm all the declarations")
        yield Missing(DECLARATIONS, "declared_correct", message, code="not_declared")
    if not (persons["signatory"]["name"] and persons["signatory"]["title"]):
        message = _("Name the authorised signatory and their title")
        yield Missing(DECLARATIONS, "signatory_name", message, code="no_signatory")
