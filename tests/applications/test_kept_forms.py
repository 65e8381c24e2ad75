"""Ordinary forms in a browser: a log-in that ends, or a line that breaks, loses nothing typed."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import Page, expect

from applications.models import Application
from tests.settling import settle

pytestmark = pytest.mark.django_db(transaction=True)

TITLE = "#id_title_sv"
NOTE = ".note.care[role=status]"
BUTTON = "form[data-unsaved] .btn-primary"


@pytest.fixture
def form(live_server, page, context, draft, malmo, client_for):
    """Anna on the page of the title and the dates."""
    cookie = client_for(malmo).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page.goto(live_server.url + reverse("application_basics", args=[draft.public_id]))
    yield page
    settle(page)


def log_in(frame, email: str) -> None:
    frame.locator("#id_login").fill(email)
    frame.locator("#id_password").fill("prova-portalen")
    frame.locator("#login [type=submit]").click()


def end_every_log_in() -> None:
    Session.objects.all().delete()
    cache.clear()


def title(application) -> str:
    return Application.objects.get(pk=application.pk).title_sv


def is_said_to_be_saved(page: Page) -> None:
    expect(page.locator("main > .note.good")).to_contain_text("Sparat")


def kept_in_browser(page) -> int:
    return page.evaluate("Object.keys(sessionStorage).filter((n) => n.startsWith('form')).length")


def test_a_form_sent_after_the_log_in_has_ended_is_sent_when_one_has_logged_in(form, draft, malmo):
    form.locator(TITLE).fill("Skriven för länge")
    end_every_log_in()
    form.locator(BUTTON).click()
    log_in(form.frame_locator("#log-in-again iframe"), malmo.email)
    is_said_to_be_saved(form)
    assert title(draft) == "Skriven för länge"
    assert kept_in_browser(form) == 0


def test_another_person_in_the_dialog_neither_sees_nor_sends_it(form, draft, malmo2, live_server):
    address = form.url
    form.locator(TITLE).fill("Annas titel")
    end_every_log_in()
    form.locator(BUTTON).click()
    log_in(form.frame_locator("#log-in-again iframe"), malmo2.email)
    form.wait_for_url("**/oversikt/")
    form.goto(address)
    expect(form.locator(TITLE)).to_have_value("")
    assert title(draft) == ""
    end_every_log_in()
    form.goto(address)
    log_in(form, "malmo@example.org")
    expect(form.locator(TITLE)).to_have_value("Annas titel")
    expect(form.locator(NOTE)).to_be_visible()


def test_without_network_the_page_stays_and_says_so(form, draft, context):
    form.locator(TITLE).fill("På tåget")
    context.set_offline(True)
    form.locator(BUTTON).click()
    expect(form.locator("#save-state")).to_have_class(re.compile("failed"))
    expect(form.locator(TITLE)).to_have_value("På tåget")
    context.set_offline(False)
    form.locator(BUTTON).click()
    is_said_to_be_saved(form)
    assert title(draft) == "På tåget"


def test_what_was_typed_is_put_back_after_a_reload_and_can_be_thrown_away(form):
    form.on("dialog", lambda dialog: dialog.accept())
    form.locator(TITLE).fill("Inte sparad")
    form.reload()
    expect(form.locator(TITLE)).to_have_value("Inte sparad")
    expect(form.locator("#save-state")).to_have_text("Inte sparat än")
    form.locator(f"{NOTE} button").click()
    expect(form.locator(NOTE)).to_have_count(0)
    expect(form.locator(TITLE)).to_have_value("")


def test_what_was_saved_is_not_put_back(form):
    address = form.url
    form.locator(TITLE).fill("  Sparad  titel ")
    form.locator(BUTTON).click()
    is_said_to_be_saved(form)
    form.goto(address)
    expect(form.locator(TITLE)).to_have_value("Sparad  titel")
    expect(form.locator(NOTE)).to_have_count(0)


def test_what_was_refused_is_kept_with_its_errors(form, draft):
    form.on("dialog", lambda dialog: dialog.accept())
    form.locator(TITLE).fill("x" * 300)
    form.locator(BUTTON).click()
    expect(form.locator("#error-summary")).to_be_visible()
    form.goto(form.url)
    expect(form.locator(TITLE)).to_have_value("x" * 300)
    assert title(draft) == ""


def test_two_clicks_post_once(form, draft):
    form.locator(TITLE).fill("En gång")
    form.locator(BUTTON).dblclick()
    is_said_to_be_saved(form)
    assert title(draft) == "En gång"
    assert Application.objects.get(pk=draft.pk).revision == 1


def test_an_officers_assessment_survives_a_lost_log_in(
    submitted, page, context, live_server, officer, client_for
):
    cookie = client_for(officer).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page.goto(live_server.url + reverse("case_assess", args=[submitted.public_id]))
    page.locator("form[data-unsaved] textarea").first.fill("Väl genomtänkt.")
    end_every_log_in()
    page.locator(BUTTON).click()
    log_in(page.frame_locator("#log-in-again iframe"), officer.email)
    expect(page.locator("#log-in-again")).to_be_hidden()
    page.goto(live_server.url + reverse("case_assess", args=[submitted.public_id]))
    expect(page.locator("form[data-unsaved] textarea").first).to_have_value("Väl genomtänkt.")
    settle(page)


def test_a_question_to_icld_survives_a_lost_log_in_and_is_sent_once(form, draft, malmo):
    form.goto(form.url.replace("/grunder/", "/fragor/"))
    form.locator("[name=text]").fill("Får vi räkna med resor?")
    end_every_log_in()
    form.locator(BUTTON).click()
    log_in(form.frame_locator("#log-in-again iframe"), malmo.email)
    expect(form.locator(".enquiries .party")).to_contain_text("Får vi räkna med resor?")
    expect(form.locator("[name=text]")).to_have_value("")
    expect(form.locator(NOTE)).to_have_count(0)
    assert draft.enquiries.count() == 1
