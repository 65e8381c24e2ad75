"""Reading everything, and taking it along: page, draft PDF, the case as a ZIP, basis in Word."""

import hashlib
import json
import zipfile
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from applications import actions
from applications.actions.submitting import together
from applications.documents.compared_versions import compared
from tests.applications.attaching import (
    LETTER,
    MINUTES,
    add,
    add_all,
    ask_for_files,
    party_of,
)
from tests.applications.signing import link_for, signs
from tests.conftest import fresh
from tests.moments import AFTER_CLOSE, ENFORCED, MID_ROUND
from tests.pdf_text import pages_of, text_of

pytestmark = pytest.mark.django_db


def page_of(name: str, application) -> str:
    return reverse(name, args=[application.public_id])


def files_of(client, application) -> dict[str, bytes]:
    response = client.get(page_of("application_zip", application))
    assert response["Content-Type"] == "application/zip"
    with zipfile.ZipFile(BytesIO(b"".join(response.streaming_content))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def words_of(client, application) -> str:
    response = client.get(page_of("application_report_basis", application))
    document = Document(BytesIO(response.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells]).replace("\xa0", " ")


# --- the page --------------------------------------------------------------------------------


def test_the_parties_read_the_draft_as_it_stands(ready, lusaka, client_for):
    page = client_for(lusaka).get(page_of("application_everything", ready)).text
    assert "Youth in the climate transition" in page
    assert "It has not been submitted." in page


def test_icld_reads_what_was_submitted_never_what_was_written_since(
    submitted, malmo, officer, client_for
):
    change = {"title_sv": "Något nytt"}
    actions.save_details(submitted, change, by=malmo, at=MID_ROUND)
    assert "Något nytt" in client_for(malmo).get(page_of("application_everything", submitted)).text
    client = client_for(officer)
    assert "Något nytt" not in client.get(page_of("application_everything", submitted)).text
    assert client.get(page_of("application_draft_pdf", submitted)).status_code == 404
    assert not any("utkast" in name for name in files_of(client, submitted))


@pytest.mark.parametrize(
    "name",
    [
        "application_everything",
        "application_draft_pdf",
        "application_zip",
        "application_report_basis",
        "application_differences",
    ],
)
def test_another_municipality_finds_nothing(name, submitted, karlstad, client_for):
    assert client_for(karlstad).get(page_of(name, submitted)).status_code == 404


def test_the_page_needs_few_queries(submitted, malmo, client_for, django_assert_max_num_queries):
    client = client_for(malmo)
    for name in ("application_everything", "application_differences"):
        with django_assert_max_num_queries(12):
            client.get(page_of(name, submitted))


# --- the draft as a PDF ----------------------------------------------------------------------


def test_every_page_of_the_drafts_pdf_says_that_it_is_one(ready, malmo, client_for):
    response = client_for(malmo).get(page_of("application_draft_pdf", ready))
    assert response["Content-Type"] == "application/pdf"
    assert "no-store" in response["Cache-Control"]
    pages = pages_of(response.content)
    assert all("Utkast 10 mars 2027" in " ".join(page.split()) for page in pages)
    assert "Unga i klimatomställningen" in text_of(response.content)


def test_a_draft_that_has_just_begun_can_be_printed_too(draft, malmo, client_for):
    response = client_for(malmo).get(page_of("application_draft_pdf", draft))
    assert response.status_code == 200


def test_after_the_close_there_is_no_draft_of_what_was_submitted(
    submitted, malmo, client_for, set_clock
):
    client = client_for(malmo)
    set_clock(AFTER_CLOSE)
    assert client.get(page_of("application_draft_pdf", submitted)).status_code == 404


def test_a_lapsed_draft_can_still_be_taken_along(ready, malmo, client_for, set_clock):
    client = client_for(malmo)
    set_clock(ENFORCED)
    actions.enforce(ready.round, at=ENFORCED)
    assert client.get(page_of("application_draft_pdf", ready)).status_code == 200
    assert "utkast/utkast.pdf" in files_of(client, ready)


# --- the case as one file --------------------------------------------------------------------


def test_the_file_holds_every_version_with_its_receipt_and_checkable_texts(
    submitted, malmo, client_for
):
    actions.save_details(submitted, {"title_sv": "Ny titel"}, by=malmo, at=MID_ROUND)
    actions.submit(together(fresh(submitted)), by=malmo, at=MID_ROUND)
    files = files_of(client_for(malmo), submitted)
    for submission in submitted.submissions.all():
        folder = f"version {submission.version}"
        content = files[f"{folder}/innehåll.json"]
        assert hashlib.sha256(content).hexdigest() == submission.content_sha256
        assert submission.content_sha256 in text_of(files[f"{folder}/kvittens.pdf"]).replace(
            " ", ""
        )
        named = f"{folder}/{submitted.dnr} ansökan version {submission.version}.pdf"
        assert files[named].startswith(b"%PDF-")
    assert "utkast/utkast.pdf" not in files


def test_the_file_reminds_the_registry(submitted, malmo, client_for):
    text = files_of(client_for(malmo), submitted)["LÄS MIG.txt"].decode("utf-8-sig")
    assert "KS 2027/0412" in text
    assert submitted.dnr in text
    assert "\r\n" in text


def test_a_draft_goes_along_as_what_it_is(ready, malmo, client_for):
    files = files_of(client_for(malmo), ready)
    assert set(files) == {"LÄS MIG.txt", "READ ME.txt", "utkast/utkast.pdf", "utkast/utkast.json"}
    assert json.loads(files["utkast/utkast.json"])["titles"]["en"].startswith("Youth")


@pytest.mark.parametrize(
    "title", ["A/B: vad? <nytt>", "..", "\\\\server\\x", "Å" * 100, "plan.pdf"]
)
def test_an_odd_title_makes_no_odd_file(title, ready, malmo, client_for):
    actions.save_details(ready, {"title_sv": title}, by=malmo, at=MID_ROUND)
    for name in files_of(client_for(malmo), ready):
        assert not set(name) & set('<>:"\\|?*')
        assert ".." not in name.split("/")


def test_files_go_along_and_icld_gets_only_those_that_came_to_it(
    reference, request, malmo, officer, client_for
):
    ask_for_files()
    ready = request.getfixturevalue("ready")
    add_all(ready, by=malmo)
    add(ready, kind=MINUTES, party=party_of(ready), name="protokoll.pdf", by=malmo)
    actions.submit(together(fresh(ready)), by=malmo, at=MID_ROUND)
    add(ready, kind=LETTER, name="senare.pdf", by=malmo)
    own = files_of(client_for(malmo), ready)
    sent = files_of(client_for(officer), ready)
    assert {name[-10:] for name in own} - {name[-10:] for name in sent} >= {"senare.pdf"}
    (minutes,) = [name for name in sent if name.endswith("protokoll.pdf")]
    assert sent[minutes].startswith(b"%PDF-")


# --- a basis for the municipality's own report -----------------------------------------------


def test_the_basis_has_the_parts_of_an_official_report(ready, malmo, client_for):
    text = words_of(client_for(malmo), ready)
    assert "40 000 kr" in text
    assert "Lusaka City Council" in text
    assert "KS 2027/0412" in text
    assert "Unga möter kommunen för sent." in text


def test_what_the_application_lacks_is_a_marked_gap(draft, malmo, client_for):
    assert words_of(client_for(malmo), draft).count("[") >= 4


# --- versions compared -----------------------------------------------------------------------


def test_what_was_changed_since_is_told_part_by_part(submitted, malmo, client_for):
    actions.save_details(
        submitted, {"title_sv": "Unga i stadens omställning"}, by=malmo, at=MID_ROUND
    )
    page = client_for(malmo).get(page_of("application_differences", submitted))
    (difference,) = page.context["differences"]
    assert difference.before == "Unga i klimatomställningen"
    assert difference.after == "Unga i stadens omställning"
    assert "<del>" in page.text


def test_officers_compare_only_what_was_submitted(submitted, malmo, officer, client_for):
    actions.save_details(submitted, {"title_sv": "Något nytt"}, by=malmo, at=MID_ROUND)
    url = page_of("application_differences", submitted)
    page = client_for(officer).get(url, {"till": "utkast"})
    assert "Något nytt" not in page.text
    assert page.context["differences"] == []


def test_a_version_that_is_not_there_is_not_missed(submitted, malmo, client_for):
    url = page_of("application_differences", submitted)
    assert client_for(malmo).get(url, {"fran": "99", "till": "x"}).status_code == 200


def test_a_draft_that_was_never_submitted_has_nothing_to_compare(ready, malmo, client_for):
    url = page_of("application_differences", ready)
    assert client_for(malmo).get(url).status_code == 404


def test_a_version_is_the_same_as_itself(submitted):
    data = submitted.submissions.get().data
    assert compared(data, data) == []


def test_the_case_as_a_file_says_who_has_signed_and_who_has_not(submitted, malmo, client_for):
    signs(client_for(None), link_for(submitted))
    told = files_of(client_for(malmo), submitted)["version 1/underskrifter.txt"].decode("utf-8-sig")
    assert "Kim Ek, Kommunstyrelsens ordförande" in told
    assert submitted.submissions.get().content_sha256 in told
    assert told.count("Inte underskriven.") == 1
