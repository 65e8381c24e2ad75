"""The page of attachments, with and without script, and who may read which file."""

import re
from html import unescape
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from applications import actions, tasks
from applications.actions.submitting import together
from applications.models import Application, Attachment, AttachmentPromise, Upload
from applications.states import ApplicationState, FileState
from decisions.tasks import open_cases
from icld_portal import files
from icld_portal.files import MAX_SIZE
from tests.applications import file_samples as samples
from tests.applications.attaching import (
    MINUTES,
    OTHER,
    add,
    add_all,
    ask_for_files,
    emptied,
    party_of,
)
from tests.applications.pages import address, text
from tests.conftest import fresh
from tests.moments import AFTER_CLOSE, MID_ROUND

pytestmark = pytest.mark.django_db


@pytest.fixture
def asking(reference):
    """The form asks for files before anybody begins."""
    ask_for_files()


@pytest.fixture
def ready(asking, ready):
    return emptied(ready)


@pytest.fixture
def complete(ready, malmo):
    add_all(ready, by=malmo)
    return fresh(ready)


@pytest.fixture
def submitted(complete, malmo):
    actions.submit(together(complete), by=malmo, at=MID_ROUND)
    return fresh(complete)


@pytest.fixture
def anna(client_for, malmo):
    return client_for(malmo)


def url(application) -> str:
    return address(application, "bilagor/")


def file_of(made: Attachment) -> str:
    place = [made.application.public_id, made.public_id, made.name]
    return reverse("attachment", args=place)


def posted(name="avsikt.pdf", content=None, **fields):
    file = SimpleUploadedFile(name, samples.pdf() if content is None else content)
    return {"upload": "1", "kind": "letter_of_intent", "party": "", "file": file} | fields


# --- the page -------------------------------------------------------------------------------


def test_every_kind_says_what_is_asked_and_what_is_there(anna, ready, malmo):
    made = add(ready, by=malmo)
    page = text(anna.get(url(ready)))
    assert f"{made.name}" in page
    assert "PDF" in page
    assert "Anna Ek, 10 mars 2027" in page.replace("\xa0", " ")
    assert page.count("Malmö stad") >= 1
    assert "Lusaka City Council" in page


def test_a_form_without_attachments_has_no_such_page(anna, ready):
    assert anna.get(url(ready.steering_application)).status_code == 404


def test_the_page_needs_few_queries(anna, complete, malmo, django_assert_max_num_queries):
    for number in range(10):
        add(complete, by=malmo, kind=OTHER, name=f"{number}.pdf")
    with django_assert_max_num_queries(12):
        anna.get(url(complete))


