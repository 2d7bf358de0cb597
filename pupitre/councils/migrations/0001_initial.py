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
            name="Sitting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("prepared", "En préparation"), ("open", "En cours"), ("closed", "Terminé")],
                        default="prepared",
                        max_length=8,
                    ),
                ),
                ("opened_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("summary", models.CharField(blank=True, max_length=1500)),
                ("minutes", models.CharField(blank=True, max_length=10000)),
                ("version", models.PositiveIntegerField(default=0)),
                ("written_by_id", models.BigIntegerField(null=True)),
                ("written_by_name", models.CharField(blank=True, max_length=120)),
                ("written_at", models.DateTimeField(null=True)),
                ("published_at", models.DateTimeField(null=True)),
                ("reminded_at", models.DateTimeField(null=True)),
                ("reminded_by_name", models.CharField(blank=True, max_length=120)),
                (
                    "division",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sittings",
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
                "indexes": [models.Index(fields=["establishment", "division"], name="sitting_by_division")],
                "constraints": [
                    models.UniqueConstraint(fields=("establishment", "term", "division"), name="one_sitting_a_class"),
                    models.CheckConstraint(
                        condition=models.Q(("state", "prepared"), ("opened_at__isnull", False), _connector="OR"),
                        name="sitting_was_opened",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_at", None), models.Q(("summary", ""), _negated=True), _connector="OR"
                        ),
                        name="published_in_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrientationProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.CharField(max_length=16)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("written_by_id", models.BigIntegerField()),
                ("written_at", models.DateTimeField()),
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
                    "sitting",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposals",
                        to="councils.sitting",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["establishment", "student"], name="proposal_by_student")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("establishment", "sitting", "student"), name="one_proposal_a_student"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("path", ""), _negated=True), name="proposal_is_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("president", "Préside"),
                            ("form_teacher", "Professeur principal"),
                            ("teacher", "Professeur"),
                            ("school_life", "Vie scolaire"),
                            ("student", "Délégué des élèves"),
                            ("parent", "Délégué des parents"),
                            ("other", "Autre membre"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "presence",
                    models.CharField(
                        choices=[
                            ("expected", "Attendu"),
                            ("present", "Présent"),
                            ("excused", "Excusé"),
                            ("absent", "Absent"),
                        ],
                        default="expected",
                        max_length=8,
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
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="directory.person",
                    ),
                ),
                (
                    "sitting",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="councils.sitting",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person"], name="member_by_person")],
                "constraints": [
                    models.UniqueConstraint(fields=("establishment", "sitting", "person"), name="one_seat_a_person")
                ],
            },
        ),
        migrations.CreateModel(
            name="SittingVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("summary", models.CharField(blank=True, max_length=1500)),
                ("minutes", models.CharField(blank=True, max_length=10000)),
                ("version", models.PositiveIntegerField()),
                ("written_by_id", models.BigIntegerField(null=True)),
                ("written_at", models.DateTimeField()),
                ("is_kept", models.BooleanField(default=True)),
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
                    "sitting",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="councils.sitting",
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["establishment", "sitting"], name="sitting_version_by_sitting")]},
        ),
        BuildWalls(),
    ]
