"""The signatory of the Swedish lead becomes a row of its own, as every party has one."""

from django.db import migrations


def _leads(apps):
    """The Swedish lead party of every application, by the application."""
    parties = apps.get_model("applications", "ApplicationParty").objects
    rows = parties.filter(side="swedish").order_by("application_id", "-lead", "id")
    leads = {}
    for row in rows.iterator():
        leads.setdefault(row.application_id, row.party_id)
    return leads


def to_rows(apps, schema_editor):
    """What stands in the columns counts: a row from before a way back is brought up to date."""
    applications = apps.get_model("applications", "Application").objects
    signatories = apps.get_model("applications", "Signatory").objects
    leads = _leads(apps)
    named = applications.exclude(signatory_name="", signatory_title="").only(
        "id", "signatory_name", "signatory_title"
    )
    for application in named.iterator():
        if application.pk in leads:
            signatories.update_or_create(
                application=application,
                party_id=leads[application.pk],
                defaults={
                    "name": application.signatory_name,
                    "title": application.signatory_title,
                },
            )
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def to_columns(apps, schema_editor):
    """The rows stay: those of other parties, mandates and addresses have no column."""
    applications = apps.get_model("applications", "Application").objects
    signatories = apps.get_model("applications", "Signatory").objects
    leads = _leads(apps)
    for row in signatories.iterator():
        if leads.get(row.application_id) == row.party_id:
            applications.filter(pk=row.application_id).update(
                signatory_name=row.name, signatory_title=row.title
            )
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0012_forms_are_kept'),
    ]

    operations = [
        migrations.RunPython(to_rows, to_columns),
        migrations.RemoveField(
            model_name='application',
            name='signatory_name',
        ),
        migrations.RemoveField(
            model_name='application',
            name='signatory_title',
        ),
    ]
