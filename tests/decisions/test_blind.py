"""Two assess a case: neither reads the other's before handing in, then they agree."""

import pytest
from django.urls import reverse

from applications.fingerprints import fingerprint
from applications.refusals import StaleForm
from decisions import actions, refusals
from decisions.actions.assessing import as_saved
from decisions.documents.assessed import scored
from decisions.models import Assessment, CriteriaSet, RoundCriteria
from decisions.scoring import Typed
from tests.decisions.conftest import fresh, judge, propose, threes
from tests.moments import AFTER_CLOSE, DECISION_DAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("two_assess")]

SECRET = "Budgeten är för hög."


def page_of(client_for, set_clock, user, case) -> str:
    client = client_for(user)
    set_clock(DECISION_DAY)
    page = client.get(reverse("case", args=[case.application.public_id]))
    return page.content.decode()


def agree(case, by, **options):
    options = {"text": "Vi är eniga.", "scores": threes(case), "at": AFTER_CLOSE, **options}
    return actions.agree(fresh(case), by=by, **options)


def test_a_draft_is_read_by_its_author_alone(
    case, officer, officer2, decider, client_for, set_clock
):
    actions.assess(case, text=SECRET, by=officer, at=AFTER_CLOSE)
    for user, reads in ((officer, True), (officer2, False), (decider, False)):
        assert (SECRET in page_of(client_for, set_clock, user, case)) is reads, user


def test_the_second_assessor_reads_the_first_only_after_handing_in(
    case, officer, officer2, decider, client_for, set_clock
):
    judge(case, by=officer, text=SECRET)
    assert SECRET not in page_of(client_for, set_clock, officer2, case)
    assert SECRET in page_of(client_for, set_clock, decider, case)
    typed = {"text": "Mitt.", "scores": threes(case)}
    actions.assess(fresh(case), **typed, by=officer2, at=AFTER_CLOSE)
    assert SECRET not in page_of(client_for, set_clock, officer2, case)
    actions.hand_in_assessment(fresh(case), by=officer2, at=AFTER_CLOSE)
    assert SECRET in page_of(client_for, set_clock, officer2, case)


def test_one_is_not_enough_and_two_have_to_agree(case, officer, officer2):
    judge(case, by=officer)
    with pytest.raises(refusals.AssessmentsMissing) as refused:
        propose(case, by=officer)
    assert "1" in refused.value.text()
    with pytest.raises(refusals.AssessmentsMissing):
        agree(case, officer)
    judge(case, by=officer2)
    with pytest.raises(refusals.JointMissing):
        propose(case, by=officer)
    agree(case, officer2)
    propose(case, by=officer)


def test_only_those_who_assessed_agree(case, officer, officer2, decider):
    judge(case, by=officer)
    with pytest.raises(refusals.NotAnAssessor):
        agree(case, officer2)
    with pytest.raises(refusals.NotRole):
        agree(case, decider)


def test_what_is_agreed_on_is_replaced_whole(case, officer, officer2):
    judge(case, by=officer)
    judge(case, by=officer2)
    agree(case, officer)
    fours = {key: Typed(4, "Starkt.", "Planen") for key in threes(case)}
    agree(case, officer2, scores=fours)
    joint = Assessment.objects.with_scores().get(kind="joint")
    assert (joint.by, str(joint.mean)) == (officer2, "4.00")


def test_an_assessment_is_taken_back_only_while_nobody_else_has_handed_in(case, officer, officer2):
    judge(case, by=officer)
    actions.take_back(fresh(case), by=officer, at=AFTER_CLOSE)
    assert not Assessment.objects.get().is_handed_in
    with pytest.raises(refusals.NotAnAssessor):
        actions.take_back(fresh(case), by=officer2, at=AFTER_CLOSE)
    judge(case, by=officer)
    judge(case, by=officer2)
    with pytest.raises(refusals.OthersHaveHandedIn):
        actions.take_back(fresh(case), by=officer, at=AFTER_CLOSE)


def test_an_incomplete_one_is_not_handed_in_and_says_what_it_lacks(case, officer):
    scores = threes(case)
    first = next(iter(scores))
    scores[first] = Typed(None, "Skäl utan poäng")
    actions.assess(case, scores=scores, by=officer, at=AFTER_CLOSE)
    with pytest.raises(refusals.AssessmentIncomplete) as refused:
        actions.hand_in_assessment(fresh(case), by=officer, at=AFTER_CLOSE)
    assert refused.value.figures["missing"] == {first: ["value"]}


def test_how_far_they_stand_apart_is_shown(case, officer, officer2, decider):
    judge(case, by=officer)
    scores = threes(case)
    first = next(iter(scores))
    scores[first] = Typed(1, "Svagt.", "Planen")
    judge(case, by=officer2, scores=scores)
    found = scored(fresh(case), decider)
    assert [row.standing.far_apart for row in found.rows][:2] == [True, False]
    assert (found.hidden, found.missing) == (0, 0)


def test_a_rounds_own_set_is_used_and_the_case_keeps_it(case, officer):
    own = CriteriaSet.objects.create(phase="project", number=2, assessors=1)
    own.criteria.create(key="only", label_sv="Enda", label_en="Only", weight=1)
    own.status = "published"
    own.save()
    chosen = {"round": case.application.round, "phase": "project", "criteria_set": own}
    RoundCriteria.objects.create(**chosen)
    judge(case, by=officer)
    RoundCriteria.objects.all().delete()
    case = fresh(case)
    assert case.criteria_set == own
    assert [score.key for score in case.assessments.all()[0].given] == ["only"]


def test_two_who_agree_at_once_do_not_write_over_each_other(case, officer, officer2):
    judge(case, by=officer)
    judge(case, by=officer2)
    empty = fingerprint(as_saved(None))
    agree(case, officer, was=empty)
    with pytest.raises(StaleForm):
        agree(case, officer2, was=empty)


def test_a_handed_in_assessment_is_taken_back_on_the_case_page(case, officer, officer2, client_for):
    judge(case, by=officer)
    page = f"/arenden/{case.application.public_id}/"
    address = f"{page}aterta-bedomning/"
    assert address in client_for(officer).get(page).content.decode()
    assert address not in client_for(officer2).get(page).content.decode()
    client_for(officer).post(address)
    assert not Assessment.objects.get().is_handed_in
    refused = client_for(officer2).post(address, follow=True)
    assert "Bara den som" in refused.content.decode()
