"""A filled-in form is looked at before it is read in; nothing is overwritten, cut or kept."""

from io import BytesIO
from uuid import uuid4
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.db.models import F
from django.urls import reverse
from docx import Document

from applications import actions
from applications.documents.form_told import form_rows
from applications.documents.word.offline_form import offline_form
from applications.documents.word.reading import MAX_BYTES, MAX_PART
from applications.models import Answer, AnswerVersion, Application, FormVersion
from applications.models.tables import Indicator, Objective, Risk, TeamMember, Visit
from applications.states import QuestionKind
from tests.applications.pages import text
from tests.applications.tables import save
from tests.applications.word_forms import changed, download, filled, table_of, upload, with_xml
from tests.html_forms import fields_of
from tests.moments import AFTER_CLOSE, MID_ROUND

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(full_form, draft):
    """Malmö's and Lusaka's project, asked with the full form."""
    return Application.objects.for_pages().get(pk=draft.pk)


@pytest.fixture
def client(client_for, malmo):
    client = client_for(malmo)
    malmo.language = "en"
    malmo.save()
    return client


@pytest.fixture
def blank(client, draft) -> bytes:
    return download(client, draft)


def write(application, by, key="learning", language="sv", text="Sparat", version=0):
    return actions.save_answer(
        application,
        question_key=key,
        language=language,
        text=text,
        version=version,
        by=by,
        at=MID_ROUND,
    )


def answers_of(application) -> dict[tuple[str, str], str]:
    rows = Answer.objects.filter(application=application)
    return {(row.question_key, row.language): row.text for row in rows}


def offered(page) -> dict[str, list[str]]:
    """The fields of the form that reads in."""
    return (
        fields_of(page, having="row") if 'name="row"' in page.content.decode() else fields_of(page)
    )


def confirm(client, application, page, **choices):
    """Press the button that reads in, with some choices changed."""
    fields = {**offered(page), "confirm": "1", **choices}
    address = reverse("read_in", args=[application.public_id])
    return client.post(
        address, {name: value for name, value in fields.items() if value is not None}
    )


# --- texts ----------------------------------------------------------------------------------------


def test_new_texts_are_chosen_beforehand_and_read_in(client, draft, blank):
    texts = {("learning", "sv"): "Vi lär\n\nav varandra", ("summary", "en"): "Youth 🌱"}
    page = upload(client, draft, filled(blank, texts))
    assert page.status_code == 200
    assert not answers_of(draft)
    assert confirm(client, draft, page).status_code == 302
    assert answers_of(draft) == texts


def test_a_text_that_differs_stands_beside_the_saved_one_which_stays(client, draft, malmo, blank):
    write(draft, malmo, text="Vi lär av varandra")
    page = upload(client, draft, filled(blank, {("learning", "sv"): "Vi lär mycket av varandra"}))
    shown = page.content.decode()
    assert "<mark>mycket" in shown
    assert "Vi lär av varandra" in text(page)
    assert "Saved by Anna Ek" in text(page)
    assert "has been changed since the file was made" in text(page)
    assert "Nothing was chosen" in text(confirm_and_follow(client, draft, page))
    assert answers_of(draft) == {("learning", "sv"): "Vi lär av varandra"}


def test_what_was_written_over_in_ones_own_file_is_chosen_beforehand(client, draft, malmo):
    write(draft, malmo, text="Vi lär av varandra")
    write(draft, malmo, key="summary", text="Kort")
    made = download(client, draft)
    write(draft, malmo, key="summary", text="Kortare", version=1)
    changed = {("learning", "sv"): "Vi lär mycket", ("summary", "sv"): "Längre"}
    page = upload(client, draft, filled(made, changed))
    done = text(confirm_and_follow(client, draft, page))
    assert answers_of(draft) == {("learning", "sv"): "Vi lär mycket", ("summary", "sv"): "Kortare"}
    assert "1 text or row read in. 1 was left as it stood." in done


def confirm_and_follow(client, application, page, **choices):
    return client.get(confirm(client, application, page, **choices).url)


