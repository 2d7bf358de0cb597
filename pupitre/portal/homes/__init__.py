"""The home of each profile, made from the rows that rooms offer."""

from collections.abc import Callable

from pupitre.directory.identity import Identity, main_profile
from pupitre.directory.profiles import ROLE_OF_PROFILE, Profile
from pupitre.foundation.actor import Actor
from pupitre.portal.cards import Home
from pupitre.portal.homes.moment import Moment
from pupitre.portal.homes.school import school_home
from pupitre.portal.homes.student import student_home
from pupitre.portal.homes.teacher import teacher_home
from pupitre.portal.queries import HomeRows

_HOMES: dict[str, Callable[[Identity, Actor, HomeRows, Moment], Home]] = {
    "eleve": student_home,
    "prof": teacher_home,
    "viesco": school_home,
    "direction": school_home,
    "referent": school_home,
}


def home_of(identity: Identity, actor: Actor, rows: HomeRows, moment: Moment) -> Home:
    """The home of an actor in the school where they learn or work."""
    return _HOMES[ROLE_OF_PROFILE[Profile(main_profile(actor.profiles - {Profile.GUARDIAN}))]](
        identity, actor, rows, moment
    )
