"""Work that should have been done by now."""

from datetime import timedelta

import pytest

from applications.models import Round
from applications.round_dates import ENFORCED_AFTER
from icld_portal.overdue import KINDS, PATIENCE, Overdue, overdue
from outbox.models import Message
from tests.moments import MID_ROUND

pytestmark = pytest.mark.django_db
NOTHING = Overdue(0, None)


def test_nothing_is_overdue_in_a_portal_where_all_is_done(reference):
    assert overdue(MID_ROUND) == dict.fromkeys(KINDS, NOTHING)


def test_what_was_handed_in_is_overdue_after_five_minutes_without_a_worker(submitted):
    messages = Message.objects.count()
    assert overdue(MID_ROUND + PATIENCE - timedelta(seconds=1))["messages"] == NOTHING
    late = overdue(MID_ROUND + PATIENCE)
    assert late["messages"] == Overdue(messages, MID_ROUND)
    assert late["submission PDFs"] == Overdue(2, MID_ROUND)
    assert late["submission PDFs"].age(MID_ROUND + PATIENCE) == PATIENCE


def test_a_close_is_overdue_five_minutes_after_it_should_have_been_carried_out(open_round):
    due = open_round.closes_at + ENFORCED_AFTER
    assert overdue(due + PATIENCE - timedelta(seconds=1))["closes of rounds"] == NOTHING
    assert overdue(due + PATIENCE)["closes of rounds"] == Overdue(1, due)
    Round.objects.filter(pk=open_round.pk).update(enforced_at=due)
    assert overdue(due + PATIENCE)["closes of rounds"] == NOTHING


def test_a_kind_of_work_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(len(KINDS)):
        overdue(MID_ROUND)
