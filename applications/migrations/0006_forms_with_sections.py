import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


SECTIONS = [
    ('basics', 'basics', 'Titel och tid', 'Title and dates'),
    ('parties', 'parties', 'Parter och länder', 'Parties and countries'),
    ('content', 'content', 'Innehåll', 'Content'),
    ('areas', 'areas', 'Områden och kärnområden', 'Areas and core areas'),
    ('seats', 'seats', 'Styrgrupp', 'Steering group'),
    ('budget', 'budget', 'Budget', 'Budget'),
    ('declarations', 'declarations', 'Intyg och behörig företrädare', 'Declarations and signatory'),
]
SEATED = {'project', 'steering_group'}


def add_sections(apps, schema_editor):
    """The pages that every form had until now; the questions stood on one of them."""
    FormVersion = apps.get_model('applications', 'FormVersion')
    FormSection = apps.get_model('applications', 'FormSection')
    for form in FormVersion.objects.all():
        for order, (key, page, label_sv, label_en) in enumerate(SECTIONS, start=1):
            if page == 'seats' and form.phase not in SEATED:
                continue
            section = FormSection.objects.create(
                form_version=form, key=key, page=page, label_sv=label_sv, label_en=label_en, order=order
            )
            if page == 'content':
                form.questions.update(section=section)


