"""The log of attempts to submit: every one, with its moment, its person and its outcome."""

from datetime import timedelta

import pytest
from django.urls import reverse

from applications import actions
from applications.actions.submitting import together
from applications.models import Application, Event
from applications.refusals import (
    ChangedSinceReview,
    CountryClosed,
    IllegalMove,
    Incomplete,
    NotAllowed,
    RoundClosed,
    RoundNotOpen,
    SteeringGroupNotYours,
)
from applications.views.attempt_texts import REASONS, why_refused
from icld_portal.refusals import Refusal
from tests.applications.pages import text
from tests.conftest import fresh
from tests.moments import AFTER_CLOSE, CLOSE, MID_ROUND

pytestmark = pytest.mark.django_db


def log_of(application) -> str:
    return reverse("application_attempts", args=[application.public_id])


def words(response) -> str:
    return text(response).replace("\N{NO-BREAK SPACE}", " ")


def attempt(application, by, at, **options) -> None:
    with pytest.raises(Refusal):
        actions.submit(together(application), by=by, at=at, **options)


def test_before_anybody_has_tried_the_page_says_so(ready, malmo, client_for):
    client = client_for(malmo)
    assert "Ingen har försökt skicka in ansökan än" in words(client.get(log_of(ready)))


def test_what_was_accepted_is_told_with_its_number_moment_zone_person_and_hash(
    submitted, malmo, client_for
):
    page = words(client_for(malmo).get(log_of(submitted)))
    assert "Mottagen som version 1 av 2027-0001 Inskickad i tid" in page
    assert "10 mars 2027 kl. 09.12.00 svensk tid (CET) · Anna Ek" in page
    assert submitted.submissions.get().content_sha256 in page
    receipt = reverse("receipt_pdf", args=[submitted.public_id, 1])
    assert receipt in client_for(malmo).get(log_of(submitted)).text


def test_what_came_a_second_too_late_is_told_with_both_moments(ready, malmo, client_for):
    attempt(ready, malmo, CLOSE + timedelta(seconds=1))
    page = words(client_for(malmo).get(log_of(ready)))
    assert "Försöket nekades" in page
    assert "stängde 16 mars 2027 kl. 00.00.00 CET" in page
    assert "Försöket kom fram 16 mars 2027 kl. 00.00.01 CET" in page
    assert "Ingen har försökt" not in page


def test_a_refusal_is_told_in_the_readers_own_language(draft, malmo, lusaka, client_for):
    attempt(draft, malmo, MID_ROUND)
    page = words(client_for(lusaka).get(log_of(draft)))
    assert "The attempt was refused" in page
    assert "things remained" in page
    assert "10 March 2027, 09:12:00 Swedish time (CET)" in page


def test_the_newest_stands_first_and_nothing_is_left_out(submitted, malmo, client_for):
    actions.save_details(submitted, {"title_sv": "Ny titel"}, by=malmo, at=MID_ROUND)
    attempt(fresh(submitted), malmo, MID_ROUND, reviewed={})
    actions.submit(together(fresh(submitted)), by=malmo, at=MID_ROUND)
    page = words(client_for(malmo).get(log_of(submitted)))
    order = [page.index(each) for each in ("version 2", "Försöket nekades", "version 1")]
    assert order == sorted(order)
    assert "Någon hade ändrat ansökan sedan den lästes igenom: Ny titel." in page


def test_what_the_portal_handed_in_at_the_close_says_who_had_asked(ready, malmo, client_for):
    actions.submit_at_close(together(ready), wanted=True, by=malmo, at=MID_ROUND)
    actions.enforce(ready.round, at=AFTER_CLOSE)
    page = words(client_for(malmo).get(log_of(ready)))
    assert "av portalen när omgången stängde, som Anna Ek hade bett om" in page
    assert "15 mars 2027 kl. 23.59.59" in page


@pytest.mark.parametrize(
    ("asked", "said"),
    [(True, "Portalen skulle skicka in utkastet om det var komplett"), (False, "Omgången hade")],
)
def test_a_draft_that_lapsed_says_that_it_was_not_submitted(draft, malmo, client_for, asked, said):
    if asked:
        actions.submit_at_close(together(draft), wanted=True, by=malmo, at=MID_ROUND)
    actions.enforce(draft.round, at=AFTER_CLOSE)
    page = words(client_for(malmo).get(log_of(draft)))
    assert "Inte inskickad" in page
    assert said in page


