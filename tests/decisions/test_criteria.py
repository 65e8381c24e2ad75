"""Sets of criteria: copied, published, and one set for all cases of a round's phase."""

import pytest

from decisions import actions, refusals
from decisions.actions.choosing_criteria import criteria_of, ensure_choosable
from decisions.models import Case, CriteriaSet, RoundCriteria
from icld_portal.refusals import Refusal
from tests.decisions.conftest import fresh, judge
from tests.moments import AFTER_CLOSE

SETS = "/admin/decisions/criteriaset/"
CHOICES = "/admin/decisions/roundcriteria/"


@pytest.fixture
def desk(client_for, administrator):
    return client_for(administrator)


@pytest.fixture
def published(reference):
    return CriteriaSet.objects.newest_of("project")


@pytest.fixture
def draft_set(published, administrator):
    return actions.copy_criteria(published, by=administrator, at=AFTER_CLOSE)


def test_a_copy_is_a_draft_with_the_same_criteria(published, draft_set):
    assert (draft_set.number, draft_set.is_published) == (published.number + 1, False)
    values = ("key", "position", "label_sv", "question_en", "weight", "evidence_required")
    assert list(draft_set.criteria.values(*values)) == list(published.criteria.values(*values))


def test_a_draft_measures_nothing_until_it_is_published(draft_set, published, administrator):
    assert CriteriaSet.objects.newest_of("project") == published
    actions.publish_criteria(draft_set, by=administrator, at=AFTER_CLOSE)
    assert CriteriaSet.objects.newest_of("project") == draft_set
    with pytest.raises(refusals.CriteriaPublished):
        actions.publish_criteria(draft_set, by=administrator, at=AFTER_CLOSE)


def test_a_set_without_criteria_is_not_published(draft_set, administrator):
    draft_set.criteria.all().delete()
    with pytest.raises(refusals.NoCriteria):
        actions.publish_criteria(draft_set, by=administrator, at=AFTER_CLOSE)


def test_all_cases_of_a_round_are_measured_by_the_set_the_first_began_with(
    case, officer, draft_set, published, administrator
):
    judge(case, by=officer)
    first = fresh(case).criteria_set
    actions.publish_criteria(draft_set, by=administrator, at=AFTER_CLOSE)
    other = fresh(case)
    other.criteria_set = None
    assert criteria_of(other) == first != draft_set


@pytest.mark.parametrize(
    ("phase", "publishes", "begun", "refusal"),
    [
        ("project", True, False, ""),
        ("project", False, False, "criteria_not_published"),
        ("preparation", True, False, "criteria_of_other_phase"),
        ("project", True, True, "criteria_in_use"),
    ],
)
def test_what_a_round_may_choose(
    case, officer, draft_set, administrator, phase, publishes, begun, refusal
):
    if begun:
        judge(case, by=officer)
    if publishes:
        actions.publish_criteria(draft_set, by=administrator, at=AFTER_CLOSE)
    chosen = CriteriaSet.objects.get(pk=draft_set.pk)
    said = ""
    try:
        ensure_choosable(case.application.round, phase, chosen)
    except Refusal as refused:
        said = refused.code
    assert said == refusal


def test_an_administrator_copies_changes_and_publishes(desk, published):
    made = desk.post(f"{SETS}{published.pk}/copy/", follow=True)
    draft = CriteriaSet.objects.get(phase="project", number=published.number + 1)
    assert made.redirect_chain[-1][0] == f"{SETS}{draft.pk}/change/"
    assert "criteria-0-label_sv" in made.content.decode()
    desk.post(f"{SETS}{draft.pk}/publish/")
    draft.refresh_from_db()
    assert draft.is_published
    page = desk.get(f"{SETS}{draft.pk}/change/").content.decode()
    assert "criteria-0-label_sv" not in page


def test_an_administrator_is_told_why_a_round_cannot_have_a_set(desk, case, officer, draft_set):
    judge(case, by=officer)
    actions.publish_criteria(draft_set, by=officer, at=AFTER_CLOSE)
    RoundCriteria.objects.all().delete()
    typed = {
        "round": case.application.round_id,
        "phase": "project",
        "criteria_set": draft_set.pk,
    }
    answer = desk.post(f"{CHOICES}add/", typed)
    assert "mäts med samma" in answer.content.decode()
    row = RoundCriteria.objects.create(
        round=case.application.round,
        phase="project",
        criteria_set=Case.objects.get(pk=case.pk).criteria_set,
    )
    answer = desk.post(f"{CHOICES}{row.pk}/change/", {"criteria_set": draft_set.pk})
    assert "mäts med samma" in answer.content.decode()


def test_nobody_else_edits_criteria(client_for, officer, published):
    assert client_for(officer).get(f"{SETS}{published.pk}/change/").status_code in (302, 403, 404)
