"""The lessons of a person, a group or a room, as SQL: scalar sub-selects giving JSON, for the pages everyone opens.

They stand inside a statement that begins with `with wall as materialized (select open_wall(…) as id)`, which opens
the school in the database, and take the parameter `day` (a date). Expressions given to the builders are SQL written
in this house, never something typed by a visitor. Which lessons are held, and when, is `dated.py`.
"""

from pupitre.timetable.dated import LATEST, PUBLISHED, dated
from pupitre.timetable.sql_placements import company_on, placements_of_year

CURRENT = "%(day)s between {0}.starts_on and coalesce({0}.ends_on, 'infinity')"
ON_THE_DAY = "s.weekday = extract(isodow from %(day)s::date)"
# And those changed that are still to come: their hours are not among the usual ones.
GOING_ON = f"{ON_THE_DAY} and s.ends_at > %(time)s and (s.starts_at <= %(time)s or s.x_id is not null)"
BELLS = """(select coalesce(json_agg(distinct to_char(bell.at, 'HH24:MI:SS')), '[]') from timetable_timetableslot s,
  lateral (values (s.starts_at), (s.ends_at)) bell (at)
  where s.establishment_id = wall.id and s.weekday = extract(isodow from %(day)s::date))"""

_NAMES = """(select coalesce(string_agg(t.formal_name, ', ' order by t.sort_key), '')
  from directory_person t where t.id = any({people}))"""

_LESSON = f"""json_build_object(
  'starts_at', to_char(s.starts_at, 'HH24:MI:SS'), 'ends_at', to_char(s.ends_at, 'HH24:MI:SS'), 'weekday', s.weekday,
  'code', j.code, 'subject', j.label, 'group', g.label, 'group_id', g.id, 'room', coalesce(r.code, ''),
  'alternation', s.alternation, 'teachers', {_NAMES.format(people="s.teacher_ids")}, 'course', c.id,
  'change', case when w.company is not null then json_build_object('state', 'internship', 'place', s.place, 'is_test', false,
    'is_added', false, 'held_on', coalesce(s.x_held_on, s.on_day), 'reason', w.company, 'to_held_on', s.on_day,
    'starts_at', to_char(coalesce(s.x_starts_at, s.starts_at), 'HH24:MI:SS'),
    'to_starts_at', to_char(s.starts_at, 'HH24:MI:SS'), 'changes_room', false, 'usual_teachers', '', 'is_handed', false)
  when s.x_id is not null then json_build_object('state', s.x_state, 'place', s.place,
    'is_test', s.x_is_test, 'is_added', s.x_is_added, 'held_on', s.x_held_on,
    'starts_at', to_char(s.x_starts_at, 'HH24:MI:SS'), 'to_held_on', s.x_to_held_on,
    'to_starts_at', to_char(s.x_to_starts_at, 'HH24:MI:SS'), 'reason', s.x_reason,
    'changes_room', s.classroom_id is distinct from s.usual_room,
    'usual_teachers', case when s.teacher_ids <> s.usual_teachers then {_NAMES.format(people="s.usual_teachers")} else '' end,
    'is_handed', {{handed}}) end)"""

_LESSONS = """(select coalesce(json_agg({lesson} order by s.weekday, s.starts_at, g.label), '[]')
from establishments_schoolyear y
{courses}
join directory_group g on g.establishment_id = wall.id and g.id = c.group_id and g.school_year_id = y.id
join directory_subject j on j.establishment_id = wall.id and j.id = c.subject_id
join lateral ({dated}) s on true
left join lateral ({placed}) w on true
left join timetable_classroom r on r.establishment_id = wall.id and r.id = s.classroom_id
where y.establishment_id = wall.id and %(day)s between y.starts_on and y.ends_on and {only})"""
# A group, a teacher and a room have their lessons: those who are not in a company come.
_NOT_PLACED = "select null as company"


def _lessons(courses: str, only: str, seen: str, handed: str = "false", placed: str = _NOT_PLACED) -> str:
    lesson = _LESSON.format(handed=handed)
    return _LESSONS.format(lesson=lesson, courses=courses, dated=dated(seen), only=only, placed=placed)


def lessons_of_student(person: str, only: str = "true", seen: str = PUBLISHED) -> str:
    """Lessons of the week of `day` for the student whose person id is the SQL expression `person`."""
    courses = f"""join directory_student st on st.establishment_id = wall.id and st.person_id = {person}
join directory_membership m on m.establishment_id = wall.id and m.student_id = st.id and {CURRENT.format("m")}
join timetable_course c on c.establishment_id = wall.id and c.group_id = m.group_id and c.ends_on is null"""
    return _lessons(courses, only, seen, placed=company_on("st.id", "s.on_day"))


