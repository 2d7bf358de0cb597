import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from pupitre.establishments.walls import BuildWalls


class Migration(migrations.Migration):
    initial = True
    dependencies = [("directory", "0002_second_factor"), ("establishments", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Access",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ent_id", models.CharField(max_length=40, unique=True)),
                (
                    "academies",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=3), size=None),
                ),
                ("sftp_host", models.CharField(blank=True, max_length=200)),
                ("sftp_port", models.PositiveIntegerField(default=22)),
                ("sftp_user", models.CharField(blank=True, max_length=100)),
                ("sftp_folder", models.CharField(blank=True, max_length=200)),
                ("reports_folder", models.CharField(blank=True, max_length=200)),
                ("host_key", models.TextField(blank=True)),
                ("sealed_key", models.BinaryField(default=b"")),
                ("public_key", models.TextField(blank=True)),
                ("resources_url", models.CharField(blank=True, max_length=300)),
                ("certificate", models.TextField(blank=True)),
                ("sealed_certificate_key", models.BinaryField(default=b"")),
                ("is_on", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("making", "En préparation"),
                            ("sent", "Déposée"),
                            ("made", "Vérifiée, pas déposée"),
                            ("held", "Retenue"),
                            ("failed", "Échec"),
                        ],
                        default="making",
                        max_length=10,
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=40)),
                ("where", models.CharField(blank=True, max_length=120)),
                ("name", models.CharField(blank=True, max_length=80)),
                ("files", models.PositiveIntegerField(default=0)),
                ("size", models.PositiveBigIntegerField(default=0)),
                ("md5", models.CharField(blank=True, max_length=32)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("counts", models.JSONField(default=dict)),
                (
                    "schools",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8), default=list, size=None
                    ),
                ),
                ("is_judged", models.BooleanField(default=False)),
                (
                    "access",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="gar.access",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="directory.person"
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["access", "-started_at"], name="gar_delivery_by_date")]},
        ),
        migrations.CreateModel(
            name="Enrolment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("enrolled_at", models.DateTimeField()),
                (
                    "enrolled_by",
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
            options={"constraints": [models.UniqueConstraint(fields=("establishment",), name="one_gar_enrolment")]},
        ),
        migrations.CreateModel(
            name="Favourite",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=220)),
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
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="directory.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("establishment", "person", "key"), name="one_favourite")
                ]
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("size", models.PositiveIntegerField()),
                ("data", models.BinaryField()),
                ("received_at", models.DateTimeField()),
                (
                    "access",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reports",
                        to="gar.access",
                    ),
                ),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("access", "name"), name="one_gar_report_a_name")]},
        ),
        migrations.CreateModel(
            name="SchoolDelivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("students", models.PositiveIntegerField()),
                ("staff", models.PositiveIntegerField()),
                ("groups", models.PositiveIntegerField()),
                ("assigners", models.PositiveIntegerField()),
                ("left_out", models.JSONField(default=list)),
                (
                    "delivery",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="gar.delivery"),
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
                    models.UniqueConstraint(fields=("establishment", "delivery"), name="one_gar_school_delivery")
                ]
            },
        ),
        migrations.CreateModel(
            name="Assigner",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("named_at", models.DateTimeField()),
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
                    "named_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="directory.person"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="directory.person",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("establishment", "person"), name="one_gar_assigner")]
            },
        ),
        BuildWalls(),
    ]
