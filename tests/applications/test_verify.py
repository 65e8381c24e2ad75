"""/verifiera/: anybody can have a number and checksum, or a PDF, confirmed; and learns no more."""

import zipfile
from io import BytesIO

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from applications import actions
from applications.actions.submitting import together
from applications.canonical import sha256
from applications.documents import verifying
from applications.documents.verifying import Confirmed, also_known_by
from applications.models import GivenOut, SubmissionPdf
from icld_portal.files import MAX_SIZE
from tests.applications.pages import text
from tests.conftest import fresh
from tests.moments import DECISION_DAY, MID_ROUND

pytestmark = pytest.mark.django_db

AT = "/verifiera/"
YES, YES_FILE = "Ja, numret och kontrollsumman hör ihop", "Ja, filen kommer från portalen"
NO = "Vi kan inte bekräfta det här"
RECEIVED = "10 mars 2027 kl. 09.12.00 svensk tid (CET)"


@pytest.fixture
def nobody(client_for):
    return client_for(None)


@pytest.fixture
def submission(submitted):
    return submitted.submissions.select_related("application").get()


def words(response) -> str:
    return text(response).replace("\N{NO-BREAK SPACE}", " ")


def ask(client, nr, summa):
    return client.get(AT, {"nr": nr, "summa": summa})


def send(client, content: bytes, name="ansökan.pdf"):
    return client.post(AT, {"pdf": SimpleUploadedFile(name, content, "application/pdf")})


def render_all() -> None:
    while actions.render_next(at=MID_ROUND):
        pass


def test_number_and_checksum_are_confirmed_to_anybody_with_the_moment(nobody, submission):
    page = words(ask(nobody, "2027-0001", submission.content_sha256))
    assert YES in page
    assert RECEIVED in page
    assert "senare version" not in page


def test_the_answer_tells_nothing_of_what_the_document_says(nobody, submission):
    page = words(ask(nobody, "2027-0001", submission.content_sha256))
    secrets = ("Malmö", "Lusaka", "Unga", "40 000", "Anna", "Projekt", "Återkallad")
    assert [secret for secret in secrets if secret in page] == []


def test_what_copying_brings_along_is_forgiven(nobody, submission):
    summa = submission.content_sha256
    broken = f"{summa[:20]}\r\n {summa[20:40]}\u200b\u00ad{summa[40:]}\N{NO-BREAK SPACE}"
    for nr, typed in [
        (" 2027 - 0001 ", summa.upper()),
        ("dnr 2027-0001", f"sha-256: {summa}"),
        ("Diarienummer: 2027\u20130001", f"SHA256={broken}"),
        ("Reg. no. 2027-0001", f"Kontrollsumma för den mottagna versionen (SHA-256):\n{broken}"),
        ("2027-0001", f"Innehållets kontrollsumma (SHA\u2011256)\n{broken}"),
    ]:
        assert YES in words(ask(nobody, nr, typed)), (nr, typed)


@pytest.mark.parametrize(
    ("nr", "summa", "said"),
    [
        ("27-1", "a" * 64, "Ett diarienummer är ett årtal"),
        ("2027-0001\N{ARABIC-INDIC DIGIT ONE}", "a" * 64, "Ett diarienummer är ett årtal"),
        ("2027-0001", "a" * 63, "Den här har 63 tecken"),
        ("2027-0001", "g" * 64, "i den här finns något annat"),
        ("2027-0001", "", "Klistra in kontrollsumman"),
        ("", "a" * 64, "Skriv diarienumret"),
        ("2027-0001\0", "a" * 64, "En sak att rätta"),
        ("2027-0001", "a" * 5000, "En sak att rätta"),
    ],
)
def test_what_is_no_number_or_checksum_is_told_what_to_do(nobody, nr, summa, said):
    response = ask(nobody, nr, summa)
    page = words(response)
    assert response.status_code == 200
    assert said in page
    assert NO not in page


