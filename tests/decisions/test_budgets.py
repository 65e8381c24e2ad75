"""Budgets line by line: on the case page, in the forms, and as the parties read them."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from applications import actions as application_actions
from applications.actions.submitting import together
from decisions import actions
from decisions.amounts import asked_in, settled
from decisions.documents.compared import Column, compared
from decisions.documents.consequences import consequences
from decisions.documents.facts import checks
from decisions.documents.version_changes import version_changes
from decisions.models import Decision, Letter
from decisions.states import Outcome
from funding.budget_diff import Change
from tests.builders import add_line, fill
from tests.conftest import fresh as fresh_application
from tests.decisions.conftest import REASONS, decide, fresh, in_years, judge, lines_of, propose
from tests.moments import AFTER_CLOSE, DECISION_DAY, MID_ROUND

PART = Outcome.PARTLY_GRANTED


def page_of(client, name: str, case) -> str:
    """The page's text, with plain spaces."""
    address = reverse(name, args=[case.application.public_id])
    return client.get(address).content.decode().replace("\xa0", " ")


@pytest.fixture
def with_pay(pair, malmo, officer):
    """A project of two journeys for 40 000 kr and ten days of pay for 40 000 kr; assessed."""
    budget = (("RESA_INT", 1, 20_000), ("RESA_INT", 1, 20_000), ("LON", 10, 4_000))
    for application in pair:
        fill(application, by=malmo, at=MID_ROUND, budget=budget)
    application_actions.submit(together(fresh_application(pair[0])), by=malmo, at=MID_ROUND)
    case = actions.open_case(fresh_application(pair[0]), at=AFTER_CLOSE)
    judge(case, by=officer, at=AFTER_CLOSE)
    return fresh(case)


# --- what reductions lead to ------------------------------------------------------------------


def led_to(case, outcome, amounts) -> list[str]:
    content = case.application.submissions.first().data
    granted = settled(asked_in(content), outcome, amounts)
    return [text.replace("\xa0", " ") for text in consequences(content, granted)]


def test_nothing_is_said_of_a_budget_that_is_granted_as_it_stands(with_pay):
    assert led_to(with_pay, Outcome.GRANTED, {}) == []


def test_a_rejection_leads_to_nothing(with_pay):
    assert led_to(with_pay, Outcome.REJECTED, {}) == []


def test_the_share_of_pay_is_told_when_other_lines_are_reduced(with_pay):
    first, *_rest = lines_of(with_pay)
    (said,) = led_to(with_pay, PART, {first.key: 10_000})
    assert said.startswith("Löner och arvoden är nu 57,2 % av budgeten: 40 000 kr av 70 000 kr.")


def test_reducing_pay_alone_leads_to_nothing(with_pay):
    *_journeys, pay = lines_of(with_pay)
    assert led_to(with_pay, PART, {pay.key: 1_000}) == []


def test_a_journey_that_gets_nothing_is_no_visit(with_pay):
    first, _second, pay = lines_of(with_pay)
    (said,) = led_to(with_pay, PART, {first.key: 0, pay.key: 0})
    assert "besök" in said


# --- the table --------------------------------------------------------------------------------


def test_each_line_stands_beside_what_is_made_of_it(with_pay):
    content = with_pay.application.submissions.first().data
    first, *_rest = lines_of(with_pay)
    amounts = settled(asked_in(content), PART, {first.key: 5_000})
    budget = compared(content, [Column("Föreslaget", amounts)])
    (year,) = budget.years
    found = [
        (line.line.amount_sek, line.cells[0].diff.after_sek, line.is_pay) for line in year.lines
    ]
    assert found == [(20_000, 5_000, False), (20_000, 20_000, False), (40_000, 40_000, True)]
    assert [cell.diff.difference_sek for cell in (*year.sums, *budget.sums)] == [-15_000] * 2
    assert (budget.pay.pay_sek, budget.pay.total_sek) == (40_000, 65_000)


