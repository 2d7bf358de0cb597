from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("gar", "0002_ent_number")]
    operations = [
        migrations.AddIndex(
            model_name="assigner", index=models.Index(fields=["person"], name="gar_assigner_by_person")
        ),
        migrations.AddIndex(model_name="favourite", index=models.Index(fields=["person"], name="favourite_by_person")),
    ]