def test_an_unknown_number_and_a_wrong_checksum_are_the_same_answer(nobody, submission):
    known, other = submission.content_sha256, submission.persons_sha256
    pages = [
        words(ask(nobody, nr, summa)).replace(nr, "").replace(summa, "")
        for nr, summa in [("2027-0001", "a" * 64), ("2027-9999", known), ("2027-0001", other)]
    ]
    assert NO in pages[0]
    assert len(set(pages)) == 1


def test_the_number_of_another_case_does_not_go_with_the_checksum(nobody, submission):
    assert NO in words(ask(nobody, "2027-0002", submission.content_sha256))


def test_an_earlier_version_is_confirmed_and_a_later_one_only_mentioned(
    nobody, submitted, submission, malmo
):
    actions.save_details(submitted, {"title_sv": "Ny titel"}, by=malmo, at=MID_ROUND)
    actions.submit(together(fresh(submitted)), by=malmo, at=MID_ROUND)
    page = words(ask(nobody, "2027-0001", submission.content_sha256))
    assert YES in page
    assert "Version 1 Mottagen" in page
    assert "En senare version av samma ansökan har kommit in" in page
    latest = submitted.submissions.get(version=2)
    page = words(ask(nobody, "2027-0001", latest.content_sha256))
    assert "Version 2 Mottagen" in page
    assert "senare version" not in page


def test_what_was_changed_and_changed_back_is_confirmed_as_both_versions(
    nobody, submitted, submission, malmo
):
    title = submitted.title_sv
    for number, given in enumerate(("Ny titel", title), start=1):
        at = MID_ROUND.replace(minute=12 + number)
        actions.save_details(fresh(submitted), {"title_sv": given}, by=malmo, at=at)
        actions.submit(together(fresh(submitted)), by=malmo, at=at)
    page = words(ask(nobody, "2027-0001", submission.content_sha256))
    assert "Version 1" in page
    assert "Version 3" in page
    assert "Version 2" not in page


def test_a_withdrawn_application_is_confirmed_as_any_other(nobody, submitted, submission, malmo):
    before = words(ask(nobody, "2027-0001", submission.content_sha256))
    actions.withdraw([submitted], reason="Pengarna finns ändå.", by=malmo, at=MID_ROUND)
    assert words(ask(nobody, "2027-0001", submission.content_sha256)) == before


def test_the_receipts_link_is_answered_at_once(submitted, submission, malmo, client_for):
    page = client_for(malmo).get(reverse("application_receipt", args=[submitted.public_id])).text
    link = f"{AT}?nr=2027-0001&amp;summa={submission.content_sha256}"
    assert link in page
    assert YES in words(client_for(None).get(link.replace("&amp;", "&")))


def test_the_page_asks_and_answers_in_english(nobody, submission, settings):
    nobody.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    response = ask(nobody, "2027-0001", submission.content_sha256)
    assert response["Content-Language"] == "en"
    assert "Yes, the number and the checksum belong together" in words(response)
    assert "10 March 2027, 09:12:00 Swedish time (CET)" in words(response)


def test_an_answer_is_kept_by_nobody_on_the_way(nobody, submission):
    response = ask(nobody, "2027-0001", submission.content_sha256)
    assert "no-store" in response["Cache-Control"]


# --- the file -----------------------------------------------------------------------------------


def test_every_pdf_that_was_given_out_is_confirmed_byte_for_byte(
    submitted, malmo, lusaka, client_for
):
    render_all()
    anybody = client_for(None)
    for who in (malmo, lusaka):
        client = client_for(who)
        for name in ("submission_pdf", "receipt_pdf"):
            given = client.get(reverse(name, args=[submitted.public_id, 1])).content
            page = words(send(anybody, given))
            assert YES_FILE in page
            assert "2027-0001" in page
            assert RECEIVED in page
            assert NO in words(send(anybody, given + b"\n"))
    kinds = GivenOut.objects.filter(submission__application=submitted)
    assert sorted(kinds.values_list("kind", "language")) == [
        ("application", "en"),
        ("application", "sv"),
        ("receipt", "en"),
        ("receipt", "sv"),
    ]


