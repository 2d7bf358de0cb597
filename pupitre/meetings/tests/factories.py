"""Evenings for tests, made inside an open scope, through the services."""

import datetime as dt
from typing import Any

from pupitre.directory.models import Affiliation, Student
from pupitre.directory.profiles import capabilities_of
from pupitre.establishments.models import Establishment
from pupitre.foundation.actor import Actor
from pupitre.foundation.clock import PARIS
from pupitre.meetings.models import FamilyRequest, Meeting, MeetingTeacher, Wish
from pupitre.meetings.services.arranging import publish
from pupitre.meetings.services.asking import ask
from pupitre.meetings.services.planning import ask_plan, make_plan
from pupitre.meetings.services.preparing import Evening, open_wishes, prepare
from tests.cast import Cast

THURSDAY = dt.date(2026, 12, 3)
CLOSES = dt.datetime(2026, 11, 30, 20, tzinfo=PARIS)


def actor_of(cast: Cast, slug: str, school: Establishment | None = None) -> Actor:
    """One of the cast acting in a school, the college unless told."""
    return acting(cast.people[slug].pk, school or cast.college, cast.people[slug].user_id or 0)


def acting(person_id: int, school: Establishment, user_id: int = 0) -> Actor:
    """Somebody acting in a school."""
    profiles = frozenset(
        Affiliation.objects.filter(person=person_id, establishment=school).values_list("profile", flat=True)
    )
    return Actor(user_id, person_id, school.pk, school.uai, profiles, capabilities_of(profiles))


def evening(**more: Any) -> Evening:
    """From 17:00 to 19:00, ten minutes each."""
    facts: dict[str, Any] = {
        "title": "Rencontre parents-professeurs",
        "held_on": THURSDAY,
        "starts_at": dt.time(17),
        "ends_at": dt.time(19),
        "slot_minutes": 10,
        "most_wishes": 4,
        "closes_at": CLOSES,
    }
    return Evening(**{**facts, **more})


def prepared(cast: Cast, *codes: str, **more: Any) -> Meeting:
    """An evening of some classes, of the whole school without any."""
    groups = [cast.groups[code].pk for code in codes]
    return prepare(evening=evening(**more), groups=groups, actor=actor_of(cast, "principal"))


def opened(cast: Cast, *codes: str, **more: Any) -> Meeting:
    """An evening whose wishes are open."""
    meeting = prepared(cast, *codes, **more)
    open_wishes(meeting=meeting, actor=actor_of(cast, "principal"))
    return meeting


def teacher(cast: Cast, meeting: Meeting, slug: str = "enseignante") -> MeetingTeacher:
    found: MeetingTeacher = MeetingTeacher.objects.get(meeting=meeting, person=cast.people[slug])
    return found


def child(cast: Cast, slug: str = "eleve") -> Student:
    found: Student = Student.objects.get(person=cast.people[slug])
    return found


def asked(cast: Cast, meeting: Meeting, actor: Actor | None = None, level: int = 2, **more: Any) -> FamilyRequest:
    """Inès's mother wishes to see her teacher of mathematics."""
    pairs = more.pop("pairs", None) or [("eleve", "enseignante")]
    levels = {(child(cast, one).pk, teacher(cast, meeting, other).pk): level for one, other in pairs}
    facts: dict[str, Any] = {"away": [], "is_shared": False, **more}
    return ask(meeting=meeting, levels=levels, actor=actor or actor_of(cast, "parent"), **facts)


def planned(cast: Cast, meeting: Meeting) -> Meeting:
    """The plan of an evening, made in place."""
    ask_plan(meeting=meeting, actor=actor_of(cast, "principal"))
    make_plan(meeting.pk, meeting.establishment_id)
    meeting.refresh_from_db()
    return meeting


def published(cast: Cast, meeting: Meeting) -> Meeting:
    """An evening whose plan is made and published."""
    publish(meeting=planned(cast, meeting), actor=actor_of(cast, "principal"))
    return meeting


def the_wish() -> Wish:
    """The only wish there is."""
    found: Wish = Wish.objects.select_related("request", "teacher").get()
    return found
