import django.db.models.deletion
from django.db import migrations, models

import pupitre.establishments.scope
from pupitre.establishments.walls import BuildWalls


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0001_initial"),
        ("establishments", "0001_initial"),
        ("gradebook", "0003_incoming"),
        ("timetable", "0005_placements"),
    ]

    operations = [
        migrations.CreateModel(
            name="TakenAverage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.DecimalField(decimal_places=2, max_digits=4)),
                ("origin", models.CharField(max_length=40)),
                ("seen_at", models.DateTimeField()),
                (
                    "course",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="timetable.course",
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
                    "term",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="establishments.term",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["establishment", "term", "course"], name="taken_average_by_term")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("establishment", "student", "term", "course"),
                        name="one_taken_average",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("value__range", (0, 20))), name="taken_average_out_of_twenty"
                    ),
                ],
            },
        ),
        BuildWalls(),
    ]
