from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0003_found_by_contact")]

    operations = [
        migrations.AddField(
            model_name="programme",
            name="stat",
            field=models.CharField(blank=True, default="", max_length=11),
            preserve_default=False,
        ),
    ]
