import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0010_signatures'),
        ('partnerships', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question_key', models.SlugField()),
                ('text', models.TextField(blank=True, max_length=2000)),
                ('token', models.UUIDField(unique=True)),
                ('at', models.DateTimeField()),
                ('resolved_at', models.DateTimeField(null=True)),
                ('edited_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Enquiry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('question_key', models.SlugField(blank=True)),
                ('from_icld', models.BooleanField(default=False)),
                ('text', models.TextField(max_length=5000)),
                ('at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'message to or from ICLD',
                'verbose_name_plural': 'messages to and from ICLD',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='PublishedAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('phase', models.CharField(blank=True, choices=[('preparation', 'Inception'), ('project', 'Project'), ('steering_group', 'Steering group'), ('development', 'Development/expansion'), ('dissemination', 'Dissemination')], max_length=15, verbose_name='phase')),
                ('question_key', models.SlugField(blank=True, verbose_name='question of the form')),
                ('question_sv', models.TextField(verbose_name='question in Swedish')),
                ('question_en', models.TextField(verbose_name='question in English')),
                ('answer_sv', models.TextField(verbose_name='answer in Swedish')),
                ('answer_en', models.TextField(verbose_name='answer in English')),
                ('published_at', models.DateTimeField(verbose_name='published')),
                ('changed_at', models.DateTimeField(blank=True, null=True, verbose_name='changed')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn')),
            ],
            options={
                'verbose_name': 'question and answer',
                'verbose_name_plural': 'questions and answers',
                'ordering': ['-published_at'],
            },
        ),
        migrations.CreateModel(
            name='PublishedAnswerEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('phase', models.CharField(blank=True, choices=[('preparation', 'Inception'), ('project', 'Project'), ('steering_group', 'Steering group'), ('development', 'Development/expansion'), ('dissemination', 'Dissemination')], max_length=15, verbose_name='phase')),
                ('question_key', models.SlugField(blank=True, db_index=False, verbose_name='question of the form')),
                ('question_sv', models.TextField(verbose_name='question in Swedish')),
                ('question_en', models.TextField(verbose_name='question in English')),
                ('answer_sv', models.TextField(verbose_name='answer in Swedish')),
                ('answer_en', models.TextField(verbose_name='answer in English')),
                ('published_at', models.DateTimeField(verbose_name='published')),
                ('changed_at', models.DateTimeField(blank=True, null=True, verbose_name='changed')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='comment',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='applications.application'),
        ),
        migrations.AddField(
            model_name='comment',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='comment',
            name='mentions',
            field=models.ManyToManyField(blank=True, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='comment',
            name='reply_to',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='applications.comment'),
        ),
        migrations.AddField(
            model_name='comment',
            name='resolved_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='enquiry',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enquiries', to='applications.application'),
        ),
        migrations.AddField(
            model_name='enquiry',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='publishedanswer',
            name='answers',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='published', to='applications.enquiry'),
        ),
        migrations.AddField(
            model_name='publishedanswer',
            name='published_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('resolved_at__isnull', True), ('resolved_by__isnull', True)), models.Q(('resolved_at__isnull', False), ('resolved_by__isnull', False)), _connector='OR'), name='comment_resolved_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), ('text', ''), _connector='OR'), name='comment_withdrawn_has_no_text'),
        ),
        migrations.AddConstraint(
            model_name='publishedanswer',
            constraint=models.CheckConstraint(condition=models.Q(('phase__in', ['', 'preparation', 'project', 'steering_group', 'development', 'dissemination'])), name='published_answer_phase_known'),
        ),
        migrations.AddField(
            model_name='enquiry',
            name='organisation',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.organisation'),
        ),
        migrations.AddField(
            model_name='enquiry',
            name='settled_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='enquiry',
            trigger=pgtrigger.compiler.Trigger(name='kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='6c6cd829a637c6d2464c7051d72df68f9208b064', operation='DELETE', pgid='pgtrigger_kept_6c6a1', table='applications_enquiry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='enquiry',
            trigger=pgtrigger.compiler.Trigger(name='keeps_its_words', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."application_id" IS DISTINCT FROM (NEW."application_id") OR OLD."question_key" IS DISTINCT FROM (NEW."question_key") OR OLD."from_icld" IS DISTINCT FROM (NEW."from_icld") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."at" IS DISTINCT FROM (NEW."at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='0e649fefcf04e7bcc24d9897dc419cac3b878345', operation='UPDATE', pgid='pgtrigger_keeps_its_words_cd775', table='applications_enquiry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publishedanswer',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "applications_publishedanswerevent" ("answer_en", "answer_sv", "answers_id", "changed_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase", "public_id", "published_at", "published_by_id", "question_en", "question_key", "question_sv", "withdrawn_at") VALUES (NEW."answer_en", NEW."answer_sv", NEW."answers_id", NEW."changed_at", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phase", NEW."public_id", NEW."published_at", NEW."published_by_id", NEW."question_en", NEW."question_key", NEW."question_sv", NEW."withdrawn_at"); RETURN NULL;', hash='4c890693c9d0edcea76ae551a7035a10d5ca877b', operation='INSERT', pgid='pgtrigger_insert_insert_ff17c', table='applications_publishedanswer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publishedanswer',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "applications_publishedanswerevent" ("answer_en", "answer_sv", "answers_id", "changed_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase", "public_id", "published_at", "published_by_id", "question_en", "question_key", "question_sv", "withdrawn_at") VALUES (NEW."answer_en", NEW."answer_sv", NEW."answers_id", NEW."changed_at", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phase", NEW."public_id", NEW."published_at", NEW."published_by_id", NEW."question_en", NEW."question_key", NEW."question_sv", NEW."withdrawn_at"); RETURN NULL;', hash='aa5638813381b2c9508a5860fc619360494a433f', operation='UPDATE', pgid='pgtrigger_update_update_265b3', table='applications_publishedanswer', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='enquiry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('from_icld', True), ('organisation__isnull', True)), models.Q(('from_icld', False), ('organisation__isnull', False)), _connector='OR'), name='enquiry_of_icld_or_a_party'),
        ),
        migrations.AddConstraint(
            model_name='enquiry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('settled_by__isnull', True)), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='enquiry_settled_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='publishedanswer',
            constraint=models.UniqueConstraint(fields=('answers',), name='published_answer_once'),
        ),
        migrations.AddField(
            model_name='publishedanswerevent',
            name='answers',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='applications.enquiry'),
        ),
        migrations.AddField(
            model_name='publishedanswerevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='publishedanswerevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='applications.publishedanswer'),
        ),
        migrations.AddField(
            model_name='publishedanswerevent',
            name='published_by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
    ]
