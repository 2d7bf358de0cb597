"""What somebody puts first on their page of resources."""

from django.db import transaction

from pupitre.foundation.actor import Actor
from pupitre.integrations.gar.models import Favourite

MOST = 60


class NotTheirs(LookupError):
    """This is not among what the person can open."""


@transaction.atomic
def put_first(key: str, *, actor: Actor, among: set[str]) -> None:
    """Put something first. Raises NotTheirs when it is not among what they can open; beyond sixty, the oldest leaves."""
    if key not in among:
        raise NotTheirs(key)
    mine = Favourite.objects.filter(person=actor.person_id)
    Favourite.objects.get_or_create(person_id=actor.person_id, key=key, establishment_id=actor.establishment_id)
    too_many = mine.order_by("-pk").values_list("pk", flat=True)[MOST:]
    Favourite.objects.filter(pk__in=list(too_many)).delete()


@transaction.atomic
def put_back(key: str, *, actor: Actor) -> None:
    """Take something from the first ones."""
    Favourite.objects.filter(person=actor.person_id, key=key).delete()
