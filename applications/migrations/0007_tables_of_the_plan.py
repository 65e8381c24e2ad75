import django.core.validators
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0006_forms_with_sections'),
    ]

    operations = [
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('order', models.PositiveIntegerField(default=0)),
                ('version', models.PositiveIntegerField(default=1)),
                ('at', models.DateTimeField()),
                ('name', models.CharField(blank=True, max_length=150, verbose_name='name')),
                ('description', models.TextField(blank=True, max_length=1000, verbose_name='description')),
                ('place', models.CharField(blank=True, max_length=100, verbose_name='place')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='first day')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('responsible', models.CharField(blank=True, max_length=100, verbose_name='responsible role')),
                ('result', models.TextField(blank=True, max_length=500, verbose_name='expected result')),
                ('cost_sek', models.PositiveIntegerField(blank=True, null=True, verbose_name='cost, SEK')),
            ],
            options={
                'ordering': ['order', 'id'],
                'abstract': False,
                'default_related_name': '%(class)s_rows',
            },
        ),
        migrations.CreateModel(
            name='Anchoring',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('order', models.PositiveIntegerField(default=0)),
                ('version', models.PositiveIntegerField(default=1)),
                ('at', models.DateTimeField()),
                ('body', models.CharField(blank=True, max_length=150, verbose_name='committee or board')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='day of the decision')),
                ('is_taken', models.BooleanField(default=False, verbose_name='the decision is taken')),
                ('own_dnr', models.CharField(blank=True, max_length=40, verbose_name='registration number')),
                ('paragraph', models.CharField(blank=True, max_length=20, verbose_name='paragraph')),
                ('note', models.TextField(blank=True, max_length=500, verbose_name='comment')),
            ],
            options={
                'ordering': ['order', 'id'],
                'abstract': False,
                'default_related_name': '%(class)s_rows',
            },
        ),
        migrations.CreateModel(
            name='ApplicationGoal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('main', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['goal__number'],
            },
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('order', models.PositiveIntegerField(default=0)),
                ('version', models.PositiveIntegerField(default=1)),
                ('at', models.DateTimeField()),
                ('indicator', models.CharField(blank=True, max_length=200, verbose_name='indicator')),
                ('baseline', models.CharField(blank=True, max_length=100, verbose_name='baseline')),
                ('target', models.CharField(blank=True, max_length=100, verbose_name='target')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='source')),
            ],
            options={
                'ordering': ['order', 'id'],
                'abstract': False,
                'default_related_name': '%(class)s_rows',
            },
        ),
        migrations.CreateModel(
            name='Objective',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('order', models.PositiveIntegerField(default=0)),
                ('version', models.PositiveIntegerField(default=1)),
                ('at', models.DateTimeField()),
                ('text', models.TextField(blank=True, max_length=500, verbose_name='objective')),
            ],
            options={
                'ordering': ['order', 'id'],
                'abstract': False,
                'default_related_name': '%(class)s_rows',
            },
        ),
        migrations.CreateModel(
            name='OtherActor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('order', models.PositiveIntegerField(default=0)),
                ('version', models.PositiveIntegerField(default=1)),
                ('at', models.DateTimeField()),
                ('name', models.CharField(blank=True, max_length=150, verbose_name='name')),
                ('kind', models.CharField(blank=True, choices=[('university', 'University or college'), ('civil_society', 'Civil society'), ('company', 'Company'), ('authority', 'Authority'), ('other', 'Other')], max_length=15, verbose_name='kind')),
                ('contribution', models.TextField(blank=True, max_length=1000, verbose_name='what they contribute')),
            ],
            options={
                'ordering': ['order', 'id'],
                'abstract': False,
                'default_related_name': '%(class)s_rows',
            },
        ),
        migrations.CreateModel(
            name='Risk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('order', models.PositiveIntegerField(default=0)),
                ('version', models.PositiveIntegerField(default=1)),
                ('at', models.DateTimeField()),
                ('description', models.TextField(blank=True, max_length=300, verbose_name='risk')),
                ('probability', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='probability')),
                ('consequence', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='consequence')),
                ('measure', models.TextField(blank=True, max_length=500, verbose_name='measure')),
                ('responsible', models.CharField(blank=True, max_length=100, verbose_name='responsible role')),
            ],
            options={
                'ordering': ['order', 'id'],
                'abstract': False,
                'default_related_name': '%(class)s_rows',
            },
        ),
        migrations.CreateModel(
            name='TeamMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('order', models.PositiveIntegerField(default=0)),
                ('version', models.PositiveIntegerField(default=1)),
                ('at', models.DateTimeField()),
                ('name', models.CharField(blank=True, max_length=150, verbose_name='name')),
                ('title', models.CharField(blank=True, max_length=150, verbose_name='title')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('leads', models.BooleanField(default=False, verbose_name='project manager')),
            ],
            options={
                'ordering': ['order', 'id'],
                'abstract': False,
                'default_related_name': '%(class)s_rows',
            },
        ),
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('order', models.PositiveIntegerField(default=0)),
                ('version', models.PositiveIntegerField(default=1)),
                ('at', models.DateTimeField()),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='first day')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('persons', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='travellers')),
                ('purpose', models.TextField(blank=True, max_length=500, verbose_name='purpose')),
            ],
            options={
                'ordering': ['order', 'id'],
                'abstract': False,
                'default_related_name': '%(class)s_rows',
            },
        ),
        migrations.AddField(
            model_name='activity',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='applications.application'),
        ),
        migrations.AddField(
            model_name='activity',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='activity',
            name='copied_from',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='applications.application'),
        ),
        migrations.AddField(
            model_name='activity',
            name='party',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.party', verbose_name='party'),
        ),
        migrations.AddField(
            model_name='anchoring',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='applications.application'),
        ),
        migrations.AddField(
            model_name='anchoring',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='anchoring',
            name='copied_from',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='applications.application'),
        ),
        migrations.AddField(
            model_name='anchoring',
            name='party',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.party', verbose_name='party'),
        ),
        migrations.AddField(
            model_name='applicationgoal',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='goals', to='applications.application'),
        ),
        migrations.AddField(
            model_name='applicationgoal',
            name='goal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='applications.globalgoal'),
        ),
        migrations.AddField(
            model_name='indicator',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='applications.application'),
        ),
        migrations.AddField(
            model_name='indicator',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='indicator',
            name='copied_from',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='applications.application'),
        ),
        migrations.AddField(
            model_name='objective',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='applications.application'),
        ),
        migrations.AddField(
            model_name='objective',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='objective',
            name='copied_from',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='applications.application'),
        ),
        migrations.AddField(
            model_name='objective',
            name='party',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.party', verbose_name='party'),
        ),
        migrations.AddField(
            model_name='indicator',
            name='objective',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='indicators', to='applications.objective', verbose_name='objective'),
        ),
        migrations.AddField(
            model_name='otheractor',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='applications.application'),
        ),
        migrations.AddField(
            model_name='otheractor',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='otheractor',
            name='copied_from',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='applications.application'),
        ),
        migrations.AddField(
            model_name='otheractor',
            name='country',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.country', verbose_name='country'),
        ),
        migrations.AddField(
            model_name='risk',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='applications.application'),
        ),
        migrations.AddField(
            model_name='risk',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='risk',
            name='copied_from',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='applications.application'),
        ),
        migrations.AddField(
            model_name='teammember',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='applications.application'),
        ),
        migrations.AddField(
            model_name='teammember',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='teammember',
            name='copied_from',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='applications.application'),
        ),
        migrations.AddField(
            model_name='teammember',
            name='party',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.party', verbose_name='party'),
        ),
        migrations.AddField(
            model_name='visit',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='applications.application'),
        ),
        migrations.AddField(
            model_name='visit',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='visit',
            name='copied_from',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='applications.application'),
        ),
        migrations.AddField(
            model_name='visit',
            name='host',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.party', verbose_name='host'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.UniqueConstraint(fields=('application', 'key'), name='activity_key_once'),
        ),
        migrations.AddConstraint(
            model_name='anchoring',
            constraint=models.UniqueConstraint(fields=('application', 'key'), name='anchoring_key_once'),
        ),
        migrations.AddConstraint(
            model_name='applicationgoal',
            constraint=models.UniqueConstraint(fields=('application', 'goal'), name='application_goal_once'),
        ),
        migrations.AddConstraint(
            model_name='objective',
            constraint=models.UniqueConstraint(fields=('application', 'key'), name='objective_key_once'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.UniqueConstraint(fields=('application', 'key'), name='indicator_key_once'),
        ),
        migrations.AddConstraint(
            model_name='otheractor',
            constraint=models.UniqueConstraint(fields=('application', 'key'), name='otheractor_key_once'),
        ),
        migrations.AddConstraint(
            model_name='otheractor',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['', 'university', 'civil_society', 'company', 'authority', 'other'])), name='actor_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='risk',
            constraint=models.UniqueConstraint(fields=('application', 'key'), name='risk_key_once'),
        ),
        migrations.AddConstraint(
            model_name='risk',
            constraint=models.CheckConstraint(condition=models.Q(('consequence__range', (1, 5)), ('probability__range', (1, 5))), name='risk_from_one_to_five'),
        ),
        migrations.AddConstraint(
            model_name='teammember',
            constraint=models.UniqueConstraint(fields=('application', 'key'), name='teammember_key_once'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.UniqueConstraint(fields=('application', 'key'), name='visit_key_once'),
        ),
    ]
