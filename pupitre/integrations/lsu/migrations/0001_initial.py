import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import pupitre.establishments.scope
from pupitre.establishments.walls import BuildWalls


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0001_initial"),
        ("establishments", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CycleEnd",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cycle", models.PositiveSmallIntegerField()),
                ("levels", models.JSONField(default=dict)),
                ("synthesis", models.CharField(blank=True, max_length=1500)),
                ("complement", models.CharField(blank=True, max_length=3)),
                ("complement_level", models.PositiveSmallIntegerField(null=True)),
                ("language", models.CharField(blank=True, max_length=3)),
                ("language_level", models.PositiveSmallIntegerField(null=True)),
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
                "indexes": [models.Index(fields=["establishment", "school_year"], name="cycle_end_by_year")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("establishment", "student", "school_year"), name="one_cycle_end_a_year"
                    ),
                    models.CheckConstraint(condition=models.Q(("cycle__in", (3, 4))), name="cycle_three_or_four"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Discipline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("S", "Tronc commun"),
                            ("O", "Option obligatoire"),
                            ("F", "Facultatif"),
                            ("L", "Ajout académique au programme"),
                            ("R", "Enseignement religieux"),
                            ("X", "Mesure spécifique"),
                            ("D", "Dérogation"),
                        ],
                        max_length=1,
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=6)),
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
                    models.UniqueConstraint(fields=("establishment", "subject"), name="one_discipline_a_subject")
                ],
            },
        ),
        migrations.CreateModel(
            name="LsuCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ready", models.PositiveIntegerField()),
                ("blocked", models.PositiveIntegerField()),
                ("faults", models.PositiveIntegerField()),
                ("checked_at", models.DateTimeField()),
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
                    "term",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="establishments.term",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("establishment", "term"), name="one_lsu_check_a_term")],
            },
        ),
        migrations.CreateModel(
            name="LsuExport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                ("schema_version", models.CharField(max_length=4)),
                ("reports", models.PositiveIntegerField()),
                ("left_aside", models.JSONField(default=list)),
                (
                    "student_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField()),
                ("data", models.BinaryField(null=True)),
                ("made_at", models.DateTimeField()),
                (
                    "division",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.group",
                    ),
                ),
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
                    "made_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="directory.person"
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
                    "term",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="establishments.term",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["establishment", "-made_at"], name="lsu_export_by_date"),
                    models.Index(fields=["establishment", "term"], name="lsu_export_by_term"),
                    models.Index(fields=["establishment", "school_year"], name="lsu_export_by_year"),
                    models.Index(fields=["establishment", "division"], name="lsu_export_by_class"),
                ],
            },
        ),
        migrations.CreateModel(
            name="LsuSettings",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "schema_version",
                    models.CharField(
                        choices=[("7.0", "7.0"), ("6.0", "6.0"), ("5.0", "5.0"), ("4.0", "4.0")],
                        default="7.0",
                        max_length=4,
                    ),
                ),
                ("signatory", models.CharField(blank=True, max_length=100)),
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
                "constraints": [models.UniqueConstraint(fields=("establishment",), name="one_set_of_lsu_settings")],
            },
        ),
        BuildWalls(),
    ]
