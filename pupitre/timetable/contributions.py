from django.utils.translation import gettext_lazy as _

from pupitre.directory.group_staff import tell_group_staff
from pupitre.directory.profiles import Profile
from pupitre.foundation.registry import Capability, HomePart, MenuEntry, contribute
from pupitre.timetable import sql
from pupitre.timetable.queries import decode_children, decode_groups, decode_lessons, decode_taught_day

_TEACH = frozenset({Profile.TEACHER, Profile.SUPPORT})
_SCHOOL = frozenset({Profile.SCHOOL_LIFE, Profile.HEAD})

_TEACHERS = """select c.group_id, ct.person_id from timetable_courseteacher ct
  join timetable_course c on c.establishment_id = %(school)s and c.id = ct.course_id and c.ends_on is null
  where ct.establishment_id = %(school)s and %(today)s between ct.starts_on and coalesce(ct.ends_on, 'infinity')"""

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
        short=_("Semaine"),
    ),
    HomePart(
        "timetable.my_lessons",
        sql.lessons_of_student("%(person)s", sql.ON_THE_DAY),
        decode_lessons,
        frozenset({Profile.STUDENT}),
    ),
    HomePart("timetable.my_teaching", sql.day_of_teacher("%(person)s"), decode_taught_day, _TEACH),
    HomePart("timetable.my_groups", sql.groups_of_teacher("%(person)s"), decode_groups, _TEACH),
    HomePart(
        "timetable.children",
        sql.lessons_of_children("%(person)s", sql.ON_THE_DAY),
        decode_children,
        frozenset({Profile.GUARDIAN}),
    ),
    HomePart(
        "timetable.school_day",
        sql.lessons_of_school(sql.ON_THE_DAY),
        decode_lessons,
        _SCHOOL,
        shared=True,
    ),
)
