"""The form as a Word file: text in is text out, whatever the text and whoever saved the file."""

import warnings
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from applications import actions
from applications.documents.form_told import form_rows
from applications.documents.word.offline_form import Written, offline_form
from applications.documents.word.offline_reading import tidy
from applications.models import FormVersion
from applications.states import QuestionKind
from applications.texts.typed import clean
from funding.states import Phase
from tests.applications.tables import save
from tests.applications.word_forms import changed, download, filled, read, table_of, with_xml
from tests.moments import MID_ROUND

pytestmark = pytest.mark.django_db

ODD = {
    "two spaces": "Ett  och   tre mellanslag",
    "lines": "Först\n\nsedan\n\n\ntill sist",
    "tab": "Kolumn\tkolumn",
    "quotes": "”Smarta” ‘citat’ – och — streck…",
    "markup": "<script>alert(1)</script> & <b>fet</b> ]]> &amp;",
    "emoji": "Grönt 🌱 familj 👨‍👩‍👧 flagga 🇿🇲",
    "right to left": "مرحبا بالعالم והנה עברית",
    "accents": "Ångström naïve Kraków Đà Nẵng 漢字",
    "no-break": "4 800 kr och 10–12 mars",
    "soft hyphen": "kommun\u00adpartnerskap och 3\u2011åring",
    "spaces at the ends of lines": "  indrag\nslut  \n  åter",
    "like a mark": "Vi skrev [icld answer summary sv 3] och [icld form project 2]",
    "bullets": "- ett\n- två\n1. tre",
    "only punctuation": "?!",
}


@pytest.fixture
def rows(full_form):
    return form_rows(FormVersion.objects.get(phase=Phase.PROJECT, number=2))


def through(rows, text: str, language="sv") -> str:
    """What is read of a text that the file was filled in with."""
    written = Written(texts={("summary", language): (text, 3)})
    found = read(offline_form(rows, language="sv", round_=None, written=written))
    return next(
        each.text for each in found.texts if (each.key, each.language) == ("summary", language)
    )


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_text_in_is_text_out(rows, text):
    assert through(rows, text) == tidy(text)


@pytest.mark.parametrize("text", ["a\x00b", "a\x01b\x08c", "x\ud800y", "\ufeffhej", "a\ufffeb"])
def test_what_no_reader_sees_is_left_out(rows, text):
    assert through(rows, text) == tidy(clean(text))


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_text_in_is_text_out(small, text):
    assert through(small, text, "en") == tidy(clean(text))


@pytest.fixture
def small(reference):
    """The short first form, which is quick to write."""
    return form_rows(FormVersion.objects.get(phase=Phase.DISSEMINATION, number=1))


def test_the_file_names_phase_version_and_application(draft, malmo, client_for):
    found = read(download(client_for(malmo), draft))
    assert (found.phase, found.number, found.application) == ("project", 1, str(draft.public_id))


def test_what_is_written_comes_along_with_its_version(full_form, draft, malmo, client_for):
    for version, text in enumerate(("Först", "Sedan\n\nmer")):
        place = {"question_key": "learning", "language": "sv", "version": version}
        actions.save_answer(draft, text=text, by=malmo, at=MID_ROUND, **place)
    found = read(download(client_for(malmo), draft))
    (learning,) = [each for each in found.texts if (each.key, each.language) == ("learning", "sv")]
    assert (learning.text, learning.version) == ("Sedan\n\nmer", 2)


def test_rows_come_along_in_words(full_form, draft, malmo, client_for):
    save(draft, malmo, kind=QuestionKind.RISKS, description="Torka", probability=2, consequence=5)
    found = read(download(client_for(malmo), draft))
    (risks,) = [table for table in found.tables if table.key == "risks"]
    assert risks.rows[0].cells == ["Torka", "2", "5", "", ""]
    assert (risks.rows[0].number, risks.rows[0].version) == (1, 1)


def test_every_text_question_has_a_box_for_each_language(rows):
    found = read(offline_form(rows, language="en", round_=None))
    asked = {question.key for question in rows.questions if question.is_text}
    assert {(each.key, each.language) for each in found.texts} == {
        (key, language) for key in asked for language in ("sv", "en")
    }


def test_every_table_has_a_header_that_is_repeated_and_empty_rows(rows):
    document = Document(BytesIO(offline_form(rows, language="en", round_=None)))
    for question in rows.questions:
        if question.kind in {"activities", "risks", "visits", "team"}:
            table = table_of(document, f"table {question.key}")
            assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
            assert len(table.rows) > question.min_rows
            assert not any(cell.text for row in table.rows[1:] for cell in row.cells[1:])


def test_wide_tables_lie_on_their_side(rows):
    document = Document(BytesIO(offline_form(rows, language="sv", round_=None)))
    assert {section.orientation for section in document.sections} == {0, 1}


