from django.db.models import Q, Subquery, Value
from django.db.models.functions import Coalesce

from pupitre.establishments.models import Establishment
from pupitre.foundation.access import NOBODY, policy
from pupitre.foundation.actor import Actor
from pupitre.integrations.aaf.models import Batch, SchoolPart

MANAGE = "aaf.manage"


@policy("aaf.manage_batch", Batch)
def manage_batch(actor: Actor) -> Q:
    """The archives of the academy of the open school, for the academy's people."""
    return _of_academy(actor, "academy")


@policy("aaf.manage_part", SchoolPart)
def manage_part(actor: Actor) -> Q:
    """What they change for each school."""
    return _of_academy(actor, "batch__academy")


def _of_academy(actor: Actor, field: str) -> Q:
    if not actor.has(MANAGE):
        return NOBODY
    ours = Establishment.objects.filter(pk=actor.establishment_id).values("academy")
    return Q(**{field: Coalesce(Subquery(ours), Value(""))}) & ~Q(**{field: ""})
