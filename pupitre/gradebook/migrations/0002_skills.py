import django.db.models.deletion
from django.db import migrations, models

import pupitre.establishments.scope
from pupitre.establishments.walls import BuildWalls


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0001_initial"),
        ("establishments", "0001_initial"),
        ("gradebook", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="AssessedSkill",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("skill", models.CharField(max_length=24)),
                (
                    "assessment",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="skills",
                        to="gradebook.assessment",
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
                    models.UniqueConstraint(fields=("establishment", "assessment", "skill"), name="one_link_to_a_skill")
                ],
            },
        ),
        migrations.CreateModel(
            name="SchoolSkill",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "domain",
                    models.CharField(
                        choices=[
                            ("CPD_FRA", "Langue française à l’oral et à l’écrit"),
                            ("CPD_ETR", "Langues étrangères ou régionales"),
                            ("CPD_SCI", "Langages mathématiques, scientifiques et informatiques"),
                            ("CPD_ART", "Langages des arts et du corps"),
                            ("MET_APP", "Méthodes et outils pour apprendre"),
                            ("FRM_CIT", "Formation de la personne et du citoyen"),
                            ("SYS_NAT", "Systèmes naturels et systèmes techniques"),
                            ("REP_MND", "Représentations du monde et activité humaine"),
                        ],
                        max_length=7,
                    ),
                ),
                ("label", models.CharField(max_length=160)),
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("establishment", "domain", "label"), name="one_school_skill_a_label"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SkillLevel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("skill", models.CharField(max_length=24)),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Maîtrise insuffisante"),
                            (2, "Maîtrise fragile"),
                            (3, "Maîtrise satisfaisante"),
                            (4, "Très bonne maîtrise"),
                        ]
                    ),
                ),
                ("noted_by_id", models.BigIntegerField(null=True)),
                ("noted_at", models.DateTimeField()),
                (
                    "assessment",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="levels",
                        to="gradebook.assessment",
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
                        related_name="levels",
                        to="directory.student",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["establishment", "student"], name="level_by_student")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("establishment", "assessment", "student", "skill"), name="one_level_a_student"
                    ),
                    models.CheckConstraint(condition=models.Q(("level__range", (1, 4))), name="four_levels"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SkillMode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("skill", models.CharField(max_length=24)),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("last", "Les dernières"),
                            ("best", "La meilleure"),
                            ("n_best", "Les meilleures"),
                            ("mean", "Toutes"),
                            ("progressive", "Toutes, les plus récentes pèsent plus"),
                        ],
                        default="last",
                        max_length=11,
                    ),
                ),
                ("count", models.PositiveSmallIntegerField(default=3)),
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
                    models.UniqueConstraint(fields=("establishment", "skill"), name="one_mode_a_skill"),
                    models.CheckConstraint(condition=models.Q(("count__range", (1, 20))), name="a_few_levels_count"),
                ],
            },
        ),
        BuildWalls(),
    ]
