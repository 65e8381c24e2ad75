"""The submission as a PDF: made by the worker's task from the frozen copy."""

from io import BytesIO

import pikepdf
import pytest
from django.urls import reverse

from applications.actions import render_next, save_answer, submit
from applications.actions.submitting import together
from applications.canonical import sha256
from applications.documents.submission_pdf import filename, html_of, render
from applications.models import Submission, SubmissionPdf
from tests.moments import MID_ROUND

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(submitted):
    return submitted.submissions.get()


def test_the_document_says_who_applies_for_how_much_and_when_it_arrived(submission):
    html = html_of(submission)
    for words in ("Malmö stad", "Lusaka City Council", "Zambia", "40 000 kr", "kl. 09.12.00"):
        assert words.replace(" ", "\N{NO-BREAK SPACE}") in html or words in html
    assert submission.content_sha256 in html
    assert "Unga i klimatomställningen" in html


def test_headings_are_swedish_and_texts_are_marked_with_their_language(submission):
    html = html_of(submission)
    assert '<html lang="sv">' in html
    assert "Gemensam utmaning" in html
    assert '<p class="prose" lang="en">Too late.</p>' in html


def test_it_is_made_from_the_frozen_copy_and_not_from_later_text(submission, submitted, malmo):
    before = html_of(submission)
    save_answer(
        submitted,
        question_key="objective",
        language="sv",
        text="Något helt annat",
        version=1,
        by=malmo,
        at=MID_ROUND,
    )
    assert html_of(Submission.objects.get(pk=submission.pk)) == before


def test_what_people_wrote_is_never_read_as_markup(draft, ready, malmo):
    save_answer(
        ready,
        question_key="objective",
        language="sv",
        text='<img src="file:///etc/passwd">',
        version=1,
        by=malmo,
        at=MID_ROUND,
    )
    submission = submit(together(ready), by=malmo, at=MID_ROUND)[0]
    assert "&lt;img src=" in html_of(submission)


def test_the_pdf_is_tagged_swedish_and_carries_its_number(submission):
    with pikepdf.open(BytesIO(render(submission))) as pdf:
        assert str(pdf.Root.Lang) == "sv"
        assert pdf.open_metadata()["pdfuaid:part"] == "1"
        assert submission.application.dnr in pdf.open_metadata()["dc:title"]


def test_the_worker_makes_each_pdf_once_and_keeps_its_hash(submission):
    assert render_next(at=MID_ROUND) is not None
    assert render_next(at=MID_ROUND) is not None
    assert render_next(at=MID_ROUND) is None
    made = SubmissionPdf.objects.get(submission=submission)
    assert sha256(bytes(made.content)) == made.sha256


def test_the_file_is_named_after_number_and_version(submission):
    assert filename(submission) == "2027-0001 ansökan version 1.pdf"


def test_whoever_reads_english_gets_a_copy_with_english_headings(submission):
    html = html_of(submission, "en")
    assert '<html lang="en">' in html
    assert "Shared challenge" in html
    assert "This is a reading copy with headings in English" in html
    assert submission.content_sha256 in html
    assert filename(submission, "en").endswith("application version 1.pdf")


def test_the_page_gives_each_reader_theirs_and_makes_the_copy_once(
    submission, submitted, malmo, lusaka, client_for, monkeypatch
):
    render_next(at=MID_ROUND)
    render_next(at=MID_ROUND, after=0)
    while Submission.objects.without_pdf().exists():
        render_next(at=MID_ROUND)
    kept = bytes(SubmissionPdf.objects.get(submission=submission).content)
    made = []
    monkeypatch.setattr(
        "applications.documents.submission_pdf.render",
        lambda *given: made.append(given) or b"%PDF-english",
    )
    url = reverse("submission_pdf", args=[submitted.public_id, 1])
    assert client_for(malmo).get(url).content == kept
    for _time in range(2):
        assert client_for(lusaka).get(url).content == b"%PDF-english"
    assert made == [(submission, "en")]
