import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import pupitre.establishments.scope
from pupitre.establishments.walls import BuildWalls


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0002_second_factor"),
        ("establishments", "0001_initial"),
        ("lsu", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="BookletSubject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mef", models.CharField(blank=True, max_length=11)),
                ("label", models.CharField(max_length=60)),
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
                    "subject",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="directory.subject",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("establishment", "subject", "mef"), name="one_booklet_subject_a_path"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LyceeYear",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "engagements",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8), default=list, size=None
                    ),
                ),
                ("detail", models.CharField(blank=True, max_length=300)),
                ("appreciation", models.CharField(blank=True, max_length=600)),
                ("head_opinion", models.CharField(blank=True, max_length=600)),
                (
                    "exam_opinion",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("very", "Très favorable"),
                            ("favourable", "Favorable"),
                            ("rather", "Assez favorable"),
                            ("to_prove", "Doit faire ses preuves à l’examen"),
                        ],
                        max_length=10,
                    ),
                ),
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
            ],
            options={
                "indexes": [models.Index(fields=["establishment", "school_year"], name="lycee_year_by_year")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("establishment", "student", "school_year"), name="one_lycee_year_a_student"
                    )
                ],
            },
        ),
        BuildWalls(),
    ]
