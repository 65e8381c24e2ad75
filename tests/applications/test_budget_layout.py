"""Where things stand on the budget page, in a browser: nothing covers what one has to read."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from applications import actions
from funding.models import ExchangeRate
from tests.builders import add_line
from tests.moments import MID_ROUND
from tests.settling import settle

pytestmark = pytest.mark.django_db(transaction=True)

WIDE, PHONE, NARROW = (1280, 800), (375, 700), (320, 640)
LINE = {"source": "Riksbanken, årets medelkurs", "valid_on": date(2027, 2, 1)}


@pytest.fixture
def grid(live_server, page, context, client_for, malmo, ready):
    """The budget page with two lines in kronor and one in shillings."""
    page.emulate_media(reduced_motion="reduce")  # what is scrolled to is there at once
    ExchangeRate.objects.create(currency="KES", rate=Decimal("0.08"), **LINE)
    add_line(ready, "LOGI", 1, Decimal("1000.50"), currency="KES", by=malmo, at=MID_ROUND)
    cookie = client_for(malmo).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page.goto(live_server.url + reverse("application_budget", args=[ready.public_id]))
    yield page
    settle(page)


def resize(page, size) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})


def row(page, number: int):
    return page.locator("#budget tr[data-key]").nth(number)


def cell(page, number: int, label: str):
    return row(page, number).get_by_label(label, exact=True)


def spoil(page, number: int) -> None:
    """Two cells of a row that are wrong at once."""
    cell(page, number, "Antal").fill("-4")
    cell(page, number, "Pris per styck").fill("12 500,50")
    expect(row(page, number).locator(".cell-error:visible")).to_have_count(2)


def overlap(one, other) -> bool:
    a, b = one.bounding_box(), other.bounding_box()
    beside = a["x"] + a["width"] <= b["x"] or b["x"] + b["width"] <= a["x"]
    above = a["y"] + a["height"] <= b["y"] or b["y"] + b["height"] <= a["y"]
    return not (beside or above)


def is_clear(page, place) -> bool:
    """Does it stand between the bars that stick to the window?"""
    box = place.bounding_box()
    top = page.locator(".case-bar").bounding_box()
    bottom = page.locator(".budget-bar").bounding_box()["y"]
    return top["y"] + top["height"] <= box["y"] and box["y"] + box["height"] <= bottom


@pytest.mark.parametrize("size", [WIDE, PHONE, NARROW])
def test_two_wrong_cells_of_a_row_are_told_apart(grid, size):
    resize(grid, size)
    spoil(grid, 0)
    errors = row(grid, 0).locator(".cell-error:visible").all()
    assert not overlap(*errors)
    cells = row(grid, 0).locator("input:visible, select:visible").all()
    assert not any(overlap(error, each) for error in errors for each in cells)


@pytest.mark.parametrize("size", [WIDE, PHONE, NARROW])
def test_the_rate_of_a_line_covers_no_cell(grid, size):
    resize(grid, size)
    rate = row(grid, 2).locator("[data-rate]")
    expect(rate).to_contain_text("Riksbanken, årets medelkurs")
    cells = row(grid, 2).locator("input:visible, select:visible, output").all()
    assert not any(overlap(rate, each) for each in cells)


@pytest.mark.parametrize("size", [PHONE, NARROW])
def test_an_error_is_not_hidden_by_the_bar(grid, size):
    resize(grid, size)
    spoil(grid, 1)
    expect(grid.locator("#save-state")).to_contain_text("Allt är inte sparat")
    assert is_clear(grid, row(grid, 1).locator(".c-price .cell-error"))
    assert is_clear(grid, cell(grid, 1, "Pris per styck"))


@pytest.mark.parametrize("size", [WIDE, PHONE, NARROW])
def test_the_choice_in_a_conflict_is_not_hidden_by_the_bar(grid, ready, malmo2, size):
    resize(grid, size)
    line = ready.budget.lines.first()
    names = ("project_year", "party_id", "activity", "description", "persons", "unit")
    values = {name: getattr(line, name) for name in names} | {"quantity": Decimal(4)}
    values |= {"cost_type": line.cost_type, "currency": "SEK", "price": line.unit_price_sek}
    actions.save_lines(ready, [actions.LineChange(line.key, values)], by=malmo2, at=MID_ROUND)
    cell(grid, 0, "Antal").fill("5")
    theirs = grid.get_by_role("button", name="Ta deras")
    expect(theirs).to_be_visible()
    expect(grid.locator("#save-state")).to_contain_text("Allt är inte sparat")
    assert is_clear(grid, theirs) or size == NARROW  # no room for it and the cell one is in
    cell(grid, 0, "Antal").focus()
    grid.get_by_role("button", name="Spara mitt").focus()
    assert is_clear(grid, grid.get_by_role("button", name="Spara mitt"))


@pytest.mark.parametrize("width", [1600, 1280, 1060, 375, 320])
def test_the_page_lines_up_with_its_header_and_foot(grid, width):
    resize(grid, (width, 800))
    spoil(grid, 0)
    left, right = "e => e.getBoundingClientRect().left", "e => e.getBoundingClientRect().right"
    for side in (left, right):
        frames = [grid.locator(place) for place in (".top .inner", "main", ".foot .inner")]
        assert len({frame.evaluate(side) for frame in frames}) == 1
    assert grid.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_persons_of_a_line_that_is_no_pay_says_why_it_stands_at_one(grid):
    persons = cell(grid, 0, "Personer")
    expect(persons).to_be_disabled()
    assert "Bara löner och arvoden" in persons.get_attribute("title")
    reason = row(grid, 0).get_by_text("Bara för lön och arvode")
    expect(reason).to_be_hidden()
    resize(grid, PHONE)
    expect(reason).to_be_visible()
    cell(grid, 0, "Kostnadsslag").select_option(label="Lön")
    expect(persons).to_be_enabled()
    assert persons.get_attribute("title") == ""
    expect(reason).to_be_hidden()


def test_a_wrong_cell_typed_back_as_it_was_is_right_again(grid):
    before = cell(grid, 0, "Antal").input_value()
    cell(grid, 0, "Antal").fill("-4")
    expect(row(grid, 0).locator(".cell-error:visible")).to_have_count(1)
    cell(grid, 0, "Antal").fill(before)
    expect(row(grid, 0).locator(".cell-error:visible")).to_have_count(0)
    expect(grid.locator("#save-state")).to_contain_text("Sparat")
