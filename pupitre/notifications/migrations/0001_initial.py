import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from pupitre.establishments.walls import BuildWalls


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_user_closed_at"),
        ("directory", "0001_initial"),
        ("establishments", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="PersonSchedule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("daily_at", models.TimeField(null=True)),
                ("weekly_day", models.PositiveSmallIntegerField(default=4)),
                ("is_weekly_only", models.BooleanField(default=False)),
                ("opens_at", models.TimeField(null=True)),
                ("closes_at", models.TimeField(null=True)),
                (
                    "working_days",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="directory.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PushSubscription",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("endpoint", models.CharField(max_length=600, unique=True)),
                ("p256dh", models.CharField(max_length=120)),
                ("auth", models.CharField(max_length=60)),
                ("created_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="directory.person"
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.session"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DeliveryFailure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("push", "Sur ce téléphone ou cet ordinateur"),
                            ("mail", "Par courrier électronique"),
                            ("sms", "Par SMS"),
                        ],
                        max_length=5,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("refused", "Adresse refusée"),
                            ("unavailable", "Envoi impossible pendant plusieurs heures"),
                            ("no_address", "Ni téléphone ni adresse"),
                        ],
                        max_length=12,
                    ),
                ),
                ("kind", models.CharField(max_length=60)),
                ("failed_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="directory.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("settled_at", None)),
                        fields=("establishment", "person", "channel"),
                        name="one_failure_to_mend",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Envelope",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("push", "Sur ce téléphone ou cet ordinateur"),
                            ("mail", "Par courrier électronique"),
                            ("sms", "Par SMS"),
                        ],
                        max_length=5,
                    ),
                ),
                (
                    "rhythm",
                    models.CharField(
                        choices=[
                            ("never", "Jamais"),
                            ("immediate", "Tout de suite"),
                            ("daily", "Une fois par jour"),
                            ("weekly", "Une fois par semaine"),
                        ],
                        max_length=10,
                    ),
                ),
                ("audience", models.CharField(max_length=10)),
                ("kind", models.CharField(blank=True, max_length=60)),
                ("child_id", models.BigIntegerField(null=True)),
                ("is_urgent", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("sending", "Sending"),
                            ("sent", "Sent"),
                            ("failed", "Failed"),
                            ("dropped", "Dropped"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("due_at", models.DateTimeField()),
                ("claimed_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                (
                    "establishment",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
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
            ],
            options={
                "indexes": [
                    models.Index(fields=["person", "channel", "kind", "-due_at"], name="envelope_by_person"),
                    models.Index(
                        condition=models.Q(("state__in", ["waiting", "sending"])),
                        fields=["due_at"],
                        name="envelope_to_send",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("person", "channel", "rhythm", "kind", "child_id"),
                        name="one_envelope_waits",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Mute",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(blank=True, max_length=60)),
                ("until_at", models.DateTimeField()),
                (
                    "child",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="directory.person"
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("person", "child", "kind"), name="one_mute", nulls_distinct=False)
                ],
            },
        ),
        migrations.CreateModel(
            name="Notification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("child_name", models.CharField(blank=True, max_length=100)),
                ("kind", models.CharField(max_length=60)),
                ("title", models.CharField(max_length=200)),
                ("body", models.CharField(blank=True, max_length=1000)),
                ("url", models.CharField(max_length=300)),
                ("group_key", models.CharField(blank=True, max_length=80)),
                ("one", models.CharField(blank=True, max_length=120)),
                ("many", models.CharField(blank=True, max_length=120)),
                ("is_urgent", models.BooleanField(default=False)),
                ("is_counted", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField()),
                ("visible_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                ("routed_at", models.DateTimeField(null=True)),
                ("mail_id", models.BigIntegerField(null=True)),
                ("push_id", models.BigIntegerField(null=True)),
                ("sms_id", models.BigIntegerField(null=True)),
                (
                    "child",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="directory.person"
                    ),
                ),
                (
                    "establishment",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
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
            ],
            options={
                "indexes": [
                    models.Index(fields=["person", "-visible_at"], name="notification_by_person"),
                    models.Index(
                        condition=models.Q(("routed_at", None)), fields=["visible_at"], name="notification_to_route"
                    ),
                    models.Index(
                        condition=models.Q(("is_counted", True), ("read_at", None)),
                        fields=["person"],
                        name="notification_unread",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Preference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("push", "Sur ce téléphone ou cet ordinateur"),
                            ("mail", "Par courrier électronique"),
                            ("sms", "Par SMS"),
                        ],
                        max_length=5,
                    ),
                ),
                (
                    "rhythm",
                    models.CharField(
                        choices=[
                            ("never", "Jamais"),
                            ("immediate", "Tout de suite"),
                            ("daily", "Une fois par jour"),
                            ("weekly", "Une fois par semaine"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="directory.person"
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "child", "kind", "channel"), name="one_preference", nulls_distinct=False
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SchoolHours",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("opens", django.contrib.postgres.fields.ArrayField(base_field=models.TimeField(null=True), size=7)),
                ("closes", django.contrib.postgres.fields.ArrayField(base_field=models.TimeField(null=True), size=7)),
                ("changed_at", models.DateTimeField()),
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
                "constraints": [models.UniqueConstraint(fields=("establishment",), name="one_table_of_hours")],
            },
        ),
        migrations.CreateModel(
            name="SchoolRhythm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60)),
                (
                    "audience",
                    models.CharField(
                        choices=[("student", "Élèves"), ("guardian", "Familles"), ("staff", "Personnels")],
                        max_length=10,
                    ),
                ),
                (
                    "rhythm",
                    models.CharField(
                        choices=[
                            ("never", "Jamais"),
                            ("immediate", "Tout de suite"),
                            ("daily", "Une fois par jour"),
                            ("weekly", "Une fois par semaine"),
                        ],
                        max_length=10,
                    ),
                ),
                ("is_locked", models.BooleanField(default=False)),
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
                    models.UniqueConstraint(fields=("establishment", "kind", "audience"), name="one_school_rhythm")
                ],
            },
        ),
        BuildWalls(),
    ]