def test_the_case_page_has_the_columns_that_exist(with_pay, officer, decider, client_for):
    client = client_for(officer)
    content = page_of(client, "case", with_pay)
    assert ">Sökt</th>" in content
    assert ">Föreslaget</th>" not in content
    assert ">Beviljat</th>" not in content
    first, second, _pay = lines_of(with_pay)
    propose(with_pay, by=officer, outcome=PART, amounts={first.key: 15_000})
    content = page_of(client, "case", with_pay)
    assert ">Föreslaget</th>" in content
    assert "−5 000 kr" in content
    assert ">Beviljat</th>" not in content
    decide(with_pay, by=decider, presented_by=officer, outcome=PART, amounts={second.key: 13_000})
    content = page_of(client, "case", with_pay)
    assert ">Beviljat</th>" in content
    assert "−5 000 kr" in content
    assert "−7 000 kr" in content


def test_the_case_page_says_what_the_reductions_lead_to(with_pay, officer, client_for):
    first, *_rest = lines_of(with_pay)
    propose(with_pay, by=officer, outcome=PART, amounts={first.key: 10_000})
    assert "Löner och arvoden är nu 57,2 %" in page_of(client_for(officer), "case", with_pay)


def test_the_case_page_shows_why_more_is_asked_for(submitted, malmo, officer, client_for):
    submitted = fresh_application(submitted)
    reasons = {"guideline_reason": "Tolk på två språk.", "visits_reason": "Valår i Zambia."}
    application_actions.save_reasons(submitted, reasons, by=malmo, at=MID_ROUND)
    application_actions.submit(together(fresh_application(submitted)), by=malmo, at=MID_ROUND)
    case = fresh(actions.open_case(submitted, at=AFTER_CLOSE))
    content = page_of(client_for(officer), "case", case)
    assert content.count("Tolk på två språk.") == 1
    assert content.count("Valår i Zambia.") == 1


def test_a_proposal_on_an_earlier_version_keeps_its_own_figures(
    with_pay, pair, malmo, officer, client_for
):
    """A round that is extended after its close lets a new version in."""
    propose(with_pay, by=officer)
    project = fresh_application(pair[0])
    add_line(project, "LOGI", 1, 7_000, by=malmo, at=MID_ROUND, description="Hotell")
    application_actions.submit(together(project), by=malmo, at=MID_ROUND)
    case = fresh(with_pay)
    assert case.proposals.all()[0].amounts.total_sek == 80_000
    assert "Hotell" in page_of(client_for(officer), "case", case)


def test_partners_in_several_regions_are_flagged_for_the_officer(submitted):
    submission = submitted.submissions.first()
    ceiling = {**submission.data["ceiling"], "flags": ["mixed_regions"]}
    flagged = SimpleNamespace(
        data={**submission.data, "ceiling": ceiling}, received_at=submission.received_at
    )
    hints = [check.hint for check in checks(flagged, submitted.round) if not check.met]
    assert any("flera regioner" in hint for hint in hints)


# --- the forms --------------------------------------------------------------------------------


def typed(case, *amounts: str, **changes) -> dict:
    lines = zip(lines_of(case), amounts, strict=True)
    fields = {f"line_{line.key}": amount for line, amount in lines}
    return {"outcome": "partly_granted", "reasons": REASONS, "was": "", **fields, **changes}


def test_every_wrong_line_is_told_at_once_and_what_was_typed_is_kept(
    with_pay, officer, client_for, set_clock
):
    client = client_for(officer)
    set_clock(DECISION_DAY)
    address = reverse("case_propose", args=[with_pay.application.public_id])
    response = client.post(address, typed(with_pay, "20 001", "femton tusen", ""))
    content = response.content.decode().replace("\xa0", " ")
    assert content.count('class="field-error"') == 3
    for said in ("20 001 kr är mer än de 20 000 kr", "är inte ett belopp", "Skriv ett belopp"):
        assert said in content
    for value in ("20 001", "femton tusen"):
        assert f'value="{value}"' in content
    assert not fresh(with_pay).proposals.exists()


