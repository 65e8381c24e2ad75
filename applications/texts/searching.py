"""Words of a search as beginnings that their other forms share: "ansökningar" finds "ansökan".

PostgreSQL's Swedish stemmer does not join such words, so endings are taken off here, generously:
a search in a few hundred texts had better find one too many than miss the one.
"""

import re
import unicodedata
from collections.abc import Iterable

ENDINGS = (
    *("ningarnas", "ningarna", "ningens", "ningar", "ningen", "ning"),
    *("heterna", "heten", "heter", "arna", "orna", "erna", "ande", "ens", "ets", "ing"),
    *("ies", "ar", "or", "er", "en", "et", "an", "na", "es", "ed", "a", "e", "s", "n", "t", "y"),
)
"""Of Swedish and English words, the longest first."""

SHORTEST = 3
"""Letters that must remain of a word."""

MOST = 8
"""Words of a search that count."""

_WORD = re.compile(r"[^\W_]+")


def stems(text: str) -> list[str]:
    """What the words of a search have in common with their other forms; letters and digits only."""
    return [_stem(word.casefold()) for word in _WORD.findall(text)[:MOST]]


def sought_in(texts: Iterable[str]) -> str:
    """What a search by `stems` looks through: the texts as they are and, for keyboards without
    å, ä and ö, without marks."""
    plain = " ".join(filter(None, texts)).casefold()
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", plain)
        if not unicodedata.combining(letter)
    )
    return plain if bare == plain else f"{plain} {bare}"


def _stem(word: str) -> str:
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            return word.removesuffix(ending)
    return word
