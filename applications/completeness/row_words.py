"""What a row of each table is called, and its columns where they are missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from applications.states import QuestionKind

LONGEST_NAME = 50


@dataclass(frozen=True)
class RowWords:
    """`one`: a row with its number. `named`: the column that tells which row it is. `needed`: what
    a finished row has, with what it is called in a sentence."""

    one: Any
    named: str
    needed: Mapping[str, Any]
    optional: Mapping[str, Any]

    def column(self, name: str) -> Any:
        return self.needed.get(name) or self.optional[name]


WORDS: Mapping[str, RowWords] = {
    QuestionKind.OTHER_ACTORS: RowWords(
        _("Actor %(number)s"),
        "name",
        {"name": _("name"), "kind": _("kind"), "contribution": _("what they contribute")},
        {"country": _("country")},
    ),
    QuestionKind.OBJECTIVES: RowWords(
        _("Objective %(number)s"), "text", {"text": _("the objective")}, {"party": _("party")}
    ),
    QuestionKind.INDICATORS: RowWords(
        _("Indicator %(number)s"),
        "indicator",
        {
            "objective": _("which objective"),
            "indicator": _("indicator"),
            "baseline": _("baseline"),
            "target": _("target"),
            "source": _("source"),
        },
        {},
    ),
    QuestionKind.ACTIVITIES: RowWords(
        _("Activity %(number)s"),
        "name",
        {
            "name": _("name"),
            "starts_on": _("first day"),
            "ends_on": _("last day"),
            "responsible": _("responsible role"),
            "result": _("expected result"),
        },
        {
            "party": _("party"),
            "place": _("place"),
            "description": _("description"),
            "cost_sek": _("cost"),
        },
    ),
    QuestionKind.VISITS: RowWords(
        _("Visit %(number)s"),
        "host",
        {
            "host": _("host"),
            "starts_on": _("first day"),
            "ends_on": _("last day"),
            "persons": _("travellers"),
            "purpose": _("purpose"),
        },
        {},
    ),
    QuestionKind.RISKS: RowWords(
        _("Risk %(number)s"),
        "description",
        {
            "description": _("the risk"),
            "probability": _("probability"),
            "consequence": _("consequence"),
            "measure": _("measure"),
            "responsible": _("responsible role"),
        },
        {},
    ),
    QuestionKind.TEAM: RowWords(
        _("Member %(number)s"),
        "name",
        {
            "party": _("party"),
            "name": _("name"),
            "title": pgettext_lazy("person", "title"),
            "email": _("e-mail"),
        },
        {"leads": _("project manager")},
    ),
    QuestionKind.ANCHORING: RowWords(
        _("Decision %(number)s"),
        "body",
        {
            "party": _("party"),
            "body": _("committee or board"),
            "decided_on": _("day of the decision"),
        },
        {
            "is_taken": _("the decision is taken"),
            "own_dnr": _("registration number"),
            "paragraph": _("paragraph"),
            "note": _("comment"),
        },
    ),
}


def row_name(kind: str, number: int, row: Mapping[str, Any]) -> str:
    """ "Activity 3, Youth council in Lusaka", in the active language."""
    words = WORDS[kind]
    text = str(words.one) % {"number": number}
    name = Truncator(str(row.get(words.named) or "")).chars(LONGEST_NAME)
    return f"{text}, {name}" if name else text


def column_list(kind: str, columns: Iterable[str]) -> str:
    """ "first day, last day and responsible role"."""
    *first, last = [str(WORDS[kind].column(name)) for name in columns]
    if not first:
        return last
    return gettext("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last}