def test_the_files_text_can_be_chosen_and_the_older_one_stays_in_the_history(
    client, draft, malmo, blank
):
    write(draft, malmo, text="Vi lär")
    page = upload(client, draft, filled(blank, {("learning", "sv"): "Något annat"}))
    confirm(client, draft, page, **{"take-learning-sv": "file"})
    assert answers_of(draft) == {("learning", "sv"): "Något annat"}
    kept = AnswerVersion.objects.filter(answer__application=draft).values_list("text", flat=True)
    assert set(kept) == {"Vi lär", "Något annat"}


def test_what_is_the_same_is_only_counted(client, draft, malmo):
    write(draft, malmo, text="  Samma text \n\n")
    page = upload(client, draft, download(client, draft))
    assert "1 text or row is saved here already." in text(page)
    assert "There is nothing in the file to read in." in text(page)


def test_an_empty_box_takes_nothing_away(client, draft, malmo, blank):
    write(draft, malmo)
    page = upload(client, draft, filled(blank, {("summary", "sv"): "Nytt"}))
    confirm(client, draft, page)
    assert answers_of(draft) == {("learning", "sv"): "Sparat", ("summary", "sv"): "Nytt"}


def test_a_text_that_is_too_long_is_told_and_taken_in_whole(client, draft, blank):
    long = " ".join(["ord"] * 203)
    page = upload(client, draft, filled(blank, {("summary", "sv"): long}))
    assert "3 words too long" in text(page)
    confirm(client, draft, page)
    assert answers_of(draft) == {("summary", "sv"): long}


def test_somebody_who_saved_meanwhile_is_not_overwritten(client, draft, lusaka, blank):
    texts = {("learning", "sv"): "Filens", ("summary", "sv"): "Sammanfattning"}
    page = upload(client, draft, filled(blank, texts))
    write(draft, lusaka, text="Graces")
    answer = confirm(client, draft, page)
    assert answer.status_code == 409
    assert answers_of(draft) == {("learning", "sv"): "Graces", ("summary", "sv"): "Sammanfattning"}
    assert "Grace Tembo saved another text here" in text(answer)
    assert "One of the texts and rows could not be read in" in text(answer)
    again = confirm(client, draft, answer, **{"take-learning-sv": "file"})
    assert again.status_code == 302
    assert answers_of(draft)["learning", "sv"] == "Filens"


def test_pressing_twice_is_once(client, draft, blank):
    page = upload(client, draft, filled(blank, {("learning", "sv"): "Filens"}))
    assert [confirm(client, draft, page).status_code for _ in range(2)] == [302, 302]
    assert Answer.objects.get(application=draft).version == 1


@pytest.mark.parametrize(
    "odd", ["<script>alert(1)</script>", "مرحبا \u200f 👩\u200d👧", "”citat” & \"'"]
)
def test_odd_texts_arrive_as_they_are_and_are_shown_as_text(client, draft, blank, odd):
    page = upload(client, draft, filled(blank, {("learning", "sv"): odd}))
    assert "<script>alert" not in page.content.decode()
    confirm(client, draft, page)
    assert answers_of(draft) == {("learning", "sv"): odd}


def test_a_posted_text_for_no_question_of_the_form_is_not_saved(client, draft):
    address = reverse("read_in", args=[draft.public_id])
    fields = {"confirm": "1", "text-nothing-sv": "x", "take-nothing-sv": "file", "row": "{not json"}
    assert client.post(address, fields).status_code == 302
    assert not answers_of(draft)


# --- rows -----------------------------------------------------------------------------------------

RISKS = ["Torka", "2", "5", "Borra brunn", "Teknisk chef"]


def test_rows_are_read_in_with_their_choices_days_and_numbers(client, draft, blank):
    visits = [
        ["malmö stad", "1 september 2027", "2027-09-05", "6", "Uppstart"],
        ["Lusaka City Council", "1/2 2028", "3.2.2028", "4", ""],
    ]
    page = upload(client, draft, filled(blank, {}, {"visits": visits, "risks": [RISKS]}))
    assert page.content.decode().count('name="take-row"') == 3
    confirm(client, draft, page)
    hosts = [str(visit.host.organisation) for visit in Visit.objects.all()]
    assert hosts == ["Malmö stad", "Lusaka City Council"]
    assert [visit.starts_on.isoformat() for visit in Visit.objects.all()] == [
        "2027-09-01",
        "2028-02-01",
    ]
    assert Risk.objects.get().consequence == 5


