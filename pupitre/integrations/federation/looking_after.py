"""Who looks after which providers: the academy’s people, those of their academies and of their schools."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from pupitre.directory.academies import academies_of
from pupitre.directory.identity import Identity
from pupitre.directory.profiles import Profile
from pupitre.establishments.models import Establishment
from pupitre.foundation.actor import Actor
from pupitre.integrations.federation.models import Provider


@dataclass(frozen=True, slots=True)
class Keeper:
    """Somebody of one or several academies. `has_all`: every open school of the server is of one of them."""

    actor: Actor
    academies: list[str]
    has_all: bool

    def seen(self) -> QuerySet[Provider]:
        """The providers that concern their schools: their own, and those of everybody."""
        return Provider.objects.filter(self._own() | Q(academy="", establishment=None)).defer("secret")

    def may_change(self, provider: Provider) -> bool:
        """Their own; one of everybody, when nobody else’s schools are concerned."""
        if not provider.academy and provider.establishment_id is None:
            return self.has_all
        place = provider.academy or (provider.establishment.academy if provider.establishment else "")
        return place in self.academies

    def _own(self) -> Q:
        return Q(academy__in=self.academies) | Q(establishment__academy__in=self.academies)


def keeper_of(identity: Identity) -> Keeper | None:
    """What somebody looks after; None for whoever is of no academy. Two statements."""
    academies = academies_of(identity)
    if not academies:
        return None
    others = Establishment.objects.filter(is_open=True).exclude(academy__in=academies)
    actor = identity.actors_as(Profile.ACADEMY_ADMIN)[0]
    return Keeper(actor, academies, not others.exists())
