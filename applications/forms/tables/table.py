"""A table of the form with its rows as cards: as saved, or as somebody has posted it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.http import QueryDict
from django.utils.translation import gettext as _

from applications.forms.tables.base import RowChoices, Saved, row_choices
from applications.forms.tables.cards import RowCard, blank_card, posted_card, saved_card
from applications.forms.tables.summaries import NAMED
from applications.forms.tables.visits import VisitsPlanned, visits_planned
from applications.forms.tables.words import TABLE_WORDS, TableWords
from applications.models import Application, Question
from applications.risk_matrix import RiskMatrix, risk_matrix
from applications.row_columns import PER_PARTY, most_rows
from applications.states import QuestionKind

DO = "row-do"
"""The name of every button that does something with a row: its value is "verb:kind:key"."""


@dataclass
class Table:
    """What `applications/includes/table_editor.html` shows. `deleted`: a row that can be put back.
    `saved`: the rows as they stand, by key."""

    application: Application
    question: Question
    choices: RowChoices
    cards: list[RowCard]
    limit: int
    deleted: RowCard | None = None
    saved: Mapping[str, Saved] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return self.question.kind

    @property
    def words(self) -> TableWords:
        return TABLE_WORDS[self.kind]

    @property
    def named(self) -> str:
        """The field that a card is called by."""
        return NAMED[self.kind]

    @property
    def count(self) -> int:
        return len(self.cards)

    @property
    def count_told(self) -> str:
        """ "12 activities, at most 40"; without the limit where the form names none."""
        return self._with_limit(self.words.count % {"count": self.count})

    @property
    def counted_one(self) -> str:
        """The same as patterns for scripts, where {n} is the number."""
        return self._counted(1)

    @property
    def counted_many(self) -> str:
        return self._counted(2)

    @property
    def is_full(self) -> bool:
        return self.count >= self.limit

    @property
    def blank(self) -> RowCard:
        return blank_card(self.kind, self.choices)

    @property
    def per_party(self) -> bool:
        return self.kind in PER_PARTY

    @property
    def matrix(self) -> RiskMatrix | None:
        """The risks as a picture; None for every other table."""
        if self.kind != QuestionKind.RISKS:
            return None
        return risk_matrix(self.saved.values())

    @property
    def visits_planned(self) -> VisitsPlanned | None:
        """For the table of visits: how many each project year has."""
        return visits_planned(self.application, self.saved.values())

    def card(self, key: str) -> RowCard | None:
        return next((card for card in self.cards if card.key == key), None)

    def read(self, data: QueryDict) -> None:
        """What was posted from the page, in the page's order; rows that others have added since
        come after."""
        posted = list(dict.fromkeys(filter(is_key, data.getlist(f"row-{self.kind}"))))
        cards = [self._posted(key, data) for key in posted]
        theirs = [card for card in self.cards if card.key not in posted]
        self._show([*filter(self._stays, cards), *theirs])

    def add(self) -> RowCard:
        """A new card to write in, for those without script."""
        card = blank_card(self.kind, self.choices, str(uuid4()), self.count + 1)
        self.cards.append(card)
        return card

    def take_out(self, card: RowCard) -> None:
        self.cards.remove(card)
        self._show(self.cards)

    def renew(self, key: str) -> None:
        """Show a row as it stands saved, and drop one that is not saved at all."""
        fresh = self.saved.get(key)
        cards = [card for card in self.cards if card.key != key or fresh]
        self._show(
            [
                saved_card(self.kind, self.choices, fresh, card.number) if card.key == key else card
                for card in cards
            ]
        )

    def _counted(self, count: int) -> str:
        return self._with_limit(
            str(self.words.count % {"count": count}).replace(str(count), "{n}", 1)
        )

    def _with_limit(self, counted: str) -> str:
        if not self.question.max_rows:
            return counted
        return _("%(count)s, at most %(limit)s") % {"count": counted, "limit": self.limit}

    def _stays(self, card: RowCard) -> bool:
        """All but rows that somebody else has deleted and nobody has written in since."""
        return card.touched or card.key in self.saved or not card.version

    def _posted(self, key: str, data: QueryDict) -> RowCard:
        """A row as posted, with what is known of it besides; one that nobody has touched as it
        stands now."""
        card = posted_card(self.kind, self.choices, key, data)
        if key not in self.saved:
            return card
        known = saved_card(self.kind, self.choices, self.saved[key], 0)
        if card.version == known.version:
            card.by, card.at, card.is_copied = known.by, known.at, known.is_copied
            return card
        return card if card.touched else known

    def _show(self, cards: Sequence[RowCard]) -> None:
        self.cards = list(cards)
        for number, card in enumerate(self.cards, start=1):
            card.number = number


def table_of(application: Application, question: Question, data: QueryDict | None = None) -> Table:
    """The table that answers a question, of an application read
    `with_related(…, for_tables(kinds))`; as posted, where `data` is given."""
    choices = getattr(application, "row_choices", None) or row_choices(application)
    application.row_choices = choices  # once for all the tables of a page
    rows = getattr(application, f"read_{question.kind}")
    cards = [
        saved_card(question.kind, choices, row, number) for number, row in enumerate(rows, start=1)
    ]
    limit = most_rows(question.kind, question.max_rows, len(application.parties.all()))
    saved = {row["key"]: row for row in rows}
    table = Table(application, question, choices, cards, limit, saved=saved)
    if data is not None:
        table.read(data)
    return table


def tables_of(boxes: Iterable[Any]) -> list[Table]:
    """The tables among the questions of a page."""
    return [box.table for box in boxes if box.table]


def is_key(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
