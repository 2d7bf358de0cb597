import datetime

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
            name="AbsenceReason",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=30)),
                ("label", models.CharField(max_length=80)),
                ("hint", models.CharField(blank=True, max_length=80)),
                (
                    "family",
                    models.CharField(
                        choices=[
                            ("illness", "Maladie de l’enfant"),
                            ("contagion", "Maladie transmissible dans la famille"),
                            ("gathering", "Réunion solennelle de famille"),
                            ("transport", "Difficulté accidentelle de communication"),
                            ("guardians_away", "Absence temporaire des responsables"),
                            ("other", "Autre motif, apprécié par l’établissement"),
                        ],
                        default="other",
                        max_length=14,
                    ),
                ),
                ("is_receivable", models.BooleanField(default=True)),
                ("needs_document", models.BooleanField(default=False)),
                ("settles", models.BooleanField(default=False)),
                ("counts", models.BooleanField(default=True)),
                ("raises_alerts", models.BooleanField(default=True)),
                ("is_health", models.BooleanField(default=False)),
                ("shown_to_families", models.BooleanField(default=True)),
                ("usable_by_families", models.BooleanField(default=False)),
                ("is_active", models.BooleanField(default=True)),
                ("position", models.PositiveSmallIntegerField(default=100)),
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
                "constraints": [models.UniqueConstraint(fields=("establishment", "code"), name="one_reason_a_code")]
            },
        ),
        migrations.CreateModel(
            name="AbsenceCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("absence", "Absence"), ("exemption", "Dispense")], default="absence", max_length=10
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reported", "Signalée"),
                            ("told", "Famille prévenue"),
                            ("to_contact", "Famille à joindre"),
                            ("answered", "Réponse à examiner"),
                            ("reasoned", "Motivée"),
                            ("accepted", "Recevable"),
                            ("refused", "Non recevable"),
                            ("settled", "Réglée"),
                            ("locked", "Verrouillée"),
                            ("became_late", "Devenue un retard"),
                            ("cancelled", "Annulée"),
                            ("planned", "Prévue, à confirmer"),
                            ("confirmed", "Prévue, confirmée"),
                            ("declined", "Prévue, refusée"),
                            ("exemption_asked", "Dispense demandée"),
                            ("exempt", "Dispense accordée"),
                            ("not_exempt", "Dispense refusée"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "standing",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "Justifiée"), (1, "En attente"), (2, "Injustifiée")], default=2
                    ),
                ),
                ("starts_on", models.DateField()),
                ("starts_at", models.TimeField()),
                ("ends_on", models.DateField()),
                ("ends_at", models.TimeField()),
                ("counts", models.BooleanField(default=True)),
                ("opened_at", models.DateTimeField()),
                ("opened_by_id", models.BigIntegerField(null=True)),
                ("contact_due_at", models.DateTimeField(null=True)),
                ("told_at", models.DateTimeField(null=True)),
                ("answer_due_at", models.DateTimeField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_by_id", models.BigIntegerField(null=True)),
                ("decision", models.CharField(blank=True, max_length=300)),
                ("refusals", models.PositiveSmallIntegerField(default=0)),
                ("state_before_lock", models.CharField(blank=True, max_length=16)),
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
                        related_name="absence_cases",
                        to="directory.student",
                    ),
                ),
                (
                    "reason",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="attendance.absencereason",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["establishment", "student", "starts_on"], name="case_by_student"),
                    models.Index(fields=["establishment", "state", "starts_on"], name="case_by_state"),
                    models.Index(fields=["establishment", "starts_on"], name="case_by_day"),
                    models.Index(fields=["establishment", "reason"], name="case_by_reason"),
                    models.Index(
                        condition=models.Q(("contact_due_at__isnull", False)),
                        fields=["establishment", "contact_due_at"],
                        name="case_to_tell",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="AbsenteeismAlert",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month_on", models.DateField()),
                (
                    "threshold",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "4 demi-journées sans motif recevable dans le mois"),
                            (2, "10 demi-journées complètes dans le mois"),
                        ]
                    ),
                ),
                ("raised_at", models.DateTimeField()),
                ("fallen_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("watched_by_id", models.BigIntegerField(null=True)),
                ("watched_until_on", models.DateField(null=True)),
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
                        related_name="absenteeism_alerts",
                        to="directory.student",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["establishment", "month_on"], name="alert_by_month")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("establishment", "student", "month_on", "threshold"), name="one_alert_a_month"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AlertStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("call", "Échange avec la famille"),
                            ("letter", "Courrier aux responsables"),
                            ("team", "Réunion de l’équipe éducative"),
                            ("report", "Signalement au directeur académique"),
                            ("commission", "Commission éducative"),
                            ("prosecutor", "Saisine du procureur de la République"),
                            ("note", "Note de suivi"),
                        ],
                        max_length=10,
                    ),
                ),
                ("done_on", models.DateField()),
                ("text", models.CharField(blank=True, max_length=600)),
                ("author_id", models.BigIntegerField(null=True)),
                ("author_name", models.CharField(max_length=200)),
                ("written_at", models.DateTimeField()),
                (
                    "alert",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="attendance.absenteeismalert",
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
            options={"indexes": [models.Index(fields=["establishment", "alert"], name="step_by_alert")]},
        ),
        migrations.CreateModel(
            name="AttendanceRules",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("by_lesson", "Par cours manqués (conseillé)"),
                            ("gross", "Brut : toute absence compte la demi-journée"),
                            ("computed", "Calculé : part de la demi-journée"),
                        ],
                        default="by_lesson",
                        max_length=10,
                    ),
                ),
                ("day_opens_at", models.TimeField(default=datetime.time(8, 0))),
                ("afternoon_opens_at", models.TimeField(default=datetime.time(13, 30))),
                ("day_closes_at", models.TimeField(default=datetime.time(17, 30))),
                ("late_becomes_absence_minutes", models.PositiveSmallIntegerField(default=30)),
                ("tell_after_minutes", models.PositiveSmallIntegerField(default=10)),
                ("assistants_decide", models.BooleanField(default=False)),
                ("adults_answer", models.BooleanField(default=True)),
                ("first_threshold", models.PositiveSmallIntegerField(default=4)),
                ("second_threshold", models.PositiveSmallIntegerField(default=10)),
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
                    models.UniqueConstraint(fields=("establishment",), name="one_set_of_rules"),
                    models.CheckConstraint(
                        condition=models.Q(("tell_after_minutes__lte", 15)), name="told_within_a_quarter"
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="CaseEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("author_id", models.BigIntegerField(null=True)),
                ("act", models.CharField(max_length=16)),
                ("from_state", models.CharField(blank=True, max_length=16)),
                ("to_state", models.CharField(max_length=16)),
                ("comment", models.CharField(blank=True, max_length=300)),
                (
                    "case",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="attendance.absencecase",
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
            options={"indexes": [models.Index(fields=["establishment", "case", "at"], name="event_by_case")]},
        ),
        migrations.CreateModel(
            name="CountedHalfDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("missed_on", models.DateField()),
                ("half", models.CharField(choices=[("am", "Matin"), ("pm", "Après-midi")], max_length=2)),
                ("gross", models.PositiveSmallIntegerField()),
                ("by_lesson", models.PositiveSmallIntegerField()),
                ("computed", models.DecimalField(decimal_places=4, max_digits=5)),
                ("missed", models.PositiveSmallIntegerField()),
                ("lessons", models.PositiveSmallIntegerField()),
                ("is_full", models.BooleanField()),
                (
                    "standing",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "Justifiée"), (1, "En attente"), (2, "Injustifiée")], default=2
                    ),
                ),
                ("counted_at", models.DateTimeField()),
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
                        related_name="half_days",
                        to="directory.student",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["establishment", "missed_on"], name="half_day_by_day")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("establishment", "student", "missed_on", "half"), name="one_half_day"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FamilyContact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("notice", "Message"),
                            ("correction", "Message de correction"),
                            ("call_made", "Appel passé"),
                            ("voice_mail", "Message vocal laissé"),
                            ("call_received", "Appel reçu"),
                            ("letter", "Courrier"),
                        ],
                        max_length=14,
                    ),
                ),
                ("about_on", models.DateField()),
                ("half", models.CharField(choices=[("am", "Matin"), ("pm", "Après-midi")], max_length=2)),
                ("reached", models.BooleanField(default=True)),
                (
                    "guardian_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("at", models.DateTimeField()),
                ("author_id", models.BigIntegerField(null=True)),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "case",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contacts",
                        to="attendance.absencecase",
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
                        related_name="family_contacts",
                        to="directory.student",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["establishment", "student", "about_on"], name="contact_by_student"),
                    models.Index(fields=["establishment", "case"], name="contact_by_case"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "notice")),
                        fields=("establishment", "student", "about_on", "half"),
                        name="one_notice_a_half_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Justification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("guardian_name", models.CharField(max_length=120)),
                ("denies", models.BooleanField(default=False)),
                ("text", models.CharField(blank=True, max_length=1000)),
                (
                    "way",
                    models.CharField(
                        choices=[("online", "En ligne"), ("phone", "Par téléphone"), ("paper", "Par écrit")],
                        default="online",
                        max_length=6,
                    ),
                ),
                ("said_at", models.DateTimeField()),
                ("edited_at", models.DateTimeField(null=True)),
                (
                    "case",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="justifications",
                        to="attendance.absencecase",
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
                    "guardian",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="directory.person",
                    ),
                ),
                (
                    "reason",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="attendance.absencereason",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["establishment", "case", "said_at"], name="justification_by_case"),
                    models.Index(fields=["guardian"], name="justification_by_guardian"),
                    models.Index(fields=["establishment", "reason"], name="justification_by_reason"),
                ]
            },
        ),
        migrations.CreateModel(
            name="PastVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("table", models.CharField(max_length=20)),
                ("row_id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField()),
                ("facts", models.JSONField()),
                ("key", models.CharField(blank=True, max_length=36)),
                ("replaced_by_id", models.BigIntegerField(null=True)),
                ("replaced_at", models.DateTimeField()),
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
                        fields=("establishment", "table", "row_id", "version"), name="one_past_version"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="RollCall",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("held_on", models.DateField()),
                ("slot_id", models.BigIntegerField()),
                ("starts_at", models.TimeField()),
                ("ends_at", models.TimeField()),
                ("subject", models.CharField(max_length=80)),
                ("subject_code", models.CharField(blank=True, max_length=6)),
                ("room", models.CharField(blank=True, max_length=40)),
                (
                    "teacher_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "student_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("prepared", "À faire"), ("done", "Fait"), ("cancelled", "Cours supprimé")],
                        default="prepared",
                        max_length=10,
                    ),
                ),
                ("cancel_reason", models.CharField(blank=True, max_length=20)),
                ("done_at", models.DateTimeField(null=True)),
                ("done_by_id", models.BigIntegerField(null=True)),
                ("reminded_at", models.DateTimeField(null=True)),
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
                    "group",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="roll_calls",
                        to="directory.group",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["establishment", "group", "held_on"], name="register_by_group"),
                    models.Index(
                        condition=models.Q(("state", "prepared")),
                        fields=["establishment", "held_on"],
                        name="register_to_take",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("establishment", "held_on", "slot_id"), name="one_register_a_lesson"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="register_in_order"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AbsenceEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("absence", "Absence"),
                            ("lateness", "Retard"),
                            ("departure", "Départ"),
                            ("infirmary", "Infirmerie"),
                            ("exclusion", "Exclusion"),
                            ("exemption", "Dispense"),
                            ("outing", "Sortie ou stage"),
                        ],
                        max_length=10,
                    ),
                ),
                ("away_on", models.DateField()),
                ("starts_at", models.TimeField()),
                ("ends_at", models.TimeField()),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("register", "Appel"),
                            ("office", "Vie scolaire"),
                            ("family", "Famille"),
                            ("taken_over", "Ancien outil"),
                        ],
                        max_length=10,
                    ),
                ),
                ("counts", models.BooleanField(default=True)),
                ("place", models.CharField(blank=True, max_length=60)),
                ("comment", models.CharField(blank=True, max_length=300)),
                ("author_id", models.BigIntegerField(null=True)),
                ("noted_at", models.DateTimeField()),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("cancelled_by_id", models.BigIntegerField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "case",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="attendance.absencecase",
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
                        related_name="absence_entries",
                        to="directory.student",
                    ),
                ),
                (
                    "roll_call",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="attendance.rollcall",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["establishment", "student", "away_on"], name="entry_by_student"),
                    models.Index(fields=["establishment", "away_on"], name="entry_by_day"),
                    models.Index(fields=["establishment", "case"], name="entry_by_case"),
                    models.Index(fields=["establishment", "roll_call"], name="entry_by_register"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled_at", None), ("roll_call__isnull", False)),
                        fields=("establishment", "roll_call", "student"),
                        name="one_entry_a_register",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RollMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("present", "Présent"),
                            ("absent", "Absent"),
                            ("late", "En retard"),
                            ("left", "Parti"),
                            ("infirmary", "À l’infirmerie"),
                            ("exempt_here", "Dispensé, présent"),
                            ("exempt_away", "Dispensé, absent"),
                            ("excluded", "Exclu du cours"),
                            ("elsewhere", "Ailleurs avec l’établissement"),
                        ],
                        max_length=12,
                    ),
                ),
                ("at", models.TimeField(null=True)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("version", models.PositiveIntegerField(default=1)),
                ("key", models.CharField(blank=True, max_length=36)),
                ("author_id", models.BigIntegerField(null=True)),
                ("marked_at", models.DateTimeField()),
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="marks",
                        to="attendance.rollcall",
                    ),
                ),
                (
                    "student",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="roll_marks",
                        to="directory.student",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["establishment", "student"], name="mark_by_student")],
                "constraints": [
                    models.UniqueConstraint(fields=("establishment", "roll_call", "student"), name="one_mark_a_student")
                ],
            },
        ),
        BuildWalls(),
    ]
