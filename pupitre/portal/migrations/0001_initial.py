import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from pupitre.establishments.walls import BuildWalls


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0001_initial"),
        ("establishments", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="PersonLayout",
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
                    "blocks",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), default=list, size=None
                    ),
                ),
                (
                    "hidden",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), default=list, size=None
                    ),
                ),
                (
                    "imports_window",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "les plus récents"),
                            ("visit", "depuis ma dernière visite"),
                            ("7", "les 7 derniers jours"),
                            ("14", "les 14 derniers jours"),
                            ("30", "les 30 derniers jours"),
                        ],
                        max_length=5,
                    ),
                ),
                ("visited_on", models.DateField(null=True)),
                ("previous_visit_on", models.DateField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="directory.person"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("person", "profile"), name="one_person_layout")],
            },
        ),
        migrations.CreateModel(
            name="SchoolLayout",
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
                    "blocks",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), default=list, size=None
                    ),
                ),
                (
                    "hidden",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), default=list, size=None
                    ),
                ),
                (
                    "locked",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), default=list, size=None
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
                    models.UniqueConstraint(fields=("establishment", "profile"), name="one_school_layout"),
                    models.CheckConstraint(
                        condition=models.Q(("hidden__overlap", models.F("locked")), _negated=True),
                        name="imposed_blocks_are_shown",
                    ),
                ],
            },
        ),
        BuildWalls(),
    ]
