"""Opening and shutting the address that calendar applications read."""

from django.db import transaction

from pupitre.agenda.models import AgendaFeed
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.feed_keys import new_nonce


@transaction.atomic
def open_feed(*, actor: Actor) -> AgendaFeed:
    """Open the address of what the actor sees; the one that is open already stays as it is."""
    feed, is_new = AgendaFeed.objects.get_or_create(
        establishment_id=actor.establishment_id,
        reader_id=actor.person_id,
        defaults={"nonce": new_nonce(), "opened_at": clock.now()},
    )
    if is_new:
        audit.record(actor, "agenda.open_feed", feed)
    return feed


@transaction.atomic
def close_feed(*, feed: AgendaFeed, actor: Actor) -> None:
    """Shut an address for good; the next one to be opened is another."""
    audit.record(actor, "agenda.close_feed", feed)
    feed.delete()
