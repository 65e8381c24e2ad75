"""The officers' pages: promises, one per page."""

import pytest
from django.urls import reverse

from applications.actions import submit
from applications.actions.submitting import together
from applications.fingerprints import fingerprint
from applications.models import Application
from decisions import actions
from decisions.actions.moving import seen
from decisions.models import Assessment, Case, Decision, Letter
from decisions.states import CaseState, Outcome
from tests.conftest import fresh as fresh_application
from tests.decisions.conftest import CONDITIONS, REASONS, decide, fresh, lines_of, propose
from tests.html_forms import fields_of
from tests.moments import AFTER_CLOSE, DECISION_DAY, MID_ROUND

MOST_QUERIES = 12


@pytest.fixture
def desk(client_for, set_clock):
    """`desk(user)`: a browser after the close."""

    def sit_down(user, at=DECISION_DAY):
        client = client_for(user)
        set_clock(at)
        return client

    return sit_down


def address(name: str, case) -> str:
    return reverse(name, args=[case.application.public_id])


def test_a_submission_stands_in_the_queue_before_its_case_is_opened(submitted, officer, desk):
    content = desk(officer).get(reverse("cases")).content.decode()
    assert submitted.dnr in content
    assert "Lusaka City Council, Zambia" in content
    assert "10\xa0mars 2027 kl.\xa009.12.00" in content
    assert "40\xa0000\xa0kr" in content


def test_the_queue_shows_what_was_handed_in_not_what_is_written_since(submitted, officer, desk):
    Application.objects.filter(pk=submitted.pk).update(title_sv="Osänd titel")
    content = desk(officer).get(reverse("cases")).content.decode()
    assert "Osänd titel" not in content
    assert "Unga i klimatomställningen" in content


def test_a_steering_groups_case_names_its_projects_as_they_were_handed_in(
    ready, malmo, officer, desk
):
    """A draft is not named at all, nor a title that has been written since."""
    steering, projects = ready.steering_application, Application.objects.filter(pk=ready.pk)
    projects.update(title_sv="Projektets titel")
    submit([fresh_application(steering)], by=malmo, at=MID_ROUND)
    page = reverse("case", args=[steering.public_id])
    assert "Projektets titel" not in desk(officer).get(page).content.decode()
    submit(together(fresh_application(ready)), by=malmo, at=MID_ROUND)
    projects.update(title_sv="Osänd titel")
    content = desk(officer).get(page).content.decode()
    assert "Osänd titel" not in content
    assert "Projektets titel" in content


@pytest.mark.parametrize("stride", ["case", "assessed", "proposed", "decided", "sent"])
@pytest.mark.parametrize("person", ["officer", "officer2", "decider"])
def test_the_case_page_opens_at_every_stride_in_few_queries(
    request, stride, person, desk, django_assert_max_num_queries
):
    case = request.getfixturevalue(stride)
    client = desk(request.getfixturevalue(person))
    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get(address("case", case))
    content = response.content.decode()
    assert "Unga möter kommunen för sent." in content
    assert "2027-0002" in content


def test_a_case_that_the_worker_has_not_come_to_is_opened_by_its_first_reader(
    submitted, officer, desk
):
    page = reverse("case", args=[submitted.public_id])
    assert desk(officer).get(page).status_code == 200
    assert Case.objects.get().application == submitted


def test_a_draft_is_an_unknown_address_for_officers(ready, officer, desk):
    page = reverse("case", args=[ready.public_id])
    assert desk(officer).get(page).status_code == 404


@pytest.mark.parametrize(
    ("stride", "person", "offered", "said"),
    [
        ("case", "officer", {"case_assess"}, "Ingen har bedömt ärendet än"),
        ("assessed", "officer", {"case_propose"}, "Du har lämnat in din bedömning"),
        ("assessed", "decider", set(), "Görs av: Handläggare"),
        ("proposed", "officer", {"case_propose"}, "Det finns inget beslut att skicka än"),
        ("proposed", "decider", {"case_decide"}, "Görs av: Handläggare"),
        ("decided", "officer", {"case_release"}, "Läs brevet som utkast"),
        ("decided", "decider", {"case_release"}, "Läs brevet som utkast"),
        ("released", "officer", set(), "Allt är gjort"),
    ],
)
def test_the_case_page_offers_what_one_may_do_and_says_why_not_the_rest(
    request, desk, stride, person, offered, said
):
    case = request.getfixturevalue(stride)
    client = desk(request.getfixturevalue(person))
    content = client.get(address("case", case)).content.decode()
    steps = ("case_assess", "case_propose", "case_decide", "case_release")
    assert {name for name in steps if address(name, case) in content} == offered
    assert said in content


