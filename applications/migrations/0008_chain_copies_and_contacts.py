import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0007_tables_of_the_plan'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='round',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='round',
            name='update_update',
        ),
        migrations.AddField(
            model_name='answer',
            name='copied_from',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='applications.application'),
        ),
        migrations.AddField(
            model_name='application',
            name='builds_on',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='built_on_by', to='applications.application', verbose_name='earlier case'),
        ),
        migrations.AddField(
            model_name='application',
            name='contact',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='contact at ICLD'),
        ),
        migrations.AddField(
            model_name='application',
            name='has_other_grants',
            field=models.BooleanField(blank=True, null=True, verbose_name='other grants for the same'),
        ),
        migrations.AddField(
            model_name='application',
            name='other_grants',
            field=models.TextField(blank=True, max_length=1000, verbose_name='which other grants'),
        ),
        migrations.AddField(
            model_name='application',
            name='submit_at_close_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='to be submitted at the close, by'),
        ),
        migrations.AddField(
            model_name='application',
            name='training',
            field=models.CharField(blank=True, choices=[('attended', 'Attended'), ('planned', 'Planned'), ('none', 'Neither attended nor planned')], max_length=10, verbose_name='training in municipal partnerships'),
        ),
        migrations.AddField(
            model_name='application',
            name='training_note',
            field=models.CharField(blank=True, max_length=200, verbose_name='who and when'),
        ),
        migrations.AddField(
            model_name='round',
            name='contact',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='contact for applicants'),
        ),
        migrations.AddField(
            model_name='round',
            name='sign_by',
            field=models.DateField(blank=True, help_text='Until this day, after the close, signatories can sign.', null=True, verbose_name='signatures until'),
        ),
        migrations.AddField(
            model_name='roundevent',
            name='contact',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='contact for applicants'),
        ),
        migrations.AddField(
            model_name='roundevent',
            name='sign_by',
            field=models.DateField(blank=True, help_text='Until this day, after the close, signatories can sign.', null=True, verbose_name='signatures until'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='round',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "applications_roundevent" ("closes_at", "contact_id", "decision_on", "earliest_start", "enforced_at", "frame_sek", "id", "notice_on", "opens_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "publication_on", "schedule_id", "season", "sign_by", "year") VALUES (NEW."closes_at", NEW."contact_id", NEW."decision_on", NEW."earliest_start", NEW."enforced_at", NEW."frame_sek", NEW."id", NEW."notice_on", NEW."opens_at", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."publication_on", NEW."schedule_id", NEW."season", NEW."sign_by", NEW."year"); RETURN NULL;', hash='c98ae9a2e738d7a305b2ca0db207bae64e0cade2', operation='INSERT', pgid='pgtrigger_insert_insert_a0c65', table='applications_round', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='round',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "applications_roundevent" ("closes_at", "contact_id", "decision_on", "earliest_start", "enforced_at", "frame_sek", "id", "notice_on", "opens_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "publication_on", "schedule_id", "season", "sign_by", "year") VALUES (NEW."closes_at", NEW."contact_id", NEW."decision_on", NEW."earliest_start", NEW."enforced_at", NEW."frame_sek", NEW."id", NEW."notice_on", NEW."opens_at", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."publication_on", NEW."schedule_id", NEW."season", NEW."sign_by", NEW."year"); RETURN NULL;', hash='58157cf5c7ea358b0e448f84e889f95565dc5394', operation='UPDATE', pgid='pgtrigger_update_update_35bdf', table='applications_round', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(('training__in', ['', 'attended', 'planned', 'none'])), name='application_training_known'),
        ),
    ]
