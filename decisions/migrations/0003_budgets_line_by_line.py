"""Proposals and decisions get a locked budget each instead of one amount for each project year.

Existing amounts are spread over the lines of their year in proportion to what was asked for; the
year's sum stays exactly what it was.
"""

import json

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


def make_budgets(apps, schema_editor):
    triggers(schema_editor, "DISABLE")
    for row, submission, at in owners(apps):
        years = dict(row.years.values_list("project_year", "amount_sek"))
        row_budget = reduced_copy(apps, submission.budget_id, years, at)
        type(row).objects.filter(pk=row.pk).update(budget=row_budget)
    DecisionEvent = apps.get_model("decisions", "DecisionEvent")
    for pk, budget in apps.get_model("decisions", "Decision").objects.values_list("pk", "budget"):
        DecisionEvent.objects.filter(pgh_obj=pk).update(budget=budget)
    triggers(schema_editor, "ENABLE")


def drop_budgets(apps, schema_editor):
    BudgetLine = apps.get_model("funding", "BudgetLine")
    YEARS = {
        "Proposal": (apps.get_model("decisions", "ProposedYear"), "proposal"),
        "Decision": (apps.get_model("decisions", "GrantedYear"), "decision"),
    }
    triggers(schema_editor, "DISABLE")
    budgets = []
    for row, submission, _at in owners(apps):
        model, name = YEARS[type(row).__name__]
        lines = BudgetLine.objects.filter(budget=row.budget_id)
        sums = dict.fromkeys(range(1, json.loads(submission.content)["period"]["years"] + 1), 0)
        for line in lines:
            sums[line.project_year] += line.amount_sek
        model.objects.bulk_create(
            model(project_year=year, amount_sek=amount_sek, **{name: row})
            for year, amount_sek in sums.items()
        )
        budgets.append(row.budget_id)
    for name in ("Proposal", "Decision", "DecisionEvent"):
        apps.get_model("decisions", name).objects.update(budget=None)
    apps.get_model("funding", "Budget").objects.filter(pk__in=budgets).delete()
    triggers(schema_editor, "ENABLE")


def owners(apps):
    """Every proposal and decision with the submission it rests on and when it was made."""
    Submission = apps.get_model("applications", "Submission")
    proposals = apps.get_model("decisions", "Proposal").objects.select_related("case")
    for proposal in proposals.order_by("pk"):
        newest_first = Submission.objects.filter(
            application=proposal.case.application_id
        ).order_by("-version")
        seen = newest_first.filter(received_at__lte=proposal.at).first()
        yield proposal, seen or newest_first.first(), proposal.at
    decisions = apps.get_model("decisions", "Decision").objects.select_related("submission")
    for decision in decisions.order_by("pk"):
        yield decision, decision.submission, decision.decided_at


def reduced_copy(apps, budget_id, years, at):
    """A locked copy of a budget whose years sum to the amounts of `years`."""
    Budget, BudgetLine = (apps.get_model("funding", name) for name in ("Budget", "BudgetLine"))
    copy = Budget.objects.create()
    lines = list(BudgetLine.objects.filter(budget=budget_id).order_by("id"))
    for year in {line.project_year for line in lines}:
        of_year = [line for line in lines if line.project_year == year]
        amounts = spread(years.get(year, 0), [line.amount_sek for line in of_year])
        for line, amount_sek in zip(of_year, amounts, strict=True):
            line.pk, line.budget, line.amount_sek = None, copy, amount_sek
    BudgetLine.objects.bulk_create(lines)
    Budget.objects.filter(pk=copy.pk).update(locked_at=at)
    return copy


def spread(amount_sek, weights):
    """Whole kronor in proportion to the weights, the largest remainders first, nothing lost."""
    whole = sum(weights) or 1
    shares = [amount_sek * weight // whole for weight in weights]
    remainders = [amount_sek * weight % whole for weight in weights]
    largest_first = sorted(range(len(weights)), key=lambda place: -remainders[place])
    for place in largest_first[: amount_sek - sum(shares)]:
        shares[place] += 1
    return shares


def triggers(schema_editor, word):
    """What was decided is not changed here: the same amounts are told in another shape."""
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no key is left to check at the end
    for table in ("decisions_decision", "funding_budget", "funding_budgetline"):
        schema_editor.execute(f"ALTER TABLE {table} {word} TRIGGER USER")


class Migration(migrations.Migration):

    dependencies = [
        ("applications", "0004_submissions_keep_their_budget"),
        ("decisions", "0002_released_stands"),
        ("funding", "0003_lines_in_detail"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(model_name="decision", name="insert_insert"),
        pgtrigger.migrations.RemoveTrigger(model_name="decision", name="update_update"),
        migrations.AddField(
            model_name="proposal",
            name="budget",
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="funding.budget"),
        ),
        migrations.AddField(
            model_name="decision",
            name="budget",
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="funding.budget"),
        ),
        migrations.AddField(
            model_name="decisionevent",
            name="budget",
            field=models.ForeignKey(null=True, db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", related_query_name="+", to="funding.budget"),
        ),
        migrations.RunPython(make_budgets, drop_budgets),
        migrations.AlterField(
            model_name="proposal",
            name="budget",
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="funding.budget"),
        ),
        migrations.AlterField(
            model_name="decision",
            name="budget",
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="funding.budget"),
        ),
        migrations.AlterField(
            model_name="decisionevent",
            name="budget",
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", related_query_name="+", to="funding.budget"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decision',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "decisions_decisionevent" ("amount_sek", "budget_id", "case_id", "conditions", "decided_at", "decided_by_id", "guideline_accepted", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "presented_by_id", "reasons", "released_at", "released_by_id", "submission_id") VALUES (NEW."amount_sek", NEW."budget_id", NEW."case_id", NEW."conditions", NEW."decided_at", NEW."decided_by_id", NEW."guideline_accepted", NEW."id", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."presented_by_id", NEW."reasons", NEW."released_at", NEW."released_by_id", NEW."submission_id"); RETURN NULL;', hash='d9e900e77e89f8aafd8ab5e499628b01a938e7bd', operation='INSERT', pgid='pgtrigger_insert_insert_c5437', table='decisions_decision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decision',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "decisions_decisionevent" ("amount_sek", "budget_id", "case_id", "conditions", "decided_at", "decided_by_id", "guideline_accepted", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "presented_by_id", "reasons", "released_at", "released_by_id", "submission_id") VALUES (NEW."amount_sek", NEW."budget_id", NEW."case_id", NEW."conditions", NEW."decided_at", NEW."decided_by_id", NEW."guideline_accepted", NEW."id", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."presented_by_id", NEW."reasons", NEW."released_at", NEW."released_by_id", NEW."submission_id"); RETURN NULL;', hash='f2af958bd3c289dcf5158b0ee99ea8ffefe1251c', operation='UPDATE', pgid='pgtrigger_update_update_b017a', table='decisions_decision', when='AFTER')),
        ),
        pgtrigger.migrations.RemoveTrigger(model_name="grantedyear", name="append_only"),
        migrations.DeleteModel(name="GrantedYear"),
        migrations.DeleteModel(name="ProposedYear"),
    ]
