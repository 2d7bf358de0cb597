"""The lessons of a person, a group or a room, as SQL: scalar sub-selects giving JSON, for the pages everyone opens.

They stand inside a statement that begins with `with wall as materialized (select open_wall(…) as id)`, which opens
the school in the database, and take the parameter `day` (a date). Expressions given to the builders are SQL written
in this house, never something typed by a visitor.
"""

CURRENT = "%(day)s between {0}.starts_on and coalesce({0}.ends_on, 'infinity')"
ON_THE_DAY = "s.weekday = extract(isodow from %(day)s::date)"

_LESSON = """json_build_object(
  'starts_at', to_char(s.starts_at, 'HH24:MI:SS'), 'ends_at', to_char(s.ends_at, 'HH24:MI:SS'), 'weekday', s.weekday,
  'code', j.code, 'subject', j.label, 'group', g.label, 'group_id', g.id, 'room', coalesce(r.code, ''),
  'alternation', s.alternation,
  'teachers', (select coalesce(string_agg(t.formal_name, ', ' order by t.sort_key), '')
               from directory_person t where t.id = any(s.teacher_ids)))"""

_LESSONS = """(select coalesce(json_agg({lesson} order by s.weekday, s.starts_at, g.label), '[]')
from establishments_schoolyear y
{courses}
join directory_group g on g.establishment_id = wall.id and g.id = c.group_id and g.school_year_id = y.id
join directory_subject j on j.establishment_id = wall.id and j.id = c.subject_id
join timetable_timetableslot s on s.establishment_id = wall.id and s.course_id = c.id
  and s.weeks & (1::bigint << ((%(day)s::date - y.first_monday) / 7)) <> 0
left join timetable_classroom r on r.establishment_id = wall.id and r.id = s.classroom_id
where y.establishment_id = wall.id and %(day)s between y.starts_on and y.ends_on and {only})"""


def lessons_of_student(person: str, only: str = "true") -> str:
    """Lessons of the week of `day` for the student whose person id is the SQL expression `person`."""
    courses = f"""join directory_student st on st.establishment_id = wall.id and st.person_id = {person}
join directory_membership m on m.establishment_id = wall.id and m.student_id = st.id and {CURRENT.format("m")}
join timetable_course c on c.establishment_id = wall.id and c.group_id = m.group_id and c.ends_on is null"""
    return _LESSONS.format(lesson=_LESSON, courses=courses, only=only)


def lessons_of_teacher(person: str, only: str = "true") -> str:
    """Lessons of the week of `day` that a person teaches."""
    courses = f"""join timetable_courseteacher ct on ct.establishment_id = wall.id and ct.person_id = {person}
  and {CURRENT.format("ct")}
join timetable_course c on c.establishment_id = wall.id and c.id = ct.course_id and c.ends_on is null"""
    return _LESSONS.format(lesson=_LESSON, courses=courses, only=f"{person} = any(s.teacher_ids) and {only}")


def lessons_of_group(group: str, only: str = "true") -> str:
    """Lessons of the week of `day` for a division and the groups where its students sit."""
    courses = f"""join timetable_course c on c.establishment_id = wall.id and c.ends_on is null
  and (c.group_id = {group} or c.group_id in (
    select other.group_id from directory_membership mine
    join directory_membership other on other.establishment_id = wall.id and other.student_id = mine.student_id
      and {CURRENT.format("other")}
    where mine.establishment_id = wall.id and mine.group_id = {group} and {CURRENT.format("mine")}))"""
    return _LESSONS.format(lesson=_LESSON, courses=courses, only=only)


def lessons_of_school(only: str) -> str:
    """Lessons of the week of `day` for the whole school: always with a condition that keeps a few."""
    courses = "join timetable_course c on c.establishment_id = wall.id and c.ends_on is null"
    return _LESSONS.format(lesson=_LESSON, courses=courses, only=only)


def lessons_of_children(guardian: str, only: str = "true") -> str:
    """The children a guardian has in the open school, each with their division and their lessons.

    Level 3 (contact) and restricted links give no access. Source: SIECLE, NIVEAU_RESPONSABILITE.
    """
    division = f"""(select string_agg(d.label, ', ' order by d.label) from directory_student st
  join directory_membership m on m.establishment_id = wall.id and m.student_id = st.id and {CURRENT.format("m")}
  join directory_group d on d.establishment_id = wall.id and d.id = m.group_id and d.kind = 'division'
  where st.establishment_id = wall.id and st.person_id = k.student_id)"""
    return f"""(select coalesce(json_agg(json_build_object(
  'person', p.id, 'first_name', p.first_name, 'born_on', p.birth_date, 'division', coalesce({division}, ''),
  'lessons', {lessons_of_student("k.student_id", only)}) order by p.birth_date, p.id), '[]')
from directory_guardianship k join directory_person p on p.id = k.student_id
where k.establishment_id = wall.id and k.guardian_id = {guardian} and k.level < 3 and not k.is_restricted
  and {CURRENT.format("k")})"""