def test_before_the_close_the_page_says_when_the_case_can_be_proposed(assessed, officer, desk):
    client = desk(officer, at=MID_ROUND)
    content = client.get(address("case", assessed)).content.decode()
    assert "är öppen till och med 15\xa0mars 2027" in content
    away = client.get(address("case_propose", assessed), follow=True)
    assert "är öppen till och med" in away.content.decode()


def test_an_officer_assesses_and_rewrites(case, officer, desk):
    client = desk(officer)
    page = address("case_assess", case)
    for text in ("Första.", "Andra."):
        filled = fields_of(client.get(page)) | {"text": text, "act": "save"}
        assert client.post(page, filled).status_code == 302
    assert Assessment.objects.get().text == "Andra."
    assert not Assessment.objects.get().is_handed_in


def test_what_is_missing_stands_at_its_criterion_and_nothing_typed_is_lost(case, officer, desk):
    client, page = desk(officer), address("case_assess", case)
    filled = fields_of(client.get(page)) | {"value_relevance": "4", "act": "hand_in"}
    refused = client.post(page, filled)
    assert refused.status_code == 409
    errors = refused.context["form"].errors
    assert errors["reason_relevance"] == ["Ange skälet."]
    assert "value_relevance" not in errors
    assert errors["value_mutuality"] == ["Ge poäng."]
    again = fields_of(refused) | {"reason_relevance": "Tydlig brist.", "act": "save"}
    assert client.post(page, again).status_code == 302


def test_what_was_typed_is_kept_when_the_assessment_is_refused(case, officer, desk):
    page = address("case_assess", case)
    client = desk(officer)
    actions.assess(case, text="Från en annan flik.", by=officer, at=AFTER_CLOSE)
    response = client.post(page, {"text": "Min text.", "was": fingerprint("")})
    content = response.content.decode()
    assert response.status_code == 409
    assert "Min text." in content
    assert "Från en annan flik." in content


def proposal_form(case, **changes) -> dict:
    """What the page posts: the newest proposal seen, both lines as asked for, but for `changes`.

    `amount` is what is typed for the first line.
    """
    first, second = lines_of(case)
    typed = {"amount": "20 000", **changes}
    return {
        "outcome": "granted",
        f"line_{first.key}": typed.pop("amount"),
        f"line_{second.key}": "20 000",
        "reasons": REASONS,
        "conditions": CONDITIONS,
        "was": seen(case.proposals.first()),
        **typed,
    }


def test_an_officer_proposes(assessed, officer, desk):
    desk(officer).post(address("case_propose", assessed), proposal_form(assessed))
    proposal = fresh(assessed).proposals.all()[0]
    assert (proposal.outcome, proposal.amounts.by_year) == (Outcome.GRANTED, {1: 40_000})
    assert proposal.conditions.splitlines() == CONDITIONS.splitlines()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"amount": "50 000"}, "mer än de 20\xa0000\xa0kr som är sökta"),
        ({"amount": "19 000"}, "välj ”Delvis beviljad”"),
        ({"amount": "mycket"}, "är inte ett belopp"),
        ({"amount": ""}, "Skriv ett belopp, eller 0"),
        ({"reasons": " "}, "error-summary"),
        ({"outcome": ""}, "error-summary"),
    ],
)
def test_a_refused_proposal_says_why_at_its_field_and_keeps_the_text(
    assessed, officer, desk, changes, said
):
    form = proposal_form(assessed, conditions="Ett eget villkor.", **changes)
    response = desk(officer).post(address("case_propose", assessed), form)
    content = response.content.decode()
    assert said in content
    assert "Ett eget villkor." in content
    assert "error-summary" in content
    assert not fresh(assessed).proposals.exists()


def test_a_rejection_is_0_kr_whatever_stands_in_the_fields(assessed, officer, desk):
    form = proposal_form(assessed, outcome="rejected")
    desk(officer).post(address("case_propose", assessed), form)
    assert fresh(assessed).proposals.all()[0].amounts.by_year == {1: 0}


