import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

import pupitre.establishments.scope
from pupitre.establishments.walls import BuildWalls

# « reunions eleve » finds « Réunion des élèves ». Made once for the database, whichever room comes first.
FRENCH_SEARCH = """
do $$ begin
  if not exists (select from pg_ts_config where cfgname = 'fr') then
    create text search configuration fr (copy = french);
    alter text search configuration fr alter mapping for hword, hword_part, word with unaccent, french_stem;
  end if;
end $$
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0001_initial"),
        ("establishments", "0001_initial"),
        ("foundation", "0002_second_wall"),
    ]

    operations = [
        migrations.RunSQL(FRENCH_SEARCH, migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Category",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person_id", models.BigIntegerField()),
                ("name", models.CharField(max_length=30)),
                ("colour", models.CharField(max_length=15)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("person_id", "name"), name="one_category_a_name")],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person_id", models.BigIntegerField()),
                ("establishment_id", models.BigIntegerField()),
                ("key", models.UUIDField()),
                ("reply_to_id", models.BigIntegerField(null=True)),
                ("subject", models.CharField(blank=True, max_length=120)),
                ("body", models.TextField(blank=True, max_length=20000)),
                ("content", models.JSONField(default=dict)),
                ("version", models.PositiveIntegerField(default=1)),
                ("device", models.CharField(blank=True, max_length=80)),
                ("saved_at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("person_id", "key"), name="one_draft_a_letter")],
            },
        ),
        migrations.CreateModel(
            name="Folder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person_id", models.BigIntegerField()),
                ("name", models.CharField(max_length=40)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("person_id", "name"), name="one_folder_a_name")],
            },
        ),
        migrations.CreateModel(
            name="MailboxEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person_id", models.BigIntegerField()),
                ("establishment_id", models.BigIntegerField()),
                ("thread_id", models.BigIntegerField()),
                ("message_id", models.BigIntegerField()),
                (
                    "role",
                    models.CharField(
                        choices=[("author", "Author"), ("to", "To"), ("cc", "Cc"), ("bcc", "Bcc")], max_length=6
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        choices=[
                            ("inbox", "Réception"),
                            ("sent", "Envoyés"),
                            ("folder", "Dossier"),
                            ("trash", "Corbeille"),
                        ],
                        max_length=6,
                    ),
                ),
                ("folder_id", models.BigIntegerField(null=True)),
                ("category_id", models.BigIntegerField(null=True)),
                ("visible_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                ("trashed_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "party",
                    models.CharField(
                        choices=[
                            ("student", "Élèves"),
                            ("guardian", "Responsables"),
                            ("teacher", "Professeurs et AESH"),
                            ("school_life", "Vie scolaire"),
                            ("head", "Direction"),
                            ("office", "Administration"),
                            ("health", "Santé et social"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "child_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("children", models.CharField(blank=True, max_length=120)),
                ("author_id", models.BigIntegerField()),
                ("author_name", models.CharField(max_length=200)),
                ("author_about", models.CharField(blank=True, max_length=200)),
                (
                    "author_party",
                    models.CharField(
                        choices=[
                            ("student", "Élèves"),
                            ("guardian", "Responsables"),
                            ("teacher", "Professeurs et AESH"),
                            ("school_life", "Vie scolaire"),
                            ("head", "Direction"),
                            ("office", "Administration"),
                            ("health", "Santé et social"),
                        ],
                        max_length=20,
                    ),
                ),
                ("addressed_to", models.CharField(max_length=400)),
                ("subject", models.CharField(max_length=120)),
                ("preview", models.CharField(max_length=160)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "en attente d’envoi"),
                            ("review", "en attente de relecture"),
                            ("sent", "envoyé"),
                            ("recalled", "rappelé"),
                            ("cancelled", "annulé"),
                            ("refused", "refusé"),
                            ("hidden", "retiré"),
                        ],
                        default="sent",
                        max_length=10,
                    ),
                ),
                ("has_files", models.BooleanField(default=False)),
                ("needs_answer", models.BooleanField(default=False)),
                ("is_urgent", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("person_id"),
                        models.F("place"),
                        models.OrderBy(models.F("visible_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="mailbox_in_order",
                    ),
                    models.Index(fields=["message_id"], name="mailbox_by_message"),
                    models.Index(
                        condition=models.Q(("place__in", ("inbox", "folder")), ("read_at__isnull", True)),
                        fields=["person_id", "visible_at"],
                        name="mailbox_unread",
                    ),
                    models.Index(condition=models.Q(("place", "trash")), fields=["trashed_at"], name="mailbox_bin"),
                    django.contrib.postgres.indexes.BrinIndex(fields=["visible_at"], name="mailbox_by_age"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("person_id", "thread_id", "message_id"), name="one_entry_a_message")
                ],
            },
        ),
        migrations.CreateModel(
            name="Thread",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(max_length=120)),
                ("started_by_id", models.BigIntegerField()),
                ("started_at", models.DateTimeField()),
                ("about_id", models.BigIntegerField(null=True)),
                ("answers_id", models.BigIntegerField(null=True)),
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
                    models.Index(
                        condition=models.Q(("answers_id__isnull", False)),
                        fields=["establishment", "answers_id", "started_by_id"],
                        name="private_thread_of_message",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ordinary", "Message"),
                            ("safety", "Alerte de sécurité (PPMS)"),
                            ("drill", "Exercice de sécurité (PPMS)"),
                        ],
                        default="ordinary",
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "en attente d’envoi"),
                            ("review", "en attente de relecture"),
                            ("sent", "envoyé"),
                            ("recalled", "rappelé"),
                            ("cancelled", "annulé"),
                            ("refused", "refusé"),
                            ("hidden", "retiré"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "hold",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("queue", "beaucoup de destinataires"),
                            ("device", "appareil nouveau"),
                            ("mass", "envoi en nombre inhabituel"),
                            ("pupils", "message d’élève à une classe"),
                        ],
                        max_length=10,
                    ),
                ),
                ("author_id", models.BigIntegerField()),
                ("author_name", models.CharField(max_length=200)),
                ("author_about", models.CharField(blank=True, max_length=200)),
                (
                    "author_party",
                    models.CharField(
                        choices=[
                            ("student", "Élèves"),
                            ("guardian", "Responsables"),
                            ("teacher", "Professeurs et AESH"),
                            ("school_life", "Vie scolaire"),
                            ("head", "Direction"),
                            ("office", "Administration"),
                            ("health", "Santé et social"),
                        ],
                        max_length=20,
                    ),
                ),
                ("addressed_to", models.CharField(max_length=400)),
                ("subject", models.CharField(max_length=120)),
                ("body", models.TextField(max_length=20000)),
                (
                    "replies",
                    models.CharField(
                        choices=[
                            ("all", "tout le monde peut répondre à tous"),
                            ("author", "chacun répond à l’auteur seulement"),
                            ("none", "sans réponse"),
                        ],
                        max_length=10,
                    ),
                ),
                ("tracks_reading", models.BooleanField(default=False)),
                ("needs_answer", models.BooleanField(default=False)),
                ("is_urgent", models.BooleanField(default=False)),
                ("recipient_count", models.PositiveIntegerField()),
                ("delivered_count", models.PositiveIntegerField(default=0)),
                ("written_at", models.DateTimeField()),
                ("leaves_at", models.DateTimeField(null=True)),
                ("visible_at", models.DateTimeField()),
                ("edited_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.contrib.postgres.search.CombinedSearchVector(
                            django.contrib.postgres.search.SearchVector(
                                "subject", "author_name", "addressed_to", config="fr", weight="A"
                            ),
                            "||",
                            django.contrib.postgres.search.SearchVector("body", config="fr", weight="B"),
                            django.contrib.postgres.search.SearchConfig("fr"),
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
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
                    "thread",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="messaging.thread",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["establishment", "thread", "written_at"], name="message_by_thread"),
                    models.Index(fields=["establishment", "author_id", "written_at"], name="message_by_author"),
                    models.Index(
                        condition=models.Q(("state__in", ("waiting", "review"))),
                        fields=["establishment", "state"],
                        name="message_held",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("establishment", "author_id", "key"), name="one_message_a_letter")
                ],
            },
        ),
        migrations.CreateModel(
            name="WritingRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sender",
                    models.CharField(
                        choices=[
                            ("student", "Élèves"),
                            ("guardian", "Responsables"),
                            ("teacher", "Professeurs et AESH"),
                            ("school_life", "Vie scolaire"),
                            ("head", "Direction"),
                            ("office", "Administration"),
                            ("health", "Santé et social"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "recipient",
                    models.CharField(
                        choices=[
                            ("student", "Élèves"),
                            ("guardian", "Responsables"),
                            ("teacher", "Professeurs et AESH"),
                            ("school_life", "Vie scolaire"),
                            ("head", "Direction"),
                            ("office", "Administration"),
                            ("health", "Santé et social"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("none", "seulement pour répondre"),
                            ("delegate", "les délégués, dans leur classe"),
                            ("class", "dans leurs classes"),
                            ("any", "dans tout l’établissement"),
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("establishment", "group", "sender", "recipient"),
                        name="one_writing_rule",
                        nulls_distinct=False,
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="ClassDelegate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person_id", models.BigIntegerField()),
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("establishment", "group", "person_id"), name="one_class_delegate")
                ],
            },
        ),
        migrations.CreateModel(
            name="Addressee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(choices=[("to", "À"), ("cc", "Copie"), ("bcc", "Copie cachée")], max_length=3),
                ),
                ("kind", models.CharField(max_length=20)),
                ("target_id", models.BigIntegerField()),
                (
                    "party",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("student", "Élèves"),
                            ("guardian", "Responsables"),
                            ("teacher", "Professeurs et AESH"),
                            ("school_life", "Vie scolaire"),
                            ("head", "Direction"),
                            ("office", "Administration"),
                            ("health", "Santé et social"),
                        ],
                        max_length=20,
                    ),
                ),
                ("about_id", models.BigIntegerField(null=True)),
                ("label", models.CharField(max_length=200)),
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
                    "message",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="addressees",
                        to="messaging.message",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("establishment", "message", "kind", "target_id", "party", "about_id"),
                        name="one_addressee",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MessagingSuspension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=200)),
                ("started_by_id", models.BigIntegerField()),
                ("started_by_name", models.CharField(max_length=200)),
                ("started_at", models.DateTimeField()),
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
                "indexes": [models.Index(fields=["establishment", "group"], name="suspension_by_group")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("establishment", "group"),
                        name="one_suspension_at_a_time",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("harassment", "Harcèlement ou menace, envers moi ou quelqu’un d’autre"),
                            ("insult", "Insulte ou propos qui blessent"),
                            ("privacy", "Photo ou information privée"),
                            ("unwanted", "Message non voulu, chaîne ou publicité"),
                            ("other", "Autre chose"),
                        ],
                        max_length=12,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                ("reported_by_id", models.BigIntegerField()),
                ("reported_by_name", models.CharField(max_length=200)),
                ("reported_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("kept", "message laissé en place"),
                            ("hidden", "message retiré"),
                            ("warned", "auteur averti"),
                            ("passed_on", "transmis au CPE"),
                        ],
                        max_length=10,
                    ),
                ),
                ("handled_by_name", models.CharField(blank=True, max_length=200)),
                ("handled_at", models.DateTimeField(null=True)),
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
                    "message",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reports",
                        to="messaging.message",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("establishment", "message", "reported_by_id"), name="one_report_a_reader"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SchoolMessaging",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reviews_pupils", models.BooleanField(default=True)),
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
                "constraints": [models.UniqueConstraint(fields=("establishment",), name="one_school_messaging")],
            },
        ),
        BuildWalls(),
    ]
