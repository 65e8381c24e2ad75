import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0015_rounds_of_every_kind"),
    ]

    operations = [
        migrations.CreateModel(
            name="RoundOccasion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("left_14", "14 days left"),
                            ("left_7", "7 days left"),
                            ("left_3", "3 days left"),
                            ("left_1", "1 day left"),
                            ("left_0", "The last morning"),
                            ("unready_7", "Not ready a week before it opens"),
                            ("unready_1", "Not ready the day before it opens"),
                            ("unready_0", "Not ready when it should have opened"),
                        ],
                        max_length=10,
                    ),
                ),
                ("due_at", models.DateTimeField(verbose_name="due")),
                ("done_at", models.DateTimeField(verbose_name="carried out")),
                ("passed_over", models.BooleanField(default=False)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="occasions",
                        to="applications.round",
                    ),
                ),
            ],
            options={"ordering": ["due_at"]},
        ),
        migrations.AddConstraint(
            model_name="roundoccasion",
            constraint=models.UniqueConstraint(
                fields=("round", "kind", "due_at"), name="round_occasion_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="roundoccasion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "left_14",
                            "left_7",
                            "left_3",
                            "left_1",
                            "left_0",
                            "unready_7",
                            "unready_1",
                            "unready_0",
                        ],
                    )
                ),
                name="round_occasion_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="roundoccasion",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_at__lte", models.F("done_at"))),
                name="round_occasion_in_order",
            ),
        ),
    ]