_YEAR = """(select json_build_object('first_monday', y.first_monday,
  'closures', (select coalesce(json_agg(json_build_object('starts_on', z.starts_on, 'ends_on', z.ends_on)
      order by z.starts_on, z.ends_on), '[]')
    from establishments_closure z where z.establishment_id = wall.id and z.ends_on >= y.starts_on and z.starts_on <= y.ends_on),
  'slots', (select coalesce(json_agg(json_build_object(
      'id', s.id, 'weekday', s.weekday, 'starts_at', to_char(s.starts_at, 'HH24:MI:SS'),
      'ends_at', to_char(s.ends_at, 'HH24:MI:SS'), 'weeks', s.weeks, 'subject', j.label, 'group', g.label,
      'since', greatest(held.starts_on, y.starts_on), 'until', least(held.ends_on, y.ends_on),
      'room', coalesce(nullif(r.label, ''), r.code, ''),
      'teachers', (select coalesce(string_agg(t.formal_name, ', ' order by t.sort_key), '')
                   from directory_person t where t.id = any(s.teacher_ids))) order by s.id, held.starts_on), '[]')
    from {held}
    join timetable_course c on c.establishment_id = wall.id and c.id = held.course_id and c.ends_on is null
    join directory_group g on g.establishment_id = wall.id and g.id = c.group_id and g.school_year_id = y.id
    join directory_subject j on j.establishment_id = wall.id and j.id = c.subject_id
    join timetable_timetableslot s on s.establishment_id = wall.id and s.course_id = c.id and {only}
    left join timetable_classroom r on r.establishment_id = wall.id and r.id = s.classroom_id
    where coalesce(held.ends_on, 'infinity') >= y.starts_on and held.starts_on <= y.ends_on))
from establishments_schoolyear y where y.establishment_id = wall.id and %(day)s between y.starts_on and y.ends_on)"""


def year_of_student(person: str) -> str:
    """The school year of `day` with every slot of a student, between the dates of the membership that gives it."""
    held = f"""(select m.starts_on, m.ends_on, c.id as course_id from directory_student st
      join directory_membership m on m.establishment_id = wall.id and m.student_id = st.id
      join timetable_course c on c.establishment_id = wall.id and c.group_id = m.group_id
      where st.establishment_id = wall.id and st.person_id = {person}) held"""
    return _YEAR.format(held=held, only="true")


def year_of_teacher(person: str) -> str:
    """The school year of `day` with every slot that a person teaches."""
    held = f"""(select ct.starts_on, ct.ends_on, ct.course_id from timetable_courseteacher ct
      where ct.establishment_id = wall.id and ct.person_id = {person}) held"""
    return _YEAR.format(held=held, only=f"{person} = any(s.teacher_ids)")


def groups_of_teacher(person: str) -> str:
    """The groups a person teaches this year: id, label, kind, subjects, number of students today."""
    return f"""(select coalesce(json_agg(taught order by taught.label), '[]') from (
  select g.id, g.label, g.kind, string_agg(distinct j.label, ', ') as subjects,
    (select count(*) from directory_membership m where m.establishment_id = wall.id and m.group_id = g.id
       and %(today)s between m.starts_on and coalesce(m.ends_on, 'infinity')) as students
  from timetable_courseteacher ct
  join timetable_course c on c.establishment_id = wall.id and c.id = ct.course_id and c.ends_on is null
  join directory_group g on g.establishment_id = wall.id and g.id = c.group_id and g.ends_on is null
  join directory_subject j on j.establishment_id = wall.id and j.id = c.subject_id
  where ct.establishment_id = wall.id and ct.person_id = {person}
    and %(today)s between ct.starts_on and coalesce(ct.ends_on, 'infinity')
  group by g.id, g.label, g.kind) taught)"""


def day_of_teacher(person: str) -> str:
    """The lessons a person teaches on `day`, and, when there are none, the first one they teach after it.

    It is looked for within three weeks: all holidays but the summer's.
    """
    following = f"""(select json_build_object('on', %(day)s::date + n, 'starts_at', to_char(s.starts_at, 'HH24:MI:SS'),
  'group', g.label)
from establishments_schoolyear y
join timetable_courseteacher ct on ct.establishment_id = wall.id and ct.person_id = {person} and {CURRENT.format("ct")}
join timetable_course c on c.establishment_id = wall.id and c.id = ct.course_id and c.ends_on is null
join directory_group g on g.establishment_id = wall.id and g.id = c.group_id and g.school_year_id = y.id
join timetable_timetableslot s on s.establishment_id = wall.id and s.course_id = c.id and {person} = any(s.teacher_ids)
join generate_series(1, 21) n on s.weekday = extract(isodow from %(day)s::date + n)
  and s.weeks & (1::bigint << ((%(day)s::date + n - y.first_monday) / 7)) <> 0
where y.establishment_id = wall.id and %(day)s between y.starts_on and y.ends_on
order by n, s.starts_at limit 1)"""
    # Without « offset 0 », the lessons would be read once for each place where they are named.
    return f"""(select json_build_object('lessons', taught.lessons,
  'following', case when json_array_length(taught.lessons) = 0 then {following} end)
from (select {lessons_of_teacher(person, ON_THE_DAY)} as lessons offset 0) taught)"""
