import django.core.validators
import pgtrigger.compiler
import pgtrigger.migrations
from decimal import Decimal
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('funding', '0001_initial'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='ceilingschedule',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='ceilingschedule',
            name='update_update',
        ),
        migrations.RenameField(
            model_name='ceilingschedule',
            old_name='source',
            new_name='source_sv',
        ),
        migrations.AlterField(
            model_name='ceilingschedule',
            name='source_sv',
            field=models.TextField(verbose_name='source in Swedish'),
        ),
        migrations.RenameField(
            model_name='ceilingscheduleevent',
            old_name='source',
            new_name='source_sv',
        ),
        migrations.AlterField(
            model_name='ceilingscheduleevent',
            name='source_sv',
            field=models.TextField(verbose_name='source in Swedish'),
        ),
        migrations.AddField(
            model_name='ceilingschedule',
            name='day_rate_source_en',
            field=models.CharField(default='ICLD introduction 2019-09-25', max_length=200, verbose_name='highest price a day: source in English'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='ceilingschedule',
            name='day_rate_source_sv',
            field=models.CharField(default='ICLD:s introduktion 2019-09-25', max_length=200, verbose_name='highest price a day: source in Swedish'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='ceilingschedule',
            name='max_day_rate_sek',
            field=models.PositiveIntegerField(default=4800, help_text='For salaries (with social charges) and fees, for each person.', verbose_name='highest price a day, SEK'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='ceilingschedule',
            name='max_pay_percent',
            field=models.DecimalField(decimal_places=2, default=Decimal('50'), max_digits=5, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('100'))], verbose_name='salaries and fees at most, per cent of the budget'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='ceilingschedule',
            name='min_visits_a_year',
            field=models.PositiveSmallIntegerField(default=2, help_text='0 if none are asked for.', verbose_name='exchange visits a year, at least'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='ceilingschedule',
            name='pay_share_source_en',
            field=models.CharField(default='Lund KS 2019/0835', max_length=200, verbose_name='share of salaries and fees: source in English'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='ceilingschedule',
            name='pay_share_source_sv',
            field=models.CharField(default='Lund KS 2019/0835', max_length=200, verbose_name='share of salaries and fees: source in Swedish'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='ceilingschedule',
            name='source_en',
            field=models.TextField(default='', verbose_name='source in English'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='ceilingschedule',
            name='visits_source_en',
            field=models.CharField(default="ICLD's leaflet on Municipal Partnerships", max_length=200, verbose_name='exchange visits a year: source in English'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='ceilingschedule',
            name='visits_source_sv',
            field=models.CharField(default='ICLD:s folder om Kommunala partnerskap', max_length=200, verbose_name='exchange visits a year: source in Swedish'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='ceilingscheduleevent',
            name='day_rate_source_en',
            field=models.CharField(default='ICLD introduction 2019-09-25', max_length=200, verbose_name='highest price a day: source in English'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='ceilingscheduleevent',
            name='day_rate_source_sv',
            field=models.CharField(default='ICLD:s introduktion 2019-09-25', max_length=200, verbose_name='highest price a day: source in Swedish'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='ceilingscheduleevent',
            name='max_day_rate_sek',
            field=models.PositiveIntegerField(default=4800, help_text='For salaries (with social charges) and fees, for each person.', verbose_name='highest price a day, SEK'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='ceilingscheduleevent',
            name='max_pay_percent',
            field=models.DecimalField(decimal_places=2, default=Decimal('50'), max_digits=5, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('100'))], verbose_name='salaries and fees at most, per cent of the budget'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='ceilingscheduleevent',
            name='min_visits_a_year',
            field=models.PositiveSmallIntegerField(default=2, help_text='0 if none are asked for.', verbose_name='exchange visits a year, at least'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='ceilingscheduleevent',
            name='pay_share_source_en',
            field=models.CharField(default='Lund KS 2019/0835', max_length=200, verbose_name='share of salaries and fees: source in English'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='ceilingscheduleevent',
            name='pay_share_source_sv',
            field=models.CharField(default='Lund KS 2019/0835', max_length=200, verbose_name='share of salaries and fees: source in Swedish'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='ceilingscheduleevent',
            name='source_en',
            field=models.TextField(default='', verbose_name='source in English'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='ceilingscheduleevent',
            name='visits_source_en',
            field=models.CharField(default="ICLD's leaflet on Municipal Partnerships", max_length=200, verbose_name='exchange visits a year: source in English'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='ceilingscheduleevent',
            name='visits_source_sv',
            field=models.CharField(default='ICLD:s folder om Kommunala partnerskap', max_length=200, verbose_name='exchange visits a year: source in Swedish'),
            preserve_default=False,
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ceiling',
            trigger=pgtrigger.compiler.Trigger(name='stands_once_published', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM funding_ceilingschedule s\n        WHERE s.id IN (OLD.schedule_id, NEW.schedule_id) AND s.status = 'published'\n    ) THEN\n        RAISE EXCEPTION 'the schedule is published';\n    END IF;\n    RETURN COALESCE(NEW, OLD);\n", hash='ba5777c1aadc8f10cdbcf9bbf67f79c811a51034', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_stands_once_published_a39ed', table='funding_ceiling', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ceilingschedule',
            trigger=pgtrigger.compiler.Trigger(name='stands_once_published', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."status" = \'published\')', func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4b030824ca68c616dddf83a4f6b01f8a2b7211a5', operation='UPDATE OR DELETE', pgid='pgtrigger_stands_once_published_83ca0', table='funding_ceilingschedule', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ceilingschedule',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "funding_ceilingscheduleevent" ("day_rate_source_en", "day_rate_source_sv", "id", "key", "max_day_rate_sek", "max_pay_percent", "min_visits_a_year", "name", "pay_share_source_en", "pay_share_source_sv", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "source_en", "source_sv", "status", "valid_from", "visits_source_en", "visits_source_sv") VALUES (NEW."day_rate_source_en", NEW."day_rate_source_sv", NEW."id", NEW."key", NEW."max_day_rate_sek", NEW."max_pay_percent", NEW."min_visits_a_year", NEW."name", NEW."pay_share_source_en", NEW."pay_share_source_sv", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_at", NEW."published_by_id", NEW."source_en", NEW."source_sv", NEW."status", NEW."valid_from", NEW."visits_source_en", NEW."visits_source_sv"); RETURN NULL;', hash='d83552100a7c34fc6ef12750e9095f401e27466e', operation='INSERT', pgid='pgtrigger_insert_insert_1ecce', table='funding_ceilingschedule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ceilingschedule',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "funding_ceilingscheduleevent" ("day_rate_source_en", "day_rate_source_sv", "id", "key", "max_day_rate_sek", "max_pay_percent", "min_visits_a_year", "name", "pay_share_source_en", "pay_share_source_sv", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "source_en", "source_sv", "status", "valid_from", "visits_source_en", "visits_source_sv") VALUES (NEW."day_rate_source_en", NEW."day_rate_source_sv", NEW."id", NEW."key", NEW."max_day_rate_sek", NEW."max_pay_percent", NEW."min_visits_a_year", NEW."name", NEW."pay_share_source_en", NEW."pay_share_source_sv", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_at", NEW."published_by_id", NEW."source_en", NEW."source_sv", NEW."status", NEW."valid_from", NEW."visits_source_en", NEW."visits_source_sv"); RETURN NULL;', hash='8789753cf2d04a48ca9e59660e1dd04f36fdb694', operation='UPDATE', pgid='pgtrigger_update_update_c2553', table='funding_ceilingschedule', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='ceilingschedule',
            constraint=models.CheckConstraint(condition=models.Q(('max_day_rate_sek__gt', 0), ('max_pay_percent__gte', 0), ('max_pay_percent__lte', 100)), name='schedule_limits_sane'),
        ),
        migrations.AlterModelOptions(
            name='ceiling',
            options={'ordering': ['id'], 'verbose_name': 'amount of a schedule', 'verbose_name_plural': 'amounts of a schedule'},
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ceiling',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "funding_ceilingevent" ("amount_sek", "basis", "id", "kind", "multi_party", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase", "region", "schedule_id") VALUES (OLD."amount_sek", OLD."basis", OLD."id", OLD."kind", OLD."multi_party", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phase", OLD."region", OLD."schedule_id"); RETURN NULL;', hash='7a872957992d42e0609c04abc351a61d3171d8b7', operation='DELETE', pgid='pgtrigger_delete_delete_aa3ce', table='funding_ceiling', when='AFTER')),
        ),
    ]
