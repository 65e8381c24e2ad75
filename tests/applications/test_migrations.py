"""Data that moves with a migration: there, and back again."""

from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from applications.actions import submit
from applications.actions.submitting import together
from tests.builders import add_line
from tests.conftest import fresh
from tests.moments import MID_ROUND

BEFORE = [("applications", "0003_reasons_and_origin")]
AFTER = [("applications", "0004_submissions_keep_their_budget")]
COLUMNS = (
    *("key", "order", "project_year", "party_id", "cost_type_id", "description", "persons"),
    *("quantity", "unit_price_sek", "amount_sek"),
)


def migrate(targets):
    """The models as they are after migrating there."""
    MigrationExecutor(connection).migrate(targets)
    return MigrationExecutor(connection).loader.project_state(targets).apps


def kept(models) -> dict[int, list[tuple]]:
    """The lines of every submission's own budget, in their order."""
    return {
        submission.pk: list(submission.budget.lines.order_by("order").values_list(*COLUMNS))
        for submission in models.get_model("applications", "Submission").objects.all()
    }


def budgets() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM funding_budget")
        return cursor.fetchone()[0]


def test_keys_and_amounts_are_the_same_there_and_back(ready, malmo):
    options = {"persons": 2, "description": "Projektledare", "by": malmo, "at": MID_ROUND}
    add_line(ready, "LON", "2.5", 4_000, **options)
    submit(together(fresh(ready)), by=malmo, at=MID_ROUND)
    before, in_all = kept(apps), budgets()
    assert sorted(len(lines) for lines in before.values()) == [2, 3]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as between two transactions
    old = migrate(BEFORE)
    assert "budget" not in {
        field.name for field in old.get_model("applications", "Submission")._meta.fields
    }
    assert budgets() == in_all - 2
    new = migrate(AFTER)
    assert kept(new) == before
    for submission in new.get_model("applications", "Submission").objects.all():
        assert submission.budget.locked_at == submission.received_at
