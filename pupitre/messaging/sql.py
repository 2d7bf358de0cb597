"""People of a school as somebody may write to them, and who stands behind an audience: selects shared by reads and delivery.

Parameters: `school`, `today`, `me` (the sender's person), `child` (of a guardian: of whom they speak, or null). They run
inside an open school.

A table that was filled a moment ago, by a first import, counts as empty until the database has looked at it: it then walks
every pair of rows rather than joining. So each table is read once, by the school, and the big ones are joined by
`full join … offset 0`, which is only ever made by hash or by merge, and of which the whole pairs are kept.
"""

from functools import cache

from pupitre.directory.group_staff import group_staff_sql
from pupitre.messaging.parties import PARTY_OF_PROFILE, Party

_HELD = "%(today)s between {0}.starts_on and coalesce({0}.ends_on, 'infinity')"

# A guardian to whom a child is open: neither a mere contact, nor shut out, nor the student themself.
OPEN_LINK = f"""k.establishment_id = %(school)s and k.level < 3 and not k.is_restricted
  and k.guardian_id <> k.student_id and {_HELD.format("k")}"""

_PARTY = "case a.profile {} end".format(
    " ".join(f"when '{profile}' then '{party}'" for profile, party in PARTY_OF_PROFILE.items())
)
_STAFF_PROFILES = ", ".join(
    f"'{profile}'" for profile, party in PARTY_OF_PROFILE.items() if party not in (Party.STUDENT, Party.GUARDIAN)
)

PUPILS = f"""select person, student from (select a.person as person, st.id as student
  from (select a.person_id as person from directory_affiliation a
    where a.establishment_id = %(school)s and a.profile = 'student' and {_HELD.format("a")}) a
  full join (select id, person_id from directory_student where establishment_id = %(school)s) st on st.person_id = a.person
  offset 0) pairs where person is not null and student is not null"""


def division_of(student: str) -> str:
    """The class of today of a schooling whose id is the SQL expression `student`."""
    return f"""(select string_agg(d.label, ', ' order by d.label) from directory_membership m
  join directory_group d on d.establishment_id = %(school)s and d.id = m.group_id and d.kind = 'division'
  where m.establishment_id = %(school)s and m.student_id = {student} and {_HELD.format("m")})"""


def groups_of_student(student: str) -> str:
    """A select giving the groups of today of a schooling."""
    return f"""select m.group_id from directory_membership m
  where m.establishment_id = %(school)s and m.student_id = {student} and {_HELD.format("m")}"""


@cache
def groups_of_sender(party: Party) -> str:
    """A select giving the groups by which a sender is tied to others: taught, followed, or their children's."""
    if party == Party.TEACHER:
        return f"select gs.group_id from ({group_staff_sql()}) gs where gs.person_id = %(me)s"
    if party == Party.STUDENT:
        return f"""select m.group_id from directory_student st
  join directory_membership m on m.establishment_id = %(school)s and m.student_id = st.id and {_HELD.format("m")}
  where st.establishment_id = %(school)s and st.person_id = %(me)s"""
    if party == Party.GUARDIAN:
        return f"""select m.group_id from directory_guardianship k
  join directory_student st on st.establishment_id = %(school)s and st.person_id = k.student_id
  join directory_membership m on m.establishment_id = %(school)s and m.student_id = st.id and {_HELD.format("m")}
  where k.guardian_id = %(me)s and {OPEN_LINK} and (%(child)s::bigint is null or k.student_id = %(child)s::bigint)"""
    return "select null::bigint as group_id where false"


