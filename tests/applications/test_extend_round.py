"""Extending a round: for everybody, with a reason, and only forwards."""

from datetime import datetime, timedelta

import pytest
from django.utils import translation

from applications import actions
from applications.actions.arriving_late import going_late
from applications.models import Application, Round
from applications.refusals import MeetsDecision, NotLater, RoundAnswered, RoundsOverlap
from applications.states import ApplicationState, LateOutcome
from outbox.models import Message
from partnerships.refusals import ReasonMissing
from tests.applications.more_rounds import an_extra_round
from tests.applications.pages import address, text
from tests.conftest import fresh
from tests.html_forms import errors_of, fields_of
from tests.moments import AFTER_CLOSE, CLOSE, ENFORCED, MID_ROUND

pytestmark = pytest.mark.django_db

LATER = CLOSE + timedelta(days=7)
REASON = "Portalen låg nere den 15 mars."
REASON_EN = "The portal was down on 15 March."


@pytest.fixture
def extend(open_round, administrator):
    def extend(closes_at=LATER, reason=REASON, at=MID_ROUND):
        reasons = {"reason_sv": reason, "reason_en": REASON_EN if reason.strip() else reason}
        return actions.extend_round(
            open_round, closes_at=closes_at, **reasons, by=administrator, at=at
        )

    return extend


def test_what_was_too_late_is_in_time(ready, malmo, extend):
    extend(at=CLOSE + timedelta(minutes=1))
    at = CLOSE + timedelta(minutes=2)
    assert actions.submit(actions.together(fresh(ready)), by=malmo, at=at)


def test_the_new_deadline_is_the_one_that_is_carried_out(pair, open_round, extend):
    extend()
    assert actions.enforce(open_round, at=ENFORCED) is False
    assert actions.enforce(open_round, at=LATER + timedelta(minutes=10)) is True


@pytest.mark.parametrize("closes_at", [CLOSE, CLOSE - timedelta(days=1)], ids=str)
def test_never_to_the_same_or_an_earlier_moment(extend, open_round, closes_at):
    with pytest.raises(NotLater):
        extend(closes_at)
    assert Round.objects.get(pk=open_round.pk).closes_at == CLOSE


def test_never_to_a_moment_that_has_passed(extend):
    with pytest.raises(NotLater):
        extend(CLOSE + timedelta(minutes=3), at=CLOSE + timedelta(minutes=5))


def test_never_without_a_reason(extend):
    with pytest.raises(ReasonMissing):
        extend(reason="  ")


def test_not_with_a_reason_in_one_language_only(open_round, administrator):
    with pytest.raises(ReasonMissing):
        actions.extend_round(
            open_round,
            closes_at=LATER,
            reason_sv=REASON,
            reason_en=" ",
            by=administrator,
            at=MID_ROUND,
        )


def test_what_lapsed_at_a_close_that_was_carried_out_is_a_draft_again(ready, malmo, extend):
    actions.enforce(ready.round, at=ENFORCED)
    assert fresh(ready).state == ApplicationState.LAPSED
    extend(at=AFTER_CLOSE)
    assert fresh(ready).state == ApplicationState.DRAFT
    at = AFTER_CLOSE + timedelta(minutes=1)
    assert actions.submit(actions.together(fresh(ready)), by=malmo, at=at)
    assert Round.objects.get(pk=ready.round_id).enforced_at is None


def test_the_new_close_is_carried_out_in_its_turn(ready, extend):
    actions.enforce(ready.round, at=ENFORCED)
    extend(at=AFTER_CLOSE)
    assert actions.enforce(ready.round, at=LATER + timedelta(minutes=10)) is True
    assert fresh(ready).state == ApplicationState.LAPSED


def test_those_who_had_submitted_may_change_and_submit_again(submitted, malmo, extend):
    actions.enforce(submitted.round, at=ENFORCED)
    extend(at=AFTER_CLOSE)
    at = AFTER_CLOSE + timedelta(minutes=1)
    actions.save_details(fresh(submitted), {"title_sv": "Nytt namn"}, by=malmo, at=at)
    actions.submit(actions.together(fresh(submitted)), by=malmo, at=at)
    assert submitted.submissions.first().version == 2


@pytest.mark.parametrize("dismissed", [False, True])
def test_what_had_come_late_before_the_new_close_is_in_time(
    ready, malmo, decider, extend, dismissed
):
    actions.enforce(ready.round, at=ENFORCED)
    at = AFTER_CLOSE
    entries = actions.submit_late(going_late(fresh(ready), malmo), reason="Ström", by=malmo, at=at)
    if dismissed:
        answer = {"answer_sv": "För sent.", "answer_en": "Too late."}
        for entry in entries:
            actions.refuse_late(entry, **answer, by=decider, at=at)
    extend(at=AFTER_CLOSE + timedelta(minutes=1))
    row = fresh(ready)
    assert (row.state, row.awaits_dispensation) == (ApplicationState.SUBMITTED, False)
    assert {entry.outcome for entry in row.late_entries.all()} == {LateOutcome.GRANTED}
    actions.submit(actions.together(row), by=malmo, at=AFTER_CLOSE + timedelta(minutes=2))


