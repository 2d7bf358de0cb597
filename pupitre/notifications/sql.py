"""Statements that carry hundreds of notices at once."""

# One row a recipient. It counts in the menu unless the person silenced the kind, or the child, for a time.
WRITE = """
insert into notifications_notification (person_id, establishment_id, child_id, child_name, kind, title, body, url,
  group_key, one, many, is_urgent, is_counted, created_at, visible_at)
select r.person, %(establishment)s, r.child, coalesce(nullif(c.first_name, ''), c.display_name, ''), %(kind)s, %(title)s,
  %(body)s, %(url)s, %(group_key)s, %(one)s, %(many)s, %(is_urgent)s,
  not exists (select from notifications_mute m where m.person_id = r.person and m.until_at > r.visible
    and m.kind in ('', %(kind)s) and (m.child_id is null or m.child_id = r.child)),
  %(now)s, r.visible
from unnest(%(people)s::bigint[], %(children)s::bigint[], %(instants)s::timestamptz[]) as r(person, child, visible)
left join directory_person c on c.id = r.child
"""
