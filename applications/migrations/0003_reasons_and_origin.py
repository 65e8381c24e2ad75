import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0002_one_steering_group_a_round'),
    ]

    operations = [
        migrations.AddField(
            model_name='application',
            name='visits_reason',
            field=models.TextField(blank=True, verbose_name='why fewer exchange visits'),
        ),
        migrations.AddField(
            model_name='application',
            name='begun_from',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='begun_again', to='applications.application'),
        ),
    ]
