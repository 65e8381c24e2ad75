"""Handing in what is complete when the round closes: asked for, carried out, taken back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from applications import actions
from applications.actions import closing
from applications.models import Application, DiaryCounter, Event, Submission
from applications.refusals import NotAllowed, NotWritable, RoundClosed, SteeringGroupNotYours
from applications.states import ApplicationState
from outbox.models import Message
from partnerships.models import Country, OpenPeriod, Organisation
from partnerships.states import SeatRole
from tests.applications.pages import address
from tests.conftest import fresh, member
from tests.moments import CLOSE, ENFORCED, LAST_SECOND, MID_ROUND

pytestmark = pytest.mark.django_db

LAST_MOMENT = CLOSE - timedelta(microseconds=1)


def ask(application, by, *, wanted=True, at=MID_ROUND):
    rows = actions.together(application, by)
    return actions.submit_at_close(rows, wanted=wanted, by=by, at=at)


def close(round_, at=ENFORCED) -> bool:
    return actions.enforce(round_, at=at)


def kinds(application) -> list[str]:
    return list(application.events.order_by("pk").values_list("kind", flat=True))


# --- asking ------------------------------------------------------------------------------------


def test_it_is_asked_for_both_of_a_pair_and_taken_back_until_the_close(ready, malmo):
    ask(ready, malmo)
    pair = [fresh(ready), fresh(ready.steering_application)]
    assert {row.submit_at_close_by for row in pair} == {malmo}
    assert all("close_asked" in kinds(row) for row in pair)
    ask(ready, malmo, wanted=False, at=LAST_SECOND)
    assert not Application.objects.filter(submit_at_close_by__isnull=False).exists()
    assert "close_not_asked" in kinds(ready)


def test_asked_twice_it_is_told_once_and_changes_nothing_else(ready, malmo):
    ask(ready, malmo)
    revision = fresh(ready).revision
    ask(fresh(ready), malmo)
    assert kinds(ready).count("close_asked") == 1
    assert fresh(ready).revision == revision


@pytest.mark.parametrize("who", ["malmo2", "malmo_reader", "lusaka", "karlstad", "officer"])
def test_only_who_may_submit_asks_for_it(who, ready, request):
    user = request.getfixturevalue(who)
    with pytest.raises(NotAllowed):
        actions.submit_at_close([ready], wanted=True, by=user, at=MID_ROUND)


@pytest.mark.parametrize("wanted", [True, False])
def test_from_the_close_on_the_choice_stands(wanted, ready, malmo):
    ask(ready, malmo, wanted=not wanted)
    with pytest.raises(RoundClosed):
        ask(fresh(ready), malmo, wanted=wanted, at=CLOSE)


def test_what_is_withdrawn_is_not_handed_in(submitted, malmo):
    actions.withdraw([submitted], by=malmo, at=MID_ROUND)
    with pytest.raises(NotWritable):
        actions.submit_at_close([submitted], wanted=True, by=malmo, at=MID_ROUND)


# --- the close ---------------------------------------------------------------------------------


def test_a_complete_pair_is_handed_in_as_it_stood_at_the_last_moment(
    ready, open_round, malmo, lusaka
):
    ask(ready, malmo)
    assert close(open_round) is True
    submissions = Submission.objects.all()
    assert {row.received_at for row in submissions} == {LAST_MOMENT}
    assert {row.by for row in submissions} == {malmo}
    assert {fresh(row.application).dnr for row in submissions} == {"2027-0001", "2027-0002"}
    (event,) = Event.objects.filter(application=ready, kind="submitted")
    assert event.data["at_close"] is True
    assert "lapsed" not in kinds(ready)
    told = Message.objects.filter(kind="submission_receipt_at_close")
    assert {row.address for row in told} == {malmo.email, lusaka.email}
    assert not Message.objects.filter(kind="submission_receipt").exists()


def test_its_signatories_are_asked(ready, open_round, malmo):
    ask(ready, malmo)
    close(open_round)
    assert Message.objects.filter(kind="signature_request").count() == 4


def test_without_being_asked_nothing_is_handed_in(ready, open_round):
    close(open_round)
    assert not Submission.objects.exists()
    assert fresh(ready).state == ApplicationState.LAPSED


def test_one_that_is_not_complete_lapses_and_the_mail_says_what_was_missing(
    ready, open_round, malmo, lusaka
):
    actions.save_details(ready, {"title_en": ""}, by=malmo, at=MID_ROUND)
    ask(ready, malmo)
    close(open_round)
    assert fresh(ready).state == ApplicationState.LAPSED
    mails = Message.objects.filter(kind="draft_lapsed_incomplete")
    assert "Skriv titeln på engelska" in mails.get(address=malmo.email).body
    assert "Write the title in English" in mails.get(address=lusaka.email).body
    assert not Message.objects.filter(kind="draft_lapsed").exists()


def test_a_steering_group_that_is_complete_goes_in_without_its_project(ready, open_round, malmo):
    actions.save_details(ready, {"title_en": ""}, by=malmo, at=MID_ROUND)
    ask(ready, malmo)
    close(open_round)
    assert fresh(ready.steering_application).state == ApplicationState.SUBMITTED
    assert DiaryCounter.objects.get().last == 1


def test_a_project_waits_for_its_steering_group_and_says_so(ready, open_round, malmo):
    steering = ready.steering_application
    actions.save_details(steering, {"title_en": ""}, by=malmo, at=MID_ROUND)
    ask(ready, malmo)
    close(open_round)
    assert {fresh(row).state for row in (ready, steering)} == {ApplicationState.LAPSED}
    bodies = Message.objects.filter(kind="draft_lapsed_incomplete", address=malmo.email)
    assert sorted(row.body.count("– ") for row in bodies) == [1, 1]
    assert not DiaryCounter.objects.exists()


def test_unsubmitted_changes_are_handed_in_too(submitted, open_round, malmo):
    ask(submitted, malmo)
    actions.save_details(submitted, {"title_sv": "Ny titel"}, by=malmo, at=LAST_SECOND)
    close(open_round)
    latest = submitted.submissions.first()
    assert (latest.version, latest.received_at) == (2, LAST_MOMENT)
    assert latest.data["titles"]["sv"] == "Ny titel"
    assert fresh(submitted).dnr == submitted.dnr
    assert submitted.steering_application.submissions.count() == 1


def test_changes_that_are_not_complete_keep_the_last_version_and_the_mail_says_why(
    submitted, open_round, malmo
):
    ask(submitted, malmo)
    actions.save_details(submitted, {"title_sv": ""}, by=malmo, at=MID_ROUND)
    close(open_round)
    assert submitted.submissions.count() == 1
    assert fresh(submitted).state == ApplicationState.SUBMITTED
    mail = Message.objects.get(kind="changes_not_submitted", address=malmo.email)
    assert "Skriv titeln på svenska" in mail.body
    assert "ersion 1" in mail.body


def test_what_has_not_changed_is_not_handed_in_again(submitted, open_round, malmo):
    ask(submitted, malmo)
    close(open_round)
    assert Submission.objects.count() == 2
    assert not Message.objects.filter(kind="changes_not_submitted").exists()


def test_a_country_closed_meanwhile_is_what_was_missing(ready, open_round, malmo):
    ask(ready, malmo)
    OpenPeriod.objects.filter(country=Country.objects.get(code="ZM")).update(
        closes_on=MID_ROUND.date(), at_once=True, reason="Läget"
    )
    close(open_round)
    assert fresh(ready).state == ApplicationState.LAPSED
    mail = Message.objects.filter(kind="draft_lapsed_incomplete", address=malmo.email).first()
    assert "Zambia" in mail.body


@pytest.mark.parametrize("late", [timedelta(0), timedelta(days=7)], ids=str)
def test_run_twice_or_a_week_late_it_is_done_once(late, ready, open_round, malmo):
    ask(ready, malmo)
    assert close(open_round, ENFORCED + late) is True
    messages = Message.objects.count()
    assert close(open_round, ENFORCED + late + timedelta(minutes=1)) is False
    assert Submission.objects.count() == 2
    assert Message.objects.count() == messages
    assert Submission.objects.first().received_at == LAST_MOMENT


def test_not_before_ten_minutes_have_passed(ready, open_round, malmo):
    ask(ready, malmo)
    close(open_round, ENFORCED - timedelta(seconds=1))
    assert not Submission.objects.exists()


def test_broken_off_in_the_middle_it_goes_on_where_it_was(ready, open_round, malmo, monkeypatch):
    ask(ready, malmo)

    def killed(*args, **kwargs):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr("applications.actions.enforcing._tell_officers", killed)
        with pytest.raises(SystemExit):
            close(open_round)
    assert Submission.objects.count() == 2
    assert close(open_round) is True
    assert Submission.objects.count() == 2
    assert Message.objects.filter(kind="submission_receipt_at_close").count() == 4


def test_broken_off_between_two_of_a_pair_neither_is_handed_in(
    ready, open_round, malmo, monkeypatch
):
    ask(ready, malmo)

    def killed(*args, **kwargs):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(closing, "hand_in", killed)
        with pytest.raises(SystemExit):
            close(open_round)
    assert not Submission.objects.exists()
    assert not DiaryCounter.objects.exists()
    close(open_round)
    assert DiaryCounter.objects.get().last == 2


def test_one_that_fails_stops_no_other_and_nothing_lapses_until_it_is_mended(
    ready, open_round, malmo, monkeypatch
):
    ask(ready, malmo)
    steering = ready.steering_application
    hand_in = closing.hand_in

    def fails_for_the_project(rows, **options):
        if rows[0][0] == ready:
            raise ValueError("out of order")
        hand_in(rows, **options)

    with monkeypatch.context() as patch:
        patch.setattr(closing, "_families", lambda rows: [[ready.pk], [steering.pk]])
        patch.setattr(closing, "hand_in", fails_for_the_project)
        with pytest.raises(ExceptionGroup):
            close(open_round)
    assert fresh(ready).state == ApplicationState.DRAFT
    assert fresh(steering).state == ApplicationState.SUBMITTED
    assert close(open_round) is True
    assert fresh(ready).state == ApplicationState.SUBMITTED


# --- nothing late gets in ----------------------------------------------------------------------


def test_a_draft_that_is_to_be_handed_in_stands_from_the_close_on(ready, open_round, malmo):
    ask(ready, malmo)
    changes = (
        lambda: actions.save_details(ready, {"title_sv": "För sent"}, by=malmo, at=CLOSE),
        lambda: actions.save_answer(
            fresh(ready),
            question_key="objective",
            language="sv",
            text="För sent",
            version=1,
            by=malmo,
            at=CLOSE + timedelta(minutes=5),
        ),
    )
    for change in changes:
        with pytest.raises(RoundClosed) as refused:
            change()
        assert refused.value.text()
    close(open_round)
    assert "För sent" not in ready.submissions.get().content


def test_another_draft_takes_in_nothing_late_either(ready, malmo):
    """Somebody's submission that arrived in time may still wait: nothing late may go along."""
    with pytest.raises(RoundClosed):
        actions.save_details(ready, {"title_sv": "Sent"}, by=malmo, at=CLOSE)
    last = CLOSE - timedelta(seconds=1)
    actions.submit(actions.together(fresh(ready)), by=malmo, at=last)
    assert "Sent" not in ready.submissions.get().content


