"""What an applicant does with a budget, one sentence each."""

from playwright.sync_api import Locator, Page, expect

from tests.journeys.steps import open_section


def add_line(page: Page, application: str, what: str, *, year=1, **cells) -> None:
    """A line of the budget, by the button of its year; saved by itself."""
    open_section(page, application, "Budget")
    write_line(page, new_row(page, what, year), **cells)


def add_visits(page: Page, application: str, *, years: int, price: str) -> None:
    """Two exchange visits a year, one in each country, all written in one go."""
    open_section(page, application, "Budget")
    for year in range(1, years + 1):
        for place in ("Lusaka", "Malmö"):
            row = new_row(page, f"Resa till {place}", year)
            fill_in(row, cost="Internationella resor", quantity="1", price=price)
    is_saved(page)


def new_row(page: Page, what: str, year: int) -> Locator:
    page.get_by_role("button", name=f"Lägg till en rad för år {year}").click()
    row = page.locator(f"section[data-year='{year}'] tr[data-key]").last
    row.get_by_label("Vad pengarna ska gå till").fill(what)
    return row


def change_line(page: Page, application: str, what: str, **cells) -> None:
    open_section(page, application, "Budget")
    write_line(page, line(page, what), **cells)


def delete_line(page: Page, application: str, what: str) -> None:
    open_section(page, application, "Budget")
    row = line(page, what)
    row.locator("summary").click()
    row.get_by_role("button", name="Ta bort").click()
    expect(page.locator("#undo")).to_contain_text(what)
    is_saved(page)


def write_line(page: Page, row: Locator, **cells) -> None:
    """Fill in what is given, and wait until the server has it."""
    fill_in(row, **cells)
    is_saved(page)


def fill_in(row: Locator, *, party=None, cost=None, quantity=None, price=None) -> None:
    for label, choice in {"Part": party, "Kostnadsslag": cost}.items():
        if choice:
            row.get_by_label(label, exact=True).select_option(label=choice)
    for label, value in {"Antal": quantity, "Pris per styck": price}.items():
        if value:
            row.get_by_label(label).fill(value)


def is_saved(page: Page) -> None:
    expect(page.locator("#save-state.saved")).to_contain_text("Sparat")


def line(page: Page, what: str) -> Locator:
    """The row of a line, found by what it is for."""
    rows = page.locator("#budget tr[data-key]").all()
    named = [row.get_by_label("Vad pengarna ska gå till").input_value() for row in rows]
    return rows[named.index(what)]


def said_at(page: Page, what: str) -> Locator:
    """What the budget page says is wrong, in the row below a line."""
    return line(page, what).locator("+ tr.finding")


def said_about_the_whole(page: Page) -> Locator:
    return page.get_by_role("region", name="Om hela budgeten")
