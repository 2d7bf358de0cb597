import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import pupitre.establishments.scope
from pupitre.establishments.walls import BuildWalls


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("attendance", "0001_initial"),
        ("directory", "0001_initial"),
        ("establishments", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Incident",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("happened_on", models.DateField()),
                ("happened_at", models.TimeField(null=True)),
                ("place", models.CharField(max_length=80)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("disruption", "Perturbation d’un cours ou de la vie de l’établissement"),
                            ("insolence", "Insolence, refus d’obéir"),
                            ("verbal", "Violence verbale, injure, menace"),
                            ("physical", "Violence physique"),
                            ("harassment", "Harcèlement, cyberharcèlement"),
                            ("discrimination", "Propos ou acte discriminatoire"),
                            ("sexual", "Violence sexuelle ou sexiste"),
                            ("damage", "Dégradation"),
                            ("theft", "Vol, racket"),
                            ("object", "Objet dangereux ou interdit"),
                            ("drugs", "Tabac, alcool, stupéfiants"),
                            ("secularism", "Atteinte à la laïcité"),
                            ("intrusion", "Intrusion, sortie sans autorisation"),
                            ("other", "Autre"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "gravity",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "1 – sans gravité"),
                            (2, "2 – peu grave"),
                            (3, "3 – assez grave"),
                            (4, "4 – grave"),
                            (5, "5 – très grave"),
                        ]
                    ),
                ),
                ("facts", models.CharField(max_length=2000)),
                ("family_text", models.CharField(blank=True, max_length=600)),
                ("published_at", models.DateTimeField(null=True)),
                (
                    "partners",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("academy", "Rectorat ou DASEN"),
                                ("police", "Police ou gendarmerie"),
                                ("prosecutor", "Procureur de la République"),
                                ("child_welfare", "Cellule de recueil des informations préoccupantes"),
                                ("health", "Secours ou santé"),
                                ("council", "Collectivité"),
                            ],
                            max_length=14,
                        ),
                        default=list,
                        size=None,
                    ),
                ),
                ("follow_up", models.CharField(blank=True, max_length=1000)),
                ("follow_up_on", models.DateField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("author_id", models.BigIntegerField()),
                ("author_name", models.CharField(max_length=120)),
                ("reported_at", models.DateTimeField()),
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
                "indexes": [models.Index(fields=["establishment", "happened_on"], name="incident_by_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("gravity__gte", 1), ("gravity__lte", 5)), name="gravity_one_to_five"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_at", None), models.Q(("family_text", ""), _negated=True), _connector="OR"
                        ),
                        name="shown_in_own_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IncidentPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(blank=True, max_length=120)),
                (
                    "role",
                    models.CharField(
                        choices=[("offender", "Fautif"), ("victim", "Victime"), ("witness", "Témoin")], max_length=8
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
                    "incident",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="people",
                        to="discipline.incident",
                    ),
                ),
                (
                    "student",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incident_parts",
                        to="directory.student",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["establishment", "incident"], name="part_by_incident"),
                    models.Index(fields=["establishment", "student"], name="part_by_student"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("student__isnull", False)),
                        fields=("establishment", "incident", "student"),
                        name="one_part_an_incident",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("student__isnull", False), models.Q(("name", ""), _negated=True), _connector="OR"
                        ),
                        name="somebody_in_particular",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Punishment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("excuse", "Excuses, orales ou écrites"),
                            ("extra_work", "Travail supplémentaire"),
                            ("detention", "Retenue"),
                            ("lesson_exclusion", "Exclusion d’un cours"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("to_do", "À faire"),
                            ("done", "Faite"),
                            ("not_done", "Non faite"),
                            ("cancelled", "Annulée"),
                        ],
                        default="to_do",
                        max_length=10,
                    ),
                ),
                ("happened_on", models.DateField()),
                ("motive", models.CharField(max_length=300)),
                ("task", models.CharField(blank=True, max_length=600)),
                ("due_on", models.DateField(null=True)),
                ("report", models.CharField(blank=True, max_length=2000)),
                ("author_id", models.BigIntegerField()),
                ("author_name", models.CharField(max_length=120)),
                ("given_at", models.DateTimeField()),
                ("shown_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by_id", models.BigIntegerField(null=True)),
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
                    "incident",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="punishments",
                        to="discipline.incident",
                    ),
                ),
                (
                    "roll_call",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="attendance.rollcall",
                    ),
                ),
                (
                    "student",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="punishments",
                        to="directory.student",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["establishment", "student", "happened_on"], name="punishment_by_student"),
                    models.Index(fields=["establishment", "state", "happened_on"], name="punishment_by_state"),
                    models.Index(fields=["establishment", "author_id"], name="punishment_by_author"),
                    models.Index(fields=["establishment", "incident"], name="punishment_by_incident"),
                    models.Index(fields=["establishment", "roll_call"], name="punishment_by_register"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "lesson_exclusion"), _negated=True),
                            models.Q(("report", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="exclusion_has_its_report",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Detention",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("held_on", models.DateField()),
                ("starts_at", models.TimeField()),
                ("ends_at", models.TimeField()),
                ("room", models.CharField(blank=True, max_length=40)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Prévue"),
                            ("done", "Faite"),
                            ("missed", "Non faite"),
                            ("moved", "Reportée"),
                            ("cancelled", "Annulée"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200)),
                ("planned_at", models.DateTimeField()),
                ("planned_by_id", models.BigIntegerField()),
                ("noted_at", models.DateTimeField(null=True)),
                ("noted_by_id", models.BigIntegerField(null=True)),
                ("absence_case_id", models.BigIntegerField(null=True)),
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
                    "supervisor",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="directory.person",
                    ),
                ),
                (
                    "punishment",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="detentions",
                        to="discipline.punishment",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["establishment", "held_on"], name="detention_by_day"),
                    models.Index(fields=["establishment", "punishment"], name="detention_by_punishment"),
                    models.Index(fields=["supervisor"], name="detention_by_supervisor"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="detention_in_order"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "planned")),
                        fields=("establishment", "punishment"),
                        name="one_sitting_to_come",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RegisterEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("number", models.PositiveIntegerField()),
                ("decided_on", models.DateField()),
                ("by_council", models.BooleanField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("warning", "Avertissement"),
                            ("reprimand", "Blâme"),
                            ("responsibility", "Mesure de responsabilisation"),
                            ("class_exclusion", "Exclusion temporaire de la classe"),
                            ("school_exclusion", "Exclusion temporaire de l’établissement ou d’un service annexe"),
                            ("expulsion", "Exclusion définitive"),
                        ],
                        max_length=18,
                    ),
                ),
                ("measure", models.CharField(blank=True, max_length=120)),
                ("facts", models.CharField(max_length=600)),
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
                    models.UniqueConstraint(fields=("establishment", "year", "number"), name="one_line_a_number")
                ]
            },
        ),
        migrations.CreateModel(
            name="Sanction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("warning", "Avertissement"),
                            ("reprimand", "Blâme"),
                            ("responsibility", "Mesure de responsabilisation"),
                            ("class_exclusion", "Exclusion temporaire de la classe"),
                            ("school_exclusion", "Exclusion temporaire de l’établissement ou d’un service annexe"),
                            ("expulsion", "Exclusion définitive"),
                        ],
                        max_length=18,
                    ),
                ),
                ("motive", models.CharField(max_length=600)),
                ("by_council", models.BooleanField(default=False)),
                ("heard_on", models.DateField()),
                ("decided_on", models.DateField()),
                ("decided_by_id", models.BigIntegerField()),
                ("decided_by_name", models.CharField(max_length=120)),
                ("noted_at", models.DateTimeField()),
                ("starts_on", models.DateField(null=True)),
                ("ends_on", models.DateField(null=True)),
                ("days", models.PositiveSmallIntegerField(null=True)),
                ("hours", models.PositiveSmallIntegerField(null=True)),
                ("activity", models.CharField(blank=True, max_length=300)),
                (
                    "service",
                    models.CharField(
                        choices=[
                            ("school", "de l’établissement"),
                            ("canteen", "de la demi-pension"),
                            ("boarding", "de l’internat"),
                        ],
                        default="school",
                        max_length=8,
                    ),
                ),
                ("suspended_until_on", models.DateField(null=True)),
                ("revoked_on", models.DateField(null=True)),
                ("erases_on", models.DateField(null=True)),
                ("erasure_asked_at", models.DateTimeField(null=True)),
                ("erasure_asked_by", models.CharField(blank=True, max_length=120)),
                ("erasure_asked_why", models.CharField(blank=True, max_length=300)),
                ("erasure_refused_at", models.DateTimeField(null=True)),
                ("erasure_refusal", models.CharField(blank=True, max_length=300)),
                (
                    "entry_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
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
                    "incident",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sanctions",
                        to="discipline.incident",
                    ),
                ),
                (
                    "line",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="discipline.registerentry",
                    ),
                ),
                (
                    "student",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sanctions",
                        to="directory.student",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["establishment", "student"], name="sanction_by_student"),
                    models.Index(fields=["establishment", "incident"], name="sanction_by_incident"),
                    models.Index(fields=["establishment", "line"], name="sanction_by_line"),
                    models.Index(fields=["establishment", "erases_on"], name="sanction_by_erasure"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("days", None), models.Q(("days__gte", 1), ("days__lte", 8)), _connector="OR"
                        ),
                        name="exclusion_eight_days_at_most",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("hours", None), models.Q(("hours__gte", 1), ("hours__lte", 20)), _connector="OR"
                        ),
                        name="measure_twenty_hours_at_most",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "expulsion"), _negated=True), ("by_council", True), _connector="OR"
                        ),
                        name="only_the_council_expels",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("suspended_until_on", None),
                            ("kind__in", ["class_exclusion", "expulsion", "responsibility", "school_exclusion"]),
                            _connector="OR",
                        ),
                        name="what_may_be_suspended",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Acknowledgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                ("read_at", models.DateTimeField()),
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
                    "punishment",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="acknowledgements",
                        to="discipline.punishment",
                    ),
                ),
                (
                    "sanction",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="acknowledgements",
                        to="discipline.sanction",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person"], name="acknowledgement_by_person")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("establishment", "punishment", "person"), name="punishment_read_once"
                    ),
                    models.UniqueConstraint(fields=("establishment", "sanction", "person"), name="sanction_read_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("punishment__isnull", False), ("sanction", None)),
                            models.Q(("punishment", None), ("sanction__isnull", False)),
                            _connector="OR",
                        ),
                        name="one_thing_read",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DetentionSlot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "lundi"),
                            (2, "mardi"),
                            (3, "mercredi"),
                            (4, "jeudi"),
                            (5, "vendredi"),
                            (6, "samedi"),
                        ]
                    ),
                ),
                ("starts_at", models.TimeField()),
                ("ends_at", models.TimeField()),
                ("room", models.CharField(max_length=40)),
                ("seats", models.PositiveSmallIntegerField(default=20)),
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
                (
                    "supervisor",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="directory.person",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["establishment", "weekday"], name="detention_slot_by_day"),
                    models.Index(fields=["supervisor"], name="detention_slot_by_person"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="detention_slot_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weekday__gte", 1), ("weekday__lte", 6)), name="detention_slot_on_a_day"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ErasureRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("warning", "Avertissement"),
                            ("reprimand", "Blâme"),
                            ("responsibility", "Mesure de responsabilisation"),
                            ("class_exclusion", "Exclusion temporaire de la classe"),
                            ("school_exclusion", "Exclusion temporaire de l’établissement ou d’un service annexe"),
                            ("expulsion", "Exclusion définitive"),
                        ],
                        max_length=18,
                    ),
                ),
                ("applies_from_on", models.DateField()),
                ("years", models.PositiveSmallIntegerField()),
                ("reason", models.CharField(max_length=300)),
                ("author_name", models.CharField(max_length=120)),
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("establishment", "kind", "applies_from_on"), name="one_delay_a_day"
                    ),
                    models.CheckConstraint(condition=models.Q(("years__lte", 5)), name="delay_five_years_at_most"),
                ],
            },
        ),
        BuildWalls(),
    ]
