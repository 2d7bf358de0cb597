import django.db.models.deletion
from django.db import migrations, models

from pupitre.establishments.walls import BuildWalls


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0003_found_by_contact"),
        ("establishments", "0001_initial"),
        ("gar", "0003_by_person"),
    ]

    operations = [
        migrations.AddField(
            model_name="report",
            name="delivery",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="reports", to="gar.delivery"
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="figures",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="report",
            name="is_cut",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="report",
            name="schools",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="report",
            name="unplaced",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="report",
            name="verdict",
            field=models.CharField(
                blank=True,
                choices=[
                    ("accepted", "Accepté"),
                    ("partly", "Accepté, avec des rejets"),
                    ("refused", "Rejeté"),
                    ("unknown", "Pas compris"),
                    ("damaged", "Ne s’ouvre pas"),
                ],
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="ReportLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("level", models.CharField(choices=[("refused", "Rejeté"), ("warned", "À vérifier")], max_length=8)),
                ("group_code", models.CharField(blank=True, max_length=40)),
                ("kind", models.CharField(blank=True, max_length=30)),
                ("code", models.CharField(blank=True, max_length=30)),
                ("message", models.CharField(blank=True, max_length=300)),
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
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="directory.person"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="gar.report"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        BuildWalls(),
    ]
