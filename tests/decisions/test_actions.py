"""The verbs of a case: what they do, and what they refuse."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.states import Role
from applications import actions as application_actions
from applications.actions.submitting import together
from applications.fingerprints import fingerprint
from applications.models import Application, Event
from applications.refusals import StaleForm
from applications.states import ApplicationState, Audience
from decisions import actions, refusals
from decisions.actions.assessing import as_saved
from decisions.actions.moving import seen
from decisions.models import Assessment, Case, Decision, Proposal
from decisions.states import CaseState, Outcome
from partnerships.models import Membership
from tests.builders import fill
from tests.conftest import colleague
from tests.conftest import fresh as fresh_application
from tests.decisions.conftest import (
    ASKED_SEK,
    decide,
    fresh,
    in_years,
    judge,
    kinds,
    lines_of,
    propose,
)
from tests.moments import (
    AFTER_CLOSE,
    CLOSE,
    DECISION_DAY,
    ENFORCED,
    LAST_SECOND,
    MID_ROUND,
)


def test_a_case_is_opened_once_however_often_it_is_asked_for(submitted):
    first = actions.open_case(submitted, at=AFTER_CLOSE)
    assert actions.open_case(submitted, at=DECISION_DAY) == first
    assert first.opened_at == AFTER_CLOSE
    assert kinds(first).count("case_opened") == 1


def test_the_officer_of_a_case_is_chosen_and_changed(case, officer, officer2):
    actions.assign(case, officer=officer, by=officer, at=AFTER_CLOSE)
    actions.assign(case, officer=officer, by=officer, at=AFTER_CLOSE)
    actions.assign(case, officer=officer2, by=officer, at=AFTER_CLOSE)
    assert fresh(case).officer == officer2
    assert kinds(case).count("officer_assigned") == 2
    case.application.refresh_from_db()
    assert case.application.contact == officer2  # named to the parties


def test_only_an_officer_can_be_given_a_case(case, officer, decider):
    with pytest.raises(refusals.NotAnOfficer):
        actions.assign(case, officer=decider, by=officer, at=AFTER_CLOSE)


def test_an_officer_who_belongs_to_a_party_is_disqualified(case, officer, officer2, malmo_stad):
    Membership.objects.create(user=officer, organisation=malmo_stad, role="reader")
    with pytest.raises(refusals.Disqualified):
        judge(case, by=officer, at=AFTER_CLOSE)
    with pytest.raises(refusals.Disqualified):
        actions.assign(case, officer=officer2, by=officer, at=AFTER_CLOSE)
    with pytest.raises(refusals.NotAnOfficer):
        actions.assign(case, officer=officer, by=officer2, at=AFTER_CLOSE)


# --- assessing --------------------------------------------------------------------------------


def test_each_person_has_one_assessment_and_may_rewrite_it_until_it_is_handed_in(
    case, officer, officer2
):
    actions.assess(case, text="Första.", by=officer, at=AFTER_CLOSE)
    judge(case, text="Andra.", by=officer)
    judge(case, text="Min.", by=officer2)
    texts = Assessment.objects.filter(case=case).values_list("by__name", "text")
    assert set(texts) == {("Sara Lind", "Andra."), ("Tor Berg", "Min.")}
    assert kinds(case).count("assessed") == 2
    with pytest.raises(refusals.AssessmentHandedIn):
        actions.assess(case, text="Tredje.", by=officer, at=AFTER_CLOSE)


def test_an_assessment_can_be_written_before_the_close(case, officer):
    actions.assess(case, text="Läst.", by=officer, at=MID_ROUND)
    assert fresh(case).state == CaseState.ASSESSMENT


def test_an_assessment_is_locked_once_the_case_is_proposed(proposed, officer):
    with pytest.raises(refusals.AlreadyProposed):
        actions.assess(proposed, text="Nytt.", by=officer, at=AFTER_CLOSE)
    assert Assessment.objects.get(case=proposed).text == "Tydligt och genomförbart."


def test_a_second_tab_does_not_overwrite_the_assessment(case, officer):
    actions.assess(case, text="Först.", by=officer, at=AFTER_CLOSE)
    empty = fingerprint(as_saved(None))
    with pytest.raises(StaleForm):
        actions.assess(case, text="Nytt.", by=officer, at=AFTER_CLOSE, was=empty)


def test_a_decider_does_not_assess_and_an_officer_does_not_decide(proposed, officer, decider):
    with pytest.raises(refusals.NotRole):
        judge(proposed, by=decider, at=AFTER_CLOSE)
    with pytest.raises(refusals.NotRole):
        decide(proposed, by=officer, presented_by=officer)


# --- proposing and deciding -------------------------------------------------------------------


@pytest.mark.parametrize("early", [LAST_SECOND, CLOSE, ENFORCED - timedelta(seconds=1)], ids=str)
def test_until_the_deadline_is_due_a_case_is_neither_proposed_nor_decided(
    early, assessed, officer, decider
):
    """What arrived in the last second may be dealt with minutes after the close."""
    with pytest.raises(refusals.RoundStillOpen) as refused:
        propose(assessed, by=officer, at=early)
    assert "15 mars 2027" in refused.value.text().replace("\xa0", " ")
    propose(assessed, by=officer, at=ENFORCED)
    with pytest.raises(refusals.RoundStillOpen):
        decide(assessed, by=decider, presented_by=officer, at=early)
    decide(assessed, by=decider, presented_by=officer, at=ENFORCED)


def test_the_newest_proposal_counts_and_older_ones_are_kept(proposed, officer2):
    propose(proposed, by=officer2, outcome=Outcome.REJECTED)
    case = fresh(proposed)
    assert [proposal.outcome for proposal in case.proposals.all()] == ["rejected", "granted"]


def test_a_proposal_made_after_the_page_was_opened_stops_the_decision(
    proposed, officer, officer2, decider
):
    was = seen(proposed.proposals.first())
    propose(proposed, by=officer2, outcome=Outcome.REJECTED)
    with pytest.raises(refusals.NewerProposal):
        decide(proposed, by=decider, presented_by=officer, was=was)


def test_the_one_who_alone_assessed_does_not_decide(case, officer, officer2):
    judge(case, by=officer2, at=AFTER_CLOSE)
    propose(case, by=officer)
    with pytest.raises(refusals.DeciderAssessed):
        decide(case, by=officer2, presented_by=officer)


def test_one_of_two_assessors_may_decide(case, officer, officer2):
    judge(case, by=officer, at=AFTER_CLOSE)
    judge(case, by=officer2, at=AFTER_CLOSE)
    propose(case, by=officer)
    assert decide(case, by=officer2, presented_by=officer).decided_by == officer2


def test_the_one_who_proposed_does_not_decide(assessed, officer, officer2):
    propose(assessed, by=officer2)
    with pytest.raises(refusals.DeciderProposed):
        decide(assessed, by=officer2, presented_by=officer)


def test_the_one_who_decides_does_not_present(proposed, officer2):
    with pytest.raises(refusals.PresenterDecides):
        decide(proposed, by=officer2, presented_by=officer2)


def test_a_decision_is_made_once(decided, officer, decider):
    with pytest.raises(refusals.AlreadyDecided):
        decide(decided, by=decider, presented_by=officer)
    assert Decision.objects.count() == 1


def test_a_decision_rests_on_the_latest_submission(submitted, malmo, officer, decider):
    case = actions.open_case(submitted, at=MID_ROUND)
    judge(case, by=officer, at=MID_ROUND)
    submitted = fresh_application(submitted)
    application_actions.save_details(submitted, {"title_sv": "Ny titel"}, by=malmo, at=MID_ROUND)
    application_actions.submit(together(submitted), by=malmo, at=LAST_SECOND)
    propose(case, by=officer)
    assert decide(case, by=decider, presented_by=officer).submission.version == 2


def withdraw(case):
    Application.objects.filter(pk=case.application_id).update(state=ApplicationState.WITHDRAWN)
    return fresh(case)


def test_a_withdrawn_application_is_not_assessed_or_proposed(assessed, officer):
    case = withdraw(assessed)
    with pytest.raises(refusals.ApplicationWithdrawn):
        judge(case, by=officer, at=AFTER_CLOSE)
    with pytest.raises(refusals.ApplicationWithdrawn):
        propose(case, by=officer)


def test_a_withdrawn_application_is_not_decided(proposed, officer, decider):
    with pytest.raises(refusals.ApplicationWithdrawn):
        decide(withdraw(proposed), by=decider, presented_by=officer)


def test_a_decision_on_a_withdrawn_application_is_not_released(proposed, officer, decider):
    decide(proposed, by=decider, presented_by=officer)
    with pytest.raises(refusals.ApplicationWithdrawn):
        actions.release(withdraw(proposed), by=officer, at=AFTER_CLOSE)


@pytest.mark.parametrize("reasons", ["", " \n "])
def test_reasons_are_always_given(proposed, officer, decider, reasons):
    with pytest.raises(refusals.NoReasons):
        propose(proposed, by=officer, reasons=reasons)
    with pytest.raises(refusals.NoReasons):
        decide(proposed, by=decider, presented_by=officer, reasons=reasons)


@pytest.mark.parametrize(
    ("outcome", "amount", "refusal"),
    [
        (Outcome.GRANTED, ASKED_SEK - 1, refusals.OutcomeDoesNotFit),
        (Outcome.GRANTED, ASKED_SEK + 1, refusals.AmountOverAsked),
        (Outcome.GRANTED, 0, refusals.OutcomeDoesNotFit),
        (Outcome.GRANTED, -1, refusals.AmountBelowZero),
        (Outcome.PARTLY_GRANTED, ASKED_SEK, refusals.OutcomeDoesNotFit),
        (Outcome.PARTLY_GRANTED, 0, refusals.OutcomeDoesNotFit),
        (Outcome.PARTLY_GRANTED, ASKED_SEK + 1, refusals.AmountOverAsked),
        (Outcome.PARTLY_GRANTED, -1, refusals.AmountBelowZero),
    ],
)
def test_outcome_and_amount_must_fit(proposed, officer, decider, outcome, amount, refusal):
    options = {"outcome": outcome, "amounts": in_years(proposed, amount)}
    with pytest.raises(refusal) as refused:
        decide(proposed, by=decider, presented_by=officer, **options)
    assert refused.value.text()
    with pytest.raises(refusal):
        propose(proposed, by=officer, **options)
    assert not Decision.objects.exists()
    assert Proposal.objects.count() == 1


def test_a_line_over_what_was_asked_for_is_named(proposed, officer):
    with pytest.raises(refusals.AmountOverAsked) as refused:
        propose(proposed, by=officer, amounts=in_years(proposed, ASKED_SEK + 1))
    assert refused.value.text().startswith("År 1, Utbytesresa 2: 20\xa0001\xa0kr är mer än")


def test_a_line_that_was_not_submitted_is_refused(proposed, officer, decider):
    unknown = {uuid4(): 1}
    with pytest.raises(refusals.UnknownLines) as refused:
        decide(proposed, by=decider, presented_by=officer, amounts=unknown)
    assert refused.value.text()
    with pytest.raises(refusals.UnknownLines):
        propose(proposed, by=officer, outcome=Outcome.REJECTED, amounts=unknown)


@pytest.mark.parametrize(
    ("outcome", "amount", "granted"),
    [
        (Outcome.GRANTED, ASKED_SEK, ASKED_SEK),
        (Outcome.PARTLY_GRANTED, 1, 1),
        (Outcome.PARTLY_GRANTED, ASKED_SEK - 1, ASKED_SEK - 1),
        (Outcome.REJECTED, 0, 0),
        (Outcome.REJECTED, ASKED_SEK, 0),
    ],
)
def test_every_outcome_can_be_decided(proposed, officer, decider, outcome, amount, granted):
    amounts = in_years(proposed, amount)
    decision = decide(proposed, by=decider, presented_by=officer, outcome=outcome, amounts=amounts)
    assert (decision.outcome, decision.amount_sek) == (outcome, granted)
    assert sum(line.amount_sek for line in decision.budget.lines.all()) == granted


def test_a_line_that_is_not_mentioned_gets_what_was_asked_for(three_years, officer, decider):
    line = next(line for line in lines_of(three_years) if line.year == 2)
    options = {"outcome": Outcome.PARTLY_GRANTED, "amounts": {line.key: 10_000}}
    propose(three_years, by=officer, **options)
    decision = decide(three_years, by=decider, presented_by=officer, **options)
    newest = fresh(three_years).proposals.all()[0]
    assert newest.amounts.by_year == {1: ASKED_SEK, 2: 30_000, 3: ASKED_SEK}
    assert decision.amount_sek == 2 * ASKED_SEK + 30_000


def test_reducing_keeps_the_applicants_figures_and_the_keys_of_the_lines(
    three_years, officer, decider
):
    submission = three_years.application.submissions.first()
    before = list(submission.budget.lines.values())
    rejected = {"outcome": Outcome.REJECTED}
    propose(three_years, by=officer, **rejected)
    decision = decide(three_years, by=decider, presented_by=officer, **rejected)
    assert list(submission.budget.lines.values()) == before
    budgets = [submission.budget, fresh(three_years).proposals.all()[0].budget, decision.budget]
    assert len({budget.pk for budget in budgets}) == 3
    found = {tuple(budget.lines.values_list("key", flat=True)) for budget in budgets}
    assert len(found) == 1


@pytest.mark.parametrize("model", [Proposal, Decision])
def test_what_is_proposed_and_decided_is_locked_in_the_database(decided, model):
    budget = model.objects.get().budget
    assert budget.locked_at
    for change in (
        lambda: budget.lines.update(amount_sek=1),
        lambda: budget.lines.all().delete(),
        lambda: type(budget).objects.filter(pk=budget.pk).update(locked_at=None),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.fixture
def three_years(pair, malmo, officer):
    """The project over three years, asking for 40 000 kr in each; assessed."""
    for application in pair:
        fill(application, by=malmo, at=MID_ROUND, years=3)
    return assessed_case(pair, pair[0], malmo, officer)


@pytest.fixture
def over_guideline(pair, malmo, officer):
    """The steering group's case, asking for 450 000 kr of a guideline of 300 000 kr a year."""
    return beyond_guideline(pair, malmo, officer, years=1)