def test_indicators_belong_to_the_objectives_of_the_same_file(client, draft, blank):
    rows = {
        "objectives": [["Malmö stad", "Fler unga deltar"], ["", "Bättre beslut"]],
        "indicators": [["2", "Andel förslag", "10 %", "40 %", "Protokoll"]],
    }
    page = upload(client, draft, filled(blank, {}, rows))
    confirm(client, draft, page)
    assert Objective.objects.count() == 2
    assert Indicator.objects.get().objective.text == "Bättre beslut"


def test_a_saved_row_that_was_changed_in_the_file_is_told_and_chosen(client, draft, malmo):
    save(draft, malmo, kind=QuestionKind.RISKS, description="Torka", probability=2, consequence=5)
    data = filled(download(client, draft), {}, {"risks": [["Översvämning", *RISKS[1:]]]})
    page = upload(client, draft, data)
    assert offered(page)["take-row"] == [str(Risk.objects.get().key)]
    confirm(client, draft, page)
    assert Risk.objects.get().description == "Översvämning"


def test_one_that_was_changed_here_since_stays(client, draft, malmo):
    save(draft, malmo, kind=QuestionKind.RISKS, description="Torka", probability=2, consequence=5)
    data = filled(download(client, draft), {}, {"risks": [["Översvämning", *RISKS[1:]]]})
    Risk.objects.update(version=F("version") + 1, measure="Borra brunn")
    page = upload(client, draft, data)
    assert "Torka" in text(page)
    assert "Översvämning" in text(page)
    assert "take-row" not in offered(page)
    confirm(client, draft, page)
    assert Risk.objects.get().description == "Torka"
    rows = {"take-row": [str(Risk.objects.get().key)]}
    confirm(client, draft, page, **rows)
    assert Risk.objects.get().description == "Översvämning"


def test_a_row_that_is_saved_already_is_not_added_again(client, draft, blank):
    data = filled(blank, {}, {"risks": [RISKS]})
    page = upload(client, draft, data)
    confirm(client, draft, page)
    assert "1 text or row is saved here already." in text(upload(client, draft, data))
    confirm(client, draft, page)
    assert Risk.objects.count() == 1


def test_a_cell_that_cannot_be_kept_is_told_with_the_reason(client, draft, blank):
    page = upload(client, draft, filled(blank, {}, {"risks": [["Torka", "kanske", "5", "", ""]]}))
    assert "“kanske” cannot be kept and is left out" in text(page)
    assert "take-row" not in offered(page)


def test_a_row_somebody_changed_meanwhile_is_not_overwritten(client, draft, malmo, lusaka):
    save(draft, malmo, kind=QuestionKind.RISKS, description="Torka")
    data = filled(download(client, draft), {}, {"risks": [["Filens", *RISKS[1:]]]})
    page = upload(client, draft, data)
    save(draft, lusaka, kind=QuestionKind.RISKS, description="Graces", version=1)
    rows = {"take-row": [str(Risk.objects.get().key)]}
    answer = confirm(client, draft, page, **rows)
    assert answer.status_code == 409
    assert Risk.objects.get().description == "Graces"
    assert "Grace Tembo saved this row" in text(answer)


def test_an_empty_or_wrong_cell_takes_nothing_away_from_a_saved_row(client, draft, malmo):
    save(draft, malmo, kind=QuestionKind.RISKS, description="Torka", probability=2, measure="Brunn")
    row = ["Torka", "nio", "5", "", ""]
    page = upload(client, draft, filled(download(client, draft), {}, {"risks": [row]}))
    confirm(client, draft, page, **{"take-row": [str(Risk.objects.get().key)]})
    risk = Risk.objects.get()
    assert (risk.probability, risk.consequence, risk.measure) == (2, 5, "Brunn")


def test_yes_and_no_are_understood_in_either_language(client, draft, malmo, blank):
    rows = {"team": [["Malmö stad", "Kim Ek", "Chef", "kim@example.org", "Ja"]]}
    page = upload(client, draft, filled(blank, {}, rows))
    confirm(client, draft, page)
    assert TeamMember.objects.get().leads
    data = filled(download(client, draft), {}, {"team": [[*rows["team"][0][:4], "no"]]})
    page = upload(client, draft, data)
    confirm(client, draft, page, **{"take-row": [str(TeamMember.objects.get().key)]})
    assert not TeamMember.objects.get().leads


