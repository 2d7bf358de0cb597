"""What the database needs before any room: text search without accents, the door of the hot pages, a walled journal."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

# A hot page opens its school and reads it in one statement: the function is called in a materialised CTE, whose row
# every sub-select depends on, so that the policies read the setting after it is made. Local to the transaction.
OPEN_WALL = """
create function open_wall(establishment bigint) returns bigint language plpgsql volatile as $$
begin
  perform set_config('pupitre.establishment', establishment::text, true);
  return establishment;
end $$
"""

# Anyone may write a line; only the open school's lines are read; nobody but the owner changes or removes one.
JOURNAL = [
    "alter table foundation_auditentry enable row level security",
    "create policy journal_write on foundation_auditentry for insert with check (true)",
    """create policy journal_read on foundation_auditentry for select using (
  establishment_id is null
  or establishment_id = (select nullif(current_setting('pupitre.establishment', true), '')::bigint))""",
]
JOURNAL_BACK = [
    "drop policy journal_read on foundation_auditentry",
    "drop policy journal_write on foundation_auditentry",
    "alter table foundation_auditentry disable row level security",
]


class Migration(migrations.Migration):
    dependencies = (("foundation", "0001_initial"),)

    operations = (
        UnaccentExtension(),
        TrigramExtension(),
        BtreeGistExtension(),
        migrations.RunSQL(OPEN_WALL, "drop function open_wall(bigint)"),
        migrations.RunSQL(";\n".join(JOURNAL), ";\n".join(JOURNAL_BACK)),
    )
