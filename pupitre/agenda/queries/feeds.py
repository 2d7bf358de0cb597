"""The feed of somebody, and who they still are when it is read without a session."""

from pupitre.agenda.models import AgendaFeed
from pupitre.directory.models import Affiliation, Grant
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import Profile, capabilities_of
from pupitre.establishments.models import Establishment
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor


def feed_of(actor: Actor) -> AgendaFeed | None:
    """The address that the actor opened; one statement."""
    found: AgendaFeed | None = AgendaFeed.objects.filter(reader=actor.person_id).first()
    return found


def reader_of_feed(school: Establishment, pk: int, nonce: str) -> Actor | None:
    """Who reads a feed of the open school, with the rights they hold today; None when it is shut, or they left."""
    feed = AgendaFeed.objects.filter(pk=pk, nonce=nonce).first()
    if feed is None:
        return None
    today = clock.today()
    here = {"person": feed.reader_id, "establishment": school.pk}
    profiles = frozenset(Affiliation.objects.filter(held_on(today), **here).values_list("profile", flat=True))
    if not profiles:
        return None
    granted: frozenset[str] = frozenset()
    if profiles - {Profile.STUDENT, Profile.GUARDIAN}:
        granted = frozenset(Grant.objects.filter(held_on(today), **here).values_list("capability", flat=True))
    return Actor(0, feed.reader_id, school.pk, school.uai, profiles, capabilities_of(profiles, granted))