# --- the page ----------------------------------------------------------------------------------


def test_it_is_ticked_on_the_review_and_told_on_the_task_list(ready, client_for, malmo):
    client = client_for(malmo)
    url = reverse("application_at_close", args=[ready.public_id])
    assert url in client.get(address(ready, "granska/")).content.decode()
    client.post(url, {"at_close": "on"})
    assert fresh(ready).submit_at_close_by == malmo
    assert 'id="at-close"' in client.get(address(ready)).content.decode()
    review = client.get(address(ready, "granska/")).content.decode()
    assert "checked" in review.split('id="id_at_close"')[1].split(">")[0]
    client.post(url)
    assert fresh(ready).submit_at_close_by is None
    assert 'id="at-close"' not in client.get(address(ready)).content.decode()


@pytest.mark.parametrize(
    ("who", "status"), [("malmo", 302), ("malmo2", 403), ("lusaka", 403), ("karlstad", 404)]
)
def test_who_ticks_it(who, status, ready, client_for, request):
    url = reverse("application_at_close", args=[ready.public_id])
    client = client_for(request.getfixturevalue(who))
    assert client.post(url, {"at_close": "on"}).status_code == status
    assert client.get(url).status_code in {405, status}


# --- steering groups that are shared or come later -----------------------------------------------


