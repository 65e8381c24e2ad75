import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

KEPT = """
    INSERT INTO applications_givenout (submission_id, kind, language, sha256, at)
    SELECT submission_id, 'application', 'sv', sha256, rendered_at FROM applications_submissionpdf
    ON CONFLICT DO NOTHING;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0013_signatories_for_each_party'),
    ]

    operations = [
        migrations.CreateModel(
            name='GivenOut',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('application', 'The application'), ('receipt', 'Receipt')], max_length=12)),
                ('language', models.CharField(choices=[('sv', 'Swedish'), ('en', 'English')], max_length=2)),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('at', models.DateTimeField()),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='given_out', to='applications.submission')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['application', 'receipt'])), name='given_out_kind_known')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='givenout',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='80373eac2ef1e709d382ad1b48d9b3b296337666', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_261d9', table='applications_givenout', when='BEFORE')),
        ),
        # What was made before has been given out too.
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
    ]
