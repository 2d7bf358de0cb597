import django.db.models.deletion
from django.db import migrations, models

from pupitre.establishments.walls import BuildWalls


class Migration(migrations.Migration):
    dependencies = [
        ("establishments", "0001_initial"),
        ("portraits", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="PhotoRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=150)),
                ("key", models.CharField(blank=True, max_length=100)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "En attente"),
                            ("running", "En cours"),
                            ("done", "Terminé"),
                            ("refused", "Refusé"),
                            ("failed", "Interrompu"),
                        ],
                        default="waiting",
                        max_length=9,
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("lines", models.JSONField(default=list)),
                ("problem", models.CharField(blank=True, max_length=300)),
                ("asked_by_id", models.BigIntegerField(null=True)),
                ("asked_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "establishment",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="establishments.establishment",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["establishment", "asked_at"], name="photo_run_by_date")],
            },
        ),
        BuildWalls(),
    ]