def test_neither_yes_nor_no_is_told(client, draft, blank):
    rows = {"team": [["Malmö stad", "Kim Ek", "Chef", "kim@example.org", "kanske"]]}
    page = upload(client, draft, filled(blank, {}, rows))
    assert "“kanske” cannot be kept and is left out. Write yes or no." in text(page)


def test_columns_are_found_by_their_headings_in_either_language(client, draft):
    data = download(client, draft, "sv")

    def swap(document):
        table = table_of(document, "table risks")
        for row in table.rows:
            first, last = row.cells[1], row.cells[5]
            first._tc.addprevious(last._tc)

    data = filled(changed(data, swap), {}, {"risks": [["Chef", "Torka", "2", "5", "Brunn"]]})
    page = upload(client, draft, data)
    confirm(client, draft, page)
    risk = Risk.objects.get()
    assert (risk.description, risk.responsible, risk.probability) == ("Torka", "Chef", 2)


# --- what has no place ----------------------------------------------------------------------------


def test_words_outside_the_boxes_are_shown_to_be_copied_by_hand(client, draft, blank):
    def scribble(document):
        document.add_paragraph("Glöm inte bilagan")

    page = upload(client, draft, changed(blank, scribble))
    assert "Glöm inte bilagan" in text(page)
    assert "Outside the boxes" in text(page)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_forms_own_words_are_not_taken_for_somebodys(client, draft, language):
    assert "Not read in" not in text(upload(client, draft, download(client, draft, language)))


def test_notes_are_shown_with_the_page_where_they_belong(client, draft, blank):
    def note(document):
        table_of(document, "note title").rows[1].cells[0].text = "Unga i klimatet"

    page = upload(client, draft, changed(blank, note))
    assert "Unga i klimatet" in text(page)
    assert reverse("application_basics", args=[draft.public_id]) in page.content.decode()


def form_of(phase: str, number: int) -> bytes:
    form = FormVersion.objects.get(phase=phase, number=number)
    return offline_form(form_rows(form), language="sv", round_=None)


def test_another_version_of_the_form_is_told_and_old_questions_are_shown(client, draft):
    data = with_xml(
        filled(form_of("project", 1), {("objective", "sv"): "Mål", ("summary", "sv"): "Kort"}),
        "[icld answer objective sv 0]",
        "[icld answer borttagen sv 0]",
    )
    page = upload(client, draft, data)
    assert "another version of this form" in text(page)
    assert "borttagen" in text(page)
    confirm(client, draft, page)
    assert answers_of(draft) == {("summary", "sv"): "Kort"}


def test_another_phases_form_is_told_and_nothing_is_chosen(client, draft):
    page = upload(client, draft, filled(form_of("dissemination", 2), {("summary", "sv"): "Kort"}))
    assert "another kind of application" in text(page)
    confirm(client, draft, page)
    assert not answers_of(draft)


def test_a_file_of_another_application_is_told(client, pair, draft):
    page = upload(client, draft, download(client, pair[1]))
    assert "downloaded from another application" in text(page)


# --- files that are none --------------------------------------------------------------------------


def packed(**parts: bytes) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def other_document() -> bytes:
    target = BytesIO()
    document = Document()
    document.add_paragraph("Ett protokoll")
    document.save(target)
    return target.getvalue()


MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    f'<Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>'
).encode()


def word(document: bytes) -> bytes:
    return packed(**{"[Content_Types].xml": TYPES, "word/document.xml": document})


BOMB = (
    b'<!DOCTYPE d [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>'
    b'<d xmlns="x"><body><p><r><t>&b;</t></r></p></body></d>'
)
BAD = {
    "empty": (b"", "is empty"),
    "a program": (b"MZ" + b"\0" * 2000, "holds a program"),
    "text": (b"Hej", "is of no kind that is taken"),
    "an old Word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Office format"),
    "a PDF": (b"%PDF-1.4\n", "cannot be read"),
    "half a file": (other_document()[:4000], "cannot be read"),
    "something else": (other_document(), "not the form from here"),
    "no XML": (word(b"<w:document"), "not written as a Word file should be"),
    "nothing in it": (word(b"<document/>"), "not written as a Word file should be"),
    "entities": (word(BOMB), "not written as a Word file should be"),
    "deep": (word(b"<d><body>" + b"<x>" * 50_000 + b"</x>" * 50_000 + b"</body></d>"), "damaged"),
    "a zip bomb": (word(b"<d><body>" + b" " * (MAX_PART + 1)), "far more than a form"),
    "macros": (
        packed(**{"[Content_Types].xml": TYPES, "word/vbaProject.bin": b"x"}),
        "has macros",
    ),
    "too large": (b"PK\x03\x04" + b"\0" * MAX_BYTES, "a file may be at most"),
    "an .odt": (
        packed(mimetype=b"application/vnd.oasis.opendocument.text"),
        "save it as a Word file",
    ),
}


