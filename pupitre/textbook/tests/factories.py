"""Sessions, work and copies for tests, made inside an open scope, through the services."""

import datetime as dt
from typing import Any
from uuid import uuid4

from pupitre.directory.models import Person, Student
from pupitre.directory.profiles import Profile, capabilities_of
from pupitre.foundation.actor import Actor
from pupitre.textbook.models import Homework, Submission, TextbookEntry
from pupitre.textbook.services.giving import Due, Work
from pupitre.textbook.services.handing_in import Copy, hand_in
from pupitre.textbook.services.writing import Place, Session, save_session
from pupitre.timetable.models import Course
from tests.cast import Cast

TUESDAY = dt.date(2026, 11, 24)
WEDNESDAY, THURSDAY = TUESDAY + dt.timedelta(days=1), TUESDAY + dt.timedelta(days=2)
MORNING, AFTERNOON = dt.time(8, 5), dt.time(13, 30)


def acting(cast: Cast, slug: str, profile: str, place: str = "college") -> Actor:
    """Somebody of the cast acting in a school with the rights of one profile."""
    person, school = cast.people[slug], getattr(cast, place)
    profiles = frozenset({str(profile)})
    return Actor(person.user_id or 0, person.pk, school.pk, school.uai, profiles, capabilities_of(profiles))


def student(person: Person) -> Student:
    """The schooling of somebody in the open school."""
    found: Student = Student.objects.get(person=person)
    return found


def maths_of(cast: Cast, group: str = "4B") -> Course:
    """The course of mathematics of a class."""
    found: Course = Course.objects.select_related("subject", "group").get(
        group=cast.groups[group], subject__label="Mathématiques"
    )
    return found


def lesson_of(cast: Cast, on: dt.date = TUESDAY, at: dt.time = MORNING, group: str = "4B") -> Place:
    """A lesson of mathematics."""
    course = maths_of(cast, group)
    end = (dt.datetime.combine(on, at) + dt.timedelta(minutes=55)).time()
    return Place(course.group_id, on, at, end, course.pk)


def work(title: str = "Exercices 4 et 5 page 218", **more: Any) -> Work:
    """Work for the next lesson, on Wednesday at 8:05."""
    return Work(**{"key": uuid4(), "title": title, "due": Due(WEDNESDAY, MORNING), "minutes": 20, **more})


def written(cast: Cast, place: Place | None = None, *, given: Work | None = None, **facts: Any) -> TextbookEntry:
    """A session of this morning, published at once unless told otherwise."""
    typed = {"title": "Théorème de Pythagore", "body": "Activité 2 page 214.", "rule": "now", **facts}
    teacher = acting(cast, "enseignante", Profile.TEACHER)
    return save_session(
        place=place or lesson_of(cast), key=uuid4(), session=Session(**typed), actor=teacher, work=given
    )


def given(cast: Cast, **facts: Any) -> Homework:
    """Work given this morning by the teacher of mathematics, for tomorrow."""
    asked = work(**facts)
    written(cast, given=asked)
    found: Homework = Homework.objects.select_related("course__subject", "group").get(key=asked.key)
    return found


def handed(cast: Cast, homework: Homework, slug: str = "eleve", **copy: Any) -> Submission:
    """A copy handed in by a student."""
    person = cast.people[slug]
    typed = {"text": "J’ai trouvé 5 cm.", **copy}
    return hand_in(
        homework=homework, student=student(person), copy=Copy(**typed), actor=acting(cast, slug, Profile.STUDENT)
    )
