from decimal import Decimal

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import pupitre.establishments.scope
from pupitre.establishments.walls import BuildWalls


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0001_initial"),
        ("establishments", "0001_initial"),
        ("timetable", "0002_calendar_feed"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClassTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("entry_ends_on", models.DateField(null=True)),
                ("comments_end_on", models.DateField(null=True)),
                ("council_on", models.DateField(null=True)),
                ("published_on", models.DateField(null=True)),
                (
                    "division",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
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
                "indexes": [models.Index(fields=["establishment", "division"], name="class_term_by_division")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("establishment", "term", "division"), name="one_set_of_dates_a_class"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FinalAverage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.DecimalField(decimal_places=2, max_digits=4)),
                ("set_by_id", models.BigIntegerField(null=True)),
                ("set_at", models.DateTimeField()),
                (
                    "course",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
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
                "indexes": [
                    models.Index(fields=["establishment", "student"], name="final_by_student"),
                    models.Index(fields=["establishment", "term"], name="final_by_term"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("establishment", "course", "term", "student"), name="one_final_average"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("value__range", (0, 20))), name="final_average_out_of_twenty"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GradingRules",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "direction",
                    models.CharField(
                        choices=[
                            ("nearest", "Au plus proche"),
                            ("up", "Au-dessus"),
                            ("down", "Au-dessous"),
                            ("none", "Sans arrondi (deux décimales, sans arrondir)"),
                        ],
                        default="nearest",
                        max_length=7,
                    ),
                ),
                (
                    "step",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "0,01 point"), (10, "0,1 point"), (50, "0,5 point"), (100, "1 point")], default=10
                    ),
                ),
                (
                    "annual",
                    models.CharField(
                        choices=[
                            ("terms", "Moyenne des moyennes de chaque période"),
                            ("marks", "Moyenne de toutes les notes de l’année"),
                        ],
                        default="terms",
                        max_length=5,
                    ),
                ),
                ("guardian_delay_hours", models.PositiveSmallIntegerField(default=24)),
                ("shows_class", models.BooleanField(default=True)),
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
                    models.UniqueConstraint(fields=("establishment",), name="one_set_of_grading_rules"),
                    models.CheckConstraint(
                        condition=models.Q(("guardian_delay_hours__lte", 336)), name="guardians_told_in_time"
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Reopening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reopened_by_id", models.BigIntegerField(null=True)),
                ("reopened_at", models.DateTimeField()),
                ("until_on", models.DateField()),
                ("why", models.CharField(max_length=300)),
                (
                    "class_term",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reopenings",
                        to="gradebook.classterm",
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
            options={"indexes": [models.Index(fields=["establishment", "class_term"], name="reopening_by_class_term")]},
        ),
        migrations.CreateModel(
            name="ServicePart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label", models.CharField(max_length=40)),
                ("coefficient", models.DecimalField(decimal_places=2, default=Decimal("1"), max_digits=4)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "course",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
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
                "constraints": [
                    models.UniqueConstraint(fields=("establishment", "course", "label"), name="one_part_a_label")
                ]
            },
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=80)),
                ("description", models.CharField(blank=True, max_length=500)),
                ("held_on", models.DateField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("written", "Écrit"),
                            ("oral", "Oral"),
                            ("practical", "Pratique"),
                            ("common", "Contrôle commun"),
                        ],
                        default="written",
                        max_length=9,
                    ),
                ),
                (
                    "scale",
                    models.PositiveSmallIntegerField(
                        default=20,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(99),
                        ],
                    ),
                ),
                (
                    "coefficient",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("1"),
                        max_digits=4,
                        validators=[django.core.validators.MinValueValidator(0)],
                    ),
                ),
                ("is_brought", models.BooleanField(default=False)),
                (
                    "option",
                    models.CharField(
                        choices=[
                            ("none", "Comme les autres"),
                            ("bonus", "En bonus : seuls les points au-dessus de la moitié s’ajoutent"),
                            ("if_better", "Seulement si elle relève la moyenne de l’élève"),
                        ],
                        default="none",
                        max_length=9,
                    ),
                ),
                ("guardian_delay_hours", models.PositiveSmallIntegerField(null=True)),
                ("student_sees_at", models.DateTimeField(null=True)),
                ("guardian_sees_at", models.DateTimeField(null=True)),
                ("is_locked", models.BooleanField(default=False)),
                ("created_by_id", models.BigIntegerField(null=True)),
                ("created_at", models.DateTimeField()),
                (
                    "course",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
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
                    "other_term",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="establishments.term",
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
                (
                    "part",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="gradebook.servicepart",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["establishment", "course", "term"], name="assessment_by_course"),
                    models.Index(fields=["establishment", "term"], name="assessment_by_term"),
                    models.Index(fields=["establishment", "other_term"], name="assessment_by_other_term"),
                    models.Index(fields=["establishment", "part"], name="assessment_by_part"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("scale__range", (1, 99))), name="scale_within_reason"),
                    models.CheckConstraint(
                        condition=models.Q(("coefficient__range", (0, 99))), name="coefficient_within_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("guardian_sees_at", None), ("student_sees_at", None)),
                            ("guardian_sees_at__gte", models.F("student_sees_at")),
                            _connector="OR",
                        ),
                        name="students_first",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ServiceWeight",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("coefficient", models.DecimalField(decimal_places=2, max_digits=4)),
                (
                    "course",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="weights",
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
                "indexes": [models.Index(fields=["establishment", "term"], name="weight_by_term")],
                "constraints": [
                    models.UniqueConstraint(fields=("establishment", "course", "term"), name="one_weight_a_term")
                ],
            },
        ),
        migrations.CreateModel(
            name="StudentMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("points", models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                (
                    "annotation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("absent", "Absent"),
                            ("exempt", "Dispensé"),
                            ("not_marked", "Non noté"),
                            ("unfit", "Inapte"),
                            ("not_handed_in", "Non rendu"),
                            ("absent_zero", "Absent, compte zéro"),
                            ("not_handed_in_zero", "Non rendu, compte zéro"),
                            ("praise", "Félicitations"),
                        ],
                        max_length=18,
                    ),
                ),
                ("remark", models.CharField(blank=True, max_length=200)),
                ("version", models.PositiveIntegerField()),
                ("written_by_id", models.BigIntegerField(null=True)),
                ("written_at", models.DateTimeField()),
                (
                    "assessment",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="marks",
                        to="gradebook.assessment",
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
                        related_name="marks",
                        to="directory.student",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["establishment", "student"], name="student_mark_by_student")],
                "constraints": [
                    models.UniqueConstraint(fields=("establishment", "assessment", "student"), name="one_student_mark"),
                    models.CheckConstraint(
                        condition=models.Q(("points", None), ("annotation", ""), _connector="OR"),
                        name="a_number_or_a_word",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("points", None), ("points__gte", 0), _connector="OR"),
                        name="mark_above_zero",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MarkVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("points", models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                (
                    "annotation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("absent", "Absent"),
                            ("exempt", "Dispensé"),
                            ("not_marked", "Non noté"),
                            ("unfit", "Inapte"),
                            ("not_handed_in", "Non rendu"),
                            ("absent_zero", "Absent, compte zéro"),
                            ("not_handed_in_zero", "Non rendu, compte zéro"),
                            ("praise", "Félicitations"),
                        ],
                        max_length=18,
                    ),
                ),
                ("remark", models.CharField(blank=True, max_length=200)),
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
                    "mark",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="gradebook.studentmark",
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["establishment", "mark"], name="version_by_mark")]},
        ),
        BuildWalls(),
    ]
