"""A schedule that is published, and the rounds: those that have opened keep what they have."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import InternalError, transaction

from applications.actions import publish_schedule
from applications.models import Round
from applications.refusals import RoundOpened
from funding.models import CeilingSchedule
from funding.refusals import AlreadyPublished
from icld_portal import clock
from icld_portal.clock import start_of
from tests.funding.schedules import whole_draft
from tests.moments import MID_ROUND

OPENED = date(2027, 2, 15)


@pytest.fixture
def publish(administrator):
    def publish(valid_from, key="C", at=MID_ROUND):
        schedule = whole_draft(administrator, valid_from=valid_from, key=key)
        return publish_schedule(schedule, reason="Beslutat.", by=administrator, at=at)

    return publish


@pytest.fixture
def autumn(reference):
    return Round.objects.get(season="autumn", year=2027)


@pytest.fixture
def a(reference):
    return CeilingSchedule.objects.get(key="A")


def schedule_of(round_) -> str:
    return Round.objects.values_list("schedule__key", flat=True).get(pk=round_.pk)


# --- the first day ----------------------------------------------------------------------------


@pytest.mark.parametrize("valid_from", [date(2019, 6, 1), date(2027, 2, 14), OPENED])
def test_a_first_day_on_or_before_an_opened_round_is_refused(valid_from, publish, open_round):
    with pytest.raises(RoundOpened) as refused:
        publish(valid_from)
    assert (refused.value.figures["round"], refused.value.figures["opens_on"]) == (
        open_round.name,
        OPENED,
    )
    text = refused.value.text().replace("\N{NO-BREAK SPACE}", " ")
    assert "Våren 2027" in text
    assert "16 februari 2027" in text
    assert not CeilingSchedule.objects.filter(key="C", status="published").exists()


def test_the_day_after_an_opened_round_is_the_first_that_can_be(publish, open_round, autumn):
    publish(date(2027, 2, 16))
    assert (schedule_of(open_round), schedule_of(autumn)) == ("A", "C")


def test_before_the_round_has_opened_its_opening_day_can_be_the_first(publish, open_round):
    publish(OPENED, at=start_of(date(2027, 1, 10)))
    assert schedule_of(open_round) == "C"


def test_a_published_schedule_is_told_so_before_anything_of_rounds(a, administrator):
    with pytest.raises(AlreadyPublished):
        publish_schedule(a, reason="Igen.", by=administrator, at=MID_ROUND)


# --- the rounds that follow -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("valid_from", "follows"), [(date(2027, 9, 15), "C"), (date(2027, 9, 16), "A")]
)
def test_a_round_follows_if_the_schedule_is_valid_on_its_opening_day(
    valid_from, follows, publish, autumn
):
    publish(valid_from)
    assert schedule_of(autumn) == follows


def test_a_round_that_was_given_another_schedule_keeps_it(publish, administrator, autumn):
    publish(date(2028, 1, 1), key="C")
    Round.objects.filter(pk=autumn.pk).update(schedule=CeilingSchedule.objects.get(key="C"))
    publish(date(2027, 9, 1), key="D")
    assert schedule_of(autumn) == "C"


def test_a_round_without_a_schedule_takes_it(publish, autumn):
    Round.objects.filter(pk=autumn.pk).update(schedule=None)
    publish(date(2027, 9, 1))
    assert schedule_of(autumn) == "C"


def test_a_later_schedule_that_is_published_already_keeps_its_rounds(publish, autumn):
    spring = Round.objects.get(season="spring", year=2028)
    publish(date(2028, 1, 1), key="C")
    publish(date(2027, 9, 1), key="D")
    assert (schedule_of(autumn), schedule_of(spring)) == ("D", "C")


def test_why_a_round_has_another_schedule_is_in_its_change_log(publish, autumn, administrator):
    publish(date(2027, 9, 1))
    event = autumn.events.order_by("pgh_id").last()
    assert event.schedule.key == "C"
    context = event.pgh_context.metadata
    assert (context["user"], context["reason"]) == (administrator.pk, "Beslutat.")


# --- frozen -----------------------------------------------------------------------------------


def test_a_round_with_an_application_keeps_its_schedule_in_the_database_too(draft, publish):
    other = CeilingSchedule.objects.get(key="B")
    for schedule in (other, None):
        with pytest.raises(InternalError, match="keeps its schedule"), transaction.atomic():
            Round.objects.filter(pk=draft.round_id).update(schedule=schedule)


def test_a_round_with_an_application_can_still_be_changed_otherwise(draft):
    Round.objects.filter(pk=draft.round_id).update(frame_sek=1)
    assert Round.objects.get(pk=draft.round_id).frame_sek == 1


def test_a_round_with_an_application_is_passed_over(draft, publish):
    """A draft in a round that has not opened, as after an opening that was moved."""
    Round.objects.filter(pk=draft.round_id).update(opens_at=start_of(date(2027, 3, 12)))
    publish(date(2027, 3, 11))
    assert schedule_of(draft.round) == "A"


@pytest.mark.parametrize("moved", [False, True])
def test_an_opened_round_keeps_its_schedule_when_it_is_saved(open_round, moved):
    """Also if its opening is moved to a day to come at the same time."""
    open_round.schedule = CeilingSchedule.objects.get(key="B")
    if moved:
        open_round.opens_at = start_of(date(2027, 3, 12))
    with clock.offset(MID_ROUND - clock.real_now()), pytest.raises(ValidationError) as refused:
        open_round.save()
    assert list(refused.value.message_dict) == ["schedule"]
    assert schedule_of(open_round) == "A"


def test_an_opened_round_can_be_saved_with_other_changes(open_round):
    open_round.frame_sek = 1
    with clock.offset(MID_ROUND - clock.real_now()):
        open_round.save()
    assert Round.objects.get(pk=open_round.pk).frame_sek == 1


def test_until_a_round_opens_it_can_be_given_another_schedule(open_round):
    open_round.schedule = CeilingSchedule.objects.get(key="B")
    with clock.offset(start_of(date(2027, 2, 14)) - clock.real_now()):
        open_round.save()
    assert schedule_of(open_round) == "B"
