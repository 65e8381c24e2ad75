import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import funding.models.cost_types
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('funding', '0002_schedules_carry_limits'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='ExchangeRate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('currency', models.CharField(help_text='Its three letters by ISO 4217, for example KES.', max_length=3, validators=[django.core.validators.RegexValidator('^(?!SEK)[A-Z]{3}$', 'Three capital letters: KES, GEL.')], verbose_name='currency')),
                ('rate', models.DecimalField(decimal_places=8, help_text='Swedish kronor for one unit of the currency, for example 0,0812.', max_digits=18, verbose_name='kronor for one')),
                ('valid_on', models.DateField(verbose_name='day of the rate')),
                ('source', models.CharField(max_length=200, verbose_name='source')),
            ],
            options={
                'verbose_name': 'exchange rate',
                'verbose_name_plural': 'exchange rates',
                'ordering': ['currency', '-valid_on'],
            },
        ),
        migrations.CreateModel(
            name='ExchangeRateEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('currency', models.CharField(help_text='Its three letters by ISO 4217, for example KES.', max_length=3, validators=[django.core.validators.RegexValidator('^(?!SEK)[A-Z]{3}$', 'Three capital letters: KES, GEL.')], verbose_name='currency')),
                ('rate', models.DecimalField(decimal_places=8, help_text='Swedish kronor for one unit of the currency, for example 0,0812.', max_digits=18, verbose_name='kronor for one')),
                ('valid_on', models.DateField(verbose_name='day of the rate')),
                ('source', models.CharField(max_length=200, verbose_name='source')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AlterModelOptions(
            name='budgetline',
            options={'ordering': ['project_year', 'order', 'id'], 'verbose_name': 'budget line', 'verbose_name_plural': 'budget lines'},
        ),
        migrations.AddField(
            model_name='budgetline',
            name='activity',
            field=models.CharField(blank=True, max_length=150, verbose_name='activity'),
        ),
        migrations.AddField(
            model_name='budgetline',
            name='currency',
            field=models.CharField(default='SEK', max_length=3, verbose_name='currency'),
        ),
        migrations.AddField(
            model_name='budgetline',
            name='foreign_price',
            field=models.DecimalField(decimal_places=2, max_digits=14, null=True, verbose_name='price each in the currency'),
        ),
        migrations.AddField(
            model_name='budgetline',
            name='order',
            field=models.PositiveIntegerField(default=0, verbose_name='order'),
        ),
        migrations.AddField(
            model_name='budgetline',
            name='rate',
            field=models.DecimalField(decimal_places=8, max_digits=18, null=True, verbose_name='kronor for one'),
        ),
        migrations.AddField(
            model_name='budgetline',
            name='rate_on',
            field=models.DateField(null=True, verbose_name='day of the rate'),
        ),
        migrations.AddField(
            model_name='budgetline',
            name='rate_source',
            field=models.CharField(blank=True, max_length=200, verbose_name='source of the rate'),
        ),
        migrations.AddField(
            model_name='budgetline',
            name='unit',
            field=models.CharField(blank=True, max_length=30, verbose_name='unit'),
        ),
        migrations.AddField(
            model_name='costtype',
            name='phases',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('preparation', 'Inception'), ('project', 'Project'), ('steering_group', 'Steering group'), ('development', 'Development/expansion'), ('dissemination', 'Dissemination')], max_length=15), default=funding.models.cost_types.every_phase, help_text='The phases that cover this cost.', size=None, verbose_name='phases'),
        ),
        migrations.AlterField(
            model_name='budgetline',
            name='description',
            field=models.CharField(blank=True, max_length=200, verbose_name='what for'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='budget',
            trigger=pgtrigger.compiler.Trigger(name='stays_locked', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."locked_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c83466951ee2a1c83deb2bfc6cdd412228adeb09', operation='UPDATE OR DELETE', pgid='pgtrigger_stays_locked_e2958', table='funding_budget', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='budgetline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('currency', 'SEK'), ('foreign_price__isnull', True), ('rate__isnull', True), ('rate_on__isnull', True), ('rate_source', '')), models.Q(models.Q(('currency', 'SEK'), _negated=True), ('foreign_price__gte', 0), ('rate__gt', 0), ('rate_on__isnull', False), models.Q(('rate_source', ''), _negated=True)), _connector='OR'), name='budget_line_rate_all_or_none'),
        ),
        migrations.AddConstraint(
            model_name='budgetline',
            constraint=models.CheckConstraint(condition=models.Q(('persons__gte', 1), ('quantity__gte', 0)), name='budget_line_counts'),
        ),
        migrations.AddConstraint(
            model_name='costtype',
            constraint=models.CheckConstraint(condition=models.Q(('phases__contained_by', ['preparation', 'project', 'steering_group', 'development', 'dissemination'])), name='cost_type_phases_known'),
        ),
        migrations.AddConstraint(
            model_name='exchangerate',
            constraint=models.UniqueConstraint(fields=('currency', 'valid_on'), name='exchange_rate_once'),
        ),
        migrations.AddConstraint(
            model_name='exchangerate',
            constraint=models.CheckConstraint(condition=models.Q(('rate__gt', 0)), name='exchange_rate_positive'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exchangerate',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "funding_exchangerateevent" ("currency", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rate", "source", "valid_on") VALUES (NEW."currency", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rate", NEW."source", NEW."valid_on"); RETURN NULL;', hash='d01b6815b4fd55b02082505db6d3cf806fedbc57', operation='INSERT', pgid='pgtrigger_insert_insert_bd37a', table='funding_exchangerate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='exchangerate',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "funding_exchangerateevent" ("currency", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rate", "source", "valid_on") VALUES (NEW."currency", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rate", NEW."source", NEW."valid_on"); RETURN NULL;', hash='0079c4bb1a35c4b31df3673af1dd26f643d13bbb', operation='UPDATE', pgid='pgtrigger_update_update_78dbe', table='funding_exchangerate', when='AFTER')),
        ),
        migrations.AddField(
            model_name='exchangerateevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='exchangerateevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='funding.exchangerate'),
        ),
    ]
