"""The cast of the tests: the people of the demo, in two small schools and a neighbour. See `demo/cast.py`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.test import Client
from django.utils.crypto import get_random_string

from pupitre.accounts.models import Session
from pupitre.accounts.sessions import SessionStore
from pupitre.directory.models import Group, Person
from pupitre.directory.profiles import Profile
from pupitre.directory.tests.factories import (
    EstablishmentFactory,
    PersonFactory,
    affiliate,
    enrol,
    make_group,
    make_guardian,
    make_subject,
    school_year,
)
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.timetable.tests.factories import make_course, make_slot
from tests.stage import Stage, plays_on_stage

TUESDAY = "2026-11-24T10:20"
"""A school morning in the middle of the second lesson."""

_PEOPLE = {
    "eleve": ("BELKACEM", "Inès", "F"),
    "frere": ("BELKACEM", "Elias", "M"),
    "soeur": ("BELKACEM", "Sarah", "F"),
    "parent": ("BELKACEM", "Nadia", "F"),
    "enseignante": ("ROUSSEL", "Hélène", "F"),
    "collegue": ("LEMOINE", "Bruno", "M"),
    "cpe": ("BENSAÏD", "Karim", "M"),
    "principal": ("VASSEUR", "Anne", "F"),
    "secretaire": ("MARCHAL", "Odile", "F"),
    "referent": ("PETIT", "Aurore", "F"),
    "academie": ("KELLER", "Denis", "M"),
    "parent-voisin": ("GRANDIDIER", "Luc", "M"),
    "eleve-voisin": ("GRANDIDIER", "Noé", "M"),
    "enseignante-voisine": ("HARDY", "Claire", "F"),
}
_STAFF = {
    "enseignante": (Profile.TEACHER, "Mathématiques"),
    "collegue": (Profile.TEACHER, "Français"),
    "cpe": (Profile.SCHOOL_LIFE, "CPE"),
    "principal": (Profile.HEAD, "Principale"),
    "secretaire": (Profile.ADMINISTRATIVE, "Secrétariat"),
    "referent": (Profile.LOCAL_ADMIN, "Référente numérique"),
    "academie": (Profile.ACADEMY_ADMIN, "DANE"),
}


@dataclass
class Cast:
    """Who plays: `people` by slug, the schools, the groups by code."""

    college: Establishment
    lycee: Establishment
    neighbour: Establishment
    people: dict[str, Person] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)

    def sign_in(self, client: Client, slug: str) -> Client:
        """Sign a client in as one of the cast, on a device of their own."""
        client.cookies[settings.SESSION_COOKIE_NAME] = self.session_of(slug)
        return client

    def sign_in_all(self, callers: Sequence[str]) -> dict[str, dict[str, str]]:
        """Sign several in at once, each on a device of their own; the cookies of each. The anonymous have none."""
        known = [caller for caller in callers if caller != "anonymous"]
        keys = sessions_of(self.people[caller.replace("_", "-")] for caller in known)
        cookies = {caller: {settings.SESSION_COOKIE_NAME: key} for caller, key in zip(known, keys, strict=True)}
        return {caller: cookies.get(caller, {}) for caller in callers}

    def session_of(self, slug: str) -> str:
        """The key of a new session of one of the cast."""
        return session_of(self.people[slug])


def session_of(person: Person) -> str:
    """The key of a new session of a person, as if they had just signed in."""
    return sessions_of([person])[0]


def sessions_of(people: Iterable[Person]) -> list[str]:
    """The keys of new sessions, one a person; written by one statement."""
    sessions = []
    for person in people:
        user = person.user
        assert user is not None
        # A key given is not looked for among those that exist: by chance, it never does.
        store = SessionStore(get_random_string(32, VALID_KEY_CHARS))
        facts = {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: user.get_session_auth_hash(),
        }
        sessions.append(store.create_model_instance(facts))
    Session.objects.bulk_create(sessions)
    return [session.session_key for session in sessions]


@pytest.fixture
def cast(request: pytest.FixtureRequest, theatre: Stage, db: None) -> Cast:
    """The whole cast, on an ordinary Tuesday morning once `clock.at(TUESDAY)` is set; each test has its own copy."""
    if plays_on_stage(request.node):
        return theatre.cast()
    # It commits what it writes, and empties the tables after.
    return make_cast()


def make_cast() -> Cast:
    """Write the whole cast."""
    made = Cast(
        college=EstablishmentFactory(uai="0990001N", name="Collège Sophie-Germain", academy="15"),
        lycee=EstablishmentFactory(uai="0990002P", name="Lycée des Deux-Rives", kind="lycee", academy="15"),
        neighbour=EstablishmentFactory(uai="0990003R", name="Lycée agricole du Val-Fleuri", kind="lycee_agricole"),
    )
    for slug, (last, first, sex) in _PEOPLE.items():
        made.people[slug] = PersonFactory(last_name=last, first_name=first, sex=sex)
    _college(made)
    _lycee(made)
    _neighbour(made)
    return made


def _college(cast: Cast) -> None:
    people = cast.people
    with scope(cast.college.pk):
        school_year(cast.college)
        for slug, (profile, function) in _STAFF.items():
            affiliate(people[slug], cast.college, profile, function)
        cast.groups["4B"] = make_group(cast.college, "4B")
        cast.groups["6C"] = make_group(cast.college, "6C")
        enrol(people["eleve"], cast.groups["4B"])
        enrol(people["frere"], cast.groups["6C"])
        for child in ("eleve", "frere"):
            make_guardian(people["parent"], people[child], cast.college)
        maths = make_course(cast.groups["4B"], make_subject(cast.college), people["enseignante"])
        french = make_course(cast.groups["4B"], make_subject(cast.college, "020700", "Français"), people["collegue"])
        make_slot(maths, 2, "08:05", "09:00", room="204")
        make_slot(french, 2, "10:10", "11:05", room="112")
        make_slot(maths, 2, "13:30", "14:25", room="204")
        make_slot(maths, 3, "08:05", "09:00", room="204")
        sixth = make_course(cast.groups["6C"], make_subject(cast.college), people["enseignante"])
        make_slot(sixth, 2, "10:10", "11:05", room="205")


def _lycee(cast: Cast) -> None:
    people = cast.people
    with scope(cast.lycee.pk):
        school_year(cast.lycee)
        affiliate(people["enseignante"], cast.lycee, Profile.TEACHER, "Mathématiques")
        cast.groups["2DE4"] = make_group(cast.lycee, "2DE4")
        enrol(people["soeur"], cast.groups["2DE4"])
        make_guardian(people["parent"], people["soeur"], cast.lycee)
        maths = make_course(cast.groups["2DE4"], make_subject(cast.lycee), people["enseignante"])
        make_slot(maths, 2, "15:30", "16:25", room="12")


def _neighbour(cast: Cast) -> None:
    people = cast.people
    with scope(cast.neighbour.pk):
        school_year(cast.neighbour)
        affiliate(people["enseignante-voisine"], cast.neighbour, Profile.TEACHER, "Anglais")
        cast.groups["1PRO"] = make_group(cast.neighbour, "1PRO")
        enrol(people["eleve-voisin"], cast.groups["1PRO"])
        make_guardian(people["parent-voisin"], people["eleve-voisin"], cast.neighbour)
        english = make_course(
            cast.groups["1PRO"], make_subject(cast.neighbour, "030201", "Anglais"), people["enseignante-voisine"]
        )
        make_slot(english, 2, "10:10", "11:05", room="3")


@pytest.fixture
def tuesday() -> object:
    """The clock stopped on a school morning."""
    with clock.at(TUESDAY) as instant:
        yield instant
