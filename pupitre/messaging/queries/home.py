"""What the frame and the home of a person say of their messages."""

# What came about a child counts while the child is theirs; what came in a school, while they are of it.
_DAY = "(%(now)s::timestamptz at time zone 'Europe/Paris')::date"
UNREAD = f"""(select count(*) from (
  select from messaging_mailboxentry e
  where e.person_id = p.id and e.read_at is null and e.place in ('inbox', 'folder') and e.visible_at <= %(now)s
    and exists (select from directory_affiliation a where a.person_id = p.id and a.establishment_id = e.establishment_id
      and {_DAY} between a.starts_on and coalesce(a.ends_on, 'infinity'))
    and (e.child_ids = '{{}}' or exists (select from directory_guardianship k
      where k.guardian_id = p.id and k.establishment_id = e.establishment_id and k.student_id = any(e.child_ids)
        and k.level < 3 and not k.is_restricted and {_DAY} between k.starts_on and coalesce(k.ends_on, 'infinity')))
  limit 99) unread)"""  # noqa: S608
"""How many letters a person `p` has not read, 99 at most."""
