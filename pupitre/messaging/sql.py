"""People of a school as somebody may write to them, and who stands behind an audience: selects shared by reads and delivery.

Parameters: `school`, `today`, `me` (the sender's person), `child` (of a guardian: of whom they speak, or null). They run
inside an open school.
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

PUPILS = f"""select a.person_id as person, st.id as student from directory_affiliation a
  join directory_student st on st.establishment_id = %(school)s and st.person_id = a.person_id
  where a.establishment_id = %(school)s and a.profile = 'student' and {_HELD.format("a")}"""


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
    staff = group_staff_sql()
    return f"""
with mine as materialized ({groups_of_sender(party)}),
staff as (select gs.group_id, gs.person_id from ({staff}) gs where gs.group_id in (select group_id from mine)),
ruled as (select * from unnest(%(ruled_groups)s::bigint[], %(ruled_parties)s::text[], %(ruled_yes)s::boolean[])
  as r(group_id, party, is_yes)),
everyone as (
  select s.person, 'student' as party, '' as function, null::bigint as child, '' as relation, s.student
  from ({PUPILS}) s
  union all
  select k.guardian_id, 'guardian', '', k.student_id, k.relation, s.student
  from ({PUPILS}) s join directory_guardianship k on k.student_id = s.person and {OPEN_LINK}
  union all
  select a.person_id, {_PARTY}, a.function, null, '', null from directory_affiliation a
  where a.establishment_id = %(school)s and a.profile in ({_STAFF_PROFILES}) and {_HELD.format("a")})
select e.person, p.display_name as name, p.sort_key, e.party, e.function, e.child,
  coalesce(c.display_name, '') as child_name, coalesce(c.first_name, '') as child_first, e.relation,
  coalesce({division_of("e.student")}, '') as division, t.shared,
  case
    when x.is_yes then 'class_yes'
    when x.is_yes = false then 'class_no'
    when e.party = any(%(anyone)s::text[]) then 'anyone'
    when e.party = any(%(classes)s::text[]) then case when t.shared is null then 'not_theirs' else 'theirs' end
    when e.party = any(%(delegates)s::text[]) then case when exists (
      select from messaging_classdelegate d where d.establishment_id = %(school)s and d.person_id = %(me)s
        and d.group_id = any(t.shared)) then 'delegate' else 'not_delegate' end
    else 'never' end as reason
from everyone e
join directory_person p on p.id = e.person
left join directory_person c on c.id = e.child
left join lateral (select array_agg(g.group_id) as shared from (
    {groups_of_student("e.student")}
    union all select staff.group_id from staff where e.student is null and staff.person_id = e.person
  ) g where g.group_id in (select group_id from mine)) t on true
left join lateral (select bool_or(r.is_yes) as is_yes from ruled r
  where r.party = e.party and r.group_id = any(t.shared)) x on true
where e.person <> %(me)s and (%(only)s::bigint[] is null or e.person = any(%(only)s::bigint[])
    or e.child = any(%(only)s::bigint[]))
  and not exists (select from unnest(%(words)s::text[]) w
    where strpos(p.sort_key || ' ' || coalesce(c.sort_key, ''), w) = 0)"""


REACHED = "('class_yes', 'anyone', 'theirs', 'delegate')"
"""The reasons that let somebody write."""


@cache
def recipients() -> str:
    """Who stands behind an audience: one row a person, (person, party, role, child_ids, children), never the sender.

    Parameters besides: `kinds`, `targets`, `roles`, `parties`, `abouts`, arrays of equal length (see `audiences.Audience`).
    Somebody addressed twice is so in the plainest way (to, then cc, then bcc), and as staff rather than as a parent.
    """
    staff = group_staff_sql()
    return f"""
with audience as materialized (
  select * from unnest(%(kinds)s::text[], %(targets)s::bigint[], %(roles)s::text[], %(parties)s::text[], %(abouts)s::bigint[])
    as a(kind, target, role, party, about)),
pupils as materialized ({PUPILS}),
members as materialized (
  select distinct a.kind, a.role, a.target, pupils.person, pupils.student from audience a
  join directory_membership m on m.establishment_id = %(school)s and m.group_id = a.target and {_HELD.format("m")}
  join pupils on pupils.student = m.student_id
  where a.kind in ('students', 'guardians', 'team')),
taught as (
  select distinct members.role, m.group_id from members
  join directory_membership m on m.establishment_id = %(school)s and m.student_id = members.student and {_HELD.format("m")}
  where members.kind = 'team'
  union select a.role, a.target from audience a where a.kind = 'team'),
found as (
  select a.target as person, a.party, a.role, a.about as child from audience a where a.kind = 'person'
  union all select m.person, 'student', m.role, null from members m where m.kind = 'students'
  union all select k.guardian_id, 'guardian', m.role, k.student_id from members m
    join directory_guardianship k on k.student_id = m.person and {OPEN_LINK} where m.kind = 'guardians'
  union all select k.guardian_id, 'guardian', a.role, k.student_id from audience a
    join pupils on pupils.person = a.target
    join directory_guardianship k on k.student_id = a.target and {OPEN_LINK} where a.kind = 'family'
  union all select gs.person_id, 'teacher', t.role, null from taught t
    join ({staff}) gs on gs.group_id = t.group_id
  union all select pupils.person, 'student', a.role, null from audience a cross join pupils
    where a.kind = 'everyone' and a.party = 'student'
  union all select k.guardian_id, 'guardian', a.role, k.student_id from audience a cross join pupils
    join directory_guardianship k on k.student_id = pupils.person and {OPEN_LINK}
    where a.kind = 'everyone' and a.party = 'guardian'
  union all select f.person_id, f.party, a.role, null from audience a
    join (select a.person_id, {_PARTY} as party from directory_affiliation a
      where a.establishment_id = %(school)s and a.profile in ({_STAFF_PROFILES}) and {_HELD.format("a")}) f
    on a.party in ('', f.party)
    where a.kind = 'everyone' and a.party not in ('student', 'guardian')),
told as (
  select f.person, f.role, f.party, f.child from found f where f.person <> %(me)s),
named as (
  select one.person, string_agg(case when c.first_name = upper(c.first_name) then initcap(c.first_name) else c.first_name end,
    ', ' order by c.birth_date, c.id) as names
  from (select distinct person, child from told where child is not null) one join directory_person c on c.id = one.child
  group by one.person)
select t.person,
  (array_agg(t.party order by t.party = 'guardian', t.party = 'student', t.party))[1] as party,
  (array_agg(t.role order by array_position(array['to', 'cc', 'bcc'], t.role)))[1] as role,
  coalesce(array_agg(distinct t.child) filter (where t.child is not null), '{{}}') as child_ids,
  coalesce(regexp_replace(min(named.names), ', ([^,]*)$', ' et \\1'), '') as children
from told t left join named on named.person = t.person group by t.person"""
