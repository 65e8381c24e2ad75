"""The record of when the portal could not serve."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import translation

from icld_portal import clock
from icld_portal.models import Cause, Disturbance
from icld_portal.watch.disturbances import (
    GAP,
    DisturbanceFacts,
    Episode,
    begin,
    disturbances_between,
    end_all,
    episodes,
    unmeasured,
    write,
)
from icld_portal.watch.spool import Note

NOON = datetime(2027, 3, 15, 11, tzinfo=UTC)
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


def note(minute: float, cause=Cause.DATABASE, **is_submission) -> Note:
    return Note(NOON + minute * MINUTE, cause, **is_submission)


def episode(first: float, last: float, failed: int = 0, cause=Cause.DATABASE) -> Episode:
    return Episode(cause, NOON + first * MINUTE, NOON + last * MINUTE, failed)


# --- putting notes together -----------------------------------------------------------------------


def test_failures_close_to_each_other_are_one_episode():
    found = episodes([note(3), note(0, is_submission=True), note(6, is_submission=True)])
    assert found == [episode(0, 6, failed=2)]


def test_failures_far_apart_are_two_and_causes_are_kept_apart():
    web = note(1, Cause.WEB)
    found = episodes([note(0), note(3.1), web])
    assert found == [episode(0, 0), episode(3.1, 3.1), episode(1, 1, cause=Cause.WEB)]


@pytest.mark.parametrize("minutes", [-5, 0, 1, 3])
def test_a_tick_that_is_in_time_leaves_no_gap(minutes):
    assert unmeasured(NOON, NOON + minutes * MINUTE, []) == []


def test_a_tick_that_is_late_leaves_a_gap_that_is_unknown():
    late = NOON + GAP + SECOND
    assert unmeasured(NOON, late, []) == [Episode(Cause.UNMEASURED, NOON, late, 0)]


def test_what_is_known_of_a_gap_is_not_called_unknown():
    """The database was down for eight minutes; then nobody knows."""
    notes = [note(minute) for minute in (-1, 1, 3, 6, 8)]
    found = unmeasured(NOON, NOON + 20 * MINUTE, notes)
    assert found == [episode(8, 20, cause=Cause.UNMEASURED)]


# --- writing --------------------------------------------------------------------------------------


def rows() -> list[tuple]:
    found = Disturbance.objects.values_list("cause", "began_at", "ended_at", "failed_submissions")
    return list(found)


@pytest.mark.django_db
def test_what_goes_on_makes_the_row_longer():
    for each in (episode(10, 12, 1), episode(14, 15, 2), episode(5, 8), episode(40, 41)):
        write(each)
    assert rows() == [
        ("database", NOON + 5 * MINUTE, NOON + 15 * MINUTE, 3),
        ("database", NOON + 40 * MINUTE, NOON + 41 * MINUTE, 0),
    ]


@pytest.mark.django_db
def test_failures_while_a_disturbance_lasts_are_counted_on_it_and_it_lasts():
    begin(Cause.DATABASE, NOON)
    write(episode(1, 30, failed=4))
    write(episode(1, 2, cause=Cause.WEB))
    assert rows() == [
        ("database", NOON, None, 4),
        ("web", NOON + MINUTE, NOON + 2 * MINUTE, 0),
    ]


@pytest.mark.django_db
def test_a_disturbance_begins_once_and_ends_once():
    begin(Cause.PAGE, NOON)
    begin(Cause.PAGE, NOON + MINUTE)
    begin(Cause.QUEUE, NOON + MINUTE)
    end_all(NOON + 2 * MINUTE, but={Cause.QUEUE})
    end_all(NOON + 3 * MINUTE)
    assert [row[:3] for row in rows()] == [
        ("page", NOON, NOON + 2 * MINUTE),
        ("queue", NOON + MINUTE, NOON + 3 * MINUTE),
    ]


@pytest.mark.django_db
def test_times_are_those_of_the_rounds_and_a_clock_moved_back_breaks_nothing():
    with clock.offset(timedelta(days=30)):
        begin(Cause.PAGE, NOON)
    end_all(NOON + MINUTE)
    then = NOON + timedelta(days=30)
    assert [row[1:3] for row in rows()] == [(then, then)]


@pytest.mark.django_db
def test_the_database_keeps_the_record():
    begin(Cause.PAGE, NOON)
    with pytest.raises(DatabaseError), transaction.atomic():
        Disturbance.objects.all().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Disturbance.objects.create(began_at=NOON, cause=Cause.PAGE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Disturbance.objects.update(ended_at=NOON - SECOND)
    with pytest.raises(IntegrityError), transaction.atomic():
        Disturbance.objects.update(cause="flood")


# --- reading --------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "end", "is_told"),
    [
        (0, 10, True),
        (12, 13, True),
        (15, 20, True),
        (0, 10.01, True),
        (0, 9.9, False),
        (15.1, 20, False),
    ],
)
def test_what_touches_a_time_is_told_whole(start, end, is_told):
    write(episode(9.95, 15, failed=7))
    with translation.override("sv"):
        found = disturbances_between(NOON + start * MINUTE, NOON + end * MINUTE)
    whole = DisturbanceFacts(
        NOON + 9.95 * MINUTE, NOON + 15 * MINUTE, "Databasen gick inte att nå", 7
    )
    assert found == ([whole] if is_told else [])


@pytest.mark.django_db
def test_the_end_of_a_time_is_outside_it():
    write(episode(10, 15))
    assert not disturbances_between(NOON, NOON + 10 * MINUTE)


@pytest.mark.django_db
def test_what_lasts_is_told_with_one_query(django_assert_num_queries):
    begin(Cause.PAGE, NOON)
    begin(Cause.WEB, NOON - MINUTE)
    with django_assert_num_queries(1), translation.override("en"):
        found = disturbances_between(NOON + timedelta(days=1), NOON + timedelta(days=2))
    assert [(each.cause, each.ended_at) for each in found] == [
        ("A fault in the portal", None),
        ("The portal did not answer", None),
    ]
