import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0008_chain_copies_and_contacts'),
    ]

    operations = [
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('letter_of_intent', 'Letter of Intent'), ('minutes', 'Extract of minutes'), ('signed_application', 'Signed application'), ('project_plan', 'Project plan'), ('other', 'Other')], max_length=20, verbose_name='kind')),
                ('name', models.CharField(max_length=200, verbose_name='file name')),
                ('content_type', models.CharField(max_length=100)),
                ('size', models.PositiveIntegerField(verbose_name='size in bytes')),
                ('sha256', models.CharField(max_length=64)),
                ('stored_as', models.CharField(max_length=64, unique=True)),
                ('state', models.CharField(choices=[('waiting', 'Being checked'), ('ready', 'Checked'), ('refused', 'Refused')], default='waiting', max_length=10)),
                ('finding', models.CharField(blank=True, max_length=200)),
                ('checked_at', models.DateTimeField(null=True)),
                ('late', models.BooleanField(default=False)),
                ('has_preview', models.BooleanField(null=True)),
                ('removed_at', models.DateTimeField(null=True)),
                ('at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'attachment',
                'verbose_name_plural': 'attachments',
                'ordering': ['kind', 'id'],
            },
        ),
        migrations.CreateModel(
            name='AttachmentPromise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('letter_of_intent', 'Letter of Intent'), ('minutes', 'Extract of minutes'), ('signed_application', 'Signed application'), ('project_plan', 'Project plan'), ('other', 'Other')], max_length=20, verbose_name='kind')),
                ('promised_on', models.DateField(verbose_name='promised for')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='comment')),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ['promised_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('letter_of_intent', 'Letter of Intent'), ('minutes', 'Extract of minutes'), ('signed_application', 'Signed application'), ('project_plan', 'Project plan'), ('other', 'Other')], max_length=20)),
                ('name', models.CharField(max_length=200)),
                ('size', models.PositiveIntegerField()),
                ('received', models.PositiveIntegerField(default=0)),
                ('stored_as', models.CharField(max_length=64, unique=True)),
                ('begun_at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='attachment',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='applications.application'),
        ),
        migrations.AddField(
            model_name='attachment',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='attachment',
            name='party',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.party'),
        ),
        migrations.AddField(
            model_name='attachment',
            name='removed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='attachment',
            name='replaced_by',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaces', to='applications.attachment'),
        ),
        migrations.AddField(
            model_name='attachmentpromise',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='promises', to='applications.application'),
        ),
        migrations.AddField(
            model_name='attachmentpromise',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='attachmentpromise',
            name='party',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.party'),
        ),
        migrations.AddField(
            model_name='upload',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uploads', to='applications.application'),
        ),
        migrations.AddField(
            model_name='upload',
            name='attachment',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='applications.attachment'),
        ),
        migrations.AddField(
            model_name='upload',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='upload',
            name='party',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.party'),
        ),
        migrations.AddField(
            model_name='upload',
            name='replaces',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='applications.attachment'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['letter_of_intent', 'minutes', 'signed_application', 'project_plan', 'other']), ('state__in', ['waiting', 'ready', 'refused'])), name='attachment_states_known'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('removed_at__isnull', True), ('removed_by__isnull', True)), models.Q(('removed_at__isnull', False), ('removed_by__isnull', False)), _connector='OR'), name='attachment_removed_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='attachmentpromise',
            constraint=models.UniqueConstraint(fields=('application', 'kind', 'party'), name='attachment_promise_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='attachmentpromise',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['letter_of_intent', 'minutes', 'signed_application', 'project_plan', 'other'])), name='attachment_promise_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='upload',
            constraint=models.CheckConstraint(condition=models.Q(('received__lte', models.F('size'))), name='upload_not_over_its_size'),
        ),
        migrations.AddConstraint(
            model_name='upload',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['letter_of_intent', 'minutes', 'signed_application', 'project_plan', 'other'])), name='upload_kind_known'),
        ),
    ]
