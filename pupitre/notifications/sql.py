"""Statements that carry hundreds of notices at once, and the numbers of open pages."""

from pupitre.directory.identity import counts_sql

# One row a recipient. It counts in the menu unless the person silenced the kind, the child or the author, for a time.
WRITE = """
insert into notifications_notification (person_id, establishment_id, child_id, child_name, author_id, author_name, kind, title,
  body, url, group_key, one, many, is_urgent, is_counted, created_at, visible_at)
select r.person, %(establishment)s, r.child, coalesce(nullif(c.first_name, ''), c.display_name, ''), %(author)s::bigint,
  %(author_name)s, %(kind)s, %(title)s, %(body)s, %(url)s, %(group_key)s, %(one)s, %(many)s, %(is_urgent)s,
  not exists (select from notifications_mute m where m.person_id = r.person and m.until_at > r.visible
    and m.kind in ('', %(kind)s) and (m.child_id is null or m.child_id = r.child)
    and (m.author_id is null or m.author_id = %(author)s::bigint)),
  %(now)s, r.visible
from unnest(%(people)s::bigint[], %(children)s::bigint[], %(instants)s::timestamptz[]) as r(person, child, visible)
left join directory_person c on c.id = r.child
"""

# Sorted, so that two workers who write to the same people never wait for each other in a ring.
PUT_IN_ENVELOPES = """
insert into notifications_envelope (person_id, establishment_id, channel, rhythm, audience, kind, child_id, is_urgent,
  state, due_at, attempts)
select e.person, e.school, e.channel, e.rhythm, e.audience, e.kind, e.child, e.urgent, 'waiting', e.due, 0
from unnest(%(person)s::bigint[], %(school)s::bigint[], %(channel)s::text[], %(rhythm)s::text[], %(audience)s::text[],
  %(kind)s::text[], %(child)s::bigint[], %(urgent)s::bool[], %(due)s::timestamptz[])
  as e(person, school, channel, rhythm, audience, kind, child, urgent, due)
order by e.person, e.channel, e.rhythm, e.kind, e.child
on conflict (person_id, channel, rhythm, kind, child_id) where state = 'waiting' do update set
  due_at = least(notifications_envelope.due_at, excluded.due_at),
  is_urgent = notifications_envelope.is_urgent or excluded.is_urgent
returning id, person_id, channel, rhythm, kind, child_id
"""

SEAL = """
update notifications_notification n
set routed_at = %(now)s, mail_id = v.mail, push_id = v.push, sms_id = v.sms
from unnest(%(ids)s::bigint[], %(mail)s::bigint[], %(push)s::bigint[], %(sms)s::bigint[]) as v(id, mail, push, sms)
where n.id = v.id
"""

# What is due, and what a worker that died had taken. A second message of the same kind about the same child waits until
# half an hour has passed since the first (NTF-2).
CLAIM = """
update notifications_envelope e set state = 'sending', claimed_at = %(now)s, attempts = e.attempts + 1
from (
  select c.id from notifications_envelope c
  where c.due_at <= %(now)s and (c.state = 'waiting' or (c.state = 'sending' and c.claimed_at < %(lost)s))
    and (c.is_urgent or not exists (
      select from notifications_envelope s
      where s.person_id = c.person_id and s.channel = c.channel and s.kind = c.kind
        and s.child_id is not distinct from c.child_id and s.rhythm = c.rhythm
        and s.state in ('sending', 'sent') and s.id <> c.id and s.claimed_at > %(pace)s))
  order by c.due_at limit %(most)s for update of c skip locked
) as taken
where e.id = taken.id
returning e.*
"""

# The number in the menu: what was released and is still to be read, about children whom the person answers for. Beyond a
# hundred, nobody counts.
UNREAD = """(select count(*) from (
  select from notifications_notification n
  where n.person_id = p.id and n.read_at is null and n.is_counted and n.visible_at <= %(now)s
    and (n.child_id is null or exists (
      select from directory_guardianship g
      where g.guardian_id = p.id and g.student_id = n.child_id and g.establishment_id = n.establishment_id and g.level < 3
        and not g.is_restricted and %(today)s between g.starts_on and coalesce(g.ends_on, 'infinity')))
  limit 100) few)"""

FAILURES = """(select json_build_object('people', count(distinct f.person_id))
from notifications_deliveryfailure f where f.establishment_id = wall.id and f.settled_at is null)"""


def live_statement() -> str:
    """Who is behind these sessions and what rooms count for them, for `stream.py`: the rule of sign-in is that of pages."""
    return f"""
select s.session_key, p.id, {counts_sql()}::text
from accounts_session s
join accounts_user u on u.id = s.user_id and u.state = 'active'
join directory_person p on p.user_id = u.id
where s.session_key = any(%(keys)s) and s.expire_date > %(now)s
"""
