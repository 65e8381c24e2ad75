import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0014_documents_given_out"),
        ("funding", "0003_lines_in_detail"),
        ("partnerships", "0002_networks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RoundExtension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("old_closes_at", models.DateTimeField(verbose_name="closed before")),
                ("new_closes_at", models.DateTimeField(verbose_name="closes now")),
                ("reason_sv", models.TextField(verbose_name="reason in Swedish")),
                ("reason_en", models.TextField(verbose_name="reason in English")),
                ("at", models.DateTimeField(verbose_name="when")),
            ],
            options={
                "verbose_name": "extension",
                "verbose_name_plural": "extensions",
                "ordering": ["-id"],
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="round",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="round",
            name="update_update",
        ),
        migrations.RemoveConstraint(
            model_name="round",
            name="round_season_known",
        ),
        migrations.RemoveConstraint(
            model_name="round",
            name="round_once_a_season",
        ),
        migrations.AddField(
            model_name="round",
            name="fixed_start",
            field=models.DateField(
                blank=True,
                help_text="Where those of the round begin together. Empty: each chooses.",
                null=True,
                verbose_name="all projects start on",
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="kind",
            field=models.CharField(
                choices=[("regular", "Regular"), ("extra", "Extra"), ("rolling", "Rolling")],
                default="regular",
                help_text="Regular: spring or autumn. Extra: once, with a name of its own. Rolling: takes what comes during a long time.",
                max_length=10,
                verbose_name="kind",
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="name_en",
            field=models.CharField(blank=True, max_length=80, verbose_name="name in English"),
        ),
        migrations.AddField(
            model_name="round",
            name="name_sv",
            field=models.CharField(
                blank=True,
                help_text="Of an extra or rolling round; a regular one is named by its season.",
                max_length=80,
                verbose_name="name in Swedish",
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="network",
            field=models.ForeignKey(
                blank=True,
                help_text="Only its members apply. Empty: everybody who may apply.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rounds",
                to="partnerships.network",
                verbose_name="only for the network",
            ),
        ),
        migrations.AddField(
            model_name="roundevent",
            name="fixed_start",
            field=models.DateField(
                blank=True,
                help_text="Where those of the round begin together. Empty: each chooses.",
                null=True,
                verbose_name="all projects start on",
            ),
        ),
        migrations.AddField(
            model_name="roundevent",
            name="kind",
            field=models.CharField(
                choices=[("regular", "Regular"), ("extra", "Extra"), ("rolling", "Rolling")],
                default="regular",
                help_text="Regular: spring or autumn. Extra: once, with a name of its own. Rolling: takes what comes during a long time.",
                max_length=10,
                verbose_name="kind",
            ),
        ),
        migrations.AddField(
            model_name="roundevent",
            name="name_en",
            field=models.CharField(blank=True, max_length=80, verbose_name="name in English"),
        ),
        migrations.AddField(
            model_name="roundevent",
            name="name_sv",
            field=models.CharField(
                blank=True,
                help_text="Of an extra or rolling round; a regular one is named by its season.",
                max_length=80,
                verbose_name="name in Swedish",
            ),
        ),
        migrations.AddField(
            model_name="roundevent",
            name="network",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                help_text="Only its members apply. Empty: everybody who may apply.",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="partnerships.network",
                verbose_name="only for the network",
            ),
        ),
        migrations.AlterField(
            model_name="round",
            name="season",
            field=models.CharField(
                blank=True,
                choices=[("spring", "Spring"), ("autumn", "Autumn")],
                help_text="Of a regular round.",
                max_length=10,
                verbose_name="season",
            ),
        ),
        migrations.AlterField(
            model_name="roundevent",
            name="season",
            field=models.CharField(
                blank=True,
                choices=[("spring", "Spring"), ("autumn", "Autumn")],
                help_text="Of a regular round.",
                max_length=10,
                verbose_name="season",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="round",
            trigger=pgtrigger.compiler.Trigger(
                name="takes_a_phase_alone",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    PERFORM pg_advisory_xact_lock(hashtext('applications_round'));\n    IF EXISTS (\n        SELECT 1\n        FROM applications_round r\n        JOIN applications_roundphase p ON p.round_id = r.id\n        JOIN applications_roundphase own ON own.phase = p.phase AND own.round_id = NEW.id\n        WHERE r.id <> NEW.id\n        AND r.network_id IS NOT DISTINCT FROM NEW.network_id\n        AND r.opens_at < NEW.closes_at AND NEW.opens_at < r.closes_at\n    ) THEN\n        RAISE EXCEPTION 'another round takes the same phase at the same time';\n    END IF;\n    RETURN NEW;\n",
                    hash="237f3d5530450f157285bc317fcfc8d0a2046191",
                    operation='UPDATE OF "opens_at", "closes_at", "network_id"',
                    pgid="pgtrigger_takes_a_phase_alone_37950",
                    table="applications_round",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="round",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "applications_roundevent" ("closes_at", "contact_id", "decision_on", "earliest_start", "enforced_at", "fixed_start", "frame_sek", "id", "kind", "name_en", "name_sv", "network_id", "notice_on", "opens_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "publication_on", "schedule_id", "season", "sign_by", "year") VALUES (NEW."closes_at", NEW."contact_id", NEW."decision_on", NEW."earliest_start", NEW."enforced_at", NEW."fixed_start", NEW."frame_sek", NEW."id", NEW."kind", NEW."name_en", NEW."name_sv", NEW."network_id", NEW."notice_on", NEW."opens_at", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."publication_on", NEW."schedule_id", NEW."season", NEW."sign_by", NEW."year"); RETURN NULL;',
                    hash="e541fa630f9662a79eb1e32b5fcf669ac279d913",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a0c65",
                    table="applications_round",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="round",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "applications_roundevent" ("closes_at", "contact_id", "decision_on", "earliest_start", "enforced_at", "fixed_start", "frame_sek", "id", "kind", "name_en", "name_sv", "network_id", "notice_on", "opens_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "publication_on", "schedule_id", "season", "sign_by", "year") VALUES (NEW."closes_at", NEW."contact_id", NEW."decision_on", NEW."earliest_start", NEW."enforced_at", NEW."fixed_start", NEW."frame_sek", NEW."id", NEW."kind", NEW."name_en", NEW."name_sv", NEW."network_id", NEW."notice_on", NEW."opens_at", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."publication_on", NEW."schedule_id", NEW."season", NEW."sign_by", NEW."year"); RETURN NULL;',
                    hash="726af4c0a52086fa004849daa569082ac86d6eec",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_35bdf",
                    table="applications_round",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="roundphase",
            trigger=pgtrigger.compiler.Trigger(
                name="taken_alone",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    PERFORM pg_advisory_xact_lock(hashtext('applications_round'));\n    IF EXISTS (\n        SELECT 1\n        FROM applications_round own\n        JOIN applications_round r ON r.id <> own.id\n        JOIN applications_roundphase p ON p.round_id = r.id AND p.phase = NEW.phase\n        WHERE own.id = NEW.round_id\n        AND r.network_id IS NOT DISTINCT FROM own.network_id\n        AND r.opens_at < own.closes_at AND own.opens_at < r.closes_at\n    ) THEN\n        RAISE EXCEPTION 'another round takes the same phase at the same time';\n    END IF;\n    RETURN NEW;\n",
                    hash="8a8959e7694ecfb417ab4b4b957ea9fb2daccd2d",
                    operation='INSERT OR UPDATE OF "round_id", "phase"',
                    pgid="pgtrigger_taken_alone_c971e",
                    table="applications_roundphase",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["regular", "extra", "rolling"])),
                name="round_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "regular"),
                        ("name_en", ""),
                        ("name_sv", ""),
                        ("season__in", ["spring", "autumn"]),
                    ),
                    models.Q(
                        models.Q(("kind", "regular"), _negated=True),
                        ("season", ""),
                        models.Q(("name_sv", ""), _negated=True),
                        models.Q(("name_en", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="round_named",
                violation_error_message="A regular round has a season and no name. An extra or rolling one has a name in Swedish and one in English, and no season.",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("fixed_start__gte", models.F("earliest_start"))),
                name="round_starts_in_order",
                violation_error_message="Projects cannot all start before the earliest project start.",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "regular")),
                fields=("season", "year"),
                name="round_once_a_season",
                violation_error_message="There is a regular round of that season and year.",
            ),
        ),
        migrations.AddField(
            model_name="roundextension",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="roundextension",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="extensions",
                to="applications.round",
            ),
        ),
        migrations.AddConstraint(
            model_name="roundextension",
            constraint=models.CheckConstraint(
                condition=models.Q(("old_closes_at__lt", models.F("new_closes_at"))),
                name="round_extension_later",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="roundextension",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="99a41c873ffd8d445f56831621de99b020ca15f6",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_6219f",
                    table="applications_roundextension",
                    when="BEFORE",
                ),
            ),
        ),
    ]
