"""What a person sees of a school's calendar, as SQL: one condition, read by policies, pages, homes and feeds alike.

Expressions given to the builders (`person`, `school`, `today`, `now`, `profiles`) are SQL written in this house: parameters of
a statement, or numbers of ours; never something typed by a visitor.
"""

from dataclasses import dataclass

from pupitre.directory.group_staff import group_staff_sql
from pupitre.directory.profiles import STAFF, Profile

_WORKS = frozenset(STAFF) - {Profile.ACADEMY_ADMIN}
_TEACH = (Profile.TEACHER, Profile.SUPPORT)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, as SQL expressions; `profiles` is a text[] of what they are in the school."""

    person: str
    school: str
    today: str
    now: str
    profiles: str

    def has(self, *profiles: str) -> str:
        """Whether the reader holds one of these profiles."""
        names = ", ".join(f"'{each}'" for each in sorted(profiles))
        return f"{self.profiles} && array[{names}]::text[]"

    @property
    def works(self) -> str:
        """Whether the reader works in the school."""
        return self.has(*_WORKS)

    def held(self, table: str) -> str:
        """Whether a row holds today."""
        return f"{self.today} between {table}.starts_on and coalesce({table}.ends_on, 'infinity')"

    @property
    def wards(self) -> str:
        """A select of the children open to the reader, as persons."""
        return f"""select k.student_id from directory_guardianship k where k.establishment_id = {self.school}
  and k.guardian_id = {self.person} and k.level < 3 and not k.is_restricted and {self.held("k")}"""

    def groups_of(self, students: str) -> str:
        """A select of the groups in which some students, given as persons, sit today."""
        return f"""select m.group_id from directory_membership m
  join directory_student st on st.establishment_id = {self.school} and st.id = m.student_id
  where m.establishment_id = {self.school} and {self.held("m")} and st.person_id in ({students})"""

    @property
    def team_groups(self) -> str:
        """A select of the groups that the reader teaches or leads."""
        return f"select t.group_id from ({team(self)}) t where t.person_id = {self.person}"


def team(reader: Reader) -> str:
    """A select giving (group_id, person_id): who works with which group today."""
    return group_staff_sql().replace("%(school)s", reader.school).replace("%(today)s", reader.today)


def seen(reader: Reader, event: str = "e") -> str:
    """The condition under which the reader sees an event of the table alias `event`, managers and its author apart.

    Whoever works there sees what the whole school is told and what their groups are told; a student what students of the
    school or of their groups are told; a guardian what guardians are, and what their children see. Whoever is named sees
    it: an adult who comes along from the draft on, the others once it is published, families at their hours.
    """
    mine = f"p.person_id = {reader.person} and (p.role = 'staff' or {event}.visible_at is not null)"
    of_child = f"""{reader.has(Profile.GUARDIAN)} and p.role in ('student', 'delegate')
      and {event}.visible_at <= {reader.now} and p.person_id in ({reader.wards})"""
    return f"""(not {event}.is_personal and (
  exists (select from agenda_participant p where p.establishment_id = {reader.school} and p.event_id = {event}.id
    and (({mine}) or ({of_child})))
  or ({event}.visible_at is not null and ({event}.visible_at <= {reader.now} or {reader.works})
    and exists (select from agenda_eventaudience a where a.establishment_id = {reader.school} and a.event_id = {event}.id
      and ({_addressed(reader)})))))"""


def _addressed(reader: Reader) -> str:
    student, guardian = reader.has(Profile.STUDENT), reader.has(Profile.GUARDIAN)
    return f"""(a.group_id is null and ({reader.works}
        or (a.party = 'students' and {reader.has(Profile.STUDENT, Profile.GUARDIAN)})
        or (a.party = 'guardians' and {guardian})))
      or (a.party = 'students' and {student} and a.group_id in ({reader.groups_of(reader.person)}))
      or (a.party in ('students', 'guardians') and {guardian} and a.group_id in ({reader.groups_of(reader.wards)}))
      or ({reader.works} and a.group_id in ({reader.team_groups}))"""


_AUDIENCE = """(select coalesce(json_agg(json_build_object('party', a.party, 'group', a.group_id, 'label', g.label)
    order by a.party, g.label), '[]')
  from agenda_eventaudience a left join directory_group g on g.establishment_id = {school} and g.id = a.group_id
  where a.establishment_id = {school} and a.event_id = e.id)"""


def calendar(reader: Reader, manages: str) -> str:
    """What the calendar of a reader shows from `%(first)s` to `%(last)s`: occurrences, days without lessons, their children.

    `manages`: an SQL boolean, whether every event of the school is theirs to see. A scalar sub-select giving JSON.
    """
    return f"""json_build_object(
'zone', (select s.zone from establishments_establishment s where s.id = {reader.school}),
'events', (select coalesce(json_agg(row order by row.starts_on, row.starts_at nulls first, row.title), '[]') from (
  select o.id as occurrence, e.id, e.kind, e.title, e.place, o.starts_on, o.ends_on, o.starts_at, o.ends_at,
    e.is_personal, e.cancelled_at is not null as is_cancelled, e.visible_at is null and not e.is_personal as is_draft,
    (e.rule <> '' or e.series_id is not null) as repeats, e.author_id = {reader.person} as is_mine,
    {_AUDIENCE.format(school=reader.school)} as audience,
    (select json_build_object('role', p.role, 'answer', p.answer) from agenda_participant p
      where p.establishment_id = {reader.school} and p.event_id = e.id and p.person_id = {reader.person}) as part,
    array(select p.person_id from agenda_participant p where {reader.has(Profile.GUARDIAN)}
      and p.establishment_id = {reader.school} and p.event_id = e.id and p.person_id in ({reader.wards})) as wards
  from agenda_occurrence o join agenda_event e on e.establishment_id = {reader.school} and e.id = o.event_id
  where o.establishment_id = {reader.school} and o.starts_on <= %(last)s and o.ends_on >= %(first)s
    and (e.author_id = {reader.person} or (not e.is_personal and {manages}) or {seen(reader)})
  order by o.starts_on, o.starts_at nulls first, e.title limit %(most)s) row),
'closures', (select coalesce(json_agg(json_build_object('label', c.label, 'starts_on', c.starts_on, 'ends_on', c.ends_on)
    order by c.starts_on), '[]') from establishments_closure c
  where c.establishment_id = {reader.school} and c.starts_on <= %(last)s and c.ends_on >= %(first)s),
'children', (select coalesce(json_agg(json_build_object('person', q.id, 'first_name', q.first_name, 'born_on', q.birth_date,
    'groups', array({reader.groups_of("q.id")})) order by q.birth_date, q.id), '[]')
  from directory_person q where {reader.has(Profile.GUARDIAN)} and q.id in ({reader.wards})))"""


_NOW = "((%(today)s::date + %(time)s::time) at time zone 'Europe/Paris')"


class ReaderAtHome(Reader):
    """The person whose home it is; the table `me` of the statement knows their groups and their children."""

    @property
    def wards(self) -> str:
        return "select unnest(me.wards)"

    def groups_of(self, students: str) -> str:
        known = {self.person: "select unnest(me.groups)", self.wards: "select unnest(me.ward_groups)"}
        return known.get(students) or super().groups_of(students)

    @property
    def team_groups(self) -> str:
        return "select unnest(me.team)"


def reader_at_home() -> Reader:
    """The person whose home it is, as the profile of that home: guardian, or whatever else they are in the school."""
    return ReaderAtHome("%(person)s", "wall.id", "%(today)s::date", _NOW, "me.profiles")


def next_events(most: int = 4) -> str:
    """The next events of a home, from now to three weeks ahead, a series once: a scalar sub-select giving JSON."""
    reader = reader_at_home()
    return f"""(select coalesce(json_agg(row order by row.starts_on, row.starts_at nulls first, row.title), '[]') from (
  select * from (
  select distinct on (e.id) (select s.uai from establishments_establishment s where s.id = wall.id) as uai,
    e.id, e.kind, e.title, e.place, o.starts_on, o.ends_on, o.starts_at, o.ends_at,
    array(select q.first_name from directory_person q where {reader.has(Profile.GUARDIAN)} and q.id in ({reader.wards})
      and (exists (select from agenda_participant p
          where p.establishment_id = wall.id and p.event_id = e.id and p.person_id = q.id)
        or exists (select from agenda_eventaudience a where a.establishment_id = wall.id and a.event_id = e.id
          and a.party in ('students', 'guardians') and a.group_id in ({reader.groups_of("q.id")})))
      order by q.birth_date, q.id) as wards
  from agenda_occurrence o join agenda_event e on e.establishment_id = wall.id and e.id = o.event_id
  where o.establishment_id = wall.id and o.starts_on <= %(today)s::date + 21 and o.ends_on >= %(today)s::date
    and (o.ends_on > %(today)s::date or o.ends_at is null or o.ends_at > %(time)s::time)
    and e.cancelled_at is null and (e.author_id = %(person)s or {seen(reader)})
  order by e.id, o.starts_on, o.starts_at nulls first) once
  order by starts_on, starts_at nulls first, title limit {most}) row)"""


def recipients() -> str:
    """Who an event is for, as (person, child): parameters `school`, `today`, `event`; families of the students named too.

    What the whole school is told is about no child in particular: a guardian of three is told once.
    """
    reader = Reader("null", "%(school)s", "%(today)s::date", "null", "null")
    pupils = f"""select st.person_id, m.group_id from directory_membership m
  join directory_student st on st.establishment_id = %(school)s and st.id = m.student_id
  where m.establishment_id = %(school)s and {reader.held("m")}"""
    links = f"""select k.guardian_id, k.student_id from directory_guardianship k where k.establishment_id = %(school)s
  and k.level < 3 and not k.is_restricted and k.guardian_id <> k.student_id and {reader.held("k")}"""
    teaching = ", ".join(f"'{each}'" for each in sorted(_TEACH))
    working = ", ".join(f"'{each}'" for each in sorted(_WORKS))
    return f"""with told as (select a.party, a.group_id from agenda_eventaudience a
    where a.establishment_id = %(school)s and a.event_id = %(event)s),
  named as (select p.person_id, p.role from agenda_participant p
    where p.establishment_id = %(school)s and p.event_id = %(event)s),
  pupils as materialized ({pupils}), links as materialized ({links})
select pupils.person_id, null::bigint from pupils join told on told.party = 'students'
  and (told.group_id is null or told.group_id = pupils.group_id)
union select links.guardian_id, case when told.group_id is not null then links.student_id end from pupils
  join told on told.party = 'guardians' and (told.group_id is null or told.group_id = pupils.group_id)
  join links on links.student_id = pupils.person_id
union select f.person_id, null from directory_affiliation f join told on told.group_id is null and
    ((told.party = 'teachers' and f.profile in ({teaching})) or (told.party = 'staff' and f.profile in ({working})))
  where f.establishment_id = %(school)s and {reader.held("f")}
union select t.person_id, null from ({team(reader)}) t
  join told on told.party in ('teachers', 'staff') and told.group_id = t.group_id
union select named.person_id, null from named
union select links.guardian_id, links.student_id from named join links on links.student_id = named.person_id
  where named.role = 'student'"""
