"""The close to the second: on an ordinary night, when the clocks change, and on 29 February."""

from datetime import UTC, datetime, timedelta

import pytest

from applications import actions
from applications.models import Round
from applications.refusals import RoundClosed, RoundNotOpen
from applications.states import ApplicationState, SubmissionKind
from icld_portal import formats
from icld_portal.clock import STOCKHOLM
from tests.conftest import fresh
from tests.moments import CLOSE

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
SUMMER_BEGINS = datetime(2027, 3, 28, 1, 0, tzinfo=UTC)  # 02:00 becomes 03:00
SUMMER_ENDS = datetime(2027, 10, 31, 1, 0, tzinfo=UTC)  # 03:00 becomes 02:00

CLOSES = {
    "15 March": CLOSE,
    "15 October": datetime(2027, 10, 16, tzinfo=STOCKHOLM),
    "the night before summer time": datetime(2027, 3, 28, tzinfo=STOCKHOLM),
    "the moment summer time begins": SUMMER_BEGINS,
    "the midnight after summer time began": datetime(2027, 3, 29, tzinfo=STOCKHOLM),
    "half past two, the first time": SUMMER_ENDS - timedelta(minutes=30),
    "the moment summer time ends": SUMMER_ENDS,
    "half past two, the second time": SUMMER_ENDS + timedelta(minutes=30),
    "the midnight after summer time ended": datetime(2027, 11, 1, tzinfo=STOCKHOLM),
    "29 February": datetime(2028, 3, 1, tzinfo=STOCKHOLM),
    "28 February of a leap year": datetime(2028, 2, 29, tzinfo=STOCKHOLM),
    "new year": datetime(2028, 1, 1, tzinfo=STOCKHOLM),
}


@pytest.fixture(params=CLOSES.values(), ids=CLOSES)
def close(request, ready) -> datetime:
    """The round of the complete project closes then, and no other round is in the way."""
    Round.objects.exclude(pk=ready.round_id).delete()
    Round.objects.filter(pk=ready.round_id).update(closes_at=request.param)
    return request.param


def hand_in(application, by, at):
    return actions.submit(actions.together(fresh(application)), by=by, at=at)


def test_until_the_last_second_one_is_in_time(close, ready, malmo):
    submissions = hand_in(ready, malmo, close - SECOND)
    assert {each.kind for each in submissions} == {SubmissionKind.ORIGINAL}
    assert {each.received_at for each in submissions} == {close - SECOND}


def test_from_the_close_on_one_is_refused_with_the_times_and_nothing_is_lost(close, ready, malmo):
    for late in (timedelta(0), timedelta(microseconds=1), SECOND):
        with pytest.raises(RoundClosed) as refused:
            hand_in(ready, malmo, close + late)
        told = refused.value.text()
        assert formats.receipt_moment(close) in told
        assert formats.receipt_moment(close + late) in told
    row = fresh(ready)
    assert (row.state, row.title_sv) == (ApplicationState.DRAFT, ready.title_sv)
    assert row.events.filter(kind="submit_refused", data__code="round_closed").count() == 3


def test_it_is_carried_out_ten_minutes_later_and_not_a_second_before(close, ready):
    round_ = Round.objects.get(pk=ready.round_id)
    due = close.astimezone(UTC) + timedelta(minutes=10)
    assert actions.enforce(round_, at=due - SECOND) is False
    assert actions.enforce(round_, at=due) is True


def test_the_number_is_of_the_year_in_sweden(ready, malmo):
    Round.objects.exclude(pk=ready.round_id).delete()
    midnight = datetime(2028, 1, 1, tzinfo=STOCKHOLM)
    Round.objects.filter(pk=ready.round_id).update(closes_at=midnight + timedelta(days=1))
    hand_in(ready, malmo, midnight)  # 31 December 23:00 in UTC
    assert fresh(ready).dnr.startswith("2028-")


def test_before_the_opening_nothing_is_handed_in(ready, malmo):
    opens_at = ready.round.opens_at
    with pytest.raises(RoundNotOpen):
        hand_in(ready, malmo, opens_at - SECOND)
    assert hand_in(ready, malmo, opens_at)
