"""Things and bookings for tests, made inside an open scope, through the services."""

import datetime as dt
from typing import Any

from pupitre.booking.models import Booking, Equipment
from pupitre.booking.queries.resources import Resource, of_equipment, of_room
from pupitre.booking.services.lending import lend
from pupitre.booking.services.reserving import book
from pupitre.directory.models import Affiliation
from pupitre.directory.profiles import capabilities_of
from pupitre.foundation.actor import Actor
from pupitre.timetable.models import Classroom
from tests.cast import Cast

THURSDAY = dt.date(2026, 11, 26)
WEDNESDAY = dt.date(2026, 11, 25)


def actor_of(cast: Cast, slug: str) -> Actor:
    """One of the cast acting at the college."""
    person, school = cast.people[slug], cast.college
    roles = Affiliation.objects.filter(person=person, establishment=school).values_list("profile", flat=True)
    return Actor(
        person.user_id or 0, person.pk, school.pk, school.uai, frozenset(roles), capabilities_of(frozenset(roles))
    )


def room(code: str = "204") -> Resource:
    return of_room(Classroom.objects.get(code=code))


def minibus(cast: Cast, most_lessons: int | None = None) -> Equipment:
    return lend(name="Minibus", place="Parking", most_lessons=most_lessons, actor=actor_of(cast, "secretaire"))


def minibus_thing(cast: Cast, most_lessons: int | None = None) -> Resource:
    return of_equipment(minibus(cast, most_lessons))


def booked(cast: Cast, slug: str = "enseignante", **more: Any) -> list[Booking]:
    """Room 204 on Thursday from 10:10 to 11:05, unless told."""
    facts: dict[str, Any] = {
        "resource": room() if "resource" not in more else None,
        "on": THURSDAY,
        "starts_at": dt.time(10, 10),
        "ends_at": dt.time(11, 5),
        "purpose": "Exposés",
        **more,
    }
    return book(**facts, actor=actor_of(cast, slug))