def test_the_checksum_of_a_pdf_is_confirmed_with_its_number_too(nobody, submitted):
    render_all()
    kept = SubmissionPdf.objects.get(submission__application=submitted)
    assert YES in words(ask(nobody, "2027-0001", kept.sha256))
    assert NO in words(ask(nobody, "2027-0002", kept.sha256))


def test_the_pdfs_in_the_case_as_one_file_are_confirmed(submitted, malmo, client_for):
    render_all()
    case = client_for(malmo).get(reverse("application_zip", args=[submitted.public_id]))
    archive = zipfile.ZipFile(BytesIO(b"".join(case.streaming_content)))
    pdfs = [archive.read(name) for name in archive.namelist() if name.endswith(".pdf")]
    assert len(pdfs) == 2
    for content in pdfs:
        assert YES_FILE in words(send(client_for(None), content))


def test_the_same_bytes_are_written_down_once(submitted, malmo, client_for):
    address = reverse("receipt_pdf", args=[submitted.public_id, 1])
    client = client_for(malmo)
    first, second = client.get(address).content, client.get(address).content
    cache.clear()  # made anew
    assert first == second == client.get(address).content
    assert GivenOut.objects.filter(sha256=sha256(first)).count() == 1


def test_what_was_given_out_is_never_changed_or_forgotten(submitted):
    render_all()
    rows = GivenOut.objects.all()
    for change in (lambda: rows.update(sha256="a" * 64), lambda: rows._raw_delete(rows.db)):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no pdf", b"x" * 3_000_000])
def test_what_is_no_pdf_is_said_to_be_none(nobody, content):
    page = words(send(nobody, content))
    assert "Filen är ingen pdf" in page
    assert NO not in page


def test_no_file_at_all_is_asked_for(nobody):
    assert "Välj en pdf-fil" in words(nobody.post(AT))


def test_a_file_above_the_bound_is_read_past(nobody):
    page = words(send(nobody, b"%PDF-1.7" + b"x" * MAX_SIZE))
    assert "Filen är större än 20 MB" in page


def test_an_uploaded_file_is_gone_with_the_request(nobody, tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = settings.ATTACHMENTS_ROOT = str(tmp_path)
    assert NO in words(send(nobody, b"%PDF-1.7" + b"x" * 4_000_000))
    assert list(tmp_path.iterdir()) == []


def test_a_file_from_another_site_is_refused(submitted):
    strict = Client(enforce_csrf_checks=True)
    assert send(strict, b"%PDF-1.7").status_code == 403


def test_only_asking_and_sending_are_answered(nobody):
    assert nobody.put(AT).status_code == 405


def test_a_higher_floor_can_have_its_pdfs_confirmed(nobody, monkeypatch):
    monkeypatch.setattr(verifying, "_sources", [])
    letter = Confirmed("2027-0042", 1, DECISION_DAY, document="Beslutsbrev")
    also_known_by({sha256(b"%PDF-letter"): letter}.get)
    page = words(send(nobody, b"%PDF-letter"))
    assert "Beslutsbrev" in page
    assert "2027-0042" in page


# --- how often ----------------------------------------------------------------------------------


def test_asking_very_often_is_stopped_and_reading_the_page_is_not(nobody):
    statuses = [ask(nobody, "2027-0001", "a" * 64).status_code for _time in range(45)]
    assert statuses[:40] == [200] * 40
    assert statuses[-1] == 429
    assert send(nobody, b"%PDF-1.7").status_code == 429
    assert nobody.get(AT).status_code == 200


def test_a_cache_that_is_down_stops_nobody(nobody, submission, monkeypatch):
    def gone(*given):
        raise ValueError("no such key")  # what the forgiving cache says while Redis is down

    monkeypatch.setattr(cache, "incr", gone)
    for _time in range(45):
        assert YES in words(ask(nobody, "2027-0001", submission.content_sha256))


def test_the_page_needs_few_queries(nobody, submission, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        ask(nobody, "2027-0001", submission.content_sha256)


def test_the_form_for_the_file_carries_its_token(nobody):
    form = nobody.get(AT).text.split('enctype="multipart/form-data"')[1]
    assert "csrfmiddlewaretoken" in form
