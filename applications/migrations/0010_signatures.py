import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


SIGN_BY = """
    UPDATE applications_round
    SET sign_by = ((closes_at - interval '1 microsecond') AT TIME ZONE 'Europe/Stockholm')::date + 30
    WHERE enforced_at IS NULL AND sign_by IS NULL
"""


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0009_attachments'),
        ('outbox', '0001_initial'),
    ]

    operations = [
        # Rounds to come take signatures for thirty days, as the generator says from now on.
        migrations.RunSQL(SIGN_BY, migrations.RunSQL.noop),
        migrations.CreateModel(
            name='Signatory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=150, verbose_name='name')),
                ('title', models.CharField(blank=True, max_length=150, verbose_name='title')),
                ('mandate', models.CharField(blank=True, max_length=300, verbose_name='mandate')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('language', models.CharField(choices=[('sv', 'Swedish'), ('en', 'English')], default='sv', max_length=2, verbose_name='language')),
            ],
            options={
                'verbose_name': 'signatory',
                'verbose_name_plural': 'signatories',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150)),
                ('title', models.CharField(max_length=150)),
                ('mandate', models.CharField(blank=True, max_length=300)),
                ('address', models.EmailField(blank=True, max_length=254)),
                ('channel', models.CharField(choices=[('email', 'E-mail'), ('scan', 'Scanned signature')], max_length=10)),
                ('level', models.CharField(choices=[('link', 'Personal link to a named address'), ('account', 'Logged in, with the same address'), ('paper', 'Signed on paper, scanned')], max_length=10)),
                ('warnings', models.JSONField(default=list)),
                ('late', models.BooleanField(default=False)),
                ('content_sha256', models.CharField(max_length=64)),
                ('signed_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='SignatureRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150)),
                ('title', models.CharField(max_length=150)),
                ('mandate', models.CharField(blank=True, max_length=300)),
                ('address', models.EmailField(max_length=254)),
                ('language', models.CharField(choices=[('sv', 'Swedish'), ('en', 'English')], max_length=2)),
                ('warnings', models.JSONField(default=list)),
                ('token_sha256', models.CharField(max_length=64, unique=True)),
                ('sent_at', models.DateTimeField()),
                ('opened_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.AddField(
            model_name='signature',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='signaturerequest',
            name='message',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outbox.message'),
        ),
        migrations.AddField(
            model_name='signatory',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signatories', to='applications.application'),
        ),
        migrations.AddField(
            model_name='signatory',
            name='party',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.party'),
        ),
        migrations.AddField(
            model_name='signature',
            name='party',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.party'),
        ),
        migrations.AddField(
            model_name='signature',
            name='scan',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='applications.attachment'),
        ),
        migrations.AddField(
            model_name='signature',
            name='submission',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='applications.submission'),
        ),
        migrations.AddField(
            model_name='signaturerequest',
            name='party',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.party'),
        ),
        migrations.AddField(
            model_name='signaturerequest',
            name='sent_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='signaturerequest',
            name='submission',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signature_requests', to='applications.submission'),
        ),
        migrations.AddField(
            model_name='signature',
            name='request',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, to='applications.signaturerequest'),
        ),
        migrations.AddConstraint(
            model_name='signatory',
            constraint=models.UniqueConstraint(fields=('application', 'party'), name='signatory_once'),
        ),
        migrations.AddConstraint(
            model_name='signatory',
            constraint=models.CheckConstraint(condition=models.Q(('language__in', ['sv', 'en'])), name='signatory_language_known'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.UniqueConstraint(fields=('submission', 'party'), name='signature_once'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(('channel__in', ['email', 'scan']), ('level__in', ['link', 'account', 'paper'])), name='signature_states_known'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(('request__isnull', False), ('scan__isnull', False), _connector='OR'), name='signature_by_link_or_scan'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signature',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3439cc675afb373509e58872442c28764363c911', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_af809', table='applications_signature', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signaturerequest',
            trigger=pgtrigger.compiler.Trigger(name='asked_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."submission_id" IS DISTINCT FROM (NEW."submission_id") OR OLD."party_id" IS DISTINCT FROM (NEW."party_id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."mandate" IS DISTINCT FROM (NEW."mandate") OR OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."warnings" IS DISTINCT FROM (NEW."warnings") OR OLD."token_sha256" IS DISTINCT FROM (NEW."token_sha256") OR OLD."message_id" IS DISTINCT FROM (NEW."message_id") OR OLD."sent_at" IS DISTINCT FROM (NEW."sent_at") OR OLD."sent_by_id" IS DISTINCT FROM (NEW."sent_by_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='476810c75562d4a55d2afb6f6b6e7b45a48c0ad5', operation='UPDATE', pgid='pgtrigger_asked_once_f6558', table='applications_signaturerequest', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='signaturerequest',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='feb26fd37f76d409380c9e2af55935c15f0b5d65', operation='DELETE', pgid='pgtrigger_append_only_8e9e8', table='applications_signaturerequest', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='signaturerequest',
            constraint=models.CheckConstraint(condition=models.Q(('language__in', ['sv', 'en'])), name='signature_request_language_known'),
        ),
    ]
