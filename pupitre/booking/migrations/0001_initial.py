import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

import pupitre.establishments.scope
from pupitre.establishments.walls import BuildWalls


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0001_initial"),
        ("establishments", "0001_initial"),
        ("timetable", "0004_substitution"),
    ]

    operations = [
        migrations.CreateModel(
            name="Equipment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                ("place", models.CharField(blank=True, max_length=60)),
                ("most_lessons", models.PositiveSmallIntegerField(null=True)),
                ("is_lent", models.BooleanField(default=True)),
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
                "constraints": [models.UniqueConstraint(fields=("establishment", "name"), name="one_equipment_a_name")]
            },
        ),
        migrations.CreateModel(
            name="Booking",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("purpose", models.CharField(max_length=80)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("series", models.UUIDField(null=True)),
                ("booked_at", models.DateTimeField()),
                (
                    "booked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.person"
                    ),
                ),
                (
                    "classroom",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="timetable.classroom",
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
                    "equipment",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="booking.equipment",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["establishment", "ends_at"], name="booking_by_end"),
                    models.Index(
                        condition=models.Q(("series", None), _negated=True),
                        fields=["establishment", "series"],
                        name="booking_by_series",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="booking_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("classroom", None), ("equipment__isnull", False)),
                            models.Q(("classroom__isnull", False), ("equipment", None)),
                            _connector="OR",
                        ),
                        name="a_room_or_an_equipment",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("establishment", "="),
                            ("classroom", "="),
                            (
                                models.Func(
                                    models.F("starts_at"),
                                    models.F("ends_at"),
                                    django.contrib.postgres.fields.ranges.RangeBoundary(
                                        inclusive_lower=True, inclusive_upper=False
                                    ),
                                    function="TSTZRANGE",
                                    output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="one_booking_a_room",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("establishment", "="),
                            ("equipment", "="),
                            (
                                models.Func(
                                    models.F("starts_at"),
                                    models.F("ends_at"),
                                    django.contrib.postgres.fields.ranges.RangeBoundary(
                                        inclusive_lower=True, inclusive_upper=False
                                    ),
                                    function="TSTZRANGE",
                                    output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="one_booking_an_equipment",
                    ),
                ],
            },
        ),
        BuildWalls(),
    ]