@pytest.mark.parametrize(("data", "why"), BAD.values(), ids=BAD.keys())
def test_what_is_no_form_is_refused_in_words(client, draft, data, why):
    page = upload(client, draft, data, "formular.docx")
    assert page.status_code == 200
    assert why in text(page)
    assert "error-summary" in page.content.decode()
    assert not answers_of(draft)


def test_no_file_at_all_is_told(client, draft):
    page = client.post(reverse("read_in", args=[draft.public_id]), {})
    assert "error-summary" in page.content.decode()


def test_a_name_as_long_as_can_be_does_no_harm(client, draft, blank):
    assert upload(client, draft, blank, "å" * 90 + ".docx").status_code == 200


def test_a_text_longer_than_can_be_kept_refuses_the_file(client, draft, blank):
    page = upload(client, draft, filled(blank, {("learning", "sv"): "a" * 200_001}))
    assert "a box can hold 200" in text(page)


def test_half_a_megabyte_of_texts_goes_all_the_way(client, draft, blank):
    texts = {(key, "sv"): "ord " * 30_000 for key in ("learning", "gender", "rights", "poverty")}
    page = upload(client, draft, filled(blank, texts))
    confirm(client, draft, page)
    assert {key: value.strip() for key, value in answers_of(draft).items()} == {
        key: value.strip() for key, value in texts.items()
    }


# --- when and who ---------------------------------------------------------------------------------


def test_after_the_close_a_submitted_application_takes_nothing_in(
    submitted, malmo, client_for, set_clock
):
    client = client_for(malmo)
    data = filled(download(client, submitted), {("objective", "sv"): "Nytt"})
    page = upload(client, submitted, data)
    before = answers_of(submitted)
    set_clock(AFTER_CLOSE)
    answer = confirm(client, submitted, page, **{"take-objective-sv": "file"})
    assert answer.status_code == 409
    assert answers_of(submitted) == before
    shown = client.get(reverse("read_in", args=[submitted.public_id]))
    assert 'id="refusal"' in shown.content.decode()
    assert 'type="file"' not in shown.content.decode()


@pytest.mark.parametrize(
    ("who", "status"), [("malmo_reader", 403), ("karlstad", 404), ("officer", 404)]
)
def test_only_those_who_may_write_read_in(who, status, draft, blank, client_for, request):
    other = client_for(request.getfixturevalue(who))
    assert upload(other, draft, blank).status_code == status
    address = reverse("read_in", args=[draft.public_id])
    assert other.post(address, {"confirm": "1", "text-learning-sv": "x"}).status_code == status
    assert not answers_of(draft)


def test_an_officer_reads_what_was_submitted_and_never_the_living_text(
    submitted, officer, client_for
):
    address = reverse("application_docx", args=[submitted.public_id])
    assert client_for(officer).get(address).status_code == 403


def test_the_pages_ask_few_queries(client, draft, malmo, blank, django_assert_max_num_queries):
    for number in range(14):
        save(draft, malmo, kind=QuestionKind.RISKS, key=uuid4(), description=f"R{number}")
    address = reverse("read_in", args=[draft.public_id])
    data = filled(blank, {("learning", "sv"): "x"}, {"risks": [RISKS] * 15})
    with django_assert_max_num_queries(12):
        client.get(address)
    with django_assert_max_num_queries(18):
        upload(client, draft, data)
    with django_assert_max_num_queries(18):
        client.get(reverse("application_docx", args=[draft.public_id]))


def test_nothing_that_was_uploaded_is_kept(client, draft, blank, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    upload(client, draft, blank)
    assert list(tmp_path.iterdir()) == []
