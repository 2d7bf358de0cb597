from django.db.models import Exists, OuterRef, Q

from pupitre.directory.guardians import open_on
from pupitre.directory.models import Guardianship
from pupitre.foundation import clock
from pupitre.foundation.access import NOBODY, policy
from pupitre.foundation.actor import Actor
from pupitre.notifications.models import DeliveryFailure, Notification

MANAGE, FOLLOW = "notifications.manage", "notifications.follow_failures"


def still_concerned() -> Q:
    """Notices about nobody's child, or whose reader still answers for the child today: a link removed silences at once."""
    link = Guardianship.objects.filter(
        open_on(clock.today()),
        guardian=OuterRef("person"),
        student=OuterRef("child"),
        establishment=OuterRef("establishment"),
    )
    return Q(child=None) | Q(Exists(link))


def seen_by(person_id: int) -> Q:
    """What a person may see of their notices, whatever the school: theirs, released, about children they answer for."""
    return Q(person=person_id, visible_at__lte=clock.now()) & still_concerned()


@policy("notifications.view_notification", Notification)
def view_notification(actor: Actor) -> Q:
    """One's own, of the school where one acts."""
    return seen_by(actor.person_id) & Q(establishment=actor.establishment_id)


@policy("notifications.settle_failure", DeliveryFailure)
def settle_failure(actor: Actor) -> Q:
    """Whoever follows what could not be delivered in the school."""
    return Q(settled_at=None) if actor.has(FOLLOW) else NOBODY