def test_a_draft_that_somebody_has_begun_anew_from_stays_lapsed(ready, malmo, extend):
    actions.enforce(ready.round, at=ENFORCED)
    extra = an_extra_round(opens_at=LATER, closes_at=LATER + timedelta(days=20))
    at = LATER + timedelta(hours=1)
    copy = actions.restart(fresh(ready), round=extra, by=malmo, at=at)
    Round.objects.filter(pk=extra.pk).update(opens_at=LATER + timedelta(days=2))
    extend(closes_at=LATER + timedelta(days=1), at=at)
    assert fresh(ready).state == ApplicationState.LAPSED
    assert fresh(copy).state == ApplicationState.DRAFT


def test_not_once_somebody_has_had_an_answer(submitted, extend):
    Application.objects.filter(pk=submitted.pk).update(state=ApplicationState.REJECTED)
    with pytest.raises(RoundAnswered):
        extend()


@pytest.mark.parametrize(("days", "refused"), [(0, False), (1, True)])
def test_not_beyond_the_day_of_decision(open_round, extend, days, refused):
    decides = datetime(2027, 5, 20, tzinfo=CLOSE.tzinfo)
    assert open_round.decision_on == decides.date()
    if refused:
        with pytest.raises(MeetsDecision):
            extend(closes_at=decides + timedelta(days=days))
    else:
        assert extend(closes_at=decides).closes_at == decides


def test_one_who_was_dismissed_as_late_stops_no_extension_for_the_others(submitted, extend):
    Application.objects.filter(pk=submitted.pk).update(state=ApplicationState.DISMISSED)
    assert extend()


def test_not_into_another_round_that_takes_the_same_phase(extend):
    Round.objects.update(decision_on=None, notice_on=None, publication_on=None)
    autumn = Round.objects.get(season="autumn", year=2027)
    with pytest.raises(RoundsOverlap) as refused:
        extend(closes_at=autumn.opens_at + timedelta(seconds=1))
    assert autumn.name in refused.value.text()
    assert extend(closes_at=autumn.opens_at).closes_at == autumn.opens_at


def test_the_old_close_and_the_reason_are_kept_for_the_public(open_round, extend):
    extend()
    (kept,) = open_round.extensions.all()
    assert (kept.old_closes_at, kept.new_closes_at, kept.reason) == (CLOSE, LATER, REASON)
    with translation.override("en"):
        assert kept.reason == REASON_EN


def test_every_case_of_the_round_tells_it_in_its_timeline(
    submitted, draft, extend, malmo, client_for
):
    extend()
    (event,) = draft.events.filter(kind="round_extended")
    moments = [datetime.fromisoformat(event.data[name]) for name in ("old_closes", "new_closes")]
    assert (moments, event.data["reason"]) == ([CLOSE, LATER], REASON)
    page = text(client_for(malmo).get(address(submitted))).replace("\xa0", " ")
    assert "Omgången förlängdes: den är öppen till och med måndag 22 mars" in page
    assert REASON in page


def test_everybody_with_a_case_gets_one_mail_in_their_language(submitted, extend, malmo, lusaka):
    extend()
    mail = Message.objects.filter(kind="round_extended")
    assert sorted(mail.values_list("address", flat=True)) == [lusaka.email, malmo.email]
    to_malmo = mail.get(address=malmo.email).body.replace("\xa0", " ")
    assert "Ny sista dag: till och med måndag 22 mars, till midnatt svensk tid" in to_malmo
    assert REASON in to_malmo
    assert "has been extended" in mail.get(address=lusaka.email).subject


def test_those_who_have_withdrawn_are_not_written_to(submitted, extend):
    Application.objects.update(state=ApplicationState.WITHDRAWN)
    extend()
    assert not Message.objects.filter(kind="round_extended").exists()
    assert submitted.events.filter(kind="round_extended").exists()


# --- in the admin ---------------------------------------------------------------------------


def test_the_button_asks_and_extends(client_for, administrator, open_round):
    desk = client_for(administrator)
    page = f"/admin/applications/round/{open_round.pk}/change/"
    assert "Förläng omgången" in desk.get(page).content.decode()
    button = f"/admin/applications/round/{open_round.pk}/extend/"
    assert set(fields_of(desk.get(button))) >= {
        "closes_at_0",
        "closes_at_1",
        "reason_sv",
        "reason_en",
    }
    wish = {"closes_at_0": "2027-03-10", "closes_at_1": "00:00"} | {
        "reason_sv": REASON,
        "reason_en": REASON_EN,
    }
    assert "senare än" in str(errors_of(desk.post(button, wish)))
    assert desk.post(button, wish | {"closes_at_0": "2027-03-23"}).url == page
    assert Round.objects.get(pk=open_round.pk).closes_at == LATER
    assert REASON in desk.get(page.replace("change", "history")).content.decode()


def test_a_round_that_has_not_opened_is_changed_on_its_page(client_for, administrator):
    upcoming = Round.objects.get(season="autumn", year=2027)
    page = client_for(administrator).get(f"/admin/applications/round/{upcoming.pk}/change/")
    assert "Förläng omgången" not in page.content.decode()
    assert "closes_at_0" in fields_of(page)


def test_the_last_day_for_signatures_moves_along(open_round, officer):
    before = open_round.sign_by
    options = {"reason_sv": "Driftstopp", "reason_en": "Outage", "by": officer, "at": MID_ROUND}
    extended = actions.extend_round(open_round, closes_at=CLOSE + timedelta(days=7), **options)
    assert extended.sign_by == before + timedelta(days=7)
