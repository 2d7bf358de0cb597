from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("discipline", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="sanction",
            name="notified_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="sanction",
            name="summoned_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="sanction",
            name="council_members",
            field=models.CharField(blank=True, max_length=600),
        ),
    ]
