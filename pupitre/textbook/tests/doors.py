import datetime as dt
from typing import Any

from pupitre.directory.profiles import Profile
from pupitre.establishments.scope import scope
from pupitre.textbook.models import Homework, Progression, TextbookEntry
from pupitre.textbook.services.progressing import progression_of_course
from pupitre.textbook.services.writing import Place
from pupitre.textbook.tests.factories import TUESDAY, acting, given, handed, maths_of, student, work, written
from tests.doors import door


def maths_of_4b(cast: Any) -> int:
    with scope(cast.college.pk):
        return maths_of(cast).pk


def schooling_of_ines(cast: Any) -> int:
    with scope(cast.college.pk):
        return student(cast.people["eleve"]).pk


def session_of_maths(cast: Any) -> int:
    """A session of mathematics of this morning, with work to hand in tomorrow; made once."""
    with scope(cast.college.pk):
        found = TextbookEntry.objects.exclude(course=None).first()
        return (found or written(cast, given=work(mode="file", details="Une photo lisible suffit."))).pk


def work_to_hand_in(cast: Any) -> int:
    """Work to hand in tomorrow, with the copy of Inès; made once."""
    with scope(cast.college.pk):
        found = Homework.objects.first()
        if found is None:
            found = given(cast, mode="file", details="Une photo lisible suffit.")
            handed(cast, found)
        return found.pk


def outing(cast: Any) -> int:
    """A session without a service, of 4B; made once."""
    with scope(cast.college.pk):
        found = TextbookEntry.objects.filter(course=None).first()
        if found is None:
            place = Place(cast.groups["4B"].pk, TUESDAY, dt.time(12), None, None, "Sortie au musée")
            found = written(cast, place, title="Musée des beaux-arts")
        return found.pk


def progression_of_maths(cast: Any) -> int:
    """What is written of mathematics, kept for another year; made once."""
    with scope(cast.college.pk):
        found = Progression.objects.first()
        if found is None:
            session_of_maths(cast)
            teacher = acting(cast, "enseignante", Profile.TEACHER)
            found = progression_of_course(course=maths_of(cast), title="Quatrième", actor=teacher)
        return found.pk


def year_of_session(cast: Any) -> int:
    """The school year of the session that is there."""
    session_of_maths(cast)
    return 2026


_COLLEGE = {"uai": "college"}
_READERS = dict.fromkeys(("eleve", "parent", "enseignante", "cpe", "principal"), 200)
_MORNING = {**_COLLEGE, "pk": maths_of_4b, "day": "2026-11-24", "hour": "0805"}
_WORK = {**_COLLEGE, "pk": work_to_hand_in}
_COPY = {**_WORK, "student": schooling_of_ines}

DOORS = [
    # A student or a guardian is led to a week, a teacher to the lesson going on.
    door(
        "textbook:notebook", at=_COLLEGE, eleve=302, parent=302, enseignante=200, collegue=200, cpe=200, principal=200
    ),
    door("textbook:session", at=_MORNING, enseignante=200),
    door("textbook:session", "post", at=_MORNING, data={"title": "Pythagore"}, enseignante=302),
    door(
        "textbook:autosave",
        "post",
        at=_COLLEGE,
        data={"place": "1/2026-11-24/0805"},
        **dict.fromkeys(("enseignante", "collegue", "cpe", "principal", "secretaire", "referent"), 200),
    ),
    door("textbook:extra", at=_COLLEGE, enseignante=200, collegue=200, cpe=200),
    door("textbook:edit_extra", at={**_COLLEGE, "pk": outing}, enseignante=200),
    door("textbook:entry", at={**_COLLEGE, "pk": session_of_maths}, **_READERS),
    door("textbook:bump", "post", at={**_COLLEGE, "pk": session_of_maths}, enseignante=302),
    door("textbook:student_week", at={**_COLLEGE, "pk": schooling_of_ines}, eleve=200, parent=200),
    door("textbook:book", at={**_COLLEGE, "pk": maths_of_4b}, **_READERS),
    door(
        "textbook:sign", "post", at={**_COLLEGE, "pk": maths_of_4b}, data={"read_until_on": "2026-11-24"}, principal=302
    ),
    door(
        "textbook:load",
        at={**_COLLEGE, "pk": "4B"},
        **dict.fromkeys(("enseignante", "collegue", "cpe", "principal", "secretaire", "referent"), 200),
    ),
    door("textbook:progressions", at=_COLLEGE, enseignante=200, collegue=200),
    door("textbook:progression", at={**_COLLEGE, "pk": progression_of_maths}, enseignante=200),
    door("textbook:progression_file", at={**_COLLEGE, "pk": progression_of_maths}, enseignante=200),
    door("textbook:exports", at=_COLLEGE, enseignante=200, collegue=200),
    door("textbook:export", at={**_COLLEGE, "year": year_of_session}, enseignante=200),
    door("textbook:mine", at=_COLLEGE, eleve=200),
    door("textbook:child", at={**_COLLEGE, "pk": schooling_of_ines}, eleve=200, parent=200),
    door("textbook:work", at=_WORK, eleve=200, parent=200, enseignante=302, cpe=200, principal=200),
    # A guardian ticks for a child under fifteen, whom they name; the cast's birth dates are not known.
    door("textbook:tell", "post", at=_WORK, data={"dit": "fait", "eleve": ""}, eleve=302),
    door("textbook:given", at=_COLLEGE, enseignante=200, collegue=200),
    door("textbook:follow", at=_WORK, enseignante=200),
    door("textbook:edit", at=_WORK, enseignante=200),
    door("textbook:redate", "post", at=_WORK, data={"w-due": "autre", "w-due_on": "2026-11-27"}, enseignante=302),
    door("textbook:remove", "post", at=_WORK, enseignante=302),
    door("textbook:copies", at=_WORK, enseignante=200),
    door("textbook:copy", at=_COPY, enseignante=200),
    door("textbook:more_time", "post", at=_COPY, data={"until_on": "2026-11-27"}, enseignante=302),
]