def test_the_decision_page_is_filled_with_the_proposal(proposed, decider, desk):
    content = desk(decider).get(address("case_decide", proposed)).content.decode()
    assert content.count(REASONS) == 2
    assert content.count('value="20\xa0000"') == 2
    assert "selected>Sara Lind" in content


def test_a_decider_decides(proposed, officer, decider, desk):
    form = proposal_form(proposed, presented_by=officer.pk)
    response = desk(decider).post(address("case_decide", proposed), form)
    assert response.status_code == 302
    assert Decision.objects.get().presented_by == officer


def test_a_newer_proposal_is_shown_and_the_typed_decision_is_kept(
    proposed, officer, officer2, decider, desk
):
    form = proposal_form(proposed, presented_by=officer.pk, conditions="Beslutarens villkor.")
    propose(proposed, by=officer2, outcome=Outcome.REJECTED, reasons="Nya skäl.")
    client = desk(decider)
    response = client.post(address("case_decide", proposed), form)
    content = response.content.decode()
    assert response.status_code == 409
    assert "Nya skäl." in content
    assert "Beslutarens villkor." in content
    form["was"] = seen(fresh(proposed).proposals.first())
    assert client.post(address("case_decide", proposed), form).status_code == 302


def test_the_release_page_says_who_will_be_told_and_does_it(
    decided, officer, malmo, malmo_reader, lusaka, desk
):
    client = desk(officer)
    content = client.get(address("case_release", decided)).content.decode()
    assert malmo.email in content
    assert lusaka.email in content
    assert malmo_reader.email not in content
    client.post(address("case_release", decided))
    assert fresh(decided).state == CaseState.RELEASED
    assert client.post(address("case_release", decided)).status_code == 302
    assert Letter.objects.count() == 1


PERMITTED = {
    "case": {"officer", "officer2", "decider"},
    "case_assign": {"officer", "officer2", "decider"},
    "case_assess": {"officer", "officer2"},
    "case_propose": {"officer", "officer2"},
    "case_decide": {"officer2", "decider"},
    "case_release": {"officer", "officer2", "decider"},
}


@pytest.mark.parametrize("stride", ["case", "assessed", "proposed", "decided", "released"])
@pytest.mark.parametrize("name", PERMITTED)
def test_the_table_of_people_states_and_pages(request, stride, name, client_for):
    case = request.getfixturevalue(stride)
    cast = ("officer", "officer2", "decider", "malmo", "lusaka", "karlstad", "administrator")
    staff = {"officer", "officer2", "decider"}
    for person in cast:
        response = client_for(request.getfixturevalue(person)).get(address(name, case))
        if person in PERMITTED[name]:
            assert response.status_code in {200, 302}, person
        else:
            assert response.status_code == (403 if person in staff else 404), person
    assert "logga-in" in client_for(None).get(address(name, case))["Location"]


def test_the_draft_letter_can_be_read_until_the_release(proposed, officer, decider, client_for):
    client = client_for(officer)
    draft = address("case_letter_draft", proposed)
    assert client.get(draft).status_code == 404
    decide(proposed, by=decider, presented_by=officer)
    assert client.get(draft).content.startswith(b"%PDF")
    assert client.get(address("case_letter", proposed)).status_code == 404
    actions.release(proposed, by=officer, at=DECISION_DAY)
    assert client.get(draft).status_code == 404
    actions.render_next_letter(at=DECISION_DAY)
    assert client.get(address("case_letter", proposed)).content.startswith(b"%PDF")


def test_a_message_is_sent_again_only_from_its_own_case(sent, officer, client_for):
    client = client_for(officer)
    steering = fresh_application(sent.application.steering_application)
    message = sent.application.case_messages.first()
    wrong = reverse("case_message_again", args=[steering.public_id, message.pk])
    right = reverse("case_message_again", args=[sent.application.public_id, message.pk])
    assert client.post(wrong).status_code == 404
    assert client.get(right).status_code == 405
    assert client.post(right).status_code == 302


def test_the_parties_page_takes_few_queries(sent, malmo, client_for, django_assert_max_num_queries):
    page = reverse("application_decision", args=[sent.application.public_id])
    client = client_for(malmo)
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(page)