@pytest.mark.parametrize(
    ("who", "draft_status", "submitted_status"),
    [
        ("malmo", 200, 200),
        ("malmo_reader", 200, 200),
        ("lusaka", 200, 200),
        ("karlstad", 404, 404),
        ("officer", 404, 200),
        ("decider", 404, 200),
        ("administrator", 404, 404),
        (None, 302, 302),
    ],
)
def test_who_may_read_the_log(
    who, draft_status, submitted_status, ready, malmo, client_for, request
):
    client = client_for(request.getfixturevalue(who) if who else None)
    assert client.get(log_of(ready)).status_code == draft_status
    actions.submit(together(ready), by=malmo, at=MID_ROUND)
    assert client.get(log_of(ready)).status_code == submitted_status


@pytest.mark.parametrize(
    "data",
    [
        {"code": "a_reason_of_old", "figures": {"x": 1}},
        {"code": "round_closed", "figures": {}},
        {"code": "round_closed", "figures": {"round": "V", "closes_at": 5, "received_at": ""}},
        {"code": "incomplete", "figures": {"missing": None}},
        {"code": "illegal_move", "figures": {"state": "gone"}},
        {"code": "incomplete"},
        {},
    ],
    ids=str,
)
def test_an_event_of_another_version_of_the_portal_breaks_nothing(ready, malmo, client_for, data):
    actions.record(ready, "submit_refused", at=MID_ROUND, by=malmo, **data)
    page = words(client_for(malmo).get(log_of(ready)))
    assert "Försöket nekades" in page
    assert f"Skälet noterades som: {data.get('code', 'unknown')}." in page


def test_every_reason_that_submitting_has_is_worded():
    raised = (
        *(ChangedSinceReview, CountryClosed, IllegalMove, Incomplete),
        *(NotAllowed, RoundClosed, RoundNotOpen, SteeringGroupNotYours),
    )
    assert {refusal.code for refusal in raised} <= set(REASONS)


@pytest.mark.parametrize(
    ("code", "figures", "said"),
    [
        ("not_allowed", {"action": "x"}, "Personen får inte skicka in"),
        ("country_closed", {"country": "Zambia"}, "Zambia var stängt"),
        ("illegal_move", {"state": "lapsed", "target": "submitted"}, "kan inte skickas in"),
        ("incomplete", {"missing": ["title"]}, "en sak återstod"),
        ("steering_group_not_yours", {"parties": ["Lund"]}, "Lund."),
        ("round_not_open", {"round": "V", "opens_at": "2027-02-14T23:00:00Z"}, "15 februari 2027"),
    ],
)
def test_a_reason_is_told_from_its_figures(code, figures, said):
    assert said in why_refused(code, figures).replace("\N{NO-BREAK SPACE}", " ")


def test_what_icld_keeps_to_itself_is_not_in_the_parties_log(ready, malmo, client_for):
    actions.record(ready, "submit_refused", at=MID_ROUND, audience="staff", code="not_allowed")
    assert "Ingen har försökt" in words(client_for(malmo).get(log_of(ready)))


def test_the_log_is_linked_from_the_application_and_the_receipt(
    submitted, ready, malmo, client_for
):
    client = client_for(malmo)
    for name in ("application", "application_receipt"):
        assert log_of(submitted) in client.get(reverse(name, args=[submitted.public_id])).text


def test_thirty_attempts_need_no_more_queries_than_one(
    submitted, malmo, client_for, django_assert_max_num_queries, django_assert_num_queries
):
    client = client_for(malmo)
    with django_assert_max_num_queries(12) as few:
        client.get(log_of(submitted))
    application = Application.objects.get(pk=submitted.pk)
    for _time in range(30):
        actions.record(application, "submit_refused", at=MID_ROUND, by=malmo, code="not_allowed")
    assert Event.objects.attempts().filter(application=application).count() == 31
    with django_assert_num_queries(len(few)):
        client.get(log_of(submitted))
