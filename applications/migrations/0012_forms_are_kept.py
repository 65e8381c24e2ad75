
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0011_conversations'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='question',
            name='question_text_has_limit',
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'text'), _negated=True), models.Q(('limit__gt', 0), ('limit__isnull', False)), _connector='OR'), name='question_text_has_limit', violation_error_message='A text needs a limit.'),
        ),
        migrations.AlterConstraint(
            model_name='formsection',
            name='form_section_page_once',
            constraint=models.UniqueConstraint(condition=models.Q(('page', 'content'), _negated=True), fields=('form_version', 'page'), name='form_section_page_once', violation_error_message='A page of its own stands once in a form.'),
        ),
        migrations.AlterField(
            model_name='wordingcorrection',
            name='after',
            field=models.TextField(blank=True, verbose_name='after'),
        ),
        migrations.AlterField(
            model_name='wordingcorrection',
            name='at',
            field=models.DateTimeField(verbose_name='when'),
        ),
        migrations.AlterField(
            model_name='wordingcorrection',
            name='before',
            field=models.TextField(blank=True, verbose_name='before'),
        ),
        migrations.AlterField(
            model_name='wordingcorrection',
            name='field',
            field=models.CharField(max_length=20, verbose_name='field'),
        ),
        migrations.AlterField(
            model_name='wordingcorrection',
            name='place',
            field=models.CharField(max_length=110, verbose_name='place'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='asked_by_a_published_form', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    -- Locked first, so that the form is not taken back to be a draft meanwhile.\n    PERFORM 1 FROM applications_roundphase p\n        JOIN applications_formversion f ON f.id = p.form_version_id\n        WHERE p.round_id = NEW.round_id AND p.phase = NEW.phase\n        FOR SHARE OF f;\n    IF EXISTS (\n        SELECT 1 FROM applications_roundphase p\n        JOIN applications_formversion f ON f.id = p.form_version_id\n        WHERE p.round_id = NEW.round_id AND p.phase = NEW.phase AND f.status = 'draft'\n    ) THEN\n        RAISE EXCEPTION 'the form that asks is a draft';\n    END IF;\n    RETURN NEW;\n", hash='3a6bb90259c6f3016c73362c4bf25e69abca9c74', operation='INSERT', pgid='pgtrigger_asked_by_a_published_form_157f2', table='applications_application', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='formsection',
            trigger=pgtrigger.compiler.Trigger(name='kept_once_published', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF to_jsonb(OLD) - '{label_sv,label_en,help_sv,help_en}'::text[]\n        IS DISTINCT FROM to_jsonb(NEW) - '{label_sv,label_en,help_sv,help_en}'::text[]\n    AND EXISTS (\n        SELECT 1 FROM applications_formversion f\n        WHERE f.id IN (OLD.form_version_id, NEW.form_version_id) AND f.status = 'published'\n    ) THEN\n        RAISE EXCEPTION 'the form is published: only its wording can be changed';\n    END IF;\n    RETURN COALESCE(NEW, OLD);\n", hash='5f08167f6024d806beb04d5efdc654977b56b363', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_kept_once_published_a7219', table='applications_formsection', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='formversion',
            trigger=pgtrigger.compiler.Trigger(name='stands_once_published', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."status" = \'published\')', func="\n    IF TG_OP = 'DELETE' OR (OLD.phase, OLD.number) <> (NEW.phase, NEW.number) THEN\n        RAISE EXCEPTION 'the form is published and stays';\n    END IF;\n    IF NEW.status <> 'published' AND EXISTS (\n        SELECT 1 FROM applications_roundphase p\n        JOIN applications_application a ON a.round_id = p.round_id AND a.phase = p.phase\n        WHERE p.form_version_id = OLD.id\n    ) THEN\n        RAISE EXCEPTION 'an application uses the form, which stays published';\n    END IF;\n    RETURN NEW;\n", hash='dafc282c1515f4b7f2558942dce66a9efd16a5f5', operation='UPDATE OR DELETE', pgid='pgtrigger_stands_once_published_46f2a', table='applications_formversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='question',
            trigger=pgtrigger.compiler.Trigger(name='kept_once_published', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF to_jsonb(OLD) - '{label_sv,label_en,help_sv,help_en}'::text[]\n        IS DISTINCT FROM to_jsonb(NEW) - '{label_sv,label_en,help_sv,help_en}'::text[]\n    AND EXISTS (\n        SELECT 1 FROM applications_formversion f\n        WHERE f.id IN (OLD.form_version_id, NEW.form_version_id) AND f.status = 'published'\n    ) THEN\n        RAISE EXCEPTION 'the form is published: only its wording can be changed';\n    END IF;\n    RETURN COALESCE(NEW, OLD);\n", hash='3acb4d1f641b8c46686fcd8bff1ba8fcbb50c57b', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_kept_once_published_54b99', table='applications_question', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='requestedattachment',
            trigger=pgtrigger.compiler.Trigger(name='kept_once_published', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF to_jsonb(OLD) - '{label_sv,label_en,help_sv,help_en}'::text[]\n        IS DISTINCT FROM to_jsonb(NEW) - '{label_sv,label_en,help_sv,help_en}'::text[]\n    AND EXISTS (\n        SELECT 1 FROM applications_formversion f\n        WHERE f.id IN (OLD.form_version_id, NEW.form_version_id) AND f.status = 'published'\n    ) THEN\n        RAISE EXCEPTION 'the form is published: only its wording can be changed';\n    END IF;\n    RETURN COALESCE(NEW, OLD);\n", hash='83ae94a62901b70e58af791f0299d4c5fe0d6bf0', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_kept_once_published_956fa', table='applications_requestedattachment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='roundphase',
            trigger=pgtrigger.compiler.Trigger(name='keeps_its_form', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM applications_application a\n        WHERE a.round_id = OLD.round_id AND a.phase = OLD.phase\n    ) THEN\n        RAISE EXCEPTION 'the phase has an application in the round and keeps its form';\n    END IF;\n    RETURN COALESCE(NEW, OLD);\n", hash='331172b80fe84b0a7be893d1dc2f4281fffe4a12', operation='UPDATE OR DELETE', pgid='pgtrigger_keeps_its_form_aa46b', table='applications_roundphase', when='BEFORE')),
        ),
    ]