@pytest.fixture
def second(ready, malmo, malmo_stad, open_round):
    """Another project of the partnership, which shares the steering group."""
    (project,) = actions.start(
        malmo_stad,
        phase="project",
        round=open_round,
        partnership=ready.partnership,
        by=malmo,
        at=MID_ROUND,
    )
    actions.add_steering_group(project, by=malmo, at=MID_ROUND)
    return fresh(project)


def test_a_steering_group_that_another_project_waits_for_stays_asked_for(ready, second, malmo):
    assert second.steering_application == ready.steering_application
    ask(ready, malmo)
    ask(second, malmo)
    ask(second, malmo, wanted=False)
    asked = set(Application.objects.exclude(submit_at_close_by=None).values_list("pk", flat=True))
    assert asked == {ready.pk, ready.steering_application_id}
    ask(ready, malmo, wanted=False)
    assert not Application.objects.exclude(submit_at_close_by=None).exists()


def test_a_steering_group_that_is_added_later_goes_along(second, malmo):
    steering = second.steering_application
    Application.objects.filter(pk=second.pk).update(
        steering_application=None, submit_at_close_by=malmo
    )
    actions.add_steering_group(fresh(second), by=malmo, at=MID_ROUND)
    assert fresh(steering).submit_at_close_by == malmo


