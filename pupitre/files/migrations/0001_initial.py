import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import pupitre.establishments.scope
from pupitre.establishments.walls import BuildWalls


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0001_initial"),
        ("establishments", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Blob",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("key", models.CharField(max_length=100)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("unscanned", "Non vérifié : aucun antivirus"),
                            ("pending", "Attend l’antivirus"),
                            ("scanned", "Vérifié"),
                            ("blocked", "Bloqué : un virus s’y trouve"),
                        ],
                        max_length=10,
                    ),
                ),
                ("preview", models.CharField(blank=True, max_length=110)),
                ("created_at", models.DateTimeField()),
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
                "constraints": [models.UniqueConstraint(fields=("establishment", "sha256"), name="one_blob_a_content")]
            },
        ),
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=150)),
                ("content_type", models.CharField(max_length=100)),
                ("purpose", models.CharField(blank=True, max_length=60)),
                ("created_at", models.DateTimeField()),
                (
                    "blob",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="files.blob",
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
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="directory.person",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["establishment", "owner"], name="file_by_owner"),
                    models.Index(fields=["establishment", "blob"], name="file_by_blob"),
                ]
            },
        ),
        migrations.CreateModel(
            name="FileReference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("target", models.CharField(max_length=60)),
                ("target_id", models.BigIntegerField()),
                ("position", models.PositiveSmallIntegerField(default=0)),
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
                    "file",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="references",
                        to="files.storedfile",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["establishment", "file"], name="reference_by_file")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("establishment", "target", "target_id", "file"), name="one_reference"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=150)),
                ("purpose", models.CharField(blank=True, max_length=60)),
                ("size", models.PositiveBigIntegerField()),
                ("received", models.PositiveBigIntegerField(default=0)),
                (
                    "parts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120), default=list, size=None
                    ),
                ),
                ("key", models.CharField(max_length=100)),
                ("fingerprint", models.CharField(blank=True, max_length=64)),
                ("created_at", models.DateTimeField()),
                ("touched_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
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
                    "file",
                    pupitre.establishments.scope.OwnedForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="directory.person",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["establishment", "owner"], name="upload_by_owner"),
                    models.Index(fields=["establishment", "file"], name="upload_by_file"),
                    models.Index(fields=["establishment", "expires_at"], name="upload_by_end"),
                ]
            },
        ),
        BuildWalls(),
    ]