@pytest.fixture
def over_in_each_year(pair, malmo, officer):
    """The same over two years: 450 000 kr in each."""
    return beyond_guideline(pair, malmo, officer, years=2)


def beyond_guideline(pair, malmo, officer, *, years: int) -> Case:
    for application in pair:
        budget = (("RESA_INT", 5, 45_000),) * 2
        fill(application, by=malmo, at=MID_ROUND, budget=budget, years=years)
        values = {"guideline_reason": "Tolkar vid varje möte."}
        application_actions.save_reasons(application, values, by=malmo, at=MID_ROUND)
    case = assessed_case(pair, pair[1], malmo, officer)
    propose(case, by=officer)
    return fresh(case)


def assessed_case(pair, application, malmo, officer) -> Case:
    application_actions.submit(together(fresh_application(pair[0])), by=malmo, at=MID_ROUND)
    case = actions.open_case(fresh_application(application), at=AFTER_CLOSE)
    judge(case, text="Motiverat.", by=officer)
    return fresh(case)


def test_a_guideline_is_exceeded_only_when_the_decider_accepts_it(over_guideline, officer, decider):
    with pytest.raises(refusals.GuidelineNotAccepted) as refused:
        decide(over_guideline, by=decider, presented_by=officer)
    told = refused.value.text().replace("\xa0", " ")
    assert told.startswith("450 000 kr är mer än riktpunkten 300 000 kr.")
    decision = decide(over_guideline, by=decider, presented_by=officer, guideline_accepted=True)
    assert decision.guideline_accepted


