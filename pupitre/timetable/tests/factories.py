"""Courses and slots for tests, made inside an open scope."""

import datetime as dt
from typing import Any

from pupitre.directory.models import Group, Person, Subject
from pupitre.directory.profiles import Profile, capabilities_of
from pupitre.directory.tests.factories import FIRST_DAY
from pupitre.establishments.models import Establishment
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.timetable.models import (
    CalendarFeed,
    Classroom,
    Course,
    CourseTeacher,
    PlacedStudent,
    SubstitutionOffer,
    TeacherAbsence,
    TimetableSlot,
    WorkPlacement,
)
from pupitre.timetable.services.placing import Place, plan_placement, write_placement

EVERY_WEEK = (1 << 45) - 1


def make_course(group: Group, subject: Subject, *teachers: Person) -> Course:
    """A course of the group, with its teachers since the first day."""
    course = Course.objects.create(establishment=group.establishment, group=group, subject=subject, modality="CG")
    for person in teachers:
        CourseTeacher.objects.create(
            establishment=group.establishment, course=course, person=person, starts_on=FIRST_DAY
        )
    return course


def make_slot(
    course: Course, weekday: int, starts: str, ends: str, *, room: str = "", weeks: int = EVERY_WEEK
) -> TimetableSlot:
    """A weekly lesson taught by all the teachers of the course."""
    classroom = Classroom.objects.get_or_create(establishment=course.establishment, code=room)[0] if room else None
    return TimetableSlot.objects.create(
        establishment=course.establishment,
        course=course,
        weekday=weekday,
        starts_at=dt.time.fromisoformat(starts),
        ends_at=dt.time.fromisoformat(ends),
        weeks=weeks,
        classroom=classroom,
        teacher_ids=list(course.teachers.values_list("person_id", flat=True)),
    )


def acting(cast: Any, slug: str, profile: Profile) -> Actor:
    """A member of the cast, acting in the collège."""
    person, school = cast.people[slug], cast.college
    profiles = frozenset({profile})
    return Actor(person.user_id, person.pk, school.pk, school.uai, profiles, capabilities_of(profiles))


def make_offer(cast: Any) -> SubstitutionOffer:
    """A lesson of the colleague, who is away, proposed to the teacher; the same when it is asked for again."""
    course = Course.objects.get(subject__code="020700", group__code="4B")
    day, by = dt.date(2026, 12, 1), cast.people["principal"].pk
    absence, _is_new = TeacherAbsence.objects.get_or_create(
        establishment=cast.college,
        person=cast.people["collegue"],
        defaults={"starts_on": day, "ends_on": day, "declared_by_id": by, "declared_at": clock.now()},
    )
    return SubstitutionOffer.objects.get_or_create(
        establishment=cast.college,
        absence=absence,
        course=course,
        held_on=day,
        starts_at=dt.time(10, 10),
        teacher=cast.people["enseignante"],
        defaults={"offered_by_id": by, "offered_at": clock.now()},
    )[0]


def make_feed(reader: Person, student: Person | None, school: Establishment) -> CalendarFeed:
    """The feed of a reader, the same when it is asked for again."""
    return CalendarFeed.objects.get_or_create(
        establishment=school, reader=reader, student=student, defaults={"nonce": "n" * 22, "opened_at": clock.now()}
    )[0]


def make_placement(cast: Any) -> WorkPlacement:
    """Two weeks in companies for the class of Inès, whose agreement is signed; the same when it is asked for again."""
    known: WorkPlacement | None = WorkPlacement.objects.filter(group=cast.groups["4B"]).first()
    if known:
        return known
    head = acting(cast, "principal", Profile.HEAD)
    days = {"starts_on": dt.date(2026, 12, 7), "ends_on": dt.date(2026, 12, 18)}
    made = plan_placement(group=cast.groups["4B"], label="Stage", **days, actor=head)
    ines = PlacedStudent.objects.get(placement=made, student__person=cast.people["eleve"])
    place = Place("Garage Martin", "Nancy", "M. Petit", "signed")
    write_placement(placement=made, **days, places={ines.student_id: place}, actor=head)
    return made
