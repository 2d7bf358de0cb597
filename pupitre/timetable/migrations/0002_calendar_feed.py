import django.db.models.deletion
from django.db import migrations, models

from pupitre.establishments.walls import BuildWalls


class Migration(migrations.Migration):
    dependencies = (
        ("directory", "0001_initial"),
        ("establishments", "0001_initial"),
        ("timetable", "0001_initial"),
    )

    operations = (
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("nonce", models.CharField(max_length=22)),
                ("opened_at", models.DateTimeField()),
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
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="directory.person"
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="directory.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("establishment", "reader", "student"), name="one_feed_a_week", nulls_distinct=False
                    )
                ],
            },
        ),
        BuildWalls(),
    )
