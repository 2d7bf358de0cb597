import django.contrib.postgres.fields
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
    ]

    operations = [
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=120)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("preparing", "En préparation"),
                            ("open", "Vœux ouverts"),
                            ("planned", "Planning à relire"),
                            ("published", "Publiée"),
                            ("cancelled", "Annulée"),
                        ],
                        default="preparing",
                        max_length=10,
                    ),
                ),
                ("held_on", models.DateField()),
                ("starts_at", models.TimeField()),
                ("ends_at", models.TimeField()),
                (
                    "slot_minutes",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(5),
                            django.core.validators.MaxValueValidator(30),
                        ]
                    ),
                ),
                (
                    "gap_minutes",
                    models.PositiveSmallIntegerField(
                        default=0, validators=[django.core.validators.MaxValueValidator(15)]
                    ),
                ),
                ("pause_starts_at", models.TimeField(null=True)),
                ("pause_ends_at", models.TimeField(null=True)),
                (
                    "most_wishes",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(20),
                        ]
                    ),
                ),
                ("closes_at", models.DateTimeField()),
                ("confirm_until_on", models.DateField(null=True)),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "work",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", ""),
                            ("asked", "Le calcul va commencer"),
                            ("running", "Le calcul est en cours"),
                            ("failed", "Le calcul s’est interrompu"),
                        ],
                        max_length=8,
                    ),
                ),
                ("percent", models.PositiveSmallIntegerField(default=0)),
                ("figures", models.JSONField(default=dict)),
                ("published_at", models.DateTimeField(null=True)),
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
            ],
            options={
                "indexes": [models.Index(fields=["establishment", "held_on"], name="meeting_by_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="evening_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slot_minutes__range", (5, 30))), name="a_meeting_lasts"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FamilyRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("is_shared", models.BooleanField(default=False)),
                ("asked_at", models.DateTimeField()),
                (
                    "away_at",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TimeField(), default=list, size=None),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.person"
                    ),
                ),
                (
                    "meeting",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="requests",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("establishment", "meeting", "guardian"), name="one_request")
                ]
            },
        ),
        migrations.CreateModel(
            name="MeetingGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="directory.group",
                    ),
                ),
                (
                    "meeting",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="groups",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("establishment", "meeting", "group"), name="one_invitation")
                ]
            },
        ),
        migrations.CreateModel(
            name="MeetingTeacher",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                ("subject", models.CharField(blank=True, max_length=80)),
                ("room", models.CharField(blank=True, max_length=40)),
                ("zone", models.CharField(blank=True, max_length=40)),
                ("from_at", models.TimeField(null=True)),
                ("until_at", models.TimeField(null=True)),
                ("video_url", models.URLField(blank=True, max_length=300)),
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
                    "meeting",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="teachers",
                        to="meetings.meeting",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("establishment", "meeting", "person"), name="receives_once")
                ]
            },
        ),
        migrations.CreateModel(
            name="Wish",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("level", models.PositiveSmallIntegerField(choices=[(2, "Prioritaire"), (1, "Souhaitée")])),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Demandé"),
                            ("proposed", "Proposé"),
                            ("accepted", "Accepté"),
                            ("refused", "Refusé"),
                            ("cancelled", "Annulé"),
                            ("expired", "Expiré"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("slot", models.PositiveSmallIntegerField(null=True)),
                ("is_fixed", models.BooleanField(default=False)),
                (
                    "why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", ""),
                            ("full", "complet"),
                            ("hours", "aucun horaire aux heures où vous venez"),
                            ("clash", "ses horaires libres tombent pendant vos autres rendez-vous"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "seen",
                    models.CharField(
                        blank=True, choices=[("", "Pas encore"), ("seen", "Venue"), ("missed", "Absente")], max_length=8
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
                    "request",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wishes",
                        to="meetings.familyrequest",
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
                    "teacher",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wishes",
                        to="meetings.meetingteacher",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["establishment", "student"], name="wish_by_student")],
                "constraints": [
                    models.UniqueConstraint(fields=("establishment", "request", "student", "teacher"), name="one_wish"),
                    models.UniqueConstraint(fields=("establishment", "teacher", "slot"), name="one_family_a_slot"),
                    models.UniqueConstraint(fields=("establishment", "request", "slot"), name="one_teacher_a_slot"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("slot", None), ("state__in", ("asked", "proposed", "accepted")), _connector="OR"
                        ),
                        name="what_is_over_is_free",
                    ),
                ],
            },
        ),
        BuildWalls(),
    ]
