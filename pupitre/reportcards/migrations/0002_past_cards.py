import django.db.models.deletion
from django.db import migrations, models

import pupitre.establishments.scope
from pupitre.establishments.walls import BuildWalls


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0002_second_factor"),
        ("establishments", "0001_initial"),
        ("reportcards", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="PastCard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                (
                    "period",
                    models.CharField(
                        choices=[
                            ("T1", "Premier trimestre"),
                            ("T2", "Deuxième trimestre"),
                            ("T3", "Troisième trimestre"),
                            ("S1", "Premier semestre"),
                            ("S2", "Second semestre"),
                            ("A", "Année entière"),
                        ],
                        max_length=2,
                    ),
                ),
                ("division", models.CharField(blank=True, max_length=60)),
                ("origin", models.CharField(max_length=40)),
                ("published_at", models.DateTimeField()),
                ("taken_at", models.DateTimeField()),
                ("taken_by_id", models.BigIntegerField(null=True)),
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
                    "student",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="past_cards",
                        to="directory.student",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("establishment", "student", "year", "period"), name="one_past_card_a_period"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="PastResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(max_length=80)),
                ("teacher", models.CharField(blank=True, max_length=80)),
                ("value", models.CharField(blank=True, max_length=8)),
                ("class_value", models.CharField(blank=True, max_length=8)),
                ("text", models.CharField(blank=True, max_length=1000)),
                (
                    "card",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="results",
                        to="reportcards.pastcard",
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("establishment", "card", "subject"), name="one_past_result")
                ]
            },
        ),
        migrations.CreateModel(
            name="PastWhole",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.CharField(blank=True, max_length=8)),
                ("class_value", models.CharField(blank=True, max_length=8)),
                ("text", models.CharField(blank=True, max_length=1000)),
                ("mention", models.CharField(blank=True, max_length=80)),
                ("half_days", models.PositiveSmallIntegerField(null=True)),
                ("unjustified", models.PositiveSmallIntegerField(null=True)),
                ("lates", models.PositiveSmallIntegerField(null=True)),
                (
                    "card",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wholes",
                        to="reportcards.pastcard",
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
            ],
            options={"constraints": [models.UniqueConstraint(fields=("establishment", "card"), name="one_past_whole")]},
        ),
        BuildWalls(),
    ]
