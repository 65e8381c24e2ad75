"""Ceiling schedules on the database: copies, where they stand, and that a published one stands."""

from datetime import date

import pytest
from django.db import InternalError, connection, transaction

from funding.actions import copy_schedule, publish_schedule
from funding.models import Ceiling, CeilingSchedule
from funding.refusals import DateTaken, KeyTaken
from funding.states import Standing
from tests.funding.schedules import whole_draft
from tests.moments import MID_ROUND


@pytest.fixture
def a(reference):
    return CeilingSchedule.objects.get(key="A")


# --- copies -----------------------------------------------------------------------------------


def test_a_copy_is_a_draft_with_the_same_cells_limits_and_sources(a, administrator):
    copy = whole_draft(administrator)
    assert (copy.status, copy.published_at, copy.name) == ("draft", None, "Nästa")
    assert [row.cell for row in copy.cells.all()] == [row.cell for row in a.cells.all()]
    assert copy.parameters == a.parameters
    assert (copy.source_sv, copy.source_en) == ("Styrelsen 2027-10-01", "The board 2027-10-01")


def test_a_draft_that_is_not_whole_can_be_copied(administrator, reference):
    lund = CeilingSchedule.objects.get(key="B")
    own = {"key": "D", "name": "D", "source_sv": "Styrelsen", "source_en": "The board"}
    copy = copy_schedule(lund, valid_from=date(2028, 1, 1), **own, by=administrator, at=MID_ROUND)
    assert copy.cells.count() == 6


def test_who_copied_what_is_kept(administrator, reference):
    context = whole_draft(administrator).events.get().pgh_context.metadata
    assert (context["user"], context["copied"]) == (administrator.pk, "A")


@pytest.mark.parametrize(
    ("key", "valid_from", "refusal"),
    [("B", date(2028, 1, 1), KeyTaken), ("C", date(2019, 1, 1), DateTaken)],
)
def test_a_key_and_a_first_day_are_taken_once(key, valid_from, refusal, administrator, reference):
    with pytest.raises(refusal):
        whole_draft(administrator, valid_from=valid_from, key=key)
    assert CeilingSchedule.objects.count() == 2


def test_two_drafts_may_begin_on_the_same_day(administrator, reference):
    whole_draft(administrator, key="C")
    whole_draft(administrator, key="D")
    assert CeilingSchedule.objects.filter(valid_from=date(2028, 1, 1)).count() == 2


# --- where they stand -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "a_stands", "c_stands"),
    [
        (date(2018, 12, 31), Standing.COMING, Standing.COMING),
        (date(2019, 1, 1), Standing.IN_FORCE, Standing.COMING),
        (date(2027, 12, 31), Standing.IN_FORCE, Standing.COMING),
        (date(2028, 1, 1), Standing.SUPERSEDED, Standing.IN_FORCE),
    ],
)
def test_where_a_schedule_stands_is_computed_for_the_day(day, a_stands, c_stands, administrator):
    schedule = whole_draft(administrator)
    publish_schedule(schedule, reason="Beslutat.", by=administrator, at=MID_ROUND)
    standing = dict(CeilingSchedule.objects.with_standing(day).values_list("key", "standing"))
    assert standing == {"A": a_stands, "B": Standing.DRAFT, "C": c_stands}


def test_a_schedule_takes_over_from_the_one_before_it(a, administrator):
    schedules = CeilingSchedule.objects
    assert schedules.before(date(2028, 1, 1)) == a
    assert schedules.before(date(2019, 1, 1)) is None
    assert schedules.after(date(2018, 1, 1)) == a
    assert schedules.after(date(2019, 1, 1)) is None


# --- the database's own word ------------------------------------------------------------------

RAW = [
    "UPDATE funding_ceilingschedule SET name = 'Annan' WHERE id = %s",
    "UPDATE funding_ceilingschedule SET status = 'draft' WHERE id = %s",
    "UPDATE funding_ceilingschedule SET max_day_rate_sek = 9000 WHERE id = %s",
    "DELETE FROM funding_ceilingschedule WHERE id = %s",
    "UPDATE funding_ceiling SET amount_sek = 1 WHERE schedule_id = %s",
    "DELETE FROM funding_ceiling WHERE schedule_id = %s",
    "INSERT INTO funding_ceiling (schedule_id, phase, region, multi_party, amount_sek, basis, kind)"
    " VALUES (%s, 'project', 'asia', true, 1, 'per_year', 'max')",
]


@pytest.mark.parametrize("statement", RAW)
def test_a_published_schedule_and_its_cells_stand_whatever_the_way(statement, a):
    with (
        pytest.raises(InternalError, match=r"published|Cannot update or delete"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, [a.pk])
    assert a.cells.count() == 30


def test_a_cell_is_not_moved_into_or_out_of_a_published_schedule(a, administrator):
    draft = whole_draft(administrator)
    draft.cells.filter(phase="project").delete()
    for cell, target in [(draft.cells.first(), a), (a.cells.first(), draft)]:
        with pytest.raises(InternalError, match="published"), transaction.atomic():
            Ceiling.objects.filter(pk=cell.pk).update(schedule=target)


def test_a_draft_can_still_be_changed_and_deleted(administrator):
    draft = whole_draft(administrator)
    draft.cells.filter(phase="project").update(amount_sek=1)
    CeilingSchedule.objects.filter(pk=draft.pk).delete()
    assert not CeilingSchedule.objects.filter(key="C").exists()
