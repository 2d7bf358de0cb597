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
            name="ImportedCalendar",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                ("is_personal", models.BooleanField(default=True)),
                (
                    "audience",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                ("pending", models.JSONField(null=True)),
                ("pending_at", models.DateTimeField(null=True)),
                ("read_at", models.DateTimeField(null=True)),
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
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="directory.person",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["owner"], name="calendar_by_owner")],
                "constraints": [
                    models.UniqueConstraint(fields=("establishment", "owner", "name"), name="one_calendar_a_name")
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("council", "Conseil de classe"),
                            ("parents", "Réunion parents-professeurs"),
                            ("meeting", "Réunion"),
                            ("outing", "Sortie"),
                            ("internship", "Stage"),
                            ("exam", "Examen"),
                            ("committee", "Commission"),
                            ("election", "Élection"),
                            ("holiday", "Férié ou fermeture"),
                            ("other", "Autre"),
                        ],
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("place", models.CharField(blank=True, max_length=80)),
                ("text", models.CharField(blank=True, max_length=1000)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("starts_at", models.TimeField(null=True)),
                ("ends_at", models.TimeField(null=True)),
                ("rule", models.CharField(blank=True, max_length=200)),
                ("repeats_until_on", models.DateField(null=True)),
                ("open_days_only", models.BooleanField(default=True)),
                (
                    "skipped_days",
                    django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), default=list, size=None),
                ),
                ("is_personal", models.BooleanField(default=False)),
                ("visible_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("remind_minutes", models.PositiveIntegerField(null=True)),
                ("author_id", models.BigIntegerField()),
                ("author_name", models.CharField(max_length=120)),
                ("created_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("uid", models.CharField(blank=True, max_length=250)),
                ("digest", models.CharField(blank=True, max_length=64)),
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
                    "series",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changed",
                        to="agenda.event",
                    ),
                ),
                (
                    "calendar",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="agenda.importedcalendar",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["establishment", "author_id"], name="event_by_author"),
                    models.Index(fields=["establishment", "series"], name="event_by_series"),
                    models.Index(fields=["establishment", "calendar"], name="event_by_calendar"),
                    models.Index(fields=["establishment", "kind", "starts_on"], name="event_by_kind"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="event_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ends_at", None), ("starts_at", None)),
                            models.Q(("ends_at__isnull", False), ("starts_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="event_with_both_hours",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("calendar__isnull", False)),
                        fields=("establishment", "calendar", "uid"),
                        name="one_event_a_uid",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("topics", models.CharField(blank=True, max_length=2000)),
                ("marks_due_on", models.DateField(null=True)),
                ("marks_reminded_at", models.DateTimeField(null=True)),
                ("convened_at", models.DateTimeField(null=True)),
                ("minutes", models.CharField(blank=True, max_length=10000)),
                ("minutes_by_name", models.CharField(blank=True, max_length=120)),
                ("minutes_written_at", models.DateTimeField(null=True)),
                ("published_at", models.DateTimeField(null=True)),
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
                    "event",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="meetings",
                        to="agenda.event",
                    ),
                ),
                (
                    "group",
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
                    "term",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="establishments.term",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["establishment", "group"], name="meeting_by_group"),
                    models.Index(fields=["establishment", "term"], name="meeting_by_term"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("establishment", "event"), name="one_meeting_an_event")
                ],
            },
        ),
        migrations.CreateModel(
            name="Occurrence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("starts_at", models.TimeField(null=True)),
                ("ends_at", models.TimeField(null=True)),
                ("remind_at", models.DateTimeField(null=True)),
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
                    "event",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="occurrences",
                        to="agenda.event",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["establishment", "starts_on"], name="occurrence_by_day"),
                    models.Index(
                        condition=models.Q(("remind_at__isnull", False)),
                        fields=["establishment", "remind_at"],
                        name="occurrence_to_remind",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("establishment", "event", "starts_on", "starts_at"), name="one_occurrence"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="occurrence_in_order"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Outing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Brouillon"),
                            ("submitted", "Soumise à la direction"),
                            ("approved", "Autorisée"),
                            ("refused", "Non autorisée"),
                            ("cancelled", "Annulée"),
                        ],
                        default="draft",
                        max_length=9,
                    ),
                ),
                ("is_optional", models.BooleanField(default=True)),
                ("cost_cents", models.PositiveIntegerField(default=0)),
                ("cost_note", models.CharField(blank=True, max_length=200)),
                ("insurance_note", models.CharField(blank=True, max_length=300)),
                ("transport", models.CharField(blank=True, max_length=120)),
                ("meals_cancelled", models.BooleanField(default=True)),
                ("answer_by_on", models.DateField(null=True)),
                ("submitted_at", models.DateTimeField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_by_name", models.CharField(blank=True, max_length=120)),
                ("decision_note", models.CharField(blank=True, max_length=300)),
                ("chased_at", models.DateTimeField(null=True)),
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
                    "event",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outings",
                        to="agenda.event",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("establishment", "event"), name="one_outing_an_event")]
            },
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("student", "Élève"),
                            ("staff", "Personnel"),
                            ("delegate", "Délégué"),
                            ("invited", "Invité"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        blank=True, choices=[("", "Sans réponse"), ("yes", "Présent"), ("no", "Excusé")], max_length=3
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                ("attended", models.BooleanField(null=True)),
                ("noted_at", models.DateTimeField(null=True)),
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
                    "event",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participants",
                        to="agenda.event",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.person",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person"], name="event_part_by_person")],
                "constraints": [
                    models.UniqueConstraint(fields=("establishment", "event", "person"), name="one_part_in_an_event")
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agrees", models.BooleanField()),
                ("note", models.CharField(blank=True, max_length=200)),
                ("answered_at", models.DateTimeField()),
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
                    "participant",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consents",
                        to="agenda.participant",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["guardian"], name="consent_by_guardian")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("establishment", "participant", "guardian"), name="one_consent_a_guardian"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AgendaFeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("nonce", models.CharField(max_length=22)),
                ("opened_at", models.DateTimeField()),
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
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="directory.person"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("establishment", "reader"), name="one_agenda_feed")],
            },
        ),
        migrations.CreateModel(
            name="EventAudience",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "party",
                    models.CharField(
                        choices=[
                            ("students", "Élèves"),
                            ("guardians", "Responsables"),
                            ("teachers", "Professeurs"),
                            ("staff", "Tous les personnels"),
                        ],
                        max_length=10,
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
                    "event",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="audience",
                        to="agenda.event",
                    ),
                ),
                (
                    "group",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="directory.group",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["establishment", "group"], name="audience_by_group")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("establishment", "event", "party", "group"), name="one_audience", nulls_distinct=False
                    )
                ],
            },
        ),
        BuildWalls(),
    ]
