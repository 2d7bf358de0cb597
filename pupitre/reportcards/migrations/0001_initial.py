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
        ("timetable", "0004_substitution"),
    ]

    operations = [
        migrations.CreateModel(
            name="Mention",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label", models.CharField(max_length=60)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("is_active", models.BooleanField(default=True)),
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
                "constraints": [models.UniqueConstraint(fields=("establishment", "label"), name="one_mention_a_label")]
            },
        ),
        migrations.CreateModel(
            name="PrintRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "En attente"),
                            ("running", "En cours"),
                            ("done", "Terminé"),
                            ("cancelled", "Arrêté"),
                            ("failed", "Interrompu"),
                        ],
                        default="waiting",
                        max_length=9,
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("same", models.PositiveIntegerField(default=0)),
                ("problem", models.CharField(blank=True, max_length=300)),
                ("asked_by_id", models.BigIntegerField(null=True)),
                ("asked_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
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
                    models.Index(fields=["establishment", "division", "term"], name="print_run_by_class"),
                    models.Index(fields=["establishment", "term"], name="print_run_by_term"),
                ]
            },
        ),
        migrations.CreateModel(
            name="ProgrammeElement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("label", models.CharField(max_length=300)),
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
                "indexes": [models.Index(fields=["establishment", "term"], name="element_by_term")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("establishment", "course", "term", "label"), name="one_element_a_label"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Project",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("AP", "Accompagnement personnalisé"),
                            ("EPI", "Enseignement pratique interdisciplinaire"),
                            ("PAR_AVN", "Parcours avenir"),
                            ("PAR_CIT", "Parcours citoyen"),
                            ("PAR_ART", "Parcours d’éducation artistique et culturelle"),
                            ("PAR_SAN", "Parcours éducatif de santé"),
                        ],
                        max_length=7,
                    ),
                ),
                ("title", models.CharField(max_length=150)),
                ("text", models.CharField(blank=True, max_length=600)),
                ("position", models.PositiveSmallIntegerField(default=0)),
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
                "indexes": [models.Index(fields=["establishment", "term"], name="project_by_term")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("establishment", "division", "term", "kind", "title"), name="one_project_a_title"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectCourse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    "project",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="courses",
                        to="reportcards.project",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("establishment", "project", "course"), name="one_course_a_project")
                ]
            },
        ),
        migrations.CreateModel(
            name="ProjectReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=600)),
                ("written_by_id", models.BigIntegerField(null=True)),
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
                    "project",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reports",
                        to="reportcards.project",
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
                "constraints": [
                    models.UniqueConstraint(fields=("establishment", "project", "student"), name="one_project_report")
                ]
            },
        ),
        migrations.CreateModel(
            name="ReportCard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "En préparation"),
                            ("validated", "Arrêté par le conseil"),
                            ("published", "Publié"),
                        ],
                        default="draft",
                        max_length=9,
                    ),
                ),
                ("synthesis", models.CharField(blank=True, max_length=1000)),
                ("synthesis_version", models.PositiveIntegerField(default=0)),
                ("synthesis_by_id", models.BigIntegerField(null=True)),
                ("synthesis_at", models.DateTimeField(null=True)),
                ("school_life", models.CharField(blank=True, max_length=600)),
                ("school_life_version", models.PositiveIntegerField(default=0)),
                ("school_life_by_id", models.BigIntegerField(null=True)),
                ("school_life_at", models.DateTimeField(null=True)),
                (
                    "supports",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("PAP", "Plan d’accompagnement personnalisé (PAP)"),
                                ("PPS", "Projet personnalisé de scolarisation (PPS)"),
                                ("PAI", "Projet d’accueil individualisé (PAI)"),
                                ("PPRE", "Programme personnalisé de réussite éducative (PPRE)"),
                                ("ULIS", "Unité localisée pour l’inclusion scolaire (ULIS)"),
                                ("UPE2A", "Unité pédagogique pour élèves allophones arrivants (UPE2A)"),
                                ("SEGPA", "Section d’enseignement général et professionnel adapté (SEGPA)"),
                                ("CTR", "Contrat de réussite"),
                                ("DF", "Devoirs faits"),
                            ],
                            max_length=5,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("wishes", models.CharField(blank=True, max_length=600)),
                ("decision", models.CharField(blank=True, max_length=600)),
                ("validated_at", models.DateTimeField(null=True)),
                ("validated_by_id", models.BigIntegerField(null=True)),
                ("published_at", models.DateTimeField(null=True)),
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
                    "mention",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reportcards.mention",
                    ),
                ),
                (
                    "student",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report_cards",
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
                    models.Index(fields=["establishment", "division", "term"], name="report_card_by_class"),
                    models.Index(fields=["establishment", "term"], name="report_card_by_term"),
                    models.Index(fields=["establishment", "mention"], name="report_card_by_mention"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("establishment", "student", "term"), name="one_report_card_a_term"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "published"), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="published_at_an_instant",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Acknowledgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("acknowledged_at", models.DateTimeField()),
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
                    "guardian",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.person",
                    ),
                ),
                (
                    "card",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="acknowledgements",
                        to="reportcards.reportcard",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["guardian"], name="acknowledgement_by_guardian")],
                "constraints": [
                    models.UniqueConstraint(fields=("establishment", "card", "guardian"), name="one_acknowledgement")
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportRules",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shows_spread", models.BooleanField(default=False)),
                ("shows_previous", models.BooleanField(default=True)),
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
                "constraints": [models.UniqueConstraint(fields=("establishment",), name="one_set_of_report_rules")]
            },
        ),
        migrations.CreateModel(
            name="ReportVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("content", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
                ("made_by_id", models.BigIntegerField(null=True)),
                (
                    "card",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="reportcards.reportcard",
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
                    models.UniqueConstraint(fields=("establishment", "card", "number"), name="one_version_a_number")
                ]
            },
        ),
        migrations.CreateModel(
            name="SubjectReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(blank=True, max_length=600)),
                ("version", models.PositiveIntegerField(default=0)),
                ("written_by_id", models.BigIntegerField(null=True)),
                ("written_at", models.DateTimeField(null=True)),
                ("positioning", models.PositiveSmallIntegerField(null=True)),
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
                        related_name="subject_reports",
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
                    models.Index(fields=["establishment", "student", "term"], name="subject_report_by_student"),
                    models.Index(fields=["establishment", "term"], name="subject_report_by_term"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("establishment", "course", "term", "student"), name="one_subject_report_a_term"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("positioning", None), ("positioning__range", (1, 4)), _connector="OR"),
                        name="positioning_of_four_levels",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TextVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "place",
                    models.CharField(
                        choices=[
                            ("subject", "Appréciation"),
                            ("school_life", "Vie scolaire"),
                            ("synthesis", "Synthèse"),
                        ],
                        max_length=11,
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=1000)),
                ("version", models.PositiveIntegerField()),
                ("written_by_id", models.BigIntegerField(null=True)),
                ("written_at", models.DateTimeField()),
                ("is_kept", models.BooleanField(default=True)),
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
                "indexes": [
                    models.Index(fields=["establishment", "student", "term", "place"], name="text_version_by_student"),
                    models.Index(fields=["establishment", "course"], name="text_version_by_course"),
                    models.Index(fields=["establishment", "term"], name="text_version_by_term"),
                ]
            },
        ),
        BuildWalls(),
    ]
