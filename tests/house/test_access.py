"""Who reaches which page in which state: the whole cast, every page of a case."""

import pytest
from django.urls import reverse

from applications import actions
from applications.actions.submitting import together
from tests.addresses import page_of
from tests.conftest import fresh
from tests.moments import MID_ROUND

pytestmark = pytest.mark.django_db

READ = ("application", "application_attempts", "budget_xlsx")
REVIEW = (
    *("application_review", "answer_history", "application_enquiries", "application_earlier_texts"),
    *("application_left", "application_comments", "comment_thread"),
    "application_docx",
)
WRITE = (
    "application_basics",
    "application_parties",
    "application_content",
    "application_areas",
    "application_seats",
    "application_budget",
    "budget_import",
    "application_copy",
    "read_in",
    "application_declarations",
)
CASE = ("case", "enquiry")
AFTER_RELEASE = ("application_decision", "application_letter")

# What each of the cast meets: 302 is the log-in page.
DRAFT = {
    "malmo": {READ: 200, REVIEW: 200, WRITE: 200, CASE: 404, AFTER_RELEASE: 404},
    "malmo2": {READ: 200, REVIEW: 200, WRITE: 200, CASE: 404, AFTER_RELEASE: 404},
    "lusaka": {READ: 200, REVIEW: 200, WRITE: 200, CASE: 404, AFTER_RELEASE: 404},
    "malmo_reader": {READ: 200, REVIEW: 200, WRITE: 403, CASE: 404, AFTER_RELEASE: 404},
    "karlstad": {READ: 404, REVIEW: 404, WRITE: 404, CASE: 404, AFTER_RELEASE: 404},
    "officer": {READ: 404, REVIEW: 404, WRITE: 404, CASE: 404, AFTER_RELEASE: 404},
    "decider": {READ: 404, REVIEW: 404, WRITE: 404, CASE: 404, AFTER_RELEASE: 404},
    "administrator": {READ: 404, REVIEW: 404, WRITE: 404, CASE: 404, AFTER_RELEASE: 404},
    None: {READ: 302, REVIEW: 302, WRITE: 302, CASE: 302, AFTER_RELEASE: 302},
}
SUBMITTED = DRAFT | {
    "officer": {READ: 200, REVIEW: 403, WRITE: 403, CASE: 200, AFTER_RELEASE: 404},
    "decider": {READ: 200, REVIEW: 403, WRITE: 403, CASE: 200, AFTER_RELEASE: 404},
}
SIGNED = ("application_signatures", "application_receipt", "receipt_pdf")
WITHDRAW = ("application_withdraw",)
ONCE_SUBMITTED = {
    "malmo": {SIGNED: 200, WITHDRAW: 200},
    "malmo2": {SIGNED: 200, WITHDRAW: 403},
    "lusaka": {SIGNED: 200, WITHDRAW: 403},
    "malmo_reader": {SIGNED: 200, WITHDRAW: 403},
    "karlstad": {SIGNED: 404, WITHDRAW: 404},
    "officer": {SIGNED: 200, WITHDRAW: 403},
    "decider": {SIGNED: 200, WITHDRAW: 403},
    "administrator": {SIGNED: 404, WITHDRAW: 404},
    None: {SIGNED: 302, WITHDRAW: 302},
}
"""Pages that a draft does not have yet."""
SUBMITTED = {who: row | ONCE_SUBMITTED[who] for who, row in SUBMITTED.items()}
TABLES = {"draft": DRAFT, "submitted": SUBMITTED}


def rows():
    for state, table in TABLES.items():
        for who, expected in table.items():
            for pages, status in expected.items():
                for page in pages:
                    yield pytest.param(state, who, page, status, id=f"{state}-{who}-{page}")


@pytest.mark.parametrize(("state", "who", "address", "status"), rows())
def test_who_reaches_which_page(state, who, address, status, ready, malmo, client_for, request):
    if state == "submitted":
        actions.submit(together(ready), by=malmo, at=MID_ROUND)
    user = request.getfixturevalue(who) if who else None
    response = client_for(user).get(page_of(address, fresh(ready).public_id))
    assert response.status_code == status
    if status == 302:
        assert response.url.startswith("/logga-in/")


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("malmo", 403),
        ("lusaka", 403),
        ("officer", 200),
        ("officer2", 200),
        ("decider", 200),
        ("administrator", 403),
        (None, 302),
    ],
)
def test_the_officers_queue_is_for_those_who_read_cases(who, status, client_for, request):
    user = request.getfixturevalue(who) if who else None
    assert client_for(user).get(reverse("cases")).status_code == status
