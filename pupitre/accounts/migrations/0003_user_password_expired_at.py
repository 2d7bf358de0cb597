from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("accounts", "0002_user_closed_at"),)

    operations = (migrations.AddField("user", "password_expired_at", models.DateTimeField(null=True)),)
