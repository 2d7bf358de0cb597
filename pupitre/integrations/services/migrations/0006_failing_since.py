from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("services", "0005_read_for")]

    operations = [migrations.AddField("connector", "failing_since_at", models.DateTimeField(null=True))]
