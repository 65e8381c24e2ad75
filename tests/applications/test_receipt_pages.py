"""The receipt: what counts, when it arrived, and the PDF of every version."""

import pytest
from django.urls import reverse

from applications import actions
from applications.actions.submitting import together
from tests.applications.attaching import OTHER, add, ask_for_files
from tests.conftest import fresh
from tests.moments import AFTER_CLOSE, MID_ROUND

pytestmark = pytest.mark.django_db


def receipt_of(application) -> str:
    return reverse("application_receipt", args=[application.public_id])


def pdf_of(application, version=1) -> str:
    return reverse("submission_pdf", args=[application.public_id, version])


def receipt_pdf_of(application, version=1) -> str:
    return reverse("receipt_pdf", args=[application.public_id, version])


def plain(response) -> str:
    return response.text.replace("\N{NO-BREAK SPACE}", " ")


def render_all() -> None:
    while actions.render_next(at=MID_ROUND):
        pass


def test_the_receipt_has_numbers_times_and_hashes_of_both(submitted, malmo, client_for):
    page = plain(client_for(malmo).get(receipt_of(submitted)))
    for application in (submitted, submitted.steering_application):
        submission = application.submissions.get()
        assert submission.content_sha256 in page
        assert submission.application.dnr in page
    assert "10 mars 2027 kl. 09.12.00 svensk tid (CET)" in page
    assert "till och med måndag 15 mars, till midnatt svensk tid" in page


def test_the_pdf_is_awaited_and_then_linked(submitted, malmo, client_for):
    client = client_for(malmo)
    page = client.get(receipt_of(submitted)).text
    assert "hx-trigger" in page
    assert client.get(pdf_of(submitted)).status_code == 404
    render_all()
    page = client.get(receipt_of(submitted)).text
    assert "hx-trigger" not in page
    assert pdf_of(submitted) in page


def test_the_pdf_is_sent_privately_with_a_name_one_can_file(submitted, malmo, client_for):
    render_all()
    response = client_for(malmo).get(pdf_of(submitted))
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")
    assert "private" in response["Cache-Control"]
    assert response["Content-Disposition"].startswith("inline;")
    assert "2027-0001%20ans%C3%B6kan%20version%201.pdf" in response["Content-Disposition"]


@pytest.mark.parametrize(
    ("who", "status"), [("lusaka", 200), ("officer", 200), ("malmo_reader", 200), ("karlstad", 404)]
)
def test_who_may_read_receipt_and_pdf(submitted, who, status, client_for, request):
    render_all()
    client = client_for(request.getfixturevalue(who))
    assert client.get(receipt_of(submitted)).status_code == status
    assert client.get(pdf_of(submitted)).status_code == status
    assert client.get(receipt_pdf_of(submitted)).status_code == status


def test_a_receipt_for_a_version_that_does_not_exist_is_not_found(submitted, malmo, client_for):
    assert client_for(malmo).get(receipt_pdf_of(submitted, 2)).status_code == 404


@pytest.fixture
def asking(reference):
    """The form asks for files before anybody begins."""
    ask_for_files()


def test_every_attached_file_stands_on_the_receipt_with_size_and_hash(
    asking, ready, malmo, client_for
):
    add(ready, by=malmo, kind=OTHER, name="avsikt & mål.pdf")
    actions.submit(together(fresh(ready)), by=malmo, at=MID_ROUND)
    files = fresh(ready).submissions.get().data["attachments"]
    page = plain(client_for(malmo).get(receipt_of(ready)))
    assert "avsikt &amp; mål.pdf (1 kB)" in page
    assert len(files) > 1
    assert all(file["sha256"] in page for file in files)


def test_without_files_the_receipt_says_so(submitted, malmo, client_for):
    assert "Inga filer är bifogade" in client_for(malmo).get(receipt_of(submitted)).text


def test_the_receipts_pdf_is_there_before_the_worker_has_come(submitted, malmo, client_for):
    response = client_for(malmo).get(receipt_pdf_of(submitted))
    assert response.content.startswith(b"%PDF-")
    assert "private" in response["Cache-Control"]
    assert response["Content-Disposition"] == 'inline; filename="2027-0001 kvittens version 1.pdf"'


def test_the_one_who_is_logged_out_is_asked_to_log_in(submitted, client_for):
    response = client_for(None).get(pdf_of(submitted))
    assert response.status_code == 302
    assert reverse("account_login") in response["Location"]


def test_a_version_that_does_not_exist_is_not_found(submitted, malmo, client_for):
    render_all()
    assert client_for(malmo).get(pdf_of(submitted, 2)).status_code == 404


def test_before_the_first_submission_the_review_is_shown_instead(ready, malmo, client_for):
    response = client_for(malmo).get(receipt_of(ready))
    assert response["Location"] == reverse("application_review", args=[ready.public_id])


def test_changes_made_since_are_said_and_the_old_version_counts(submitted, malmo, client_for):
    actions.save_details(submitted, {"title_sv": "Helt ny titel"}, by=malmo, at=MID_ROUND)
    page = client_for(malmo).get(receipt_of(submitted)).text
    assert 'id="changed"' in page


def test_earlier_versions_are_listed_and_kept(submitted, malmo, client_for):
    actions.save_details(submitted, {"title_sv": "Ny titel"}, by=malmo, at=MID_ROUND)
    actions.submit(together(fresh(submitted)), by=malmo, at=MID_ROUND)
    render_all()
    client = client_for(malmo)
    page = client.get(receipt_of(submitted)).text
    assert "Tidigare versioner" in page
    assert pdf_of(submitted, 1) in page
    assert pdf_of(submitted, 2) in page
    assert client.get(pdf_of(submitted, 1)).content != client.get(pdf_of(submitted, 2)).content


def test_after_the_close_nothing_is_offered_that_cannot_be_done(
    submitted, malmo, client_for, set_clock
):
    actions.save_details(submitted, {"title_sv": "Ny titel"}, by=malmo, at=MID_ROUND)
    client = client_for(malmo)
    set_clock(AFTER_CLOSE)
    page = client.get(receipt_of(submitted)).text
    assert "Omgången är stängd" in page
    assert reverse("application_review", args=[submitted.public_id]) not in page


def test_the_receipt_needs_few_queries(submitted, malmo, client_for, django_assert_max_num_queries):
    client = client_for(malmo)
    with django_assert_max_num_queries(12):
        client.get(receipt_of(submitted))
