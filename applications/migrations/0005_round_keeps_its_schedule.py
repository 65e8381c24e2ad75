import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0004_submissions_keep_their_budget'),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name='round',
            trigger=pgtrigger.compiler.Trigger(name='keeps_its_schedule', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."schedule_id" IS NOT NULL AND OLD."schedule_id" IS DISTINCT FROM (NEW."schedule_id"))', func="\n    IF EXISTS (SELECT 1 FROM applications_application a WHERE a.round_id = OLD.id) THEN\n        RAISE EXCEPTION 'the round has an application and keeps its schedule';\n    END IF;\n    RETURN NEW;\n", hash='f8461c674c26a3794d4e3750b31db94bcb865328', operation='UPDATE', pgid='pgtrigger_keeps_its_schedule_a8f00', table='applications_round', when='BEFORE')),
        ),
    ]
