"""What the post room does when it hears news from the directory."""

from django.db.models import Q

from pupitre.directory.events import PeopleMerged
from pupitre.directory.handing_over import hand_over
from pupitre.establishments.scope import scope
from pupitre.foundation.events import follow
from pupitre.notifications.models import (
    DeliveryFailure,
    Envelope,
    Mute,
    Notification,
    PersonSchedule,
    Preference,
    PushSubscription,
)

_CHANNELS = ("mail_id", "push_id", "sms_id")


@follow(PeopleMerged)
def move_notices(event: PeopleMerged) -> None:
    """Notices, choices and browsers belong to the record that stays; what waited in an envelope is put in one again."""
    _open_envelopes(event)
    for rows in (Notification.objects, Envelope.objects, PushSubscription.objects):
        hand_over(rows.all(), "person_id", event)
    if not PersonSchedule.objects.filter(person=event.keep_id).exists():
        hand_over(PersonSchedule.objects.all(), "person_id", event)
    hand_over(Preference.objects.all(), "person_id", event, unlike=("child_id", "kind", "channel"))
    hand_over(Mute.objects.all(), "person_id", event, unlike=("child_id", "kind", "author_id"))
    for establishment_id in event.establishments:
        with scope(establishment_id):
            hand_over(DeliveryFailure.objects.filter(settled_at=None), "person_id", event, unlike=("channel",))
            hand_over(DeliveryFailure.objects.all(), "person_id", event)
    _name_again(event)


def _open_envelopes(event: PeopleMerged) -> None:
    """What did not leave yet is sorted again, by what the kept record asked for."""
    waiting = list(
        Envelope.objects.filter(
            Q(person=event.absorbed_id) | Q(child_id=event.absorbed_id), state=Envelope.State.WAITING
        ).values_list("pk", flat=True)
    )
    for channel in _CHANNELS:
        inside = Notification.objects.filter(**{f"{channel}__in": waiting})
        inside.update(routed_at=None, **dict.fromkeys(_CHANNELS))
    Envelope.objects.filter(pk__in=waiting).delete()


def _name_again(event: PeopleMerged) -> None:
    """As a child, and as an author, in what others keep."""
    hand_over(Notification.objects.all(), "child_id", event)
    hand_over(Preference.objects.all(), "child_id", event, unlike=("person_id", "kind", "channel"))
    hand_over(Mute.objects.all(), "child_id", event, unlike=("person_id", "kind", "author_id"))
    hand_over(Envelope.objects.all(), "child_id", event)
    hand_over(Notification.objects.all(), "author_id", event)
    hand_over(Mute.objects.all(), "author_id", event, unlike=("person_id", "child_id", "kind"))
