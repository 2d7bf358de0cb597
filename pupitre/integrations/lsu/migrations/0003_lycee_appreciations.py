import django.db.models.deletion
from django.db import migrations, models

import pupitre.establishments.scope
from pupitre.establishments.walls import BuildWalls


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0002_second_factor"),
        ("establishments", "0001_initial"),
        ("lsu", "0002_lycee_booklet"),
    ]

    operations = [
        migrations.CreateModel(
            name="LyceeSubject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(blank=True, max_length=600)),
                ("version", models.PositiveIntegerField(default=0)),
                ("written_by_id", models.BigIntegerField(null=True)),
                ("written_at", models.DateTimeField(null=True)),
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
                    "school_year",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="establishments.schoolyear",
                    ),
                ),
                (
                    "student",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.student",
                    ),
                ),
                (
                    "subject",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.subject",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["establishment", "school_year", "subject"], name="lycee_subject_by_year")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("establishment", "student", "school_year", "subject"), name="one_lycee_subject_a_year"
                    )
                ],
            },
        ),
        BuildWalls(),
    ]
