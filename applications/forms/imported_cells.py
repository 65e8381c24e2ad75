"""What the cells of a sheet say, put the way that a budget line's form wants it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _

from applications.actions.budgeting import SEK
from applications.forms.budget import LineChoices
from funding.money import AmountError, parse_decimal
from icld_portal.formats import quantity

COLUMN_OF = {"party_id": "party", "cost_type_id": "cost_type"}
"""The column of a form's field, where their names differ."""

_YEAR = re.compile(r"(?:år|year|y)?\s*([0-9]{1,4})", re.IGNORECASE)
_SHOWN = 40  # characters of a refused text that are repeated
_SUGGESTED = 3


@dataclass
class LineTexts:
    """`data` for the form; `wrong`: by column, what the form would say in vaguer words.

    `price_from`: the column that the price was taken from; `notes`: what was understood freely.
    """

    data: dict[str, str]
    wrong: dict[str, str] = field(default_factory=dict)
    price_from: str = "unit_price"
    notes: list[str] = field(default_factory=list)

    def column(self, name: str) -> str:
        """The column where the value of the form's field `name` is mended."""
        return self.price_from if name == "unit_price" else COLUMN_OF.get(name, name)


def line_texts(cells: Mapping[str, str], choices: LineChoices, lead: int | None) -> LineTexts:
    """`lead`: the party of a row that names none."""
    names = ("activity", "description", "persons", "quantity", "unit", "unit_price")
    texts = LineTexts({name: cells.get(name, "") for name in names})
    _name_year(texts, cells.get("project_year", ""), choices)
    _name_party(texts, cells.get("party", ""), choices, lead)
    _name_cost_type(texts, cells.get("cost_type", ""), choices)
    _name_currency(texts, cells.get("currency", ""), choices)
    _find_price(texts, cells.get("amount", ""))
    _count_persons(texts, choices)
    return texts


def shown(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _name_year(texts: LineTexts, text: str, choices: LineChoices) -> None:
    years = [str(year) for year, _label in choices.years]
    said = _YEAR.fullmatch(text)
    if not text and len(years) == 1:
        texts.data["project_year"] = years[0]
        return
    texts.data["project_year"] = said[1].lstrip("0") if said else text
    if not text:
        texts.wrong["project_year"] = _("Write the project year: %(years)s.") % {
            "years": ", ".join(years)
        }
    elif texts.data["project_year"] not in years:
        texts.wrong["project_year"] = _(
            "“%(text)s” is not a year of the project. Write one of %(years)s."
        ) % {"text": shown(text), "years": ", ".join(years)}


def _name_party(texts: LineTexts, text: str, choices: LineChoices, lead: int | None) -> None:
    names = [(label, pk) for pk, label in choices.parties]
    found = _find(text, names) if text else [lead]
    texts.data["party_id"] = str(found[0] or "") if len(found) == 1 else ""
    if len(found) != 1:
        told = {"text": shown(text), "names": ", ".join(label for label, _pk in names)}
        texts.wrong["party"] = (
            _("“%(text)s” is no party of the application. Write one of these: %(names)s.") % told
            if not found
            else _("“%(text)s” can be several parties. Write the whole name: %(names)s.") % told
        )


def _name_cost_type(texts: LineTexts, text: str, choices: LineChoices) -> None:
    names = [
        (name, pk)
        for pk, row in choices.cost_types.items()
        for name in (row.label_sv, row.label_en, row.key)
    ]
    found = _find(text, names) if text else []
    texts.data["cost_type_id"] = str(found[0]) if len(found) == 1 else ""
    if not text:
        texts.wrong["cost_type"] = _("Write the cost type.")
    elif len(found) != 1:
        texts.wrong["cost_type"] = _no_cost_type(text, choices)


def _no_cost_type(text: str, choices: LineChoices) -> str:
    labels = {str(row).casefold(): str(row) for row in choices.cost_types.values()}
    plain = text.casefold()
    inside = [label for label in labels if plain in label]
    like = inside[:_SUGGESTED] or get_close_matches(plain, labels, _SUGGESTED)
    told = {"text": shown(text), "names": ", ".join(labels[label] for label in like)}
    if like:
        return _("“%(text)s” is no cost type. Do you mean one of these: %(names)s?") % told
    return _("“%(text)s” is no cost type. The list of the columns has those there are.") % told


def _name_currency(texts: LineTexts, text: str, choices: LineChoices) -> None:
    code = SEK if text.casefold() in {"", "kr", "kronor"} else text.upper()
    texts.data["currency"] = code
    if code not in choices.currencies:
        texts.wrong["currency"] = _(
            "There is no exchange rate for “%(text)s”. Write one of %(names)s."
        ) % {"text": shown(text), "names": ", ".join(choices.currencies)}


def _find_price(texts: LineTexts, amount: str) -> None:
    """Where there is no price, the amount is the price of one."""
    data = texts.data
    if not data["unit_price"] and amount:
        if _number(data["quantity"] or "1") == 1 and _number(data["persons"] or "1") == 1:
            data["unit_price"], texts.price_from = amount, "amount"
        else:
            texts.wrong["unit_price"] = _(
                "Write the price each: the amount %(amount)s is for several."
            ) % {"amount": shown(amount)}
    if data["unit_price"] and not data["quantity"]:
        data["quantity"] = "1"


def _count_persons(texts: LineTexts, choices: LineChoices) -> None:
    """Only salaries and fees have persons; elsewhere they go into the quantity."""
    data = texts.data
    cost_type = choices.cost_types.get(int(data["cost_type_id"] or 0))
    persons, each = _number(data["persons"]), _number(data["quantity"])
    if cost_type is None or cost_type.is_pay or persons is None or persons <= 1 or each is None:
        return
    data["persons"], data["quantity"] = "1", f"{persons * each:f}"
    texts.notes.append(
        _("%(persons)s persons × %(each)s became the quantity %(quantity)s.")
        % {
            "persons": quantity(persons),
            "each": quantity(each),
            "quantity": quantity(persons * each),
        }
    )


def _number(text: str) -> Decimal | None:
    try:
        return parse_decimal(text)
    except AmountError:
        return None


def _find(text: str, names: Iterable[tuple[str, Any]]) -> list[Any]:
    """The one with that name; else those whose names begin so, each once."""
    names, wanted = list(names), text.casefold()
    exact = [pk for name, pk in names if name.casefold() == wanted]
    begun = [pk for name, pk in names if name.casefold().startswith(wanted)]
    return list(dict.fromkeys(exact or begun))