@cache
def candidates(party: Party) -> str:
    """Everyone of the school but the sender, once a role (a guardian once a child), with the rule that decides for each.

    Columns: person, name, sort_key, party, function, child, child_name, child_first, relation, division, shared, reason.
    Parameters besides: `words` (text[], every one in the name of the person or the child), `only` (person ids, or null),
    `anyone`, `classes`, `delegates` (text[], parties by scope), `ruled_groups`, `ruled_parties`, `ruled_yes` (arrays of the
    exceptions of classes).
    """
    return f"""
with mine as materialized ({groups_of_sender(party)}),
pupils as materialized ({PUPILS}),
guardians as materialized (select * from (
    select k.guardian_id as person, k.student_id as child, k.relation, pupils.student
    from (select * from directory_guardianship k where {OPEN_LINK}) k full join pupils on pupils.person = k.student_id
    offset 0) pairs where person is not null and student is not null),
everyone as materialized (select * from (
    select person, 'student' as party, '' as function, null::bigint as child, '' as relation, student from pupils
    union all select person, 'guardian', '', child, relation, student from guardians
    union all select a.person_id, {_PARTY}, a.function, null, '', null from directory_affiliation a
      where a.establishment_id = %(school)s and a.profile in ({_STAFF_PROFILES}) and {_HELD.format("a")}) e
  where e.person <> %(me)s and (%(only)s::bigint[] is null or e.person = any(%(only)s::bigint[])
    or e.child = any(%(only)s::bigint[]))),
names as materialized (select id, display_name, first_name, sort_key from directory_person
  where id = any(array(select person from everyone union select child from everyone))),
named as (select * from (
    select e.*, p.display_name as name, p.sort_key from everyone e full join names p on p.id = e.person
    offset 0) pairs where person is not null),
found as materialized (select * from (
    select n.*, coalesce(c.display_name, '') as child_name, coalesce(c.first_name, '') as child_first,
      coalesce(c.sort_key, '') as child_key from named n full join names c on c.id = n.child
    offset 0) pairs where person is not null and not exists (select from unnest(%(words)s::text[]) w
      where strpos(sort_key || ' ' || child_key, w) = 0)),
sits as materialized (
  select m.student_id, string_agg(d.label, ', ' order by d.label) as division,
    array_agg(m.group_id) filter (where m.group_id in (select group_id from mine)) as shared
  from (select m.student_id, m.group_id from directory_membership m
    where m.establishment_id = %(school)s and {_HELD.format("m")}) m
  full join (select id, label from directory_group where establishment_id = %(school)s and kind = 'division') d
    on d.id = m.group_id
  group by m.student_id),
works as materialized (select gs.person_id, array_agg(gs.group_id) as shared from ({group_staff_sql()}) gs
  where gs.group_id in (select group_id from mine) group by gs.person_id),
tied as (select * from (
    select f.*, coalesce(s.division, '') as division, coalesce(s.shared, w.shared) as shared
    from found f full join sits s on s.student_id = f.student
    full join works w on w.person_id = f.person and f.student is null
    offset 0) pairs where person is not null),
ruled as (select * from unnest(%(ruled_groups)s::bigint[], %(ruled_parties)s::text[], %(ruled_yes)s::boolean[])
  as r(group_id, party, is_yes))
select t.person, t.name, t.sort_key, t.party, t.function, t.child, t.child_name, t.child_first, t.relation, t.division,
  t.shared,
  case
    when x.is_yes then 'class_yes'
    when x.is_yes = false then 'class_no'
    when t.party = any(%(anyone)s::text[]) then 'anyone'
    when t.party = any(%(classes)s::text[]) then case when t.shared is null then 'not_theirs' else 'theirs' end
    when t.party = any(%(delegates)s::text[]) then case when t.shared && array(
      select d.group_id from messaging_classdelegate d where d.establishment_id = %(school)s and d.person_id = %(me)s
      ) then 'delegate' else 'not_delegate' end
    else 'never' end as reason
from tied t
left join lateral (select bool_or(r.is_yes) as is_yes from ruled r
  where r.party = t.party and r.group_id = any(t.shared)) x on true"""


REACHED = "('class_yes', 'anyone', 'theirs', 'delegate')"
"""The reasons that let somebody write."""


# Somebody addressed twice is so in the plainest way: to, then cc, then bcc; as staff rather than as a parent.
_PLAINEST_PARTY = "f.party = 'guardian', f.party = 'student', f.party"
_PLAINEST_ROLE = "array_position(array['to', 'cc', 'bcc'], f.role)"


