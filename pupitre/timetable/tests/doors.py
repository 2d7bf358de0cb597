from typing import Any

from pupitre.establishments.scope import scope
from pupitre.timetable.feeds import key_of
from pupitre.timetable.models import Classroom, Course
from pupitre.timetable.tests.factories import make_feed, make_offer, make_placement
from tests.doors import door


def _feed(cast: Any) -> int:
    with scope(cast.college.pk):
        return make_feed(cast.people["parent"], cast.people["eleve"], cast.college).pk


def _key(cast: Any) -> str:
    with scope(cast.college.pk):
        return key_of(make_feed(cast.people["parent"], cast.people["eleve"], cast.college))


def _course(cast: Any) -> int:
    with scope(cast.college.pk):
        return Course.objects.get(group=cast.groups["4B"], subject__code="020700").pk


def _room(cast: Any) -> int:
    with scope(cast.college.pk):
        return Classroom.objects.get(code="204").pk


def _absence(cast: Any) -> int:
    with scope(cast.college.pk):
        return make_offer(cast).absence_id


def _offer(cast: Any) -> int:
    with scope(cast.college.pk):
        return make_offer(cast).pk


def _placement(cast: Any) -> int:
    with scope(cast.college.pk):
        return make_placement(cast).pk


_OFFICE = {"principal": 200, "secretaire": 200}
_LESSON = {"uai": "college", "course": _course, "day": "2026-11-24", "hour": "1010"}
_STAFF = dict.fromkeys(("enseignante", "collegue", "cpe", "principal", "secretaire", "referent"), 200)

DOORS = [
    door("timetable:week", at={"uai": "college"}, eleve=200, parent=302, **_STAFF),
    door("timetable:child_week", at={"uai": "college", "pk": "eleve"}, eleve=200, parent=200, **_STAFF),
    # All the children of a guardian, of every school; the only one of another is their week.
    door("family_weeks:children", parent=200, parent_voisin=302),
    # A parent has their own child's week, in that child's school only.
    door(
        "timetable:child_week",
        at={"uai": "neighbour", "pk": "eleve-voisin"},
        parent_voisin=200,
        enseignante_voisine=200,
    ),
    door("timetable:group_week", at={"uai": "college", "pk": "4B"}, **_STAFF),
    door("timetable:subscriptions", at={"uai": "college"}, eleve=200, parent=200, enseignante=200, collegue=200),
    door("timetable:subscribe", "post", at={"uai": "college", "pk": "eleve"}, eleve=302, parent=302),
    # 0: the lessons that one teaches.
    door("timetable:subscribe", "post", at={"uai": "college", "pk": 0}, enseignante=302, collegue=302),
    door("timetable:unsubscribe", "post", at={"uai": "college", "pk": _feed}, parent=302),
    # Nobody signs in to read it: the address is the key.
    door("calendars:feed", at={"place": "college", "key": _key}, everyone=200),
    door("calendars:feed", at={"place": "neighbour", "key": _key}, everyone=404),
    door("timetable:teacher_week", at={"uai": "college", "pk": "enseignante"}, **_STAFF),
    # Nobody of one's own school teaches under that name.
    door("timetable:teacher_week", at={"uai": "college", "pk": "enseignante-voisine"}),
    door("timetable:room_week", at={"uai": "college", "pk": _room}, **_STAFF),
    door("timetable:office", at={"uai": "college"}, **_OFFICE),
    door("timetable:lesson", at=_LESSON, **_OFFICE),
    door("timetable:lesson", at={**_LESSON, "hour": "1011"}),
    door("timetable:several", at={"uai": "college"}),
    door("timetable:add", at={"uai": "college", "pk": "4B"}, **_OFFICE),
    door("timetable:delays", at={"uai": "college"}, **_OFFICE),
    door("timetable:teacher_absences", at={"uai": "college"}, **_OFFICE),
    door("timetable:teacher_absence", at={"uai": "college", "pk": _absence}, **_OFFICE),
    door("timetable:placements", at={"uai": "college"}, **_OFFICE),
    door("timetable:placement", at={"uai": "college", "pk": _placement}, **_OFFICE),
    # Proposed to the teacher, seen by nobody else: not even by the colleague who is away.
    door("timetable:offer", at={"uai": "college", "pk": _offer}, enseignante=200),
    # A group of another school does not exist, even under one's own school's address.
    door("timetable:group_week", at={"uai": "college", "pk": "1PRO"}),
]
