
import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0017_late_applications'),
        ('decisions', '0003_budgets_line_by_line'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('query', models.CharField(blank=True, max_length=1000)),
            ],
            options={
                'verbose_name': 'saved view',
                'verbose_name_plural': 'saved views',
                'ordering': ['name', 'id'],
            },
        ),
        migrations.AddField(
            model_name='case',
            name='amount_sek',
            field=models.PositiveIntegerField(editable=False, null=True, verbose_name='amount, SEK'),
        ),
        migrations.AddField(
            model_name='case',
            name='countries',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), default=list, editable=False, size=None),
        ),
        migrations.AddField(
            model_name='case',
            name='flags',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('late', 'Came late or beside the portal'), ('papers', 'Stands in its papers'), ('mixed_regions', 'Partners in several regions'), ('part_year', 'The last year is not a whole one'), ('over_guideline', 'Over the guideline amount'), ('no_inception', 'No inception before the project'), ('vacant_seat', 'Vacant seat in the steering group')], max_length=20), default=list, editable=False, size=None),
        ),
        migrations.AddField(
            model_name='case',
            name='parties',
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.AddField(
            model_name='case',
            name='received_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='received'),
        ),
        migrations.AddField(
            model_name='case',
            name='sought',
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.AddField(
            model_name='case',
            name='submission',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='applications.submission'),
        ),
        migrations.AddField(
            model_name='case',
            name='title_en',
            field=models.CharField(blank=True, editable=False, max_length=200),
        ),
        migrations.AddField(
            model_name='case',
            name='title_sv',
            field=models.CharField(blank=True, editable=False, max_length=200),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['state'], name='case_by_state'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['-received_at'], name='case_by_received'),
        ),
        migrations.AddField(
            model_name='savedview',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_views', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.UniqueConstraint(fields=('user', 'name'), name='saved_view_once'),
        ),
    ]
