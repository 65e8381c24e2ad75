"""A corrected wording is told to those who had begun to write, and to nobody else."""

from datetime import timedelta

import pytest

from applications import actions
from applications.documents.corrections import corrected_in
from applications.models import Application, FormVersion
from applications.views.sections import section
from tests.conftest import fresh
from tests.moments import MID_ROUND

LATER = MID_ROUND + timedelta(hours=1)


@pytest.fixture
def form(draft) -> FormVersion:
    return FormVersion.objects.get(roundphase__round=draft.round, phase=draft.phase)


@pytest.fixture
def correct(form, administrator):
    """`correct("summary", label_sv="…")` corrects a question of the draft's form."""

    def do(key: str, *, at=LATER, **texts) -> None:
        actions.correct_wording(form.questions.get(key=key), texts, by=administrator, at=at)

    return do


def told(application, key: str = "content") -> list[tuple]:
    application = fresh(application)
    rows = corrected_in(application, section(application, key))
    return [(row.key, row.is_label, row.before) for row in rows]


def test_a_correction_is_told_with_what_it_said_before(draft, correct):
    correct("summary", label_sv="Kort om projektet")
    assert told(draft) == [("summary", True, "Sammanfattning")]


def test_it_stands_on_the_page_of_its_section(client_for, malmo, draft, correct):
    correct("summary", label_sv="Kort om projektet")
    address = f"/ansokningar/{draft.public_id}/del/content/"
    page = client_for(malmo).get(address).content.decode()
    note = page.split('id="corrected"')[1].split("</div>")[0]
    assert 'href="#id_summary"' in note
    assert "<q>Sammanfattning</q>" in note
    other = client_for(malmo).get(f"/ansokningar/{draft.public_id}/titel/")
    assert 'id="corrected"' not in other.content.decode()


def test_what_was_corrected_before_one_began_is_not_told(draft, correct):
    correct("summary", label_sv="Kort om projektet", at=MID_ROUND - timedelta(days=1))
    assert told(draft) == []


def test_it_is_told_in_the_language_it_concerns(draft, correct):
    correct("summary", label_en="In short")
    assert told(draft) == []


def test_several_corrections_of_a_wording_are_told_as_one(draft, correct):
    correct("summary", help_sv="Ett")
    first = told(draft)
    correct("summary", help_sv="Två", at=LATER + timedelta(days=1))
    assert told(draft) == first
    (row,) = corrected_in(fresh(draft), section(fresh(draft), "content"))
    assert row.at == LATER + timedelta(days=1)


def test_the_help_of_a_section_and_of_an_attachment_are_told(full_form, draft, form, administrator):
    plan = form.sections.get(key="plan")
    actions.correct_wording(plan, {"help_sv": "Vad och när."}, by=administrator, at=LATER)
    minutes = form.requested_attachments.get(kind="minutes")
    actions.correct_wording(minutes, {"help_sv": "Utdrag."}, by=administrator, at=LATER)
    assert [row[:2] for row in told(draft, "plan")] == [("", False)]
    assert [row[:2] for row in told(draft, "attachments")] == [("minutes", False)]


def test_another_phase_or_another_version_is_not_told(draft, administrator):
    others = FormVersion.objects.exclude(roundphase__round=draft.round, phase=draft.phase)
    for form in others.exclude(phase="project", number=1):
        question = form.questions.get(key="summary")
        actions.correct_wording(question, {"label_sv": "Annat"}, by=administrator, at=LATER)
    assert told(draft) == []


def test_corrections_cost_a_page_no_query(draft, correct, django_assert_num_queries):
    correct("summary", label_sv="Kort om projektet", help_sv="Kort.")
    application = Application.objects.for_pages().get(pk=draft.pk)
    with django_assert_num_queries(0):
        assert len(corrected_in(application, section(application, "content"))) == 2
