import datetime as dt

import msgspec
from django.utils.translation import gettext_lazy as _

from pupitre.directory.group_staff import tell_group_staff
from pupitre.directory.profiles import Profile
from pupitre.foundation.registry import Capability, HomePart, MenuEntry, contribute
from pupitre.timetable import sql
from pupitre.timetable.queries import decode_children, decode_groups, decode_lessons

_TEACH = frozenset({Profile.TEACHER, Profile.SUPPORT})
_SCHOOL = frozenset({Profile.SCHOOL_LIFE, Profile.HEAD})

# The first lesson a person teaches after the day shown, within three weeks: the longest holidays but the summer's.
_NEXT = """(select json_build_object('on', %(day)s::date + n, 'starts_at', to_char(s.starts_at, 'HH24:MI:SS'), 'group', g.label)
from establishments_schoolyear y
join timetable_courseteacher ct on ct.establishment_id = wall.id and ct.person_id = %(person)s
  and %(day)s between ct.starts_on and coalesce(ct.ends_on, 'infinity')
join timetable_course c on c.establishment_id = wall.id and c.id = ct.course_id and c.ends_on is null
join directory_group g on g.establishment_id = wall.id and g.id = c.group_id and g.school_year_id = y.id
join timetable_timetableslot s on s.establishment_id = wall.id and s.course_id = c.id
  and %(person)s = any(s.teacher_ids)
join generate_series(1, 21) n on s.weekday = extract(isodow from %(day)s::date + n)
  and s.weeks & (1::bigint << ((%(day)s::date + n - y.first_monday) / 7)) <> 0
where y.establishment_id = wall.id and %(day)s between y.starts_on and y.ends_on
order by n, s.starts_at limit 1)"""

_TEACHERS = """select c.group_id, ct.person_id from timetable_courseteacher ct
  join timetable_course c on c.establishment_id = %(school)s and c.id = ct.course_id and c.ends_on is null
  where ct.establishment_id = %(school)s and %(today)s between ct.starts_on and coalesce(ct.ends_on, 'infinity')"""


class NextLesson(msgspec.Struct, frozen=True):
    """When a teacher's lessons start again, and with which class."""

    on: dt.date
    starts_at: dt.time
    group: str


tell_group_staff("timetable.courses", _TEACHERS)
contribute(
    Capability("timetable.view_any", _("Voir l’emploi du temps des classes et des élèves"), _("Emploi du temps")),
    MenuEntry(
        "timetable.week",
        _("Emploi du temps"),
        "agenda",
        "timetable:week",
        20,
        profiles=frozenset({Profile.STUDENT, Profile.TEACHER, Profile.SUPPORT}),
        tab=True,
    ),
    HomePart(
        "timetable.my_lessons",
        sql.lessons_of_student("%(person)s", sql.ON_THE_DAY),
        decode_lessons,
        frozenset({Profile.STUDENT}),
    ),
    HomePart("timetable.my_teaching", sql.lessons_of_teacher("%(person)s", sql.ON_THE_DAY), decode_lessons, _TEACH),
    HomePart("timetable.next_teaching", _NEXT, msgspec.json.Decoder(NextLesson | None).decode, _TEACH),
    HomePart("timetable.my_groups", sql.groups_of_teacher("%(person)s"), decode_groups, _TEACH),
    HomePart(
        "timetable.children",
        sql.lessons_of_children("%(person)s", sql.ON_THE_DAY),
        decode_children,
        frozenset({Profile.GUARDIAN}),
    ),
    HomePart(
        "timetable.going_on",
        sql.lessons_of_school(f"{sql.ON_THE_DAY} and %(time)s between s.starts_at and s.ends_at"),
        decode_lessons,
        _SCHOOL,
    ),
)
