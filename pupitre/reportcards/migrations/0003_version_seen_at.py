from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("reportcards", "0002_past_cards"),)

    operations = (migrations.AddField("reportversion", "seen_at", models.DateTimeField(null=True)),)