def lessons_of_teacher(person: str, only: str = "true") -> str:
    """Lessons of the week of `day` that a person teaches, takes over from another, or leaves to another (`is_handed`)."""
    courses = f"""join lateral (select ct.course_id from timetable_courseteacher ct
  where ct.establishment_id = wall.id and ct.person_id = {person} and {CURRENT.format("ct")}
  union select x.course_id from timetable_lessonchange x where x.establishment_id = wall.id and {person} = any(x.teacher_ids)
    and x.to_held_on between %(day)s::date - 6 and %(day)s::date + 6) ct on true
join timetable_course c on c.establishment_id = wall.id and c.id = ct.course_id and c.ends_on is null"""
    mine = f"({person} = any(s.teacher_ids) or {person} = any(s.usual_teachers)) and {only}"
    return _lessons(courses, mine, LATEST, f"not {person} = any(s.teacher_ids)")


def lessons_of_group(group: str, only: str = "true", seen: str = LATEST) -> str:
    """Lessons of the week of `day` for a division and the groups where its students sit."""
    courses = f"""join timetable_course c on c.establishment_id = wall.id and c.ends_on is null
  and (c.group_id = {group} or c.group_id in (
    select other.group_id from directory_membership mine
    join directory_membership other on other.establishment_id = wall.id and other.student_id = mine.student_id
      and {CURRENT.format("other")}
    where mine.establishment_id = wall.id and mine.group_id = {group} and {CURRENT.format("mine")}))"""
    return _lessons(courses, only, seen)


# H is every week in STS files. A few slots prove nothing: a timetable that is half imported has some that alternate.
# Only between two weeks of lessons: nobody is sent to a company in the summer.
_ALTERNATES = """(select count(*) >= 10 and bool_and(s.alternation not in ('', 'H'))
    and bool_or(s.weeks >> ((%(day)s::date - y.first_monday) / 7 + 1) <> 0)
    and bool_or(s.weeks & ((1::bigint << ((%(day)s::date - y.first_monday) / 7)) - 1) <> 0) {courses}
  join timetable_timetableslot s on s.establishment_id = wall.id and s.course_id = c.id
  join establishments_schoolyear y on y.establishment_id = wall.id and %(day)s between y.starts_on and y.ends_on)"""


def student_alternates(person: str) -> str:
    """Whether all the slots of a student alternate, as those of a class that is half of the time in companies."""
    return _ALTERNATES.format(
        courses=f"""from directory_student st
  join directory_membership m on m.establishment_id = wall.id and m.student_id = st.id and {CURRENT.format("m")}
    and st.establishment_id = wall.id and st.person_id = {person}
  join timetable_course c on c.establishment_id = wall.id and c.group_id = m.group_id and c.ends_on is null"""
    )


def division_alternates(group: str) -> str:
    """Whether all the slots of a division alternate; never true of other groups, whose students have other lessons."""
    return _ALTERNATES.format(
        courses=f"""from directory_group d
  join timetable_course c on c.establishment_id = wall.id and c.group_id = d.id and c.ends_on is null
    and d.establishment_id = wall.id and d.id = {group} and d.kind = 'division'"""
    )


def lessons_of_room(room: str, only: str = "true") -> str:
    """Lessons of the week of `day` held in a room, and those that left it (`is_handed`)."""
    courses = "join timetable_course c on c.establishment_id = wall.id and c.ends_on is null"
    there = f"(s.classroom_id = {room} or s.usual_room = {room}) and {only}"
    return _lessons(courses, there, LATEST, f"s.classroom_id is distinct from {room}")


