from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("takeover", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="takeover",
            name="act_ids",
            field=models.JSONField(default=dict),
        ),
        migrations.AlterField(
            model_name="lineissue",
            name="thing",
            field=models.CharField(
                choices=[
                    ("absence", "Absences"),
                    ("lateness", "Retards"),
                    ("infirmary", "Passages à l’infirmerie"),
                    ("incident", "Incidents"),
                    ("punishment", "Punitions"),
                    ("sanction", "Sanctions"),
                    ("other", "Autres (dispenses, observations…)"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="takeover",
            name="thing",
            field=models.CharField(
                blank=True,
                choices=[
                    ("absence", "Absences"),
                    ("lateness", "Retards"),
                    ("infirmary", "Passages à l’infirmerie"),
                    ("incident", "Incidents"),
                    ("punishment", "Punitions"),
                    ("sanction", "Sanctions"),
                    ("other", "Autres (dispenses, observations…)"),
                ],
                max_length=10,
            ),
        ),
    ]
