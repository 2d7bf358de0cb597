import django.db.models.deletion
from django.db import migrations, models

import pupitre.establishments.scope
from pupitre.establishments.walls import BuildWalls


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0001_initial"),
        ("establishments", "0001_initial"),
        ("imports", "0002_produced"),
    ]

    operations = [
        migrations.AlterField(
            model_name="difference",
            name="kind",
            field=models.CharField(
                choices=[
                    ("new_student", "Nouvel élève"),
                    ("new_guardian", "Nouveau responsable"),
                    ("new_staff", "Nouveau personnel"),
                    ("same_person", "Même personne, peut-être"),
                    ("changed_class", "Classe"),
                    ("changed_groups", "Groupes"),
                    ("changed_regime", "Régime"),
                    ("changed_identity", "Identité"),
                    ("changed_schooling", "Scolarité"),
                    ("changed_contact", "Coordonnées"),
                    ("changed_id", "Identifiant"),
                    ("new_link", "Responsable ajouté"),
                    ("changed_link", "Responsabilité"),
                    ("removed_link", "Responsable retiré"),
                    ("changed_staff", "Fonction"),
                    ("form_teacher", "Professeur principal"),
                    ("left_student", "Élève parti"),
                    ("missing_student", "Élève absent du fichier"),
                    ("left_staff", "Personnel parti"),
                    ("new_group", "Classe ou groupe nouveau"),
                    ("changed_group", "Classe ou groupe renommé"),
                    ("ended_group", "Classe ou groupe supprimé"),
                    ("subject", "Matière"),
                    ("programme", "Formation"),
                    ("calendar", "Calendrier"),
                    ("new_course", "Enseignement nouveau"),
                    ("changed_course", "Enseignants d’un cours"),
                    ("ended_course", "Enseignement supprimé"),
                    ("new_lesson", "Cours ajouté"),
                    ("moved_lesson", "Cours déplacé"),
                    ("changed_lesson", "Salle, enseignant ou semaines"),
                    ("removed_lesson", "Cours retiré"),
                    ("changed_timetable", "Horaires"),
                ],
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="Correspondence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=12)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("group", "Classe ou groupe"),
                            ("subject", "Matière"),
                            ("teacher", "Enseignant"),
                            ("classroom", "Salle"),
                            ("weeks", "Semaines"),
                        ],
                        max_length=10,
                    ),
                ),
                ("outside", models.CharField(max_length=120)),
                (
                    "verdict",
                    models.CharField(
                        choices=[("same", "C’est"), ("create", "Créer"), ("ignore", "Ignorer")], max_length=6
                    ),
                ),
                ("value", models.CharField(blank=True, max_length=40)),
                ("decided_at", models.DateTimeField()),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="directory.person"
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
                    models.UniqueConstraint(
                        fields=("establishment", "source", "kind", "outside"), name="one_correspondence"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MatchQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=12)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("group", "Classe ou groupe"),
                            ("subject", "Matière"),
                            ("teacher", "Enseignant"),
                            ("classroom", "Salle"),
                            ("weeks", "Semaines"),
                        ],
                        max_length=10,
                    ),
                ),
                ("outside", models.CharField(max_length=120)),
                ("label", models.CharField(max_length=120)),
                ("lessons", models.PositiveIntegerField(default=0)),
                ("may_create", models.BooleanField(default=True)),
                ("candidates", models.JSONField(default=list)),
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
                    "job",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="imports.importjob",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("establishment", "job", "source", "kind", "outside"), name="one_question"
                    )
                ],
            },
        ),
        BuildWalls(),
    ]
