"""Services for tests, registered and opened as the console does it."""

from collections.abc import Collection
from typing import Any

from pupitre.directory.models import Group
from pupitre.directory.profiles import Profile
from pupitre.establishments.scope import scope
from pupitre.foundation.actor import Actor
from pupitre.integrations.services.models import Connector, Service
from pupitre.integrations.services.services.registering import register_service, set_connector
from tests.cast import Cast

MOODLE = "https://moodle.exemple.example/"
EVERYONE = tuple(set(Profile.values) - {Profile.ACADEMY_ADMIN})


def admin_of(cast: Cast, place: str = "college") -> Actor:
    """Whoever looks after the services of a school."""
    school = getattr(cast, place)
    person = cast.people["referent"]
    return Actor(person.user_id or 0, person.pk, school.pk, school.uai, frozenset({Profile.LOCAL_ADMIN}))


def make_service(cast: Cast, place: str = "college", **facts: Any) -> Service:
    """A service of a school, open to nobody yet."""
    told = {
        "name": "Moodle",
        "purpose": "Les cours en ligne",
        "protocol": "cas",
        "address": MOODLE,
        "launch_url": "",
        "release": "generic",
    }
    with scope(getattr(cast, place).pk):
        return register_service(actor=admin_of(cast, place), **{**told, **facts})


def open_service(
    cast: Cast,
    place: str = "college",
    *,
    service: Service | None = None,
    profiles: Collection[str] = EVERYONE,
    groups: Collection[Group] = (),
    withheld: Collection[str] = (),
    **facts: Any,
) -> Connector:
    """A service open in a school, to everyone unless told otherwise."""
    service = service or make_service(cast, place, **facts)
    with scope(getattr(cast, place).pk):
        return set_connector(
            service, actor=admin_of(cast, place), is_on=True, profiles=profiles, groups=groups, withheld=withheld
        )
