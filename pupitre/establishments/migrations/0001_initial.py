import django.db.models.deletion
from django.db import migrations, models

import pupitre.establishments.scope
from pupitre.establishments.walls import BuildWalls


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Establishment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uai", models.CharField(max_length=8, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("short_name", models.CharField(max_length=60)),
                ("town", models.CharField(blank=True, max_length=80)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("college", "Collège"),
                            ("lycee", "Lycée"),
                            ("lycee_pro", "Lycée professionnel"),
                            ("lycee_agricole", "Lycée agricole"),
                            ("ecole", "École"),
                        ],
                        max_length=20,
                    ),
                ),
                ("academy", models.CharField(blank=True, max_length=3)),
                ("zone", models.CharField(default="B", max_length=1)),
                ("timezone", models.CharField(default="Europe/Paris", max_length=40)),
                ("half_day_cut", models.TimeField(default="12:30")),
                ("is_open", models.BooleanField(default=True)),
            ],
            options={
                "ordering": ("uai",),
            },
        ),
        migrations.CreateModel(
            name="SchoolYear",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("first_monday", models.DateField()),
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
                "constraints": [
                    models.UniqueConstraint(fields=("establishment", "year"), name="one_school_year"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))), name="school_year_in_order"
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=3)),
                ("label", models.CharField(max_length=60)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="terms",
                        to="establishments.schoolyear",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("establishment", "school_year", "code"), name="one_term_a_code")
                ]
            },
        ),
        migrations.CreateModel(
            name="Closure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label", models.CharField(max_length=60)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
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
                "constraints": [
                    models.UniqueConstraint(fields=("establishment", "starts_on", "ends_on"), name="one_closure")
                ],
            },
        ),
        BuildWalls(),
    ]
