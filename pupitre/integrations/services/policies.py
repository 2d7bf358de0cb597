from django.db.models import Exists, OuterRef, Q

from pupitre.directory.guardians import links_to
from pupitre.directory.models import Membership
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import Profile
from pupitre.establishments.models import Establishment
from pupitre.foundation import clock
from pupitre.foundation.access import NOBODY, policy
from pupitre.foundation.actor import Actor
from pupitre.integrations.services.models import Connector, ConnectorGroup, Service

VIEW, MANAGE, OFFER = "services.view", "services.manage", "services.offer"
_BY_CLASS = {Profile.STUDENT, Profile.GUARDIAN}


@policy("services.use_connector", Connector)
def use_connector(actor: Actor) -> Q:
    """Those whose profile the school has chosen; students and guardians, in the chosen classes when there are some."""
    others = list(actor.profiles - _BY_CLASS)
    chosen = Q(profiles__overlap=others) if others else NOBODY
    for profile in actor.profiles & _BY_CLASS:
        chosen |= Q(profiles__contains=[profile]) & _in_its_classes(actor, profile)
    return Q(is_on=True, service__ended_at=None) & chosen


def _in_its_classes(actor: Actor, profile: str) -> Q:
    classes = ConnectorGroup.objects.filter(connector=OuterRef("pk"))
    members = Membership.objects.filter(
        held_on(clock.today()),
        group__in=ConnectorGroup.objects.filter(connector=OuterRef(OuterRef("pk"))).values("group"),
    )
    if profile == Profile.STUDENT:
        mine = members.filter(student__person=actor.person_id)
    else:
        mine = members.filter(Exists(links_to(actor, "student__person")))
    return ~Q(Exists(classes)) | Q(Exists(mine))


@policy("services.view_service", Service)
def view_service(actor: Actor) -> Q:
    """The services of the school, and those that its academy offers, for whoever looks after them."""
    if not actor.has(VIEW):
        return NOBODY
    academy = Establishment.objects.filter(pk=actor.establishment_id, academy=OuterRef("academy"))
    return Q(ended_at=None) & (Q(establishment=actor.establishment_id) | Q(academy__gt="") & Q(Exists(academy)))


@policy("services.change_service", Service)
def change_service(actor: Actor) -> Q:
    """A service is changed by the school it belongs to; one of the academy, by the academy's people."""
    own = Q(establishment=actor.establishment_id) if actor.has(MANAGE) else NOBODY
    offered = Q(establishment=None) if actor.has(OFFER) else NOBODY
    return view_service(actor) & (own | offered)