def test_it_is_not_asked_for_a_project_without_its_steering_group(ready, malmo):
    with pytest.raises(SteeringGroupNotYours):
        actions.submit_at_close([ready], wanted=True, by=malmo, at=MID_ROUND)


def test_seats_are_not_filled_after_the_close_for_what_is_about_to_be_handed_in(
    ready, second, malmo
):
    """By way of a project that is not to be handed in, and so can still be written."""
    ask(ready, malmo)
    values = {"name": "Ny", "title": "Ledamot", "vacancy_reason": ""}
    party = ready.parties.get(side="swedish").party
    seats = {(party, SeatRole.values[0]): values}
    actions.save_seats(second, seats, by=malmo, at=LAST_SECOND)
    with pytest.raises(RoundClosed):
        actions.save_seats(second, {(party, SeatRole.values[1]): values}, by=malmo, at=CLOSE)


def test_a_wish_goes_with_the_party_of_whoever_had_it(ready, malmo):
    lund = Organisation.objects.get(kommun_code="1281")
    of_lund = member(lund, "lund@example.org", "Lova Lund")
    actions.add_party(ready, lund, by=malmo, at=MID_ROUND)
    ask(ready, of_lund)
    party = ready.parties.get(organisation=lund)
    actions.remove_party(ready, party, by=malmo, at=MID_ROUND)
    row = fresh(ready)
    assert row.submit_at_close_by is None
    assert row.events.first().kind == "party_removed"
    assert row.events.filter(kind="close_not_asked", by=malmo).exists()


def test_a_wish_of_another_party_stays_when_one_goes(ready, malmo):
    lund = Organisation.objects.get(kommun_code="1281")
    actions.add_party(ready, lund, by=malmo, at=MID_ROUND)
    ask(ready, malmo)
    actions.remove_party(ready, ready.parties.get(organisation=lund), by=malmo, at=MID_ROUND)
    assert fresh(ready).submit_at_close_by == malmo
