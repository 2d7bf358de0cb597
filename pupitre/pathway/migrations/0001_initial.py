import django.db.models.deletion
from django.db import migrations, models

import pupitre.establishments.scope
from pupitre.establishments.walls import BuildWalls


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0002_second_factor"),
        ("establishments", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="FollowUpNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("team", "Professeur principal, CPE et direction"),
                            ("office", "CPE et direction"),
                            ("author", "Moi, et personne d’autre"),
                        ],
                        default="team",
                        max_length=6,
                    ),
                ),
                ("text", models.CharField(max_length=1000)),
                ("author_id", models.BigIntegerField()),
                ("author_name", models.CharField(max_length=120)),
                ("written_at", models.DateTimeField()),
                ("keep_until_on", models.DateField()),
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
                        related_name="follow_up_notes",
                        to="directory.student",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["establishment", "student", "written_at"], name="note_by_student"),
                    models.Index(fields=["establishment", "keep_until_on"], name="note_by_end"),
                ],
            },
        ),
        BuildWalls(),
    ]
