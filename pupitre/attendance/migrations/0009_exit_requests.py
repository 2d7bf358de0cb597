import django.db.models.deletion
from django.db import migrations, models

import pupitre.establishments.scope
from pupitre.establishments.walls import BuildWalls


class Migration(migrations.Migration):
    dependencies = [
        ("attendance", "0008_observations"),
        ("directory", "0001_initial"),
        ("establishments", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="attendancerules",
            name="families_choose_exit",
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name="ExitRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("pending", "En attente"), ("accepted", "Acceptée"), ("refused", "Refusée")],
                        default="pending",
                        max_length=8,
                    ),
                ),
                ("asked_by_id", models.BigIntegerField()),
                ("asked_by_name", models.CharField(max_length=120)),
                ("asked_at", models.DateTimeField()),
                ("answered_by_name", models.CharField(blank=True, max_length=120)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answer", models.CharField(blank=True, max_length=300)),
                (
                    "establishment",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="establishments.establishment",
                    ),
                ),
                (
                    "regime",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="attendance.exitregime",
                    ),
                ),
                (
                    "student",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exit_requests",
                        to="directory.student",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["establishment", "regime"], name="exit_request_by_regime"),
                    models.Index(fields=["establishment", "state"], name="exit_request_by_state"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("establishment", "student"), name="one_exit_request_a_student")
                ],
            },
        ),
        BuildWalls(),
    ]
