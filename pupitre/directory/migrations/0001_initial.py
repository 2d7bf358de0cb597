import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import pupitre.establishments.scope
from pupitre.establishments.walls import BuildWalls


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("foundation", "0002_second_wall"),
        ("establishments", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Group",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("division", "Classe"), ("group", "Groupe"), ("part", "Partie de classe")],
                        max_length=10,
                    ),
                ),
                ("code", models.CharField(max_length=20)),
                ("label", models.CharField(max_length=60)),
                ("ends_on", models.DateField(null=True)),
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
                    "school_year",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="groups",
                        to="establishments.schoolyear",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("establishment", "school_year", "code"), name="one_group_a_code")
                ]
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("last_name", models.CharField(max_length=100)),
                ("usage_name", models.CharField(blank=True, max_length=100)),
                ("first_name", models.CharField(blank=True, max_length=100)),
                ("display_name", models.CharField(max_length=200)),
                ("formal_name", models.CharField(max_length=120)),
                ("sort_key", models.CharField(max_length=200)),
                ("sex", models.CharField(blank=True, max_length=1)),
                ("birth_date", models.DateField(null=True)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("mobile", models.CharField(blank=True, max_length=20)),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("accepts_sms", models.BooleanField(default=False)),
                ("is_organisation", models.BooleanField(default=False)),
                (
                    "user",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="person",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["sort_key"], name="person_by_name", opclasses=["text_pattern_ops"])]
            },
        ),
        migrations.CreateModel(
            name="Guardianship",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Responsable légal"), (2, "Personne en charge"), (3, "Contact")]
                    ),
                ),
                (
                    "relation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("10", "Mère"),
                            ("20", "Père"),
                            ("37", "Frère ou sœur"),
                            ("38", "Ascendant"),
                            ("39", "Autre membre de la famille"),
                            ("41", "Éducateur"),
                            ("42", "Assistant familial"),
                            ("43", "Garde d’enfant"),
                            ("50", "Tuteur"),
                            ("51", "Aide sociale à l’enfance"),
                            ("70", "L’élève lui-même"),
                            ("90", "Autre lien"),
                            ("", "Lien non précisé"),
                        ],
                        max_length=2,
                    ),
                ),
                ("pays_fees", models.BooleanField(default=False)),
                ("lodges", models.BooleanField(default=False)),
                ("contact_first", models.BooleanField(default=False)),
                ("is_restricted", models.BooleanField(default=False)),
                ("source", models.CharField(max_length=20)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                (
                    "establishment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="establishments.establishment"
                    ),
                ),
                (
                    "guardian",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="wards", to="directory.person"
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="guardianships", to="directory.person"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["guardian"], name="guardianship_by_guardian")],
                "constraints": [
                    models.UniqueConstraint(fields=("establishment", "student", "guardian"), name="one_guardianship")
                ],
            },
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("capability", models.CharField(max_length=60)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                (
                    "establishment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="establishments.establishment"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="grants", to="directory.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("establishment", "person", "capability"), name="one_grant_a_capability"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="FormTeacher",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="form_teachers",
                        to="directory.group",
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
                    models.UniqueConstraint(fields=("establishment", "group", "person"), name="one_form_teacher")
                ]
            },
        ),
        migrations.CreateModel(
            name="ExternalId",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("ine", "Ine"),
                            ("siecle_student", "Siecle Student"),
                            ("siecle_person", "Siecle Person"),
                            ("private_student", "Private Student"),
                            ("sts_epp", "Sts Epp"),
                            ("sts_local", "Sts Local"),
                            ("aaf", "Aaf"),
                            ("fregata", "Fregata"),
                            ("onde", "Onde"),
                            ("csv", "Csv"),
                        ],
                        max_length=20,
                    ),
                ),
                ("namespace", models.CharField(max_length=20)),
                ("value", models.CharField(max_length=60)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="external_ids", to="directory.person"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["source", "namespace", "value"], name="external_id_lookup")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("source", "ine"), _negated=True),
                        fields=("source", "namespace", "value"),
                        name="one_person_an_external_id",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Affiliation",
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
                ("function", models.CharField(blank=True, max_length=80)),
                ("source", models.CharField(max_length=20)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                (
                    "establishment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="affiliations",
                        to="establishments.establishment",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="affiliations", to="directory.person"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person"], name="affiliation_by_person")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("establishment", "person", "profile"), name="one_affiliation_a_profile"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Programme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mef", models.CharField(max_length=11)),
                ("label", models.CharField(max_length=60)),
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
                "constraints": [models.UniqueConstraint(fields=("establishment", "mef"), name="one_programme_a_mef")]
            },
        ),
        migrations.CreateModel(
            name="Student",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ine", models.CharField(blank=True, max_length=11)),
                ("mef", models.CharField(blank=True, max_length=11)),
                (
                    "status",
                    models.CharField(choices=[("ST", "Scolaire"), ("AP", "Apprenti")], default="ST", max_length=2),
                ),
                ("boarding_code", models.CharField(blank=True, max_length=2)),
                ("entered_on", models.DateField(null=True)),
                ("left_on", models.DateField(null=True)),
                ("exit_reason", models.CharField(blank=True, max_length=2)),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="schoolings", to="directory.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("establishment", "person"), name="one_schooling_a_school")
                ]
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="directory.group",
                    ),
                ),
                (
                    "student",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="directory.student",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["establishment", "group"], name="membership_by_group")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("establishment", "student", "group", "starts_on"), name="one_membership"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Subject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=6)),
                ("short_code", models.CharField(blank=True, max_length=10)),
                ("short_label", models.CharField(blank=True, max_length=40)),
                ("label", models.CharField(max_length=80)),
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
                "constraints": [models.UniqueConstraint(fields=("establishment", "code"), name="one_subject_a_code")]
            },
        ),
        migrations.RunSQL(
            "create index person_by_likeness on directory_person using gin (sort_key gin_trgm_ops)",
            "drop index person_by_likeness",
        ),
        BuildWalls(),
    ]