def test_the_decider_grants_less_than_was_proposed(
    with_pay, officer, decider, client_for, set_clock
):
    first, second, _pay = lines_of(with_pay)
    propose(with_pay, by=officer, outcome=PART, amounts={first.key: 15_000})
    client = client_for(decider)
    set_clock(DECISION_DAY)
    content = page_of(client, "case_decide", with_pay)
    assert 'value="15 000"' in content
    assert 'value="20 000"' in content
    address = reverse("case_decide", args=[with_pay.application.public_id])
    form = typed(with_pay, "15 000", "10 tkr", "40 000", presented_by=officer.pk)
    form["was"] = content.split('name="was" value="')[1].split('"')[0]
    assert client.post(address, form).status_code == 200
    form[f"line_{second.key}"] = "10 000 kr"
    assert client.post(address, form).status_code == 302
    amounts = Letter.objects.with_decision().get().amounts.by_key
    assert [amounts[line.key] for line in lines_of(with_pay)] == [15_000, 10_000, 40_000]
    assert Decision.objects.get().amount_sek == 65_000


def test_after_a_proposal_to_reject_the_fields_have_what_was_asked_for(
    with_pay, officer, decider, client_for, set_clock
):
    propose(with_pay, by=officer, outcome=Outcome.REJECTED)
    client = client_for(decider)
    set_clock(DECISION_DAY)
    content = page_of(client, "case_decide", with_pay)
    assert content.count('value="20 000"') == 2
    assert '<output data-sum="1">0 kr</output>' in content


def test_the_forms_fields_come_in_the_order_of_the_page(with_pay, officer, client_for, set_clock):
    client = client_for(officer)
    set_clock(DECISION_DAY)
    address = reverse("case_propose", args=[with_pay.application.public_id])
    content = client.post(address, typed(with_pay, "x", "1", "1", reasons="", outcome="")).content
    links = [part.split('"')[0] for part in content.decode().split('<a href="#')[1:]]
    first = lines_of(with_pay)[0]
    assert links[-3:] == ["id_outcome_0", f"id_line_{first.key}", "id_reasons"]


# --- as the parties read it -------------------------------------------------------------------


def test_the_parties_read_what_each_line_got_once_it_is_released(
    with_pay, officer, decider, malmo, client_for
):
    amounts = in_years(with_pay, 65_000)
    propose(with_pay, by=officer, outcome=PART, amounts=amounts)
    decide(with_pay, by=decider, presented_by=officer, outcome=PART, amounts=amounts)
    actions.release(with_pay, by=officer, at=DECISION_DAY)
    content = page_of(client_for(malmo), "application_decision", with_pay)
    assert "−15 000 kr" in content
    assert ">Sökt</th>" in content
    assert ">Föreslaget</th>" not in content


def test_a_rejection_has_no_lines_to_read(assessed, officer, decider, malmo, client_for):
    propose(assessed, by=officer, outcome=Outcome.REJECTED)
    decide(assessed, by=decider, presented_by=officer, outcome=Outcome.REJECTED)
    actions.release(assessed, by=officer, at=DECISION_DAY)
    content = page_of(client_for(malmo), "application_decision", assessed)
    assert "Utbytesresa" not in content


# --- between versions -------------------------------------------------------------------------


def test_what_changed_between_two_versions_is_listed(with_pay, pair, malmo, officer, client_for):
    project = fresh_application(pair[0])
    add_line(project, "LOGI", 1, 7_000, by=malmo, at=MID_ROUND, description="Hotell")
    application_actions.submit(together(project), by=malmo, at=MID_ROUND)
    (change,) = version_changes(list(project.submissions.all()))
    assert (change.before, change.version) == (1, 2)
    assert [(line.name, line.diff.change) for line in change.lines] == [("Hotell", Change.ADDED)]
    content = page_of(client_for(officer), "case", with_pay)
    assert "Vad som ändrades i budgeten från version 1 till version 2" in content
    assert "ny rad" in content
