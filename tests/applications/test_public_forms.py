"""All questions are public: read before log-in, printed, taken along as a Word file."""

from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import translation
from docx import Document

from applications.criteria import criteria
from applications.documents.form_told import asking_at
from applications.models import (
    Area,
    CoreArea,
    FormVersion,
    GlobalGoal,
    Question,
    RequestedAttachment,
    RoundPhase,
)
from applications.states import FormStatus
from funding.models import CostType
from funding.states import Phase
from icld_portal.demo.clock import set_to
from tests.applications.pages import text
from tests.moments import AFTER_CLOSE, MID_ROUND

pytestmark = pytest.mark.django_db
PHASES = pytest.mark.parametrize("phase", list(Phase), ids=str)


def page_of(phase: Phase) -> str:
    return reverse("public_form", args=[phase])


@pytest.fixture
def reader(client_for):
    """Somebody who is not logged in and reads English."""
    client = client_for(None)
    client.cookies["django_language"] = "en"
    return client


def test_addresses_are_swedish_words():
    assert [page_of(phase) for phase in Phase] == [
        "/formular/forberedelse/",
        "/formular/projekt/",
        "/formular/styrgrupp/",
        "/formular/utveckling/",
        "/formular/spridning/",
    ]


@pytest.mark.parametrize("word", ["project", "alla", "projekt%00", "PROJEKT"])
def test_any_other_word_is_no_page(reader, word):
    assert reader.get(f"/formular/{word}/").status_code == 404


def test_the_overview_names_every_phase_with_its_number_of_questions(full_form, reader):
    page = reader.get(reverse("public_forms"))
    for phase in Phase:
        assert f'href="{page_of(phase)}"' in page.content.decode()
    questions = Question.objects.filter(form_version__phase="project", form_version__number=2)
    assert f"{questions.count()} questions" in text(page)
    assert "at most 36 months" in text(page)


@PHASES
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_section_question_help_and_limit_is_told(full_form, client_for, phase, language):
    client = client_for(None)
    client.cookies["django_language"] = language
    shown = text(client.get(page_of(phase)))
    form = FormVersion.objects.get(phase=phase, number=2)
    with translation.override(language):
        for row in (*form.sections.all(), *form.questions.all()):
            assert row.label in shown
            assert " ".join(row.help.split()) in shown
    for limit in form.questions.filter(limit__gt=999).values_list("limit", flat=True):
        assert f"{limit // 1000} {limit % 1000:03d}" in shown.replace("\N{NO-BREAK SPACE}", " ")


def test_a_table_tells_what_each_row_asks_for_and_how_many_there_may_be(full_form, reader):
    shown = text(reader.get(page_of(Phase.PROJECT)))
    assert "At least 3 and at most 15 rows." in shown
    assert "At least 3 and at most 5 rows for each party." in shown
    for column in ("Probability (1 to 5)", "Baseline (at most 100 characters)", "First day (a day"):
        assert column in shown


def test_the_attachments_that_are_requested_are_told(full_form, reader):
    shown = text(reader.get(page_of(Phase.PROJECT)))
    rows = RequestedAttachment.objects.filter(form_version__phase="project", kind="minutes")
    assert "Extract of minutes (required, one for each party, may be promised" in shown
    assert rows.get(form_version__number=2).help_en in shown


def test_what_one_chooses_from_is_told(full_form, reader):
    shown = text(reader.get(page_of(Phase.PROJECT)))
    for row in (*Area.objects.all(), *CoreArea.objects.all(), *GlobalGoal.objects.all()):
        assert row.label_en in shown
    assert "Politician, opposition" in shown
    assert CostType.objects.first().label_en in shown


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_criteria_are_told_and_that_they_are_to_be_confirmed(client_for, language):
    client = client_for(None)
    client.cookies["django_language"] = language
    shown = text(client.get(page_of(Phase.DISSEMINATION)))
    assert len(criteria()) == 12
    for each in criteria():
        assert getattr(each.label, language) in shown
        assert getattr(each.question, language) in shown


def test_the_short_first_form_tells_its_fixed_pages_too(reader):
    shown = text(reader.get(page_of(Phase.PROJECT)))
    for words in ("Title in Swedish", "First day", "Shared challenge", "Politician, majority"):
        assert words in shown


def test_the_open_round_decides_which_form_is_shown(reference, open_round):
    RoundPhase.objects.filter(round=open_round).exclude(phase="project").delete()
    asking = asking_at(MID_ROUND)
    assert asking[Phase.PROJECT].is_open
    assert asking[Phase.PROJECT].round == open_round
    assert not asking[Phase.PREPARATION].is_open
    assert asking[Phase.PREPARATION].round.opens_at > MID_ROUND


def test_between_rounds_it_is_the_next_one(reference, open_round):
    for asking in asking_at(AFTER_CLOSE).values():
        assert asking.round.opens_at > AFTER_CLOSE
        assert not asking.is_open


def test_without_any_round_it_is_the_newest_published_form(reference):
    RoundPhase.objects.all().delete()
    FormVersion.objects.create(phase="project", number=9, status=FormStatus.DRAFT)
    asking = asking_at(MID_ROUND)[Phase.PROJECT]
    assert (asking.form.number, asking.round) == (2, None)


def test_a_form_that_is_still_a_draft_is_nobodys_to_read(reference, open_round, reader):
    draft = FormVersion.objects.create(phase="project", number=9, status=FormStatus.DRAFT)
    RoundPhase.objects.filter(phase="project").update(form_version=draft)
    assert asking_at(MID_ROUND)[Phase.PROJECT].form.number == 2
    assert "version 9" not in text(reader.get(page_of(Phase.PROJECT)))


def test_without_any_form_the_page_says_so(reader):
    RoundPhase.objects.all().delete()
    FormVersion.objects.update(status=FormStatus.DRAFT)
    assert "have not been published" in text(reader.get(reverse("public_forms")))
    assert reader.get(page_of(Phase.PROJECT)).status_code == 404


def test_the_pages_ask_few_queries(full_form, reader, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        reader.get(page_of(Phase.PROJECT))
    with django_assert_max_num_queries(12):
        reader.get(reverse("public_forms"))


@PHASES
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_form_is_a_word_file_in_both_languages(full_form, reader, phase, language):
    answer = reader.get(reverse("public_form_docx", args=[phase, language]))
    assert answer["Content-Disposition"].endswith('.docx"')
    book = Document(BytesIO(answer.content))
    said = " ".join(paragraph.text for paragraph in book.paragraphs)
    form = FormVersion.objects.get(phase=phase, number=2)
    for question in form.questions.all():
        assert getattr(question, f"label_{language}") in said
    assert f"[icld form {phase.value} 2]" in said


def test_no_other_language_is_a_file(reader):
    assert reader.get("/formular/projekt/formular-de.docx").status_code == 404


def test_the_links_are_where_one_looks_for_them(reader, malmo, client_for):
    set_to(MID_ROUND)
    for name in ("start", "about"):
        assert reverse("public_forms") in reader.get(reverse(name)).content.decode()
    starting = client_for(malmo).get(reverse("application_new")).content.decode()
    for phase in Phase:
        assert page_of(phase) in starting
