
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0016_occasions_of_a_round'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='application',
            name='awaits_dispensation',
            field=models.BooleanField(default=False, editable=False, help_text='It was handed in after the close, and nobody has let it count yet.'),
        ),
        migrations.AddField(
            model_name='application',
            name='late_until',
            field=models.DateTimeField(editable=False, help_text="The first moment outside. Later than the round's close, for this one alone.", null=True, verbose_name='dispensation until'),
        ),
        migrations.CreateModel(
            name='LateEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('channel', models.CharField(choices=[('portal', 'The portal'), ('email', 'E-mail'), ('paper', 'Paper')], max_length=6, verbose_name='came by')),
                ('received_at', models.DateTimeField(verbose_name='received')),
                ('reason', models.TextField(verbose_name='reason')),
                ('at', models.DateTimeField(verbose_name='written down')),
                ('outcome', models.CharField(blank=True, choices=[('granted', 'Dispensation granted'), ('refused', 'Refused as late')], max_length=9, verbose_name='outcome')),
                ('until', models.DateTimeField(null=True, verbose_name='may submit until')),
                ('answer_sv', models.TextField(blank=True, verbose_name='reasons in Swedish')),
                ('answer_en', models.TextField(blank=True, verbose_name='reasons in English')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='decided')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='late_entries', to='applications.application')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submission', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='late_entry', to='applications.submission')),
            ],
            options={
                'verbose_name': 'late application',
                'verbose_name_plural': 'late applications',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='LateEntryEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('channel', models.CharField(choices=[('portal', 'The portal'), ('email', 'E-mail'), ('paper', 'Paper')], max_length=6, verbose_name='came by')),
                ('received_at', models.DateTimeField(verbose_name='received')),
                ('reason', models.TextField(verbose_name='reason')),
                ('at', models.DateTimeField(verbose_name='written down')),
                ('outcome', models.CharField(blank=True, choices=[('granted', 'Dispensation granted'), ('refused', 'Refused as late')], max_length=9, verbose_name='outcome')),
                ('until', models.DateTimeField(null=True, verbose_name='may submit until')),
                ('answer_sv', models.TextField(blank=True, verbose_name='reasons in Swedish')),
                ('answer_en', models.TextField(blank=True, verbose_name='reasons in English')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='decided')),
                ('application', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='applications.application')),
                ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='applications.lateentry')),
                ('submission', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='applications.submission')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='lateentry',
            constraint=models.CheckConstraint(condition=models.Q(('channel__in', ['portal', 'email', 'paper'])), name='late_channel_known'),
        ),
        migrations.AddConstraint(
            model_name='lateentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer_sv', ''), ('decided_at', None), ('decided_by', None), ('outcome', '')), models.Q(('outcome__in', ['granted', 'refused']), ('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('answer_sv', ''), _negated=True)), _connector='OR'), name='late_decided_all_or_none'),
        ),
        migrations.AddConstraint(
            model_name='lateentry',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='late_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='lateentry',
            constraint=models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('application',), name='late_one_waits'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lateentry',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "applications_lateentryevent" ("answer_en", "answer_sv", "application_id", "at", "by_id", "channel", "decided_at", "decided_by_id", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "received_at", "submission_id", "until") VALUES (NEW."answer_en", NEW."answer_sv", NEW."application_id", NEW."at", NEW."by_id", NEW."channel", NEW."decided_at", NEW."decided_by_id", NEW."id", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."reason", NEW."received_at", NEW."submission_id", NEW."until"); RETURN NULL;', hash='45ec46374f6af80d2f820273b14e5b05fe30062d', operation='INSERT', pgid='pgtrigger_insert_insert_9d9d4', table='applications_lateentry', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lateentry',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "applications_lateentryevent" ("answer_en", "answer_sv", "application_id", "at", "by_id", "channel", "decided_at", "decided_by_id", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "received_at", "submission_id", "until") VALUES (NEW."answer_en", NEW."answer_sv", NEW."application_id", NEW."at", NEW."by_id", NEW."channel", NEW."decided_at", NEW."decided_by_id", NEW."id", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."reason", NEW."received_at", NEW."submission_id", NEW."until"); RETURN NULL;', hash='88efaa13ca1a6ab3b96985e0fe62a2b699bd5109', operation='UPDATE', pgid='pgtrigger_update_update_e0f82', table='applications_lateentry', when='AFTER')),
        ),
    ]
