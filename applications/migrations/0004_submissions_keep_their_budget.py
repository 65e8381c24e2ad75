"""Every submission gets a locked budget of its own, made from its frozen content."""

import json
from decimal import Decimal

import django.db.models.deletion
from django.db import migrations, models


def make_budgets(apps, schema_editor):
    Submission = apps.get_model("applications", "Submission")
    Budget = apps.get_model("funding", "Budget")
    BudgetLine = apps.get_model("funding", "BudgetLine")
    CostType = apps.get_model("funding", "CostType")
    cost_types = dict(CostType.objects.values_list("key", "pk"))
    with_triggers_off(schema_editor, "DISABLE")
    for submission in Submission.objects.select_related("application"):
        rows = submission.application.parties.select_related("organisation")
        parties = {row.organisation.display_name: row.party_id for row in rows}
        anybody = next(iter(parties.values()))  # a party renamed since then
        budget = Budget.objects.create()
        BudgetLine.objects.bulk_create(
            BudgetLine(
                budget=budget,
                key=line["key"],
                project_year=line["project_year"],
                party_id=parties.get(line["party"], anybody),
                cost_type_id=cost_types[line["cost_type"]],
                description=line["description"],
                persons=line["persons"],
                quantity=Decimal(line["quantity"]),
                unit_price_sek=line["unit_price_sek"],
                amount_sek=line["amount_sek"],
                order=place,
            )
            for place, line in enumerate(json.loads(submission.content)["budget"]["lines"])
        )
        budget.locked_at = submission.received_at
        budget.save()
        Submission.objects.filter(pk=submission.pk).update(budget=budget)
    with_triggers_off(schema_editor, "ENABLE")


def drop_budgets(apps, schema_editor):
    Submission = apps.get_model("applications", "Submission")
    Budget = apps.get_model("funding", "Budget")
    budgets = list(Submission.objects.values_list("budget", flat=True))
    with_triggers_off(schema_editor, "DISABLE")
    Submission.objects.update(budget=None)
    Budget.objects.filter(pk__in=budgets).delete()
    with_triggers_off(schema_editor, "ENABLE")


def with_triggers_off(schema_editor, word):
    """Nothing that was handed in changes here: the tables only get a column beside it."""
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no key is left to check at the end
    for table in ("applications_submission", "funding_budget", "funding_budgetline"):
        schema_editor.execute(f"ALTER TABLE {table} {word} TRIGGER USER")


class Migration(migrations.Migration):

    dependencies = [
        ("applications", "0003_reasons_and_origin"),
        ("funding", "0003_lines_in_detail"),
    ]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="budget",
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="funding.budget"),
        ),
        migrations.RunPython(make_budgets, drop_budgets),
        migrations.AlterField(
            model_name="submission",
            name="budget",
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="funding.budget"),
        ),
    ]