def test_the_review_with_files_needs_few_queries(anna, complete, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        page = anna.get(address(complete, "granska/"))
    assert "avsikt.pdf" in text(page)


def test_a_file_from_an_ordinary_form(anna, ready):
    response = anna.post(url(ready), posted(), follow=True)
    assert response.redirect_chain
    assert ready.attachments.get().name == "avsikt.pdf"


def test_several_files_and_one_that_is_refused(anna, ready):
    chosen = [
        SimpleUploadedFile("a.pdf", samples.pdf()),
        SimpleUploadedFile("b.pdf", b"MZ" + bytes(90)),
        SimpleUploadedFile("c.png", samples.picture("JPEG")),
    ]
    response = anna.post(url(ready), posted(kind=OTHER, file=chosen))
    assert response.status_code == 409
    assert "b.pdf" in re.search(r'id="refusals".*?</div>', response.content.decode(), re.S)[0]
    assert [row.name for row in ready.attachments.all()] == ["a.pdf", "c.jpg"]


def test_an_empty_file_is_told(anna, ready):
    response = anna.post(url(ready), posted(content=b""))
    assert response.status_code == 409
    assert not ready.attachments.exists()


def test_twenty_megabytes_and_a_byte_in_an_ordinary_form_are_not_even_written_down(anna, ready):
    response = anna.post(url(ready), posted(content=bytes(MAX_SIZE + 1), name="stor.pdf"))
    assert response.status_code == 409
    assert "stor.pdf" in text(response)
    assert not Upload.objects.exists()


def test_twenty_megabytes_are_taken(anna, ready):
    anna.post(url(ready), posted(content=samples.padded_pdf(MAX_SIZE)))
    assert ready.attachments.get().size == MAX_SIZE


def test_replace_keeps_the_older_version_where_it_can_be_read(anna, ready, malmo):
    first = add(ready, by=malmo)
    replaced = posted("ny.pdf", samples.pdf(2), replaces=str(first.public_id))
    anna.post(url(ready), replaced)
    html = anna.get(url(ready)).content.decode()
    assert html.index("ny.pdf") < html.index(file_of(first))
    assert anna.get(file_of(first)).status_code == 200


def test_remove_and_put_back(anna, ready, malmo):
    made = add(ready, by=malmo)
    anna.post(url(ready), {"remove": str(made.public_id)})
    assert not ready.attachments.current().exists()
    assert f'name="restore" value="{made.public_id}"' in anna.get(url(ready)).content.decode()
    anna.post(url(ready), {"restore": str(made.public_id)})
    assert ready.attachments.current().get() == made


def test_promise_a_day_and_take_it_back(anna, ready):
    party = party_of(ready)
    key = f"minutes-{party.organisation.public_id}"
    place = {"kind": MINUTES, "party": party.pk}
    day = {f"{key}-promised_on": "2027-04-20", f"{key}-note": "Kommunstyrelsen sammanträder"}
    anna.post(url(ready), {"promise": "1", **place, **day})
    page = text(anna.get(url(ready))).replace("\xa0", " ")
    assert "20 april 2027" in page
    assert "Kommunstyrelsen sammanträder" in page
    anna.post(url(ready), {"withdraw": "1", **place})
    assert not AttachmentPromise.objects.exists()


@pytest.mark.parametrize("day", ["", "2027-03-10", "2030-01-01", "imorgon"])
def test_a_day_that_cannot_be_promised_is_told_at_its_field(anna, ready, day):
    party = party_of(ready)
    key = f"minutes-{party.organisation.public_id}"
    fields = {"promise": "1", "kind": MINUTES, "party": party.pk, f"{key}-promised_on": day}
    response = anna.post(url(ready), fields)
    assert f'id="id_{key}-promised_on_error"' in response.content.decode()
    assert not AttachmentPromise.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"remove": "nonsense"},
        {"restore": "b7f2a1d0-0000-4000-8000-000000000000"},
        {"upload": "1", "kind": "virus", "party": ""},
        {"upload": "1", "kind": "minutes", "party": "999999"},
        {"promise": "1", "kind": "letter_of_intent", "party": ""},
        {},
    ],
)
def test_a_post_about_something_that_is_not_there_is_404(anna, ready, fields):
    assert anna.post(url(ready), fields).status_code == 404


def test_another_cases_file_is_not_removed_from_here(anna, ready, malmo, pair):
    made = add(ready, by=malmo)
    Attachment.objects.filter(pk=made.pk).update(application=pair[1])
    assert anna.post(url(ready), {"remove": str(made.public_id)}).status_code == 404


def test_after_the_close_only_what_was_promised_can_be_added(anna, submitted, set_clock):
    set_clock(AFTER_CLOSE)
    html = anna.get(url(submitted)).content.decode()
    assert html.count('name="upload"') == 1
    assert 'name="remove"' not in html
    party = party_of(submitted)
    late = posted("protokoll.pdf", kind=MINUTES, party=party.pk)
    anna.post(url(submitted), late)
    assert submitted.attachments.get(late=True).name == "protokoll.pdf"
    assert anna.post(url(submitted), posted("ny.pdf")).status_code == 409


# --- in pieces, as the script sends them ----------------------------------------------------


def begin(client, application, size, name="plan.pdf", **fields):
    given = {"name": name, "size": size, "kind": OTHER, "party": ""} | fields
    return client.post(address(application, "bilagor/ny/"), given)


