"""The embargo, and the one moment it ends."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from applications.models import Application, Event
from applications.states import ApplicationState, Audience
from decisions import actions, refusals
from decisions.models import Decision, Letter
from decisions.states import CaseState, Outcome
from outbox import actions as outbox
from outbox.models import Message
from tests.decisions.conftest import decide, fresh, judge, kinds, propose
from tests.moments import AFTER_CLOSE, DECISION_DAY

PAGES = ("application_decision", "application_letter")
OFFICERS_PAGES = (
    "case",
    "case_assign",
    "case_assess",
    "case_propose",
    "case_decide",
    "case_release",
    "case_letter_draft",
    "case_letter",
)


def told(user, application) -> set[str]:
    events = Event.objects.filter(application=application).readable_by(user)
    return set(events.values_list("kind", flat=True))


def test_before_the_release_nothing_reaches_the_parties(submitted, officer, decider, malmo):
    before = Application.objects.values().get(pk=submitted.pk)
    seen, messages = told(malmo, submitted), Message.objects.count()
    case = actions.open_case(submitted, at=AFTER_CLOSE)
    actions.assign(case, officer=officer, by=officer, at=AFTER_CLOSE)
    judge(case, by=officer, at=AFTER_CLOSE)
    propose(case, by=officer)
    decide(case, by=decider, presented_by=officer)
    # Whom they turn to at ICLD they may know: that says nothing of the decision.
    before["contact_id"] = officer.pk
    assert Application.objects.values().get(pk=submitted.pk) == before
    assert told(malmo, submitted) == seen
    assert Message.objects.count() == messages
    assert actions.render_next_letter(at=DECISION_DAY) is None


@pytest.mark.parametrize("name", PAGES)
def test_before_the_release_its_address_is_an_unknown_address(
    decided, malmo, lusaka, karlstad, officer, client_for, name
):
    address = reverse(name, args=[decided.application.public_id])
    unknown = reverse(name, args=["00000000-0000-4000-8000-000000000000"])
    for person in (malmo, lusaka, karlstad, officer):
        client = client_for(person)
        early, never = client.get(address), client.get(unknown)
        assert early.status_code == never.status_code == 404
        assert _body(early).replace(address, "") == _body(never).replace(unknown, "")


def test_the_applicants_own_page_is_the_same_before_and_after_the_decision(
    proposed, officer, decider, malmo, client_for
):
    address = reverse("application", args=[proposed.application.public_id])
    before = _body(client_for(malmo).get(address))
    decide(proposed, by=decider, presented_by=officer)
    assert _body(client_for(malmo).get(address)) == before


def _body(response) -> str:
    """The page without what differs at every request."""
    token = str(response.context["csrf_token"])
    page = re.sub(r' data-now="[^"]+"', "", response.content.decode())
    lines = page.replace(token, "").splitlines()
    return "\n".join(line for line in lines if 'class="demo"' not in line)


@pytest.mark.parametrize("name", OFFICERS_PAGES)
def test_the_parties_find_none_of_the_officers_pages(
    released, malmo, lusaka, karlstad, administrator, client_for, name
):
    address = reverse(name, args=[released.application.public_id])
    for person in (malmo, lusaka, karlstad, administrator):
        assert client_for(person).get(address).status_code == 404
    assert client_for(malmo).get(reverse("cases")).status_code == 403


def test_release_tells_the_parties_and_freezes_the_letter(decided, officer):
    actions.release(decided, by=officer, at=DECISION_DAY)
    case = fresh(decided)
    decision = Decision.objects.get(case=case)
    letter = Letter.objects.get(decision=decision)
    assert case.state == CaseState.RELEASED
    assert (decision.released_at, decision.released_by) == (DECISION_DAY, officer)
    assert letter.queued_at == DECISION_DAY
    assert letter.context["amount_sek"] == decision.amount_sek
    assert case.application.state == ApplicationState.GRANTED
    assert case.application.granted_sek == decision.amount_sek
    announced = Event.objects.get(application=case.application, kind="announced")
    assert announced.audience == Audience.ALL


def test_a_rejection_is_told_without_an_amount(assessed, officer, decider):
    propose(assessed, by=officer, outcome=Outcome.REJECTED)
    decide(assessed, by=decider, presented_by=officer, outcome=Outcome.REJECTED)
    actions.release(assessed, by=officer, at=DECISION_DAY)
    application = fresh(assessed).application
    assert application.state == ApplicationState.REJECTED
    assert application.granted_sek is None


def test_a_decision_is_released_once(released, officer):
    with pytest.raises(refusals.AlreadyReleased):
        actions.release(released, by=officer, at=DECISION_DAY)
    assert kinds(released).count("announced") == 1


def test_there_must_be_a_decision_to_release(proposed, officer):
    with pytest.raises(refusals.NothingToRelease):
        actions.release(proposed, by=officer, at=DECISION_DAY)


def test_the_people_of_the_case_get_the_letter_by_mail_in_their_own_language(sent, malmo, lusaka):
    written = Message.objects.filter(kind="decision_letter")
    assert set(written.values_list("address", "language")) == {
        (malmo.email, "sv"),
        (lusaka.email, "en"),
    }
    while outbox.send_next(at=DECISION_DAY):
        pass
    assert "Beslut om er ansökan" in _decision_mail(malmo).subject
    assert "Beviljat belopp: 40\xa0000\xa0kr" in _decision_mail(malmo).body
    assert "Amount granted: SEK\xa040\xa0000" in _decision_mail(lusaka).body
    for person in (malmo, lusaka):
        ((name, content, kind),) = _decision_mail(person).attachments
        assert (name, kind) == ("beslut-2027-0001.pdf", "application/pdf")
        assert content.startswith(b"%PDF")


def _decision_mail(person):
    return next(
        message for message in mail.outbox if message.to == [person.email] and message.attachments
    )


def test_after_the_release_both_sides_read_the_decision_and_others_find_nothing(
    sent, malmo, malmo_reader, lusaka, karlstad, officer, client_for
):
    page, pdf = (reverse(name, args=[sent.application.public_id]) for name in PAGES)
    for person in (malmo, malmo_reader, lusaka, officer):
        client = client_for(person)
        assert "2027-0001" in client.get(page).content.decode()
        response = client.get(pdf)
        assert response["Content-Type"] == "application/pdf"
        assert response.content.startswith(b"%PDF")
    for address in (page, pdf):
        assert client_for(karlstad).get(address).status_code == 404
        assert client_for(None).get(address).status_code == 302


def test_until_the_worker_has_made_it_the_page_says_that_the_letter_is_being_made(
    released, malmo, client_for
):
    page, pdf = (reverse(name, args=[released.application.public_id]) for name in PAGES)
    client = client_for(malmo)
    content = client.get(page).content.decode()
    assert "Brevet görs" in content
    assert pdf not in content
    assert client.get(pdf).status_code == 404
