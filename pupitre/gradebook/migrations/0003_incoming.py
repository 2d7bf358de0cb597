import django.db.models.deletion
from django.db import migrations, models

import pupitre.establishments.scope
from pupitre.establishments.walls import BuildWalls


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0001_initial"),
        ("establishments", "0001_initial"),
        ("gradebook", "0002_skills"),
        ("timetable", "0005_placements"),
    ]

    operations = [
        migrations.CreateModel(
            name="IncomingColumn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=60)),
                ("source_name", models.CharField(max_length=80)),
                ("external_id", models.CharField(max_length=255)),
                ("title", models.CharField(max_length=80)),
                ("maximum", models.DecimalField(decimal_places=2, max_digits=7)),
                ("set_aside_at", models.DateTimeField(null=True)),
                ("declared_at", models.DateTimeField()),
                (
                    "assessment",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="incoming",
                        to="gradebook.assessment",
                    ),
                ),
                (
                    "course",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incoming",
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
            ],
            options={
                "indexes": [
                    models.Index(fields=["establishment", "course"], name="incoming_by_course"),
                    models.Index(fields=["establishment", "assessment"], name="incoming_by_assessment"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("establishment", "source", "external_id"), name="one_incoming_column"
                    ),
                    models.CheckConstraint(condition=models.Q(("maximum__gt", 0)), name="incoming_out_of_something"),
                ],
            },
        ),
        migrations.CreateModel(
            name="IncomingMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("points", models.DecimalField(decimal_places=2, max_digits=7, null=True)),
                ("maximum", models.DecimalField(decimal_places=2, max_digits=7)),
                ("comment", models.CharField(blank=True, max_length=500)),
                ("sent_at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("settled", models.PositiveIntegerField(default=0)),
                (
                    "column",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="marks",
                        to="gradebook.incomingcolumn",
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
            ],
            options={
                "indexes": [models.Index(fields=["establishment", "student"], name="incoming_by_student")],
                "constraints": [
                    models.UniqueConstraint(fields=("establishment", "column", "student"), name="one_incoming_mark"),
                    models.CheckConstraint(
                        condition=models.Q(("points", None), ("points__gte", 0), _connector="OR"),
                        name="incoming_above_zero",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("maximum__gt", 0)), name="incoming_mark_out_of_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("settled__lte", models.F("version"))), name="settled_once_received"
                    ),
                ],
            },
        ),
        BuildWalls(),
    ]
