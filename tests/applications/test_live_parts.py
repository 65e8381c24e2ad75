"""What moves on the pages by itself: the amount of a line, and the PDF when it is ready."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from applications import actions
from funding.models import BudgetLine
from tests.moments import MID_ROUND

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def visit(live_server, page, context, client_for, malmo):
    """Open an application's page as Malmö's coordinator."""
    page.set_default_timeout(8000)
    cookie = client_for(malmo).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])

    def open_page(name: str, application):
        page.goto(live_server.url + reverse(name, args=[application.public_id]))
        return page

    return open_page


def test_a_line_shows_its_amount_and_what_its_cost_type_covers(visit, ready):
    page = visit("budget_line_new", ready)
    page.get_by_label("Kostnadsslag").select_option(label="Lön")
    expect(page.locator("#cost-help")).to_contain_text("Lön och sociala avgifter")
    page.get_by_label("Personer").fill("2")
    page.get_by_label("Antal").fill("2,5")
    page.get_by_label("Pris per styck").fill("4.800")
    expect(page.locator("output")).to_have_text("24 000 kr")
    page.get_by_label("Kostnadsslag").select_option(label="Logi")
    expect(page.get_by_label("Personer")).to_be_hidden()
    expect(page.locator("output")).to_have_text("12 000 kr")
    page.get_by_label("Pris per styck").fill("4800,50")
    expect(page.locator("output")).to_be_hidden()


def test_a_double_click_adds_one_line(visit, ready):
    page = visit("budget_line_new", ready)
    page.get_by_label("Kostnadsslag").select_option(label="Logi")
    page.get_by_label("Vad pengarna ska gå till").fill("Hotell")
    page.get_by_label("Antal").fill("1")
    page.get_by_label("Pris per styck").fill("900")
    page.get_by_role("button", name="Spara raden").dblclick()
    expect(page.get_by_role("heading", name="Budget", exact=True)).to_be_visible()
    assert BudgetLine.objects.filter(description="Hotell").count() == 1


def test_the_pdf_appears_on_the_receipt_when_the_worker_has_made_it(visit, submitted):
    page = visit("application_receipt", submitted)
    expect(page.get_by_text("Görs just nu")).to_have_count(2)
    while actions.render_next(at=MID_ROUND):
        pass
    expect(page.get_by_role("link", name="2027-0001, version 1 (PDF)")).to_be_visible()
    expect(page.get_by_text("Görs just nu")).to_have_count(0)