def put(client, upload_url, piece, offset):
    return client.put(
        upload_url,
        piece,
        content_type="application/octet-stream",
        headers={"Upload-Offset": str(offset)},
    )


def test_a_file_in_pieces(anna, ready):
    content = samples.padded_pdf(2_500_000)
    begun = begin(anna, ready, len(content))
    assert begun.status_code == 201
    where = begun.json()["url"]
    piece = begun.json()["piece"]
    for offset in range(0, len(content), piece):
        answer = put(anna, where, content[offset : offset + piece], offset)
        assert answer.json() == {"received": min(offset + piece, len(content))}
    done = anna.post(where)
    assert "plan.pdf" in done.content.decode()
    assert anna.post(where).status_code == 200
    assert ready.attachments.get().size == len(content)


def test_a_lost_answer_a_second_tab_and_a_gap_are_told_where_to_go_on(anna, ready):
    where = begin(anna, ready, 3000).json()["url"]
    put(anna, where, bytes(1000), 0)
    for offset in (0, 500, 2000):
        answer = put(anna, where, bytes(1000), offset)
        assert answer.status_code == 409
        assert answer.json()["received"] == 1000
        assert answer.json()["code"] == "piece_out_of_place"
    assert anna.get(where).json() == {"received": 1000, "size": 3000}
    assert anna.post(where).json()["code"] == "piece_out_of_place"


@pytest.mark.parametrize("offset", ["", "-1", "x", "²"])
def test_a_piece_without_a_place_is_a_bad_request(anna, ready, offset):
    where = begin(anna, ready, 3000).json()["url"]
    headers = {"Upload-Offset": offset.encode("latin-1").decode("latin-1")}
    answer = anna.put(where, b"x", content_type="application/octet-stream", headers=headers)
    assert answer.status_code == 400


@pytest.mark.parametrize(("size", "code"), [(0, "file_empty"), (MAX_SIZE + 1, "file_too_large")])
def test_a_size_that_is_not_taken_is_told_before_sending(anna, ready, size, code):
    answer = begin(anna, ready, size)
    assert (answer.status_code, answer.json()["code"]) == (409, code)


def test_a_refused_file_is_told_and_gone(anna, ready):
    content = b"\x7fELF" + bytes(100)
    where = begin(anna, ready, len(content)).json()["url"]
    put(anna, where, content, 0)
    answer = anna.post(where)
    assert (answer.status_code, answer.json()["code"]) == (409, "file_is_program")
    assert anna.get(where).status_code == 404


def test_cancel(anna, ready):
    where = begin(anna, ready, 3000).json()["url"]
    assert anna.delete(where).status_code == 204
    assert anna.get(where).status_code == 404


def test_somebody_elses_upload_is_not_there(anna, ready, client_for, malmo2):
    where = begin(anna, ready, 3000).json()["url"]
    bo = client_for(malmo2)
    assert bo.get(where).status_code == 404
    assert put(bo, where, b"x", 0).status_code == 404
    assert bo.post(where).status_code == 404


def test_a_script_that_is_logged_out_hears_401(client_for, ready):
    nobody = client_for(None)
    assert begin(nobody, ready, 10).status_code == 401


def test_an_unfinished_upload_is_shown_with_a_way_to_cancel_it(anna, ready):
    where = begin(anna, ready, 3000, name="halv.pdf").json()["url"]
    put(anna, where, bytes(1000), 0)
    assert "halv.pdf" in text(anna.get(url(ready)))
    anna.post(url(ready), {"cancel": str(Upload.objects.get().public_id)})
    assert not Upload.objects.exists()


# --- reading the files ----------------------------------------------------------------------


