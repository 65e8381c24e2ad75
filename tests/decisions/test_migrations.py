"""What was decided before budgets were kept line by line says the same afterwards, and back."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from applications.actions import submit
from applications.actions.submitting import together
from decisions import actions
from decisions.models import Case
from decisions.states import Outcome
from tests.builders import fill
from tests.conftest import fresh as fresh_application
from tests.decisions.conftest import decide, fresh, in_years, judge, propose
from tests.moments import AFTER_CLOSE, DECISION_DAY, MID_ROUND

BEFORE = [("decisions", "0002_released_stands")]
AFTER = [("decisions", "0003_budgets_line_by_line")]


@pytest.fixture
def released_in_part(pair, malmo, officer, decider):
    """Two years: 45 001 kr and 1 kr granted of 70 000 kr a year; the steering group rejected."""
    budget = (("RESA_INT", 1, 20_000), ("RESA_INT", 1, 20_000), ("LON", 10, 3_000))
    for application in pair:
        fill(application, by=malmo, at=MID_ROUND, budget=budget, years=2)
    submit(together(fresh_application(pair[0])), by=malmo, at=MID_ROUND)
    for application, outcome in zip(pair, (Outcome.PARTLY_GRANTED, Outcome.REJECTED), strict=True):
        case = actions.open_case(fresh_application(application), at=AFTER_CLOSE)
        judge(case, by=officer, at=AFTER_CLOSE)
        options = {"outcome": outcome, "amounts": in_years(fresh(case), 45_001, 1)}
        propose(case, by=officer, **options)
        decide(case, by=decider, presented_by=officer, **options)
        actions.release(case, by=officer, at=DECISION_DAY)
    return fresh(Case.objects.get(application=pair[0]))


def migrate(target):
    """The models as they are after migrating there."""
    executor = MigrationExecutor(connection)
    executor.migrate(target)
    return MigrationExecutor(connection).loader.project_state(target).apps


def test_amounts_by_year_and_by_line_are_the_same_there_and_back(released_in_part):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as between two transactions
    budgets = _budgets()
    old = migrate(BEFORE)
    for owner in ("Proposed", "Granted"):
        rows = old.get_model("decisions", f"{owner}Year").objects.order_by("pk")
        found = list(rows.values_list("project_year", "amount_sek"))
        assert found == [(1, 45_001), (2, 1), (1, 0), (2, 0)]
    assert _budgets() == budgets - 4
    new = migrate(AFTER)
    assert _budgets() == budgets
    for owner in ("Proposal", "Decision"):
        first, second = new.get_model("decisions", owner).objects.order_by("pk")
        amounts = [line.amount_sek for line in first.budget.lines.order_by("id")]
        assert amounts == [12_858, 12_857, 19_286, 0, 0, 1]
        assert {line.amount_sek for line in second.budget.lines.all()} == {0}
        assert first.budget.locked_at
    events = new.get_model("decisions", "DecisionEvent").objects
    assert not events.filter(budget=None).exists()
    assert events.exists()


def _budgets() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM funding_budget")
        return cursor.fetchone()[0]
