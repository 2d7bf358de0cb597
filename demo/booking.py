"""What the collège lends, and a few rooms and things booked this week."""

import datetime as dt

from demo.accounts import person_of
from demo.cast import member
from pupitre.booking.models import Equipment
from pupitre.booking.queries.resources import Resource, lesson_hours, of_equipment, resources
from pupitre.booking.refusals import Refusal
from pupitre.booking.services.lending import lend
from pupitre.booking.services.reserving import book
from pupitre.directory.profiles import Profile, capabilities_of
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor

_LENT = (
    ("Chariot de tablettes", "CDI", 2),
    ("Vidéoprojecteur portable", "Vie scolaire", 4),
    ("Minibus", "Parking du personnel", None),
)


def book_rooms(college: Establishment) -> None:
    """Three things to lend; bookings by Hélène and Bruno, in the hours that lessons leave free."""
    with scope(college.pk):
        office = _acting("secretaire", college, Profile.ADMINISTRATIVE)
        for name, place, most in _LENT:
            lend(name=name, place=place, most_lessons=most, actor=office)
        tablets, projector, minibus = [of_equipment(Equipment.objects.get(name=name)) for name, _place, _most in _LENT]
        helene = _acting("enseignante", college, Profile.TEACHER)
        bruno = _acting("collegue", college, Profile.TEACHER)
        _book(tablets, helene, "Géométrie dynamique, 4e B", 1)
        _book(projector, bruno, "Extraits de films", 0)
        _book(minibus, bruno, "Théâtre municipal", 2)
        for n, (who, purpose) in enumerate([(helene, "Aide aux devoirs"), (bruno, "Répétition de théâtre")]):
            for room in resources("room"):
                if _book(room, who, purpose, n + 1, weeks=4):
                    break


def _book(thing: Resource, who: Actor, purpose: str, hour: int, weeks: int = 0) -> bool:
    """Book a thing at the first day from tomorrow when it is free at this hour of the school, counted from the last."""
    starts, ends = lesson_hours()[-1 - hour]
    for days in range(1, 8):
        on = clock.today() + dt.timedelta(days=days)
        until = on + dt.timedelta(days=7 * weeks) if weeks else None
        if on.isoweekday() > 5:
            continue
        try:
            book(resource=thing, on=on, starts_at=starts, ends_at=ends, purpose=purpose, actor=who, until=until)
        except Refusal:
            continue
        return True
    return False


def _acting(slug: str, school: Establishment, profile: Profile) -> Actor:
    person = person_of(member(slug))
    if person is None:
        raise LookupError(f"{slug} is not in the directory")
    profiles = frozenset({str(profile)})
    return Actor(person.user_id or 0, person.pk, school.pk, school.uai, profiles, capabilities_of(profiles))
