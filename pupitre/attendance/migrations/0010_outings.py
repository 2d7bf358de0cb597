from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("attendance", "0009_exit_requests"),
    ]

    operations = [
        migrations.AddField(
            model_name="absenceentry",
            name="outing_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddIndex(
            model_name="absenceentry",
            index=models.Index(
                condition=models.Q(("outing_id__isnull", False)),
                fields=["establishment", "outing_id"],
                name="entry_by_outing",
            ),
        ),
    ]
