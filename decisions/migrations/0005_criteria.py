"""Criteria as data, scores, and assessments that are handed in."""
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


def hand_in_what_was_written(apps, schema_editor):
    """Before there were criteria an assessment was read by everybody once it was saved."""
    apps.get_model("decisions", "Assessment").objects.update(handed_in_at=models.F("at"))


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0017_late_applications'),
        ('decisions', '0004_the_queue'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CriteriaSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('phase', models.CharField(choices=[('preparation', 'Inception'), ('project', 'Project'), ('steering_group', 'Steering group'), ('development', 'Development/expansion'), ('dissemination', 'Dissemination')], max_length=15, verbose_name='phase')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published')], default='draft', max_length=10, verbose_name='status')),
                ('assessors', models.PositiveSmallIntegerField(choices=[(1, '1'), (2, '2')], verbose_name='assessors')),
            ],
            options={
                'verbose_name': 'set of criteria',
                'verbose_name_plural': 'sets of criteria',
                'ordering': ['phase', '-number'],
            },
        ),
        migrations.CreateModel(
            name='Criterion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=30, verbose_name='key')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('label_sv', models.CharField(max_length=80, verbose_name='label in Swedish')),
                ('label_en', models.CharField(max_length=80, verbose_name='label in English')),
                ('question_sv', models.CharField(max_length=300, verbose_name='question in Swedish')),
                ('question_en', models.CharField(max_length=300, verbose_name='question in English')),
                ('weight', models.PositiveSmallIntegerField(default=1, verbose_name='weight')),
                ('evidence_required', models.BooleanField(default=False, help_text='The assessor says where in the application the ground for the score stands.', verbose_name='asks where the ground stands')),
            ],
            options={
                'verbose_name': 'criterion',
                'verbose_name_plural': 'criteria',
                'ordering': ['criteria_set', 'position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='RoundCriteria',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('phase', models.CharField(choices=[('preparation', 'Inception'), ('project', 'Project'), ('steering_group', 'Steering group'), ('development', 'Development/expansion'), ('dissemination', 'Dissemination')], max_length=15, verbose_name='phase')),
            ],
            options={
                'verbose_name': 'criteria of a round',
                'verbose_name_plural': 'criteria of rounds',
            },
        ),
        migrations.CreateModel(
            name='Score',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.PositiveSmallIntegerField(null=True)),
                ('reason', models.TextField(blank=True)),
                ('evidence', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'ordering': ['criterion__position', 'id'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='assessment',
            name='assessment_once_a_person',
        ),
        migrations.AddField(
            model_name='assessment',
            name='handed_in_at',
            field=models.DateTimeField(null=True, verbose_name='handed in'),
        ),
        migrations.AddField(
            model_name='assessment',
            name='kind',
            field=models.CharField(choices=[('own', 'Own'), ('joint', 'Joint')], default='own', max_length=10),
        ),
        migrations.AlterField(
            model_name='assessment',
            name='text',
            field=models.TextField(blank=True, verbose_name='assessment'),
        ),
        migrations.RunPython(hand_in_what_was_written, migrations.RunPython.noop),
        pgtrigger.migrations.AddTrigger(
            model_name='assessment',
            trigger=pgtrigger.compiler.Trigger(name='stands_once_handed_in', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."handed_in_at" IS NOT NULL AND NEW."handed_in_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='dce65d44882ed6cb705ead8828e4f7fd5b1f7d2b', operation='UPDATE', pgid='pgtrigger_stands_once_handed_in_1a26d', table='decisions_assessment', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='criteriaset',
            constraint=models.UniqueConstraint(fields=('phase', 'number'), name='criteria_set_once'),
        ),
        migrations.AddConstraint(
            model_name='criteriaset',
            constraint=models.CheckConstraint(condition=models.Q(('phase__in', ['preparation', 'project', 'steering_group', 'development', 'dissemination'])), name='criteria_set_phase'),
        ),
        migrations.AddConstraint(
            model_name='criteriaset',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'published'])), name='criteria_set_status'),
        ),
        migrations.AddConstraint(
            model_name='criteriaset',
            constraint=models.CheckConstraint(condition=models.Q(('assessors__in', [1, 2])), name='criteria_set_assessors'),
        ),
        migrations.AddField(
            model_name='assessment',
            name='criteria_set',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.criteriaset'),
        ),
        migrations.AddField(
            model_name='case',
            name='criteria_set',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.criteriaset', verbose_name='set of criteria'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'own')), fields=('case', 'by'), name='assessment_once_a_person'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'joint')), fields=('case',), name='assessment_one_joint'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['own', 'joint'])), name='assessment_kind_known'),
        ),
        migrations.AddField(
            model_name='criterion',
            name='criteria_set',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='criteria', to='decisions.criteriaset', verbose_name='set'),
        ),
        migrations.AddField(
            model_name='roundcriteria',
            name='criteria_set',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.criteriaset', verbose_name='set of criteria'),
        ),
        migrations.AddField(
            model_name='roundcriteria',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='applications.round'),
        ),
        migrations.AddField(
            model_name='score',
            name='assessment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scores', to='decisions.assessment'),
        ),
        migrations.AddField(
            model_name='score',
            name='criterion',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.criterion'),
        ),
        migrations.AddConstraint(
            model_name='criterion',
            constraint=models.UniqueConstraint(fields=('criteria_set', 'key'), name='criterion_once'),
        ),
        migrations.AddConstraint(
            model_name='criterion',
            constraint=models.CheckConstraint(condition=models.Q(('weight__gt', 0)), name='criterion_weighs'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='criterion',
            trigger=pgtrigger.compiler.Trigger(name='stays_once_published', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM decisions_criteriaset s\n        WHERE s.id = COALESCE(NEW.criteria_set_id, OLD.criteria_set_id) AND s.status = 'published'\n    ) THEN\n        RAISE EXCEPTION 'the criteria of a published set stay as they are';\n    END IF;\n    RETURN COALESCE(NEW, OLD);\n", hash='b7cabe1d12f79ccb48a8fa7093f908a8030050ad', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_stays_once_published_f8d1b', table='decisions_criterion', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='roundcriteria',
            constraint=models.UniqueConstraint(fields=('round', 'phase'), name='round_criteria_once'),
        ),
        migrations.AddConstraint(
            model_name='score',
            constraint=models.UniqueConstraint(fields=('assessment', 'criterion'), name='score_once'),
        ),
        migrations.AddConstraint(
            model_name='score',
            constraint=models.CheckConstraint(condition=models.Q(('value__isnull', True), models.Q(('value__gte', 1), ('value__lte', 4)), _connector='OR'), name='score_on_the_scale'),
        ),
        migrations.CreateModel(
            name='CriteriaSetEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('phase', models.CharField(choices=[('preparation', 'Inception'), ('project', 'Project'), ('steering_group', 'Steering group'), ('development', 'Development/expansion'), ('dissemination', 'Dissemination')], max_length=15, verbose_name='phase')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published')], default='draft', max_length=10, verbose_name='status')),
                ('assessors', models.PositiveSmallIntegerField(choices=[(1, '1'), (2, '2')], verbose_name='assessors')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RoundCriteriaEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('phase', models.CharField(choices=[('preparation', 'Inception'), ('project', 'Project'), ('steering_group', 'Steering group'), ('development', 'Development/expansion'), ('dissemination', 'Dissemination')], max_length=15, verbose_name='phase')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='criteriaset',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "decisions_criteriasetevent" ("assessors", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase", "status") VALUES (NEW."assessors", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phase", NEW."status"); RETURN NULL;', hash='419ef0277498b458e45726bca510dbb0ba8b401c', operation='INSERT', pgid='pgtrigger_insert_insert_8ffa9', table='decisions_criteriaset', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='criteriaset',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "decisions_criteriasetevent" ("assessors", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase", "status") VALUES (NEW."assessors", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phase", NEW."status"); RETURN NULL;', hash='9f4a65b2067a9a6ca1fc6d0cb060978217dbefab', operation='UPDATE', pgid='pgtrigger_update_update_d74ed', table='decisions_criteriaset', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roundcriteria',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "decisions_roundcriteriaevent" ("criteria_set_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase", "round_id") VALUES (NEW."criteria_set_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phase", NEW."round_id"); RETURN NULL;', hash='a213cefd75223f7186ce8d6fd27f8aeedab14b41', operation='INSERT', pgid='pgtrigger_insert_insert_b9e4a', table='decisions_roundcriteria', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roundcriteria',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "decisions_roundcriteriaevent" ("criteria_set_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase", "round_id") VALUES (NEW."criteria_set_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phase", NEW."round_id"); RETURN NULL;', hash='fd263e712b96a9a5caf3c4092f29fd97d7ad65b4', operation='UPDATE', pgid='pgtrigger_update_update_4a5ed', table='decisions_roundcriteria', when='AFTER')),
        ),
        migrations.AddField(
            model_name='criteriasetevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='criteriasetevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='decisions.criteriaset'),
        ),
        migrations.AddField(
            model_name='roundcriteriaevent',
            name='criteria_set',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='decisions.criteriaset', verbose_name='set of criteria'),
        ),
        migrations.AddField(
            model_name='roundcriteriaevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='roundcriteriaevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='decisions.roundcriteria'),
        ),
        migrations.AddField(
            model_name='roundcriteriaevent',
            name='round',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='applications.round'),
        ),
    ]