def keep_section_keys(apps, schema_editor):
    """Backwards: there was one key for all. Questions of other kinds than text were not known."""
    Question = apps.get_model('applications', 'Question')
    Question.objects.exclude(kind='text').delete()


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0005_round_keeps_its_schedule'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FormSection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label_sv', models.CharField(max_length=120, verbose_name='Swedish')),
                ('label_en', models.CharField(max_length=120, verbose_name='English')),
                ('help_sv', models.TextField(blank=True, verbose_name='help in Swedish')),
                ('help_en', models.TextField(blank=True, verbose_name='help in English')),
                ('key', models.SlugField(verbose_name='key')),
                ('page', models.CharField(choices=[('basics', 'Title and dates'), ('parties', 'Parties and countries'), ('content', 'Texts and tables'), ('areas', 'Areas and core areas'), ('seats', 'Steering group'), ('budget', 'Budget'), ('attachments', 'Attachments'), ('declarations', 'Declarations and signatories')], max_length=15, verbose_name='page')),
                ('order', models.PositiveSmallIntegerField(verbose_name='order')),
            ],
            options={
                'verbose_name': 'section',
                'verbose_name_plural': 'sections',
                'ordering': ['order'],
            },
        ),
        migrations.CreateModel(
            name='RequestedAttachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('letter_of_intent', 'Letter of Intent'), ('minutes', 'Extract of minutes'), ('signed_application', 'Signed application'), ('project_plan', 'Project plan'), ('other', 'Other')], max_length=20, verbose_name='kind')),
                ('required', models.BooleanField(default=False, verbose_name='required at submission')),
                ('each_party', models.BooleanField(default=False, verbose_name='one for each party')),
                ('may_be_promised', models.BooleanField(default=False, verbose_name='may be promised for later')),
                ('help_sv', models.TextField(blank=True, verbose_name='help in Swedish')),
                ('help_en', models.TextField(blank=True, verbose_name='help in English')),
                ('order', models.PositiveSmallIntegerField(verbose_name='order')),
            ],
            options={
                'verbose_name': 'requested attachment',
                'verbose_name_plural': 'requested attachments',
                'ordering': ['order'],
            },
        ),
        migrations.CreateModel(
            name='WordingCorrection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(max_length=60)),
                ('field', models.CharField(max_length=20)),
                ('before', models.TextField(blank=True)),
                ('after', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'corrected wording',
                'verbose_name_plural': 'corrected wordings',
                'ordering': ['-id'],
            },
        ),
        migrations.RenameField(model_name='question', old_name='section', new_name='section_key'),
        migrations.RemoveConstraint(
            model_name='question',
            name='question_states_known',
        ),
        migrations.AddField(
            model_name='formversion',
            name='published_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='published'),
        ),
        migrations.AddField(
            model_name='question',
            name='kind',
            field=models.CharField(choices=[('text', 'Text'), ('title', 'Title'), ('period', 'First and last day'), ('references', "The municipality's own references"), ('chain', 'Earlier case and training'), ('parties', 'Parties'), ('other_actors', 'Other actors'), ('objectives', 'Objectives'), ('indicators', 'Indicators'), ('activities', 'Activities'), ('visits', 'Exchange visits'), ('risks', 'Risks'), ('team', 'Project team'), ('anchoring', 'Political anchoring'), ('areas', 'Areas of cooperation'), ('core_areas', 'Core areas'), ('goals', 'Global Goals'), ('seats', 'Seats of the steering group'), ('budget', 'Budget'), ('attachments', 'Attachments'), ('signatories', 'Signatories'), ('declarations', 'Declarations')], default='text', max_length=15, verbose_name='kind'),
        ),
        migrations.AddField(
            model_name='question',
            name='max_rows',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='most rows'),
        ),
        migrations.AddField(
            model_name='question',
            name='min_rows',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='fewest rows'),
        ),
        migrations.AlterField(
            model_name='question',
            name='languages',
            field=models.CharField(choices=[('both', 'Swedish and English'), ('any', 'Swedish or English')], default='any', max_length=4, verbose_name='languages'),
        ),
        migrations.AlterField(
            model_name='question',
            name='limit',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='limit'),
        ),
        migrations.AlterField(
            model_name='question',
            name='limit_unit',
            field=models.CharField(choices=[('words', 'words'), ('characters', 'characters')], default='characters', max_length=10, verbose_name='counted in'),
        ),
        migrations.AddField(
            model_name='formsection',
            name='form_version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='applications.formversion'),
        ),
        migrations.AddField(
            model_name='question',
            name='section',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='applications.formsection'),
        ),
        migrations.RunPython(add_sections, keep_section_keys),
        # The rows written above are checked now, so that the tables can be altered.
        migrations.RunSQL('SET CONSTRAINTS ALL IMMEDIATE', 'SET CONSTRAINTS ALL IMMEDIATE'),
        # Backwards every question gets the one key there was.
        migrations.AlterField('question', 'section_key', models.SlugField(default='innehall')),
        migrations.RemoveField(model_name='question', name='section_key'),
        migrations.AlterField(
            model_name='question',
            name='section',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='applications.formsection'),
        ),
        migrations.AlterModelOptions(
            name='question',
            options={'ordering': ['section__order', 'order'], 'verbose_name': 'question', 'verbose_name_plural': 'questions'},
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['text', 'title', 'period', 'references', 'chain', 'parties', 'other_actors', 'objectives', 'indicators', 'activities', 'visits', 'risks', 'team', 'anchoring', 'areas', 'core_areas', 'goals', 'seats', 'budget', 'attachments', 'signatories', 'declarations']), ('languages__in', ['both', 'any']), ('limit_unit__in', ['words', 'characters'])), name='question_states_known'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'text'), _negated=True), ('limit__gt', 0), _connector='OR'), name='question_text_has_limit', violation_error_message='A text needs a limit.'),
        ),
        migrations.AddField(
            model_name='requestedattachment',
            name='form_version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requested_attachments', to='applications.formversion'),
        ),
        migrations.AddField(
            model_name='wordingcorrection',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='wordingcorrection',
            name='form_version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='applications.formversion'),
        ),
        migrations.AddConstraint(
            model_name='formsection',
            constraint=models.UniqueConstraint(fields=('form_version', 'key'), name='form_section_key_once'),
        ),
        migrations.AddConstraint(
            model_name='formsection',
            constraint=models.UniqueConstraint(condition=models.Q(('page', 'content'), _negated=True), fields=('form_version', 'page'), name='form_section_page_once'),
        ),
        migrations.AddConstraint(
            model_name='formsection',
            constraint=models.CheckConstraint(condition=models.Q(('page__in', ['basics', 'parties', 'content', 'areas', 'seats', 'budget', 'attachments', 'declarations'])), name='form_section_page_known'),
        ),
        migrations.AddConstraint(
            model_name='requestedattachment',
            constraint=models.UniqueConstraint(fields=('form_version', 'kind'), name='requested_attachment_once'),
        ),
        migrations.AddConstraint(
            model_name='requestedattachment',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['letter_of_intent', 'minutes', 'signed_application', 'project_plan', 'other'])), name='requested_attachment_kind_known'),
        ),
    ]
