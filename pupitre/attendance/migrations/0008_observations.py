import django.db.models.deletion
from django.db import migrations, models

import pupitre.establishments.scope
from pupitre.establishments.walls import BuildWalls


class Migration(migrations.Migration):
    dependencies = [
        ("attendance", "0007_outside_registers"),
        ("directory", "0001_initial"),
        ("establishments", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="watchreset",
            name="indicator",
            field=models.CharField(
                choices=[
                    ("absences", "Absences sans motif accepté"),
                    ("lateness", "Retards"),
                    ("infirmary", "Passages à l’infirmerie"),
                    ("exclusion", "Exclusions de cours"),
                    ("incidents", "Incidents"),
                    ("notebook", "Carnet oublié"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="watchrule",
            name="indicator",
            field=models.CharField(
                choices=[
                    ("absences", "Absences sans motif accepté"),
                    ("lateness", "Retards"),
                    ("infirmary", "Passages à l’infirmerie"),
                    ("exclusion", "Exclusions de cours"),
                    ("incidents", "Incidents"),
                    ("notebook", "Carnet oublié"),
                ],
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="Observation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("observed_on", models.DateField()),
                ("starts_at", models.TimeField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("notebook", "Carnet oublié"),
                            ("material", "Matériel oublié"),
                            ("work", "Travail non fait"),
                            ("praise", "Encouragement"),
                            ("other", "Autre"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=300)),
                ("is_shown", models.BooleanField(default=True)),
                ("author_id", models.BigIntegerField()),
                ("author_name", models.CharField(max_length=120)),
                ("noted_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                ("read_by", models.CharField(blank=True, max_length=120)),
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
                    "roll_call",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="observations",
                        to="attendance.rollcall",
                    ),
                ),
                (
                    "student",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="observations",
                        to="directory.student",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["establishment", "student", "observed_on"], name="observation_by_student"),
                    models.Index(fields=["establishment", "observed_on"], name="observation_by_day"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("establishment", "roll_call", "student", "kind"), name="one_observation_a_kind"
                    )
                ],
            },
        ),
        BuildWalls(),
    ]
