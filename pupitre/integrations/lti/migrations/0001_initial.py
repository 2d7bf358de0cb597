import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import pupitre.establishments.scope
from pupitre.establishments.walls import BuildWalls


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0002_second_factor"),
        ("establishments", "0001_initial"),
        ("services", "0004_lti"),
        ("timetable", "0005_placements"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tool",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("client_id", models.CharField(max_length=40, unique=True)),
                ("login_url", models.CharField(blank=True, max_length=1000)),
                (
                    "redirect_uris",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=1000), default=list, size=None
                    ),
                ),
                ("target_url", models.CharField(blank=True, max_length=1000)),
                ("picking_url", models.CharField(blank=True, max_length=1000)),
                ("jwks_url", models.CharField(blank=True, max_length=1000)),
                ("keys", models.JSONField(null=True)),
                ("keys_read_at", models.DateTimeField(null=True)),
                ("may_mark", models.BooleanField(default=True)),
                ("may_list", models.BooleanField(default=False)),
                (
                    "service",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lti", to="services.service"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Launch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("opening", "Opening"), ("picking", "Picking")], max_length=8)),
                ("digest", models.BinaryField(max_length=32, unique=True)),
                ("session_key", models.CharField(max_length=40)),
                ("course_id", models.BigIntegerField()),
                ("link_id", models.BigIntegerField(null=True)),
                ("expires_at", models.DateTimeField(db_index=True)),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "establishment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="establishments.establishment"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="directory.person"
                    ),
                ),
                (
                    "tool",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="lti.tool"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AccessToken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.BinaryField(max_length=32, unique=True)),
                ("scope", models.CharField(max_length=500)),
                ("expires_at", models.DateTimeField(db_index=True)),
                (
                    "tool",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="lti.tool"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ToolLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(unique=True)),
                ("title", models.CharField(max_length=120)),
                ("description", models.CharField(blank=True, max_length=500)),
                ("target_url", models.CharField(max_length=1000)),
                ("custom", models.JSONField(default=dict)),
                ("placed_by_id", models.BigIntegerField(null=True)),
                ("placed_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "course",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tool_links",
                        to="timetable.course",
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
                    "tool",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="lti.tool"),
                ),
            ],
            options={"indexes": [models.Index(fields=["establishment", "course", "tool"], name="tool_link_by_course")]},
        ),
        migrations.CreateModel(
            name="LineItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(unique=True)),
                ("label", models.CharField(max_length=255)),
                ("maximum", models.DecimalField(decimal_places=2, max_digits=7)),
                ("resource_id", models.CharField(blank=True, max_length=255)),
                ("tag", models.CharField(blank=True, max_length=255)),
                ("made_at", models.DateTimeField()),
                (
                    "course",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="timetable.course",
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
                    "tool",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="lti.tool"),
                ),
                (
                    "link",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="line_items",
                        to="lti.toollink",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["establishment", "course", "tool"], name="line_item_by_course"),
                    models.Index(fields=["establishment", "link"], name="line_item_by_link"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("maximum__gt", 0)), name="line_item_out_of_something")
                ],
            },
        ),
        migrations.CreateModel(
            name="SeenProof",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.BinaryField(max_length=32)),
                ("expires_at", models.DateTimeField(db_index=True)),
                (
                    "tool",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="lti.tool"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("tool", "digest"), name="one_proof_a_tool")],
            },
        ),
        BuildWalls(),
    ]
