"""What is told of rows that are read in: what they become, and what was passed over."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications.actions.budgeting import SEK
from applications.forms.budget import LineChoices
from applications.forms.imported_cells import shown
from funding.columns import Layout
from funding.money import AmountError, parse_kronor
from funding.pasting import Row
from icld_portal.formats import NBSP, kronor, quantity


def told(values: Mapping[str, Any], choices: LineChoices) -> dict[str, str]:
    """The line as a person reads it."""
    count, price = quantity(values["quantity"]), values["price"]
    written = kronor(price) if values["currency"] == SEK else quantity(price)
    factors = [
        str(values["persons"]) if values["cost_type"].is_pay else "",
        f"{count} {values['unit']}".strip(),
        written if values["currency"] == SEK else f"{values['currency']}{NBSP}{written}",
    ]
    return {
        "project_year": str(values["project_year"]),
        "party": str(dict(choices.parties)[values["party_id"]]),
        "cost_type": str(values["cost_type"]),
        "activity": values["activity"],
        "description": values["description"],
        "reckoning": " × ".join(filter(None, factors)),
    }


def as_typed(cells: Mapping[str, str]) -> dict[str, str]:
    factors = [cells.get(name, "") for name in ("persons", "quantity", "unit_price")]
    return {**cells, "reckoning": " × ".join(filter(None, factors))}


def layout_notes(layout: Layout) -> list[str]:
    if not layout.unknown:
        return []
    names = ", ".join(shown(heading) for heading in layout.unknown)
    return [
        _("Columns that the budget does not have were passed over: %(names)s.") % {"names": names}
    ]


def sum_notes(sums: Iterable[Row]) -> list[str]:
    numbers = [str(row.number) for row in sums]
    if not numbers:
        return []
    message = ngettext(
        "Row %(rows)s only adds up others and was passed over.",
        "Rows %(rows)s only add up others and were passed over.",
        len(numbers),
    )
    return [message % {"rows": ", ".join(numbers)}]


def amount_notes(text: str, amount_sek: int) -> list[str]:
    """The sheet's own amount is only held against ours."""
    if not text:
        return []
    try:
        if parse_kronor(text) == amount_sek:
            return []
    except AmountError:
        pass
    figures = {"text": shown(text), "amount": kronor(amount_sek)}
    return [_("the amount says %(text)s, but it is reckoned as %(amount)s.") % figures]
