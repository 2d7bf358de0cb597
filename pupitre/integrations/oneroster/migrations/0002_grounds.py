from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("oneroster", "0001_initial")]
    operations = [
        migrations.AddField("rosterfile", "grounds", models.CharField(blank=True, max_length=64)),
        migrations.RemoveField("rosterfile", "has_ine"),
    ]
