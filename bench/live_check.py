"""What the budget's page sends while somebody writes: the row that was touched, each time with
another price, so that each request saves, judges and answers."""

from collections.abc import Iterator
from itertools import cycle
from urllib.parse import urlencode

from applications.forms.budget import line_choices
from applications.forms.budget_grid import BudgetGrid
from applications.models import Application

NAME = "budget_live"
PRICES = ("4 310", "4 320")


def bodies(application: Application) -> Iterator[bytes]:
    choices = line_choices(application)
    row = BudgetGrid(choices, application.budget.lines.for_reading()).rows[0]
    cells = {f"{row.key}-{name}": text for name, text in row.typed().items()}
    for price in cycle(PRICES):
        typed = {"row": row.key, **cells, f"{row.key}-unit_price": price}
        yield urlencode(typed).encode()
