"""The forms that come with the portal: every part of the programme's list, in both languages."""

from collections import Counter

import pytest

from applications.actions import faults_in
from applications.management import reference
from applications.management.form_data import forms, parts
from applications.models import FormVersion, Question, RequestedAttachment, Round, RoundPhase
from applications.states import PAGE_OF_KIND, QuestionKind
from funding.states import Phase
from tests.moments import MID_ROUND

pytestmark = pytest.mark.usefixtures("reference")

F, P, S, U, D = Phase
EVERY = {F, P, S, U, D}
PHASES_OF_PART = {
    1: EVERY,
    2: EVERY,
    3: EVERY,
    4: EVERY,
    5: EVERY,
    6: EVERY,
    7: {F, P, U},
    8: EVERY,
    9: EVERY,
    10: EVERY,
    11: {F, P, U},
    12: {F, P, U},
    13: {P, S, U},
    14: {P, U},
    15: {P},
    16: {P},
    17: {F, P, U, D},
    18: {F, P, S, U},
    19: EVERY,
    20: EVERY,
    21: {F, P, S, U},
    22: {P, U},
    23: {P, U},
    24: {P, U},
    25: {P},
    26: {P},
    27: EVERY,
    28: {F, P, S},
    29: {F, P},
    30: {P, S},
    31: {P, U},
    32: EVERY,
    33: {P, S},
    34: {P, D},
    35: {P, S},
    36: {F, P},
    37: {S},
    38: EVERY,
    39: EVERY,
    40: EVERY,
    41: EVERY,
    42: EVERY,
}
"""The programme's list of 42 parts and the phases that ask for each. Two readings of ours: the team
of an inception (36) is what the list says of part 35 there, and a project shows its steering group
(35), which it is tried together with."""

LIMITS = {
    "summary": 200,
    "problem_swedish": 3_000,
    "problem_partner": 3_000,
    "shared_challenge": 1_500,
    "target_group_primary": 1_500,
    "target_group_secondary": 1_500,
    "objective": 1_500,
    "result_individual": 1_000,
    "result_organisation": 1_000,
    "result_society": 1_000,
    "learning": 2_000,
    "follow_up": 1_500,
    "sustainability": 2_000,
    "dissemination_plan": 1_500,
    "budget_notes": 2_000,
    "gender": 1_500,
    "rights": 1_500,
    "poverty": 1_500,
    "environment": 1_000,
    "child": 1_000,
    "previous_cooperation": 1_500,
    "mutuality": 2_000,
    "mandate": 2_000,
}
"""Of each text, in characters; the summary in words. An inception's problem analyses have 1 500."""


def full(phase) -> FormVersion:
    return FormVersion.objects.get(phase=phase, number=2)


@pytest.mark.parametrize("number", PHASES_OF_PART)
def test_every_part_of_the_list_is_asked_in_its_phases(number):
    keys = [key for key, part in parts().items() if number in part["covers"]]
    assert keys
    asking = Question.objects.filter(key__in=keys, form_version__number=2)
    assert set(asking.values_list("form_version__phase", flat=True)) == PHASES_OF_PART[number]


def test_the_list_has_42_parts_and_every_part_of_a_form_is_on_it():
    covered = {number for part in parts().values() for number in part["covers"]}
    assert covered == set(PHASES_OF_PART) == set(range(1, 43))


@pytest.mark.parametrize("phase", Phase)
def test_a_full_form_has_nothing_that_would_stop_it_from_being_published(phase):
    assert [fault.text() for fault in faults_in(full(phase))] == []


def test_every_text_keeps_the_limit_of_the_list():
    texts = Question.objects.filter(form_version__number=2, kind=QuestionKind.TEXT)
    for text in texts.select_related("form_version"):
        is_short = text.form_version.phase == F and text.key.startswith("problem_")
        assert text.limit == (1_500 if is_short else LIMITS[text.key]), text.key
        assert text.limit_unit == ("words" if text.key == "summary" else "characters")