def test_a_file_is_served_safely_and_as_it_came(anna, ready, malmo):
    made = add(ready, by=malmo, name='Protokoll "§ 12" åäö.pdf')
    answer = anna.get(file_of(made))
    assert b"".join(answer.streaming_content) == samples.pdf()
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''Proto")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    "name", ["a?b#c.pdf", "100%2F.pdf", "a;b=c.pdf", "مرفق.pdf", "📷 & <b>.pdf", "'\"`.pdf"]
)
def test_any_name_can_be_an_address_and_is_shown_as_text(anna, ready, malmo, name):
    made = add(ready, by=malmo, name=name)
    assert made.name == name
    page = anna.get(url(ready)).content.decode()
    assert "<b>.pdf" not in page
    where = re.search(rf'href="([^"]*{made.public_id}[^"]*)"', page)[1]
    answer = anna.get(unescape(where))
    assert answer.status_code == 200
    named = answer.headers["Content-Disposition"]
    assert quote(name, safe="") in named or name.isascii()


def test_a_file_swapped_on_the_disk_is_not_handed_out(anna, ready, malmo, caplog):
    made = add(ready, by=malmo)
    files.kept(made.stored_as).write_bytes(samples.pdf(4))
    answer = anna.get(file_of(made))
    assert answer.status_code == 409
    assert b"%PDF" not in answer.content
    assert str(made.public_id) in caplog.text
    files.kept(made.stored_as).unlink()
    assert anna.get(file_of(made)).status_code == 409


def test_a_waiting_file_is_read_by_nobody_but_the_one_who_sent_it(
    anna, ready, malmo, malmo2, client_for
):
    made = add(ready, by=malmo)
    Attachment.objects.filter(pk=made.pk).update(state=FileState.WAITING)
    assert client_for(malmo2).get(file_of(made)).status_code == 409
    assert anna.get(file_of(made)).status_code == 200


def test_a_refused_file_is_read_by_nobody(anna, ready, malmo):
    made = add(ready, by=malmo)
    Attachment.objects.filter(pk=made.pk).update(state=FileState.REFUSED)
    assert anna.get(file_of(made)).status_code == 409
    page = anna.get(url(ready)).content.decode()
    assert file_of(made) not in page


def test_a_preview_is_a_picture_drawn_by_the_portal(anna, ready, malmo):
    made = add(ready, by=malmo)
    args = [ready.public_id, made.public_id]
    small = reverse("attachment_preview", args=[*args, "liten"])
    assert anna.get(small).status_code == 404
    tasks.draw_previews()
    answer = anna.get(small)
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert small in anna.get(url(ready)).content.decode()
    assert anna.get(reverse("attachment_preview", args=[*args, "enorm"])).status_code == 404


PARTIES = ("malmo", "malmo2", "malmo_reader", "lusaka")
ICLD = ("officer", "officer2", "decider")
CAST = (*PARTIES, *ICLD, "karlstad", "administrator", None)


@pytest.mark.parametrize("who", CAST)
@pytest.mark.parametrize("state", ["draft", "submitted", "changed", "late"])
def test_who_reads_which_file_when(who, state, complete, malmo, client_for, request, set_clock):
    """`changed`: a file that came after the submission; `late`: one on a promise, after the
    close."""
    made = complete.attachments.first()
    if state != "draft":
        actions.submit(together(complete), by=malmo, at=MID_ROUND)
    if state == "changed":
        made = add(fresh(complete), by=malmo, kind=OTHER, name="ny.pdf")
    if state == "late":
        place = {"kind": MINUTES, "party": party_of(complete)}
        made = add(fresh(complete), by=malmo, name="ny.pdf", at=AFTER_CLOSE, **place)
    tasks.draw_previews()
    client = client_for(request.getfixturevalue(who) if who else None)
    expected = {None: 302}.get(who, 404)
    if who in PARTIES or (who in ICLD and state in {"submitted", "late"}):
        expected = 200
    picture = reverse("attachment_preview", args=[complete.public_id, made.public_id, "stor"])
    assert client.get(file_of(made)).status_code == expected
    assert client.get(picture).status_code == expected


def test_what_a_submission_held_is_read_also_when_it_has_been_replaced(
    submitted, malmo, client_for, officer
):
    first = submitted.attachments.current().get(kind="letter_of_intent")
    second = add(submitted, by=malmo, content=samples.pdf(2), replaces=first)
    sara = client_for(officer)
    assert sara.get(file_of(first)).status_code == 200
    assert sara.get(file_of(second)).status_code == 404


