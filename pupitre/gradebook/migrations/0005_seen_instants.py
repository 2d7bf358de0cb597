from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("gradebook", "0004_taken_averages"),)

    operations = (
        migrations.AddField("studentmark", "student_sees_at", models.DateTimeField(null=True)),
        migrations.AddField("studentmark", "guardian_sees_at", models.DateTimeField(null=True)),
        migrations.AddField("finalaverage", "student_sees_at", models.DateTimeField(null=True)),
        migrations.AddField("finalaverage", "guardian_sees_at", models.DateTimeField(null=True)),
    )
