"""Whom a comment mentions by name: "@Grace" or "@Grace Tembo" in its text."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from applications.documents.people import Person


def named_in(text: str, people: Sequence[Person]) -> set[int]:
    """The users whom a text names after an @, by full name or by first name, in any case.

    A name that two of them share names neither; nor does the @ of a mail address name anybody.
    """
    plain = _plain(text)
    return _called(plain, [(_plain(each.name), each.pk) for each in people]) | _called(
        plain, [(_first(each.name), each.pk) for each in people]
    )


def _called(text: str, names: Iterable[tuple[str, int]]) -> set[int]:
    names = list(names)
    shared = Counter(name for name, _pk in names)
    return {pk for name, pk in names if name and shared[name] == 1 and _is_called(name, text)}


def _is_called(name: str, text: str) -> bool:
    return bool(re.search(rf"(?<!\w)@{re.escape(name)}(?!-?\w)", text))


def _first(name: str) -> str:
    return _plain(name).partition(" ")[0]


def _plain(text: str) -> str:
    """As it is compared: one space between words, and no capitals."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
