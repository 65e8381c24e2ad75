"""The receipt as a PDF and as a mail: everything a registry needs, from the frozen copy alone."""

from io import BytesIO

import pikepdf
import pytest
from django.conf import settings

from applications import actions
from applications.actions.submitting import together
from applications.documents.receipt_pdf import receipt_copy, receipt_html, render_receipt
from applications.documents.receipts import received_told, verify_link
from outbox.models import MailText, Message
from outbox.wording import placeholders_in
from tests.applications.attaching import OTHER, add, ask_for_files
from tests.conftest import fresh
from tests.moments import MID_ROUND, SWEDEN
from tests.pdf_text import text_of

pytestmark = pytest.mark.django_db

RECEIPTS = ("submission_receipt", "submission_receipt_at_close")


@pytest.fixture
def asking(reference):
    """The form asks for files before anybody begins."""
    ask_for_files()


@pytest.fixture
def submission(asking, ready, malmo):
    """With one file that Malmö has attached beside those that were asked for."""
    add(ready, by=malmo, kind=OTHER, name="avsikt.pdf")
    return actions.submit(together(fresh(ready)), by=malmo, at=MID_ROUND)[0]


def attached(submission) -> dict:
    return next(row for row in submission.data["attachments"] if row["name"] == "avsikt.pdf")


def joined(text: str) -> str:
    return "".join(text.split())


def test_the_pdf_has_number_moment_zone_version_hash_files_and_the_way_to_verify(submission):
    words = text_of(render_receipt(submission)).replace("\N{NO-BREAK SPACE}", " ")
    file = attached(submission)
    assert "2027-0001" in words
    assert "10 mars 2027 kl. 09.12.00 svensk tid (CET)" in words
    assert "1 (Inskickad i tid)" in words
    assert "avsikt.pdf (1 kB)" in words
    for code in (submission.content_sha256, file["sha256"], verify_link(submission)):
        assert code in joined(words)


def test_the_link_in_it_can_be_followed(submission):
    with pikepdf.open(BytesIO(render_receipt(submission))) as pdf:
        links = [str(mark.A.URI) for page in pdf.pages for mark in page.get("/Annots", [])]
    assert set(links) == {verify_link(submission)}  # one mark for each line it stands on
    assert links[0].startswith(f"{settings.PORTAL_URL}/verifiera/?nr=2027-0001&summa=")


def test_the_same_submission_gives_the_same_bytes(submission):
    assert render_receipt(submission) == render_receipt(submission)


def test_it_is_made_once_for_all_who_ask_in_a_while(submission, monkeypatch):
    first = receipt_copy(submission, "sv")
    monkeypatch.setattr("applications.documents.receipt_pdf.render_pdf", lambda html: b"anew")
    assert receipt_copy(submission, "sv") == first
    assert receipt_copy(submission, "en") == b"anew"


def test_it_is_made_from_the_frozen_copy_and_not_from_later_text(submission, malmo):
    before = receipt_html(submission)
    actions.save_details(
        submission.application, {"title_sv": "Något annat"}, by=malmo, at=MID_ROUND
    )
    assert receipt_html(type(submission).objects.get(pk=submission.pk)) == before


def test_whoever_reads_english_gets_an_english_receipt(submission):
    html = receipt_html(submission, "en")
    assert '<html lang="en">' in html
    assert "10 March 2027, 09:12:00 Swedish time" in html.replace("\N{NO-BREAK SPACE}", " ")


def test_what_people_wrote_is_never_read_as_markup(ready, malmo):
    actions.save_details(ready, {"title_sv": "<img src=x>"}, by=malmo, at=MID_ROUND)
    submission = actions.submit(together(fresh(ready)), by=malmo, at=MID_ROUND)[0]
    assert "&lt;img src=x&gt;" in receipt_html(submission)


def test_the_hour_that_comes_twice_is_told_apart():
    first = MID_ROUND.replace(month=10, day=31, hour=2, minute=30, fold=0)
    told = [received_told(moment) for moment in (first, first.replace(fold=1))]
    assert first.tzinfo is SWEDEN
    assert [text.split()[-1] for text in told] == ["CEST", "CET"]
    assert told[0].removesuffix("CEST") == told[1].removesuffix("CET")


# --- the mail -----------------------------------------------------------------------------------


def test_the_mail_is_a_whole_receipt_by_itself(submission, malmo):
    body = Message.objects.get(address=malmo.email, key__contains=f":{submission.pk}:").body
    body = body.replace("\N{NO-BREAK SPACE}", " ")
    file = attached(submission)
    for words in (
        "Diarienummer: 2027-0001",
        "Mottagen: 10 mars 2027 kl. 09.12.00 CET (svensk tid)",
        "Version: 1",
        submission.content_sha256,
        f"– avsikt.pdf (1 kB)\n  SHA-256 {file['sha256']}",
        verify_link(submission),
        f"/ansokningar/{submission.application.public_id}/kvittens/1.pdf",
    ):
        assert words in body


def test_the_mail_to_the_partner_is_in_english(submission, lusaka):
    body = Message.objects.get(address=lusaka.email, key__contains=f":{submission.pk}:").body
    body = body.replace("\N{NO-BREAK SPACE}", " ")
    assert "Received: 10 March 2027, 09:12:00 CET (Swedish time)" in body
    assert "Attached files:\n– " in body


def test_a_mail_without_files_says_that_there_are_none(submitted, lusaka):
    message = Message.objects.filter(address=lusaka.email, kind="submission_receipt").first()
    assert "Attached files:\nNo files are attached." in message.body


@pytest.mark.parametrize("kind", RECEIPTS)
def test_both_mails_use_what_they_are_given_in_both_languages(kind, reference):
    text = MailText.objects.get(kind=kind)
    for body in (text.body_sv, text.body_en):
        wanted = {"dnr", "received_at", "version", "sha256", "files", "receipt_link", "verify_link"}
        assert wanted <= placeholders_in(body) <= set(text.placeholders)