def test_title_and_summary_alone_are_asked_for_in_both_languages():
    both = Question.objects.filter(form_version__number=2, languages="both")
    assert set(both.values_list("key", flat=True)) == {"title", "summary"}


def test_tables_have_the_rows_of_the_list():
    project = {row.key: (row.min_rows, row.max_rows) for row in full(P).questions.all()}
    assert project["objectives"] == (1, 6)
    assert project["activities"] == (1, 40)
    assert project["risks"] == (3, 15)
    assert project["team"] == (3, 5)
    steering = full(S).questions.get(key="risks")
    assert (steering.required, steering.min_rows, steering.max_rows) == (False, 0, 15)


@pytest.mark.parametrize("phase", Phase)
def test_every_label_and_help_text_is_there_in_both_languages(phase):
    form = full(phase)
    for row in (*form.sections.all(), *form.questions.all()):
        assert all((row.label_sv, row.label_en, row.help_sv, row.help_en)), row.key
        assert row.help_sv != row.help_en
    for row in form.requested_attachments.all():
        assert row.help_sv
        assert row.help_en


@pytest.mark.parametrize("phase", Phase)
def test_every_question_stands_on_the_page_of_its_kind(phase):
    for question in full(phase).questions.select_related("section"):
        assert PAGE_OF_KIND[question.kind] == question.section.page


def test_minutes_can_be_promised_by_each_party():
    for row in RequestedAttachment.objects.filter(kind="minutes"):
        assert row.each_party
        assert row.may_be_promised


def test_questions_of_the_short_form_keep_their_keys():
    """Answers are found by key: those to a short form are at hand in the full one."""
    gone = {
        phase: set(_texts(phase, 1)) - set(_texts(phase, 2))
        for phase in Phase
        if set(_texts(phase, 1)) - set(_texts(phase, 2))
    }
    assert gone == {F: {"objective"}}  # which the list does not ask for in an inception


def test_loading_again_changes_no_form():
    question = full(P).questions.get(key="summary")
    Question.objects.filter(pk=question.pk).update(label_sv="Kort")
    before = _counts()
    load()
    assert _counts() == before
    question.refresh_from_db()
    assert question.label_sv == "Kort"


def test_both_versions_are_published_when_they_are_loaded():
    stamped = FormVersion.objects.filter(status="published", published_at=MID_ROUND)
    assert Counter(stamped.values_list("number", flat=True)) == {1: 5, 2: 5}


def test_a_version_that_an_administrator_has_begun_is_left_alone():
    FormVersion.objects.filter(phase=D, number=2).update(status="draft")
    FormVersion.objects.get(phase=D, number=2).delete()
    own = FormVersion.objects.create(phase=D, number=2)
    load()
    own.refresh_from_db()
    assert (own.status, own.questions.count()) == ("draft", 0)


def test_new_rounds_ask_with_the_newest_published_form():
    FormVersion.objects.create(phase=P, number=3)
    Round.objects.filter(season="autumn", year=2029).delete()
    load()
    asked = RoundPhase.objects.filter(round__season="autumn", round__year=2029)
    assert set(asked.values_list("form_version__number", flat=True)) == {2}


def test_the_suite_asks_with_the_short_forms_unless_a_test_says_so():
    assert set(RoundPhase.objects.values_list("form_version__number", flat=True)) == {1}


def test_a_test_of_the_full_form_says_so(draft, full_form):
    assert draft.round.phases.get(phase=draft.phase).form_version == full(P)


def test_each_form_is_described_once():
    keys = [(form.phase, form.number) for form in forms()]
    assert len(keys) == len(set(keys)) == 10


def load() -> None:
    reference.load(MID_ROUND)


def _texts(phase, number) -> list[str]:
    rows = Question.objects.filter(form_version__phase=phase, form_version__number=number)
    return list(rows.filter(kind=QuestionKind.TEXT).values_list("key", flat=True))


def _counts() -> dict:
    return {model: model.objects.count() for model in (FormVersion, Question, RequestedAttachment)}
