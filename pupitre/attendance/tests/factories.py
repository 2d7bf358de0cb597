"""Registers and absences for tests, made inside an open scope."""

import datetime as dt

from pupitre.attendance.models import AbsenceCase, RollCall
from pupitre.attendance.services.finishing import finish_roll_call
from pupitre.attendance.services.marking import Told
from pupitre.attendance.services.preparing import prepare_registers
from pupitre.directory.models import Membership, Person, Student
from pupitre.directory.profiles import Profile, capabilities_of
from pupitre.directory.tests.factories import FIRST_DAY, PersonFactory, enrol
from pupitre.foundation.actor import Actor
from tests.cast import Cast

TUESDAY = dt.date(2026, 11, 24)


def registers(day: dt.date = TUESDAY) -> list[RollCall]:
    """The registers of a day, in the order of lessons."""
    prepare_registers(day)
    return list(RollCall.objects.filter(held_on=day).order_by("starts_at", "group__code"))


def register(group: str, starts: str, day: dt.date = TUESDAY) -> RollCall:
    """The register of one lesson of the cast: `register("4B", "08:05")`."""
    prepare_registers(day)
    found: RollCall = RollCall.objects.get(held_on=day, group__code=group, starts_at=dt.time.fromisoformat(starts))
    return found


def student(person: Person) -> Student:
    """The schooling of somebody in the open school."""
    found: Student = Student.objects.get(person=person)
    return found


def fill_class(cast: Cast, code: str, count: int) -> list[Student]:
    """Give a class of the cast more students."""
    return [
        enrol(PersonFactory(last_name=f"ZÉPHYR{number:02}", first_name="Alix"), cast.groups[code])
        for number in range(count)
    ]


def leave_class(leaving: Student, last_day: dt.date) -> None:
    """End a student's place in their groups."""
    Membership.objects.filter(student=leaving, starts_on=FIRST_DAY).update(ends_on=last_day)


def acting(cast: Cast, slug: str, profile: str, place: str = "college") -> Actor:
    """Somebody of the cast acting in a school with the rights of one profile."""
    person, school = cast.people[slug], getattr(cast, place)
    profiles = frozenset({profile})
    assert person.user_id is not None
    return Actor(person.user_id, person.pk, school.pk, school.uai, profiles, capabilities_of(profiles))


def absent(cast: Cast, slug: str = "eleve", starts: str = "08:05", group: str = "4B") -> AbsenceCase:
    """The dossier of somebody marked absent in one lesson of this Tuesday."""
    roll, missing = register(group, starts), student(cast.people[slug])
    cpe = acting(cast, "cpe", Profile.SCHOOL_LIFE)
    finish_roll_call(roll.pk, [Told(missing.pk, "absent")], actor=cpe)
    found: AbsenceCase = AbsenceCase.objects.filter(student=missing).latest("pk")
    return found