@cache
def recipients() -> str:
    """Who stands behind an audience: one row a person, (person, party, role, child_ids, children), never the sender.

    Parameters besides: `kinds`, `targets`, `roles`, `parties`, `abouts`, arrays of equal length (see `audiences.Audience`).
    """
    return f"""
with audience as materialized (
  select * from unnest(%(kinds)s::text[], %(targets)s::bigint[], %(roles)s::text[], %(parties)s::text[], %(abouts)s::bigint[])
    as a(kind, target, role, party, about)),
pupils as materialized (select * from ({PUPILS}) p where exists (select from audience where kind <> 'person')),
seats as materialized (select a.kind, a.role, m.group_id, m.student_id from directory_membership m
  join audience a on a.target = m.group_id and a.kind in ('students', 'guardians', 'team')
  where m.establishment_id = %(school)s and {_HELD.format("m")}
    and m.group_id = any(array(select target from audience where kind in ('students', 'guardians', 'team')))),
members as materialized (select distinct kind, role, person, student from (
    select s.kind, s.role, pupils.person, pupils.student from seats s full join pupils on pupils.student = s.student_id
    offset 0) pairs where role is not null and person is not null),
taught as (
  select distinct members.role, m.group_id from members
  join directory_membership m on m.establishment_id = %(school)s and m.student_id = members.student and {_HELD.format("m")}
  where members.kind = 'team'
  union select a.role, a.target from audience a where a.kind = 'team'),
children as materialized (
  select m.role, m.person from members m where m.kind = 'guardians'
  union all select a.role, a.target from audience a where a.kind = 'family' and a.target in (select person from pupils)
  union all select a.role, pupils.person from audience a cross join pupils
    where a.kind = 'everyone' and a.party = 'guardian'),
kin as (select person, role, child from (
    select k.guardian_id as person, c.role, c.person as child from children c
    full join (select k.guardian_id, k.student_id from directory_guardianship k
      where {OPEN_LINK} and exists (select from children)) k on k.student_id = c.person
    offset 0) pairs where person is not null and role is not null),
told as materialized (
  select f.person, f.child, (array_agg(f.party order by {_PLAINEST_PARTY}))[1] as party,
    (array_agg(f.role order by {_PLAINEST_ROLE}))[1] as role
  from (
    select a.target as person, a.party, a.role, a.about as child from audience a where a.kind = 'person'
    union all select person, 'student', role, null from members where kind = 'students'
    union all select person, 'guardian', role, child from kin
    union all select gs.person_id, 'teacher', t.role, null from taught t
      join ({group_staff_sql()}) gs on gs.group_id = t.group_id
    union all select pupils.person, 'student', a.role, null from audience a cross join pupils
      where a.kind = 'everyone' and a.party = 'student'
    union all select f.person_id, f.party, a.role, null from audience a
      join (select a.person_id, {_PARTY} as party from directory_affiliation a
        where a.establishment_id = %(school)s and a.profile in ({_STAFF_PROFILES}) and {_HELD.format("a")}) f
      on a.party in ('', f.party)
      where a.kind = 'everyone' and a.party not in ('student', 'guardian')) f
  where f.person <> %(me)s group by f.person, f.child),
names as (select id, birth_date, case when first_name = upper(first_name) then initcap(first_name) else first_name end as name
  from directory_person where id = any(array(select child from told where child is not null)))
select f.person, (array_agg(f.party order by {_PLAINEST_PARTY}))[1] as party,
  (array_agg(f.role order by {_PLAINEST_ROLE}))[1] as role,
  coalesce(array_agg(f.child order by f.child) filter (where f.child is not null), '{{}}') as child_ids,
  coalesce(regexp_replace(string_agg(f.name, ', ' order by f.birth_date, f.child), ', ([^,]*)$', ' et \\1'), '') as children
from (select told.*, c.name, c.birth_date from told full join names c on c.id = told.child offset 0) f
where f.person is not null group by f.person"""
