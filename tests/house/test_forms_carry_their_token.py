"""Every form that posts carries its token; a partial that is included by itself may lose it."""

import re

import pytest
from django.urls import reverse

from applications.models import SignatureRequest
from outbox.tokens import token_for
from tests.addresses import page_of
from tests.moments import AFTER_CLOSE

pytestmark = pytest.mark.django_db
FORM = re.compile(r"<form[^>]*method=\"post\".*?</form>", re.DOTALL)
PAGES = (
    "application",
    "application_basics",
    "application_parties",
    "application_content",
    "application_areas",
    "application_seats",
    "application_budget",
    "budget_import",
    "application_declarations",
    "application_review",
    "comment_thread",
    "answer_history",
    "application_enquiries",
    "application_copy",
    "read_in",
)
SUBMITTED_PAGES = ("application_signatures", "application_withdraw", "signature_ask", "sign")
CASE_PAGES = ("case", "enquiry", "case_assess", "case_assign")


def forms_without_token(html: str) -> list[str]:
    return [form[:120] for form in FORM.findall(html) if "csrfmiddlewaretoken" not in form]


@pytest.mark.parametrize("name", PAGES)
def test_on_the_applicants_pages(name, ready, client_for, malmo):
    html = client_for(malmo).get(page_of(name, ready.public_id)).content.decode()
    assert len(FORM.findall(html)) >= 1
    assert forms_without_token(html) == []


@pytest.mark.parametrize("name", SUBMITTED_PAGES)
def test_on_the_pages_of_what_was_submitted(name, submitted, client_for, malmo):
    asked = SignatureRequest.objects.filter(submission__application=submitted).first()
    addresses = {
        "signature_ask": [submitted.public_id, asked.party.organisation.public_id],
        "sign": [token_for(asked.message.key)],
    }
    url = reverse(name, args=addresses.get(name, [submitted.public_id]))
    html = client_for(malmo).get(url).content.decode()
    assert len(FORM.findall(html)) >= 1
    assert forms_without_token(html) == []


@pytest.mark.parametrize("name", CASE_PAGES)
def test_on_the_officers_pages(name, submitted, client_for, officer, set_clock):
    client = client_for(officer)
    set_clock(AFTER_CLOSE)
    html = client.get(reverse(name, args=[submitted.public_id])).content.decode()
    assert len(FORM.findall(html)) >= 1
    assert forms_without_token(html) == []
