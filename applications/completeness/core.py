"""What everything that asks "what is missing?" is made of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.translation import get_language

from applications.states import Doer, QuestionKind, SectionPage
from funding.states import Phase
from icld_portal.formats import day
from partnerships.states import Side

BASICS = SectionPage.BASICS.value
PARTIES = SectionPage.PARTIES.value
AREAS = SectionPage.AREAS.value
SEATS = SectionPage.SEATS.value
MONEY = SectionPage.BUDGET.value
ATTACHMENTS = SectionPage.ATTACHMENTS.value
DECLARATIONS = SectionPage.DECLARATIONS.value
"""Keys of the sections that have a page of their own: the page's name."""

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
    """One thing that remains: where (section and field), what, as words with figures, and who
    can see to it."""

    section: str
    field: str
    message: Any
    figures: Mapping[str, Any] = field(default_factory=dict)
    code: str = ""
    who: str = Doer.WRITER

    def text(self) -> str:
        """What to do, in the active language."""
        shown = {
            name: day(value) if isinstance(value, date) else str(value)
            for name, value in self.figures.items()
        }
        return str(self.message) % shown


@dataclass(frozen=True)
class QuestionFact:
    """What a question demands of its answer. `section` is where it is answered."""

    key: str
    section: str
    kind: str
    label: Any
    limit: int | None
    limit_unit: str
    required: bool
    languages: str
    min_rows: int | None = None
    max_rows: int | None = None

    @property
    def is_text(self) -> bool:
        return self.kind == QuestionKind.TEXT


def for_whom(found: Iterable[Missing], parties: Iterable[Mapping[str, Any]]) -> list[Missing]:
    """What names a party abroad (`party` among the figures) is for the partner to see to."""
    abroad = {row["name"] for row in parties if row["side"] == Side.INTERNATIONAL}
    return [
        replace(item, who=Doer.PARTNER)
        if item.who == Doer.WRITER and item.figures.get("party") in abroad
        else item
        for item in found
    ]


def in_language(row: Mapping[str, Any]) -> str:
    """The label of a frozen row in the active language."""
    return row["label_en"] if get_language() == "en" else row["label_sv"]
