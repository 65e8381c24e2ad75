"""What moves on the pages by itself: the PDF when it is ready."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from applications import actions
from tests.moments import MID_ROUND

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def visit(live_server, page, context, client_for, malmo):
    """Open an application's page as Malmö's coordinator."""
    cookie = client_for(malmo).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])

    def open_page(name: str, application):
        page.goto(live_server.url + reverse(name, args=[application.public_id]))
        return page

    return open_page


def test_the_pdf_appears_on_the_receipt_when_the_worker_has_made_it(visit, submitted):
    page = visit("application_receipt", submitted)
    expect(page.get_by_text("Görs just nu")).to_have_count(2)
    while actions.render_next(at=MID_ROUND):
        pass
    expect(page.get_by_role("link", name="2027-0001, version 1 (PDF)")).to_be_visible()
    expect(page.get_by_text("Görs just nu")).to_have_count(0)