def test_a_draft_that_names_a_files_number_in_a_text_opens_nothing(
    submitted, malmo, client_for, officer
):
    """The number stands in the frozen copy, though not among its attachments."""
    secret = add(submitted, by=malmo, kind=OTHER, name="utkast.pdf")
    actions.save_details(submitted, {"title_sv": str(secret.public_id)}, by=malmo, at=MID_ROUND)
    actions.remove_attachment(secret, by=malmo, at=MID_ROUND)
    actions.submit(together(fresh(submitted)), by=malmo, at=MID_ROUND)
    assert client_for(officer).get(file_of(secret)).status_code == 404


def test_a_file_under_another_case_is_not_there(anna, ready, malmo):
    made = add(ready, by=malmo)
    wrong = file_of(made).replace(str(ready.public_id), str(ready.steering_application.public_id))
    assert anna.get(wrong).status_code == 404


@pytest.mark.parametrize(
    ("who", "draft", "handed_in"),
    [
        ("malmo", 200, 200),
        ("malmo2", 200, 200),
        ("lusaka", 200, 200),
        ("malmo_reader", 403, 403),
        ("karlstad", 404, 404),
        ("officer", 404, 403),
        ("administrator", 404, 404),
        (None, 302, 302),
    ],
)
def test_who_reaches_the_page(who, draft, handed_in, complete, malmo, client_for, request):
    client = client_for(request.getfixturevalue(who) if who else None)
    assert client.get(url(complete)).status_code == draft
    actions.submit(together(complete), by=malmo, at=MID_ROUND)
    assert client.get(url(complete)).status_code == handed_in


# --- where it is told -----------------------------------------------------------------------


def test_receipt_case_and_pdf_tell_the_files_and_the_promise(
    submitted, anna, client_for, officer, set_clock
):
    for client, page in (
        (anna, address(submitted, "kvittens/")),
        (client_for(officer), reverse("case", args=[submitted.public_id])),
    ):
        if page.startswith("/arenden"):
            open_cases()
        told = text(client.get(page)).replace("\xa0", " ")
        assert "avsikt.pdf" in told
        assert "20 april 2027" in told


def test_after_the_close_the_case_tells_what_came_and_what_is_awaited(
    submitted, malmo, client_for, officer, set_clock, django_assert_max_num_queries
):
    open_cases()
    set_clock(AFTER_CLOSE)
    sara, page = client_for(officer), reverse("case", args=[submitted.public_id])
    set_clock(AFTER_CLOSE)
    assert 'id="beside"' in sara.get(page).content.decode()
    place = {"kind": MINUTES, "party": party_of(submitted)}
    made = add(submitted, by=malmo, name="sent.pdf", at=AFTER_CLOSE, **place)
    with django_assert_max_num_queries(12):
        html = sara.get(page).content.decode()
    assert file_of(made) in html


def test_an_officer_meets_a_waiting_file_under_the_cases_number(
    submitted, malmo, client_for, officer
):
    actions.save_details(submitted, {"title_sv": "Hemlig ny titel"}, by=malmo, at=MID_ROUND)
    made = submitted.attachments.first()
    Attachment.objects.filter(pk=made.pk).update(state=FileState.WAITING)
    page = client_for(officer).get(file_of(made))
    assert page.status_code == 409
    assert "Hemlig ny titel" not in page.content.decode()


def test_forms_on_the_page_carry_their_token(anna, complete):
    html = anna.get(url(complete)).content.decode()
    forms = re.findall(r"<form[^>]*method=\"post\".*?</form>", html, re.DOTALL)
    assert len(forms) >= 5
    assert all("csrfmiddlewaretoken" in form for form in forms)


def test_a_lapsed_drafts_files_are_read_and_not_changed(anna, complete):
    Application.objects.filter(pk=complete.pk).update(state=ApplicationState.LAPSED)
    html = anna.get(url(complete)).content.decode()
    assert "avsikt.pdf" in html
    assert 'name="upload"' not in html
