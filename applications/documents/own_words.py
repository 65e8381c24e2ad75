"""The words that stand in a form before anybody has filled it in, so that what was added to it
outside the boxes can be told apart."""

import re
from collections.abc import Iterable

from django.utils import translation

from accounts.states import Language
from applications.documents.form_told import FormRows, told
from applications.documents.word.offline_form import Written, write_form

_LIST_MARK = re.compile(r"^(?:(?:–|[0-9]+\.) )+")


class OwnWords:
    """Takes down what a form says outside its boxes."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.said: set[str] = set()

    def heading(self, text: str, *, level: int) -> None:
        self._take(text)

    def paragraph(self, text: str, **_look) -> None:
        self._take(text)

    def prose(self, text: str) -> None:
        for line in text.splitlines():
            self._take(line)

    def bullet(self, text: str) -> None:
        self._take(text)

    def new_page(self, **_look) -> None:
        """Says nothing."""

    def box(self, **_box) -> None:
        """What stands in boxes is not taken down."""

    def rows(self, **_table) -> None:
        """Nor what stands in tables."""

    def _take(self, text: str) -> None:
        self.said.add(plain(text))


def plain(text: str) -> str:
    """A text without what word processors change: spaces, letter case, the marks of lists."""
    return _LIST_MARK.sub("", " ".join(text.split()).casefold())


def not_own(rows: FormRows, texts: Iterable[str]) -> list[str]:
    """Those of the texts that the form does not say itself, in either language."""
    own: set[str] = set()
    for language in Language.values:
        with translation.override(language):
            words = OwnWords(language)
            write_form(words, told(rows), round_=None, written=Written())
        own |= words.said
    return [text for text in texts if plain(text) not in own]
