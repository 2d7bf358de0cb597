from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("oidc", "0001_initial")]

    operations = [
        migrations.AlterField(model_name="grant", name="scope", field=models.CharField(max_length=400)),
        migrations.AddField(model_name="grant", name="is_lasting", field=models.BooleanField(default=False)),
    ]
