from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0001_initial"),
        ("notifications", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="mute",
            name="one_mute",
        ),
        migrations.AddField(
            model_name="mute",
            name="author_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="mute",
            name="author_name",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="notification",
            name="author_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="notification",
            name="author_name",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddConstraint(
            model_name="mute",
            constraint=models.UniqueConstraint(
                fields=("person", "child", "kind", "author_id"), name="one_mute", nulls_distinct=False
            ),
        ),
    ]