def test_boxes_know_the_language_they_are_checked_in(rows):
    document = Document(BytesIO(offline_form(rows, language="sv", round_=None)))
    for language, locale in (("sv", "sv-SE"), ("en", "en-GB")):
        cell = table_of(document, f"answer summary {language}").rows[1].cells[0]
        assert cell.paragraphs[0].style.element.rPr.find(qn("w:lang")).get(qn("w:val")) == locale
    assert document.core_properties.author == "ICLD"


def test_making_and_reading_a_file_warns_of_nothing(rows):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read(offline_form(rows, language="sv", round_=None))


# --- what people and word processors do to the file -----------------------------------------------


@pytest.fixture
def empty(small) -> bytes:
    return offline_form(small, language="sv", round_=None)


def summary_of(data: bytes) -> str:
    return next(each.text for each in read(data).texts if each.language == "sv")


def box(document):
    return table_of(document, "answer summary sv").rows[1].cells[0]


def test_empty_lines_around_a_text_are_not_its_own(empty):
    assert summary_of(filled(empty, {("summary", "sv"): "\n\nHej\n\ndå \n\n"})) == "Hej\n\ndå"


def test_tracked_changes_are_read_as_accepted(empty):
    data = filled(empty, {("summary", "sv"): "HÄR"})
    run = "<w:r><w:t>HÄR</w:t></w:r>"
    deleted = '<w:del w:id="1"><w:r><w:delText>gammalt</w:delText><w:t>också</w:t></w:r></w:del>'
    inserted = '<w:ins w:id="2"><w:r><w:t>nytt</w:t></w:r></w:ins>'
    moved = '<w:moveFrom w:id="3"><w:r><w:t>bort</w:t></w:r></w:moveFrom>'
    assert summary_of(with_xml(data, run, deleted + inserted + moved)) == "nytt"


def test_a_paragraph_end_that_was_deleted_joins_two_paragraphs(empty):
    data = filled(empty, {("summary", "sv"): "Hej \ndå"})

    def delete_end(document):
        properties = box(document).paragraphs[0]._p.get_or_add_pPr()
        properties.append(properties.makeelement(qn("w:rPr"), {}))
        properties[-1].append(properties.makeelement(qn("w:del"), {}))

    assert summary_of(changed(data, delete_end)) == "Hej då"


def test_lists_keep_their_marks(empty):
    def make_lists(document):
        box(document).paragraphs[0].text = "Vi vill"
        for style, text in (
            ("List Bullet", "lära"),
            ("List Number", "ett"),
            ("List Number", "två"),
        ):
            box(document).add_paragraph(text, style)

    assert summary_of(changed(empty, make_lists)) == "Vi vill\n– lära\n1. ett\n2. två"


def test_a_table_in_a_box_is_read_as_lines(empty):
    def add_table(document):
        inner = box(document).add_table(1, 2)
        inner.rows[0].cells[0].text, inner.rows[0].cells[1].text = "a", "b"

    assert summary_of(changed(empty, add_table)) == "a\tb"


def test_text_in_controls_links_and_text_boxes_is_read(empty):
    data = filled(empty, {("summary", "sv"): "HÄR"})
    run = "<w:r><w:t>HÄR</w:t></w:r>"
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{run}</w:sdtContent></w:sdt>"
    assert (
        summary_of(with_xml(data, run, control + f"<w:hyperlink>{run}</w:hyperlink>")) == "HÄRHÄR"
    )


def test_a_file_in_the_strict_format_is_read_as_well(empty):
    data = filled(empty, {("summary", "sv"): "Hej"})
    usual = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    assert (
        summary_of(with_xml(data, usual, "http://purl.oclc.org/ooxml/wordprocessingml/main"))
        == "Hej"
    )


def test_a_box_is_found_by_its_description_when_the_small_print_is_gone(empty):
    data = filled(empty, {("summary", "sv"): "Hej"})

    def tidy_away(document):
        table_of(document, "answer summary sv").rows[0].cells[0].text = "På svenska"

    assert summary_of(changed(data, tidy_away)) == "Hej"


def test_a_box_that_was_copied_within_the_file_is_told_apart(empty):
    data = filled(empty, {("summary", "sv"): "Först"})

    def copy(document):
        table = table_of(document, "answer summary sv")
        other = table._tbl.__copy__()
        table._tbl.addnext(document.add_paragraph("")._p)
        table._tbl.getnext().addnext(other)
        write_in = table_of(document, "answer summary sv")
        write_in.rows[1].cells[0].paragraphs[0].text = "Sedan"

    found = read(changed(data, copy))
    texts = [each.text for each in found.texts if each.language == "sv" and each.text]
    assert len(texts) == 1
    assert {*texts, *found.loose} >= {"Först", "Sedan"}


def test_nothing_but_text_is_unpacked(empty):
    with ZipFile(BytesIO(empty)) as packed:
        names = packed.namelist()
    assert "word/document.xml" in names
    assert not [name for name in names if name.endswith(".bin")]
