"""Letters in the mailboxes of those whose browsers are signed in: two a discussion, the last ones not read yet."""

from collections.abc import Sequence
from typing import Any

import psycopg

_BODY = (
    "Bonjour,\n\nLe voyage de fin d’année aura lieu en juin. Merci de rendre l’autorisation signée avant vendredi, avec la "
    "fiche sanitaire et le numéro d’urgence. Une réunion se tient jeudi à 18 h en salle 204 pour répondre aux questions ; "
    "le compte rendu sera envoyé à tous ceux qui ne peuvent pas venir.\n\nBien cordialement."
)
# Everyone writes in the school of their first role; a guardian's letters are about the first child.
_BOXES = """
create temporary table box on commit drop as
select p.person, (p.rank - 1) * %(letters)s as first, a.establishment_id as school, a.profile, k.child, author.id as author,
  author.display_name as author_name
from unnest(%(people)s::bigint[]) with ordinality as p(person, rank)
cross join lateral (select establishment_id, profile from directory_affiliation where person_id = p.person
  order by id limit 1) a
left join lateral (select min(student_id) as child from directory_guardianship
  where guardian_id = p.person and establishment_id = a.establishment_id) k on a.profile = 'guardian'
cross join lateral (select d.id, d.display_name from directory_affiliation o join directory_person d on d.id = o.person_id
  where o.establishment_id = a.establishment_id and o.profile = 'head' order by o.id limit 1) author"""
_THREADS = """
insert into messaging_thread (id, establishment_id, subject, started_by_id, started_at)
select %(thread)s + b.first + n, b.school, 'Voyage de fin d’année, lettre ' || n, b.author,
  %(now)s::timestamptz - n * interval '1 hour'
from box b cross join generate_series(2, %(letters)s, 2) n"""
_MESSAGES = """
insert into messaging_message (id, establishment_id, thread_id, key, kind, state, hold, author_id, author_name, author_about,
  author_party, addressed_to, subject, body, replies, tracks_reading, needs_answer, is_urgent, recipient_count,
  delivered_count, written_at, visible_at)
select %(message)s + b.first + n, b.school, %(thread)s + b.first + n + n %% 2, gen_random_uuid(), 'ordinary', 'sent', '',
  b.author, b.author_name, 'Direction', 'head', 'Une personne', 'Voyage de fin d’année, lettre ' || n + n %% 2, %(body)s,
  'author', false, n %% 50 = 0, false, 1, 1, %(now)s::timestamptz - n * interval '1 hour',
  %(now)s::timestamptz - n * interval '1 hour'
from box b cross join generate_series(1, %(letters)s) n"""
_ENTRIES = """
insert into messaging_mailboxentry (person_id, establishment_id, thread_id, message_id, role, place, visible_at, read_at, party,
  child_ids, children, state, author_id, author_name, author_about, author_party, addressed_to, subject, preview, has_files,
  needs_answer, is_urgent, answered_at)
select b.person, b.school, m.thread_id, m.id, 'to', 'inbox', m.visible_at, case when n > 20 then m.visible_at end,
  case b.profile when 'student' then 'student' when 'guardian' then 'guardian' when 'head' then 'head'
    when 'school_life' then 'school_life' else 'teacher' end,
  case when b.child is null then '{}' else array[b.child] end, case when b.child is null then '' else 'Inès' end, 'sent',
  m.author_id, m.author_name, m.author_about, m.author_party, m.addressed_to, m.subject, left(m.body, 140), false,
  m.needs_answer, false, case when m.needs_answer and n > 100 then m.visible_at end
from box b cross join generate_series(1, %(letters)s) n
join messaging_message m on m.establishment_id = b.school and m.id = %(message)s + b.first + n"""


def add_letters(
    connection: psycopg.Connection[Any], people: Sequence[int], letters: int, *, now: str = "2026-11-24T08:00:00+01:00"
) -> None:
    """Put that many letters (an even number) in the inbox of each of these people, as the owner, in one transaction."""
    parameters = {"people": list(people), "letters": letters, "body": _BODY, "now": now}
    with connection.transaction(), psycopg.ClientCursor(connection) as cursor:
        for table in ("thread", "message"):
            cursor.execute(f"select coalesce(max(id), 0) from messaging_{table}")
            found = cursor.fetchone()
            parameters[table] = found[0] if found else 0
        for statement in (_BOXES, _THREADS, _MESSAGES, _ENTRIES):
            cursor.execute(statement, parameters)
        for table in ("thread", "message"):
            cursor.execute(
                f"select setval(pg_get_serial_sequence('messaging_{table}', 'id'), (select max(id) from messaging_{table}))"
            )
