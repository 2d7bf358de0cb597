"""The refusals of a provider are read by its page among the lines of no school, where each sign-on of the server is written."""

from django.db import migrations

BY_PROVIDER = """create index if not exists federation_refusals on foundation_auditentry (target_id, at desc)
where establishment_id is null and verb = 'federation.refuse'"""


class Migration(migrations.Migration):
    dependencies = (("federation", "0001_initial"), ("foundation", "0002_second_wall"))

    operations = (migrations.RunSQL(BY_PROVIDER, "drop index if exists federation_refusals"),)
