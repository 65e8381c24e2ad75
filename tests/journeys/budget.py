"""What an applicant does with a budget, one sentence each."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.journeys.steps import heading, open_section


def add_line(page: Page, application: str, what: str, **line) -> None:
    """A line of the budget, by the budget page's own button."""
    open_section(page, application, "Budget")
    page.get_by_role("link", name="Lägg till en rad", exact=True).click()
    page.get_by_label("Vad pengarna ska gå till").fill(what)
    write_line(page, **line)


def change_line(page: Page, application: str, what: str, **line) -> None:
    open_section(page, application, "Budget")
    page.get_by_role("link", name=re.compile(f"^Ändra.*{what}")).click()
    write_line(page, **line)


def delete_line(page: Page, application: str, what: str) -> None:
    open_section(page, application, "Budget")
    page.get_by_role("button", name=re.compile(f"^Ta bort.*{what}")).click()
    expect(page.get_by_role("row", name=what)).to_have_count(0)


def write_line(page: Page, *, year=None, party=None, cost=None, quantity=None, price=None) -> None:
    """Fill in what is given, save, and come back to the budget."""
    choices = {"Projektår": year, "Part som har kostnaden": party, "Kostnadsslag": cost}
    for label, choice in choices.items():
        if choice:
            page.get_by_label(label).select_option(label=choice)
    for label, value in {"Antal": quantity, "Pris per styck": price}.items():
        if value:
            page.get_by_label(label).fill(value)
    page.get_by_role("button", name="Spara raden").click()
    expect(heading(page, "Budget")).to_be_visible()


def said_at(page: Page, what: str) -> Locator:
    """What the budget page says is wrong, in the row below a line."""
    return page.locator("tr", has_text=what).locator("+ tr.finding")


def said_about_the_whole(page: Page) -> Locator:
    return page.get_by_role("region", name="Om hela budgeten")