def test_a_guideline_exceeded_in_one_year_is_told_with_the_figures_of_that_year(
    over_in_each_year, officer, decider
):
    options = {
        "outcome": Outcome.PARTLY_GRANTED,
        "amounts": in_years(over_in_each_year, 100_000, 400_000),
    }
    with pytest.raises(refusals.GuidelineNotAccepted) as refused:
        decide(over_in_each_year, by=decider, presented_by=officer, **options)
    told = refused.value.text().replace("\xa0", " ")
    assert told.startswith("År 2: 400 000 kr är mer än riktpunkten 300 000 kr.")
    assert "År 1" not in told
    assert "takbelopp" not in told
    options["guideline_accepted"] = True
    assert decide(over_in_each_year, by=decider, presented_by=officer, **options).guideline_accepted


def test_the_case_page_says_which_years_are_over_the_guideline(
    over_in_each_year, officer, client_for
):
    address = reverse("case", args=[over_in_each_year.application.public_id])
    content = client_for(officer).get(address).content.decode().replace("\xa0", " ")
    assert "År 1: 450 000 kr av 300 000 kr. År 2: 450 000 kr av 300 000 kr." in content


def test_within_the_guideline_there_is_nothing_to_accept(over_guideline, officer, decider):
    decision = decide(
        over_guideline,
        by=decider,
        presented_by=officer,
        outcome=Outcome.PARTLY_GRANTED,
        amounts=in_years(over_guideline, 300_000),
        guideline_accepted=True,
    )
    assert not decision.guideline_accepted


# --- sending again ----------------------------------------------------------------------------


def test_a_message_is_sent_again_and_the_timeline_says_so(sent, officer):
    message = sent.application.case_messages.first()
    actions.send_again(message, by=officer, at=DECISION_DAY)
    message.message.refresh_from_db()
    assert message.message.state == "queued"
    assert kinds(sent)[-1] == "message_sent_again"


def test_nothing_of_the_officers_work_is_for_the_parties(decided):
    staff = Event.objects.filter(application=decided.application, audience=Audience.STAFF)
    assert {"case_opened", "assessed", "proposed", "decided"} <= set(
        staff.values_list("kind", flat=True)
    )


def test_a_case_is_decided_for_itself(decided):
    """Project and steering group are two cases."""
    steering = decided.application.steering_application
    other = actions.open_case(steering, at=AFTER_CLOSE)
    assert Case.objects.get(pk=other.pk).state == CaseState.RECEIVED


def test_the_cast_has_a_second_officer_who_also_decides(officer2):
    assert officer2.roles == {Role.OFFICER, Role.DECIDER}
    assert colleague(Role.AUDITOR, "revisor@example.org", "Eva Ask").roles == {Role.AUDITOR}
