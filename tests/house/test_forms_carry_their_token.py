"""Every form that posts carries its token; a partial that is included by itself may lose it."""

import re

import pytest
from django.urls import reverse

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
)
CASE_PAGES = ("case", "case_assess", "case_assign")


def forms_without_token(html: str) -> list[str]:
    return [form[:120] for form in FORM.findall(html) if "csrfmiddlewaretoken" not in form]


@pytest.mark.parametrize("name", PAGES)
def test_on_the_applicants_pages(name, ready, client_for, malmo):
    html = client_for(malmo).get(reverse(name, args=[ready.public_id])).content.decode()
    assert len(FORM.findall(html)) >= 1
    assert forms_without_token(html) == []


@pytest.mark.parametrize("name", CASE_PAGES)
def test_on_the_officers_pages(name, submitted, client_for, officer, set_clock):
    client = client_for(officer)
    set_clock(AFTER_CLOSE)
    html = client.get(reverse(name, args=[submitted.public_id])).content.decode()
    assert len(FORM.findall(html)) >= 1
    assert forms_without_token(html) == []
