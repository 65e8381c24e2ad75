"""Two people, or one hand that clicks twice, at a table at the same moment."""

from uuid import uuid4

import pytest
from django.db import transaction

from applications import actions
from applications.actions.writing import count_change
from applications.models import Indicator, Objective, Risk
from applications.refusals import NoSuchObjective, TooManyRows
from tests.applications.tables import KEY, save
from tests.applications.test_concurrency import people, until_waiting
from tests.conftest import fresh
from tests.moments import MID_ROUND
from tests.settling import PATIENCE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("full_form")]


def at_once(application, *works) -> list:
    """What each gives, or raises, when all have waited for the same moment."""
    with people() as begin:
        with transaction.atomic():
            count_change(application)
            started = [begin(work) for work in works]
            until_waiting(len(works))
        return [each.exception(PATIENCE) or each.result() for each in started]


def test_two_requests_for_the_same_new_row_make_one(draft, malmo):
    application = fresh(draft)

    def click():
        return save(application, malmo, description="Val")

    assert at_once(draft, click, click) == [1, 1]
    assert Risk.objects.count() == 1


def test_the_last_free_place_is_taken_once(draft, malmo, malmo2):
    for _number in range(14):
        save(draft, malmo, key=uuid4())
    application = fresh(draft)
    results = at_once(
        draft,
        lambda: save(application, malmo, key=uuid4()),
        lambda: save(application, malmo2, key=uuid4()),
    )
    assert sorted(type(each) for each in results if each != 1) == [TooManyRows]
    assert Risk.objects.count() == 15


def test_an_indicator_never_keeps_an_objective_that_is_just_being_deleted(draft, malmo, malmo2):
    save(draft, malmo, kind="objectives", text="Ett råd")
    objective, application = Objective.objects.get(), fresh(draft)

    def delete():
        what = {"kind": "objectives", "key": KEY, "version": 1}
        return actions.delete_row(application, **what, by=malmo2, at=MID_ROUND)

    def measure():
        given = {"objective_id": objective.pk, "indicator": "Antal"}
        return save(application, malmo, kind="indicators", key=uuid4(), **given)

    deleted, saved = at_once(draft, delete, measure)
    assert deleted.version == 1
    assert saved == 1 or isinstance(saved, NoSuchObjective)
    assert not Indicator.objects.exclude(objective=None).exists()