def lessons_of_school(only: str) -> str:
    """Lessons of the week of `day` for the whole school: always with a condition that keeps a few."""
    courses = "join timetable_course c on c.establishment_id = wall.id and c.ends_on is null"
    return _lessons(courses, only, LATEST)


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
  'placements', {placed},
  'closures', (select coalesce(json_agg(json_build_object('starts_on', z.starts_on, 'ends_on', z.ends_on)
      order by z.starts_on, z.ends_on), '[]')
    from establishments_closure z where z.establishment_id = wall.id and z.ends_on >= y.starts_on and z.starts_on <= y.ends_on),
  'slots', (select coalesce(json_agg(json_build_object(
      'id', s.id, 'course', c.id, 'weekday', s.weekday, 'starts_at', to_char(s.starts_at, 'HH24:MI:SS'),
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
    where coalesce(held.ends_on, 'infinity') >= y.starts_on and held.starts_on <= y.ends_on),
  'changes', (select coalesce(json_agg(json_build_object(
      'course', c.id, 'held_on', x.held_on, 'starts_at', to_char(x.starts_at, 'HH24:MI:SS'), 'to_held_on', x.to_held_on,
      'to_starts_at', to_char(x.to_starts_at, 'HH24:MI:SS'), 'to_ends_at', to_char(x.to_ends_at, 'HH24:MI:SS'),
      'state', x.state, 'is_test', x.is_test, 'sequence', x.sequence, 'reason', x.reason, 'subject', j.label, 'group', g.label,
      'room', coalesce(nullif(r.label, ''), r.code, ''), 'is_mine', {mine},
      'teachers', {names}) order by x.held_on, x.starts_at, x.id), '[]')
    from timetable_lessonchange x
    join timetable_course c on c.establishment_id = wall.id and c.id = x.course_id and c.ends_on is null
    join directory_group g on g.establishment_id = wall.id and g.id = c.group_id and g.school_year_id = y.id
    join directory_subject j on j.establishment_id = wall.id and j.id = c.subject_id
    left join timetable_timetableslot s on not x.is_added and s.establishment_id = wall.id and s.course_id = c.id
      and s.weekday = extract(isodow from x.held_on) and s.starts_at = x.starts_at
      and s.weeks & (1::bigint << ((x.held_on - y.first_monday) / 7)) <> 0
    left join timetable_classroom r on r.establishment_id = wall.id and r.id = coalesce(x.classroom_id, s.classroom_id)
    where x.establishment_id = wall.id and x.{seen} and x.held_on between y.starts_on and y.ends_on
      and (x.is_added or s.id is not null) and ({told})))
from establishments_schoolyear y where y.establishment_id = wall.id and %(day)s between y.starts_on and y.ends_on)"""


_HELD = "x.held_on between held.starts_on and coalesce(held.ends_on, 'infinity')"


def _year(held: str, only: str, told: str, mine: str, seen: str, placed: str = "'[]'::json") -> str:
    names = _NAMES.format(people="coalesce(x.teacher_ids, s.teacher_ids)")
    return _YEAR.format(held=held, only=only, told=told, mine=mine, seen=seen, names=names, placed=placed)


def year_of_student(person: str) -> str:
    """The school year of `day` with every slot of a student, between the dates of the membership that gives it."""
    held = f"""(select m.starts_on, m.ends_on, c.id as course_id from directory_student st
      join directory_membership m on m.establishment_id = wall.id and m.student_id = st.id
      join timetable_course c on c.establishment_id = wall.id and c.group_id = m.group_id
      where st.establishment_id = wall.id and st.person_id = {person}) held"""
    told = f"x.course_id in (select held.course_id from {held} where {_HELD})"
    return _year(held, "true", told, "true", PUBLISHED, placements_of_year(person))


def year_of_teacher(person: str) -> str:
    """The school year of `day` with every slot that a person teaches."""
    held = f"""(select ct.starts_on, ct.ends_on, ct.course_id from timetable_courseteacher ct
      where ct.establishment_id = wall.id and ct.person_id = {person}) held"""
    taught = f"coalesce({person} = any(s.teacher_ids), false) or coalesce({person} = any(x.teacher_ids), false)"
    return _year(
        held, f"{person} = any(s.teacher_ids)", taught, f"coalesce({person} = any(x.teacher_ids), true)", LATEST
    )


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
  and not exists (select from establishments_closure z where z.establishment_id = wall.id
    and %(day)s::date + n between z.starts_on and z.ends_on)
  and not exists (select from timetable_lessonchange x where x.establishment_id = wall.id and x.is_latest
    and x.course_id = c.id and x.held_on = %(day)s::date + n and x.starts_at = s.starts_at
    and (x.state <> 'held' or (x.to_held_on, x.to_starts_at) <> (x.held_on, x.starts_at)
      or not coalesce({person} = any(x.teacher_ids), true)))
where y.establishment_id = wall.id and %(day)s between y.starts_on and y.ends_on
order by n, s.starts_at limit 1)"""
    # Without « offset 0 », the lessons would be read once for each place where they are named.
    return f"""(select json_build_object('lessons', taught.lessons,
  'following', case when json_array_length(taught.lessons) = 0 then {following} end)
from (select {lessons_of_teacher(person, ON_THE_DAY)} as lessons offset 0) taught)"""
