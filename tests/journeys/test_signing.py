"""A signatory abroad, on a phone, with nothing but the mail."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from applications import actions
from applications.actions.submitting import together
from applications.models import Signature
from partnerships.states import Side
from tests.applications.signing import link_for
from tests.applications.test_signing import KIM, organisation, scan_of
from tests.conftest import fresh
from tests.journeys.looking import Look, faults_of
from tests.moments import AFTER_CLOSE, MID_ROUND

pytestmark = pytest.mark.django_db(transaction=True)

ENGLISH_PHONE = Look("en", (375, 320))
SWEDISH = Look("sv", (1280, 375, 320))


@pytest.fixture
def phone(window) -> Page:
    """In a browser that prefers Swedish and has never been here."""
    return window(viewport={"width": 375, "height": 700}, has_touch=True, is_mobile=True)


def test_the_mayor_signs_on_a_phone_and_gets_a_receipt(phone, submitted):
    link = link_for(submitted, Side.INTERNATIONAL)
    phone.goto(link)
    assert faults_of(phone, ENGLISH_PHONE) == []
    phone.get_by_text("Read the application here").click()
    expect(phone.get_by_text("Unga möter kommunen för sent.").first).to_be_visible()
    phone.set_viewport_size({"width": 375, "height": 700})
    phone.locator("#sign button").click()
    expect(phone.locator("#error-summary")).to_be_visible()
    assert faults_of(phone, ENGLISH_PHONE) == []
    assert not Signature.objects.exists()
    phone.locator("#id_agreed").check()
    phone.locator("#sign button").dblclick()
    expect(phone.locator("h1")).to_have_text(re.compile("signed", re.IGNORECASE))
    assert faults_of(phone, ENGLISH_PHONE) == []
    signature = Signature.objects.get()
    assert (signature.name, signature.level) == ("Mutale Banda", "link")
    phone.reload()
    expect(phone.locator("form#sign")).to_have_count(0)


def test_it_is_signed_by_keyboard_alone_and_in_the_other_language(phone, submitted):
    phone.goto(link_for(submitted, Side.INTERNATIONAL))
    phone.get_by_role("button", name="Svenska").click()
    expect(phone.locator("html")).to_have_attribute("lang", "sv")
    phone.locator("#id_name").focus()
    for _field in range(3):
        phone.keyboard.press("Tab")
    phone.keyboard.press("Space")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")
    expect(phone.locator("form#sign")).to_have_count(0)
    assert Signature.objects.count() == 1


def test_links_that_cannot_be_used_say_why(phone, submitted, malmo):
    link = link_for(submitted, Side.INTERNATIONAL)
    actions.save_details(submitted, {"title_sv": "Ny titel"}, by=malmo, at=MID_ROUND)
    actions.submit(together(fresh(submitted)), by=malmo, at=MID_ROUND)
    phone.goto(link)
    expect(phone.locator("#refusal")).to_be_visible()
    assert faults_of(phone, ENGLISH_PHONE) == []
    phone.goto("/skriv-under/nothing/")
    assert faults_of(phone, Look("sv", (375,))) == []


def test_the_coordinators_pages_about_signatures(signed_in, submitted, malmo, lusaka, set_clock):
    page, args = signed_in(malmo), [submitted.public_id]
    own = [*args, organisation(submitted)]
    doubted = KIM.__class__("Kim Ek", "Ordförande", "", lusaka.email, "sv")
    actions.ask_to_sign(submitted, own[1], doubted, by=malmo, at=MID_ROUND)
    scan = scan_of(submitted, malmo)
    partner = organisation(submitted, Side.INTERNATIONAL)
    actions.register_scan(submitted, partner, KIM, scan, by=malmo, at=MID_ROUND)
    for name, more in (
        ("application_signatures", args),
        ("signature_ask", own),
        ("signature_scan", own),
        ("application_declarations", args),
        ("application_withdraw", args),
    ):
        page.goto(reverse(name, args=more))
        assert faults_of(page, SWEDISH) == [], name
    page.locator("main form .btn-stop").click()
    expect(page.locator("#error-summary")).to_be_visible()
    assert faults_of(page, SWEDISH) == []
    page.goto(reverse("application_review", args=args))
    page.locator("#id_at_close").check()
    page.locator("#at-close button").click()
    expect(page.locator("#id_at_close")).to_be_checked()
    set_clock(AFTER_CLOSE)
