import django.db.models.deletion
from django.db import migrations, models

import pupitre.establishments.scope
from pupitre.establishments.walls import BuildWalls


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0001_initial"),
        ("establishments", "0001_initial"),
        ("files", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="News",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Brouillon"),
                            ("submitted", "À relire"),
                            ("refused", "Non retenue"),
                            ("published", "Publiée"),
                            ("withdrawn", "Retirée"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("summary", models.CharField(blank=True, max_length=300)),
                ("body", models.TextField()),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("life", "Vie de l’établissement"),
                            ("practical", "Infos pratiques"),
                            ("outing", "Sorties et projets"),
                            ("culture", "Culture et clubs"),
                            ("orientation", "Orientation"),
                            ("health", "Santé et prévention"),
                            ("administration", "Administration"),
                        ],
                        default="life",
                        max_length=14,
                    ),
                ),
                ("picture_text", models.CharField(blank=True, max_length=200)),
                ("author_name", models.CharField(max_length=120)),
                ("written_at", models.DateTimeField()),
                ("corrected_at", models.DateTimeField(null=True)),
                ("starts_at", models.DateTimeField(null=True)),
                ("ends_on", models.DateField(null=True)),
                ("told_at", models.DateTimeField(null=True)),
                ("refusal", models.CharField(blank=True, max_length=300)),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Aucune réponse"),
                            ("acknowledge", "«\xa0J’ai lu\xa0»"),
                            ("one", "Un choix"),
                            ("several", "Plusieurs choix"),
                            ("text", "Quelques mots"),
                        ],
                        max_length=12,
                    ),
                ),
                ("choices", models.JSONField(default=list)),
                ("is_anonymous", models.BooleanField(default=False)),
                ("last_answer_on", models.DateField(null=True)),
                ("reminded_at", models.DateTimeField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.person",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.person"
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
                    "picture",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["establishment", "state", "starts_at"], name="news_in_time"),
                    models.Index(fields=["establishment", "author"], name="news_by_author"),
                    models.Index(fields=["establishment", "picture"], name="news_by_picture"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("picture", None), models.Q(("picture_text", ""), _negated=True), _connector="OR"
                        ),
                        name="a_picture_says_what_it_shows",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NewsAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("answered_at", models.DateTimeField(null=True)),
                ("chosen", models.JSONField(default=list)),
                ("text", models.CharField(blank=True, max_length=1000)),
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
                    "news",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="news.news",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="directory.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("establishment", "news", "person"), name="one_news_answer")
                ]
            },
        ),
        migrations.CreateModel(
            name="NewsReading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("read_at", models.DateTimeField()),
                ("has_answered", models.BooleanField(default=False)),
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
                    "news",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readings",
                        to="news.news",
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
                    models.UniqueConstraint(fields=("establishment", "news", "person"), name="one_news_reading")
                ]
            },
        ),
        migrations.CreateModel(
            name="NewsRules",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reads_over", models.BooleanField(default=True)),
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
            options={"constraints": [models.UniqueConstraint(fields=("establishment",), name="one_news_rules")]},
        ),
        migrations.CreateModel(
            name="NewsTarget",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "profile",
                    models.CharField(
                        choices=[
                            ("student", "Élève"),
                            ("guardian", "Responsable"),
                            ("teacher", "Enseignant"),
                            ("school_life", "Vie scolaire"),
                            ("head", "Direction"),
                            ("administrative", "Administration"),
                            ("health", "Santé et social"),
                            ("support", "AESH"),
                            ("guest", "Invité"),
                            ("local_admin", "Référent numérique"),
                            ("academy_admin", "Académie"),
                        ],
                        max_length=20,
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
                (
                    "news",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="targets",
                        to="news.news",
                    ),
                ),
                (
                    "student",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="directory.student",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("establishment", "news", "profile", "group", "student"),
                        name="one_news_target",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("group", None), ("student", None), _connector="OR"),
                        name="a_group_or_a_child",
                    ),
                ]
            },
        ),
        BuildWalls(),
    ]
