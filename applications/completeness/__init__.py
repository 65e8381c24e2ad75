"""What is missing before an application can be handed in: one list, by section.

Works on the plain content of a snapshot; reads no database.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from applications.completeness.answers import missing_answers
from applications.completeness.areas import missing_areas, missing_goals
from applications.completeness.attachments import missing_attachments
from applications.completeness.basics import missing_basics
from applications.completeness.chain import missing_chain
from applications.completeness.core import (
    AREAS,
    ATTACHMENTS,
    BASICS,
    DECLARATIONS,
    MAX_MONTHS,
    MAX_YEARS,
    MONEY,
    PARTIES,
    SEATS,
    Missing,
    QuestionFact,
    for_whom,
    in_language,
)
from applications.completeness.declarations import missing_declarations
from applications.completeness.seats import missing_seats
from applications.completeness.tables import missing_tables
from funding.states import SEATED_PHASES

__all__ = [
    "AREAS",
    "ATTACHMENTS",
    "BASICS",
    "DECLARATIONS",
    "MAX_MONTHS",
    "MAX_YEARS",
    "MONEY",
    "PARTIES",
    "SEATS",
    "Missing",
    "QuestionFact",
    "in_language",
    "missing_in",
]


def missing_in(
    content: Mapping[str, Any], persons: Mapping[str, Any], questions: Sequence[QuestionFact]
) -> list[Missing]:
    """Everything that stands between this content and submission, money apart."""
    found = [
        *missing_basics(content),
        *missing_chain(content, questions),
        *missing_answers(content, questions),
        *missing_tables(content, persons, questions),
        *missing_areas(content),
        *missing_goals(content, questions),
    ]
    if content["phase"] in SEATED_PHASES:
        found += missing_seats(content, persons)
    found += missing_attachments(content)
    return for_whom([*found, *missing_declarations(content, persons)], content["parties"])
