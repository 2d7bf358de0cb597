"""Notices and envelopes for tests."""

from datetime import datetime

from pupitre.directory.models import Affiliation
from pupitre.directory.profiles import capabilities_of
from pupitre.foundation.actor import Actor
from pupitre.notifications.quiet_hours import PARIS
from tests.cast import Cast


def paris(text: str) -> datetime:
    """An instant as written on a clock in Paris."""
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


def actor_of(cast: Cast, slug: str) -> Actor:
    """One of the cast acting in the college."""
    person = cast.people[slug]
    roles = Affiliation.objects.filter(person=person, establishment=cast.college)
    profiles = frozenset(roles.values_list("profile", flat=True))
    assert person.user_id is not None
    return Actor(person.user_id, person.pk, cast.college.pk, cast.college.uai, profiles, capabilities_of(profiles))
