"""What has been copied and not touched since, in words. Reads no database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext

from applications.row_columns import COLUMNS

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Untouched:
    """How much still stands as it was copied from one application; `dnr` is its number, empty for
    one that has none."""

    dnr: str
    texts: int
    rows: int

    def text(self) -> str:
        """Worth checking, never in the way."""
        parts = []
        if self.texts:
            texts = ngettext("%(count)s text", "%(count)s texts", self.texts)
            parts.append(texts % {"count": self.texts})
        if self.rows:
            rows = ngettext("%(count)s table row", "%(count)s table rows", self.rows)
            parts.append(rows % {"count": self.rows})
        what = parts[0]
        if len(parts) > 1:
            what = gettext("%(others)s and %(last)s") % {"others": parts[0], "last": parts[1]}
        if self.dnr:
            told = gettext(
                "Copied from %(dnr)s and not changed: %(what)s. Read through what still holds."
            )
        else:
            told = gettext(
                "Copied from another application and not changed: %(what)s. Read through what "
                "still holds."
            )
        return told % {"dnr": self.dnr, "what": what}


def untouched(found: Mapping[str, Iterable[Row]]) -> list[Untouched]:
    """By the application that it was copied from, as `related_rows` gives them."""
    texts = list(found["copied"])
    rows = [row for kind in COLUMNS for row in found[kind] if row["copied"]]
    sources = {row["copied"]: row["copied_dnr"] or "" for row in (*texts, *rows)}
    return [
        Untouched(dnr, _of(source, texts), _of(source, rows)) for source, dnr in sources.items()
    ]


def _of(source: int, rows: Iterable[Row]) -> int:
    return sum(row["copied"] == source for row in rows)
