import datetime as dt

import msgspec
from django.utils.translation import gettext_lazy as _

from pupitre.directory.group_staff import tell_group_staff
from pupitre.directory.profiles import Profile
from pupitre.foundation.commitments import tell_commitments
from pupitre.foundation.registry import (
    ActionSource,
    Capability,
    HomePart,
    MenuEntry,
    NotificationKind,
    PersonalData,
    contribute,
)
from pupitre.timetable import sql
from pupitre.timetable.models import PlacedStudent, SubstitutionOffer, TeacherAbsence
from pupitre.timetable.policies import MANAGE, TEACHING
from pupitre.timetable.queries import decode_children, decode_groups, decode_lessons, decode_taught_day
from pupitre.timetable.queries.held_tests import tests_of
from pupitre.timetable.services.substituting import KIND
from pupitre.timetable.services.telling import LATER, TODAY
from pupitre.timetable.waiting import OFFERS, offers

_TEACH = frozenset({Profile.TEACHER, Profile.SUPPORT})
_SCHOOL = frozenset({Profile.SCHOOL_LIFE, Profile.HEAD})

_TEACHERS = """select c.group_id, ct.person_id from timetable_courseteacher ct
  join timetable_course c on c.establishment_id = %(school)s and c.id = ct.course_id and c.ends_on is null
  where ct.establishment_id = %(school)s and %(today)s between ct.starts_on and coalesce(ct.ends_on, 'infinity')"""

tell_group_staff("timetable.courses", _TEACHERS)
tell_commitments("timetable.tests", tests_of)
contribute(
    Capability(MANAGE, _("Modifier l’emploi du temps : annuler, déplacer, remplacer"), _("Emploi du temps")),
    Capability("timetable.view_any", _("Voir l’emploi du temps des classes et des élèves"), _("Emploi du temps")),
    NotificationKind(
        TODAY,
        _("Emploi du temps : changement le jour même"),
        defaults=dict.fromkeys((Profile.STUDENT, Profile.GUARDIAN, *TEACHING), "immediate"),
    ),
    NotificationKind(
        LATER,
        _("Emploi du temps : changement des jours suivants"),
        defaults={**dict.fromkeys((Profile.STUDENT, *TEACHING), "immediate"), Profile.GUARDIAN: "daily"},
    ),
    NotificationKind(
        KIND, _("Remplacement d’un collègue qui m’est proposé"), defaults=dict.fromkeys(TEACHING, "immediate")
    ),
    ActionSource("timetable.offers", OFFERS, offers, profiles=frozenset({Profile.TEACHER})),
    PersonalData(
        TeacherAbsence,
        "person",
        _("Savoir quels cours sont sans professeur, et les remplacer."),
        _("L’année scolaire."),
    ),
    PersonalData(SubstitutionOffer, "teacher", _("Proposer les cours d’un collègue absent."), _("L’année scolaire.")),
    PersonalData(
        PlacedStudent,
        "student",
        _("Savoir où chaque élève est en stage, et qui l’accueille."),
        _("L’année scolaire."),
    ),
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
    MenuEntry(
        "timetable.children",
        _("Semaine de mes enfants"),
        "agenda",
        "family_weeks:children",
        20,
        profiles=frozenset({Profile.GUARDIAN}),
        in_school=False,
    ),
    MenuEntry("timetable.office", _("Modifier les cours"), "crayon", "timetable:office", 21, capability=MANAGE),
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
    # Not shared: a lesson cancelled at 7:50 raises the stamps of those it concerns, never the whole school's.
    HomePart("timetable.going_on", sql.lessons_of_school(sql.GOING_ON), decode_lessons, _SCHOOL),
    HomePart("timetable.bells", sql.BELLS, msgspec.json.Decoder(list[dt.time]).decode, _SCHOOL, shared=True),
)
