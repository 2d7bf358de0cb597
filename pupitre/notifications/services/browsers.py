"""Browsers that accept our notices."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from pupitre.accounts.models import Session
from pupitre.foundation import clock, jobs
from pupitre.notifications.carriers import Outcome
from pupitre.notifications.carriers.push import is_push_service, send_push
from pupitre.notifications.models import PushSubscription

MOST = 10
"""Browsers of one person: beyond, the oldest is forgotten."""
TRY = "notifications.try_push"


class UnknownPushService(ValueError):
    """The address is not one of a push service that we call."""


@transaction.atomic
def subscribe(*, person_id: int, session_key: str, endpoint: str, p256dh: str, auth: str) -> PushSubscription:
    """Send to a browser what its owner asked for, as long as this session lasts. Raises UnknownPushService.

    A browser is one person's: whoever subscribes from it last.
    """
    if not is_push_service(endpoint):
        raise UnknownPushService(endpoint)
    session = Session.objects.get(session_key=session_key)
    subscription, _created = PushSubscription.objects.update_or_create(
        endpoint=endpoint,
        defaults={
            "person_id": person_id, "session": session, "p256dh": p256dh, "auth": auth, "created_at": clock.now(),
        },
    )  # fmt: skip
    mine = PushSubscription.objects.filter(person=person_id).order_by("-created_at", "-pk")
    PushSubscription.objects.filter(pk__in=[each.pk for each in mine[MOST:]]).delete()
    return subscription


def unsubscribe(*, person_id: int, subscription_id: int) -> None:
    """Send nothing more to a browser of this person."""
    PushSubscription.objects.filter(person=person_id, pk=subscription_id).delete()


def ask_for_trial(*, person_id: int) -> None:
    """Have a message of trial sent to every browser of a person."""
    jobs.enqueue(TRY, person_id=person_id)


def send_trial(*, person_id: int) -> None:
    """Tell every browser of a person that it works; one that is gone is forgotten."""
    facts = {
        "title": _("Cet appareil est bien prévenu."), "body": "Pupitre", "url": reverse("notifications:list"), "tag": "essai",
    }  # fmt: skip
    for browser in PushSubscription.objects.filter(person=person_id):
        outcome = send_push(browser.endpoint, browser.p256dh, browser.auth, facts, topic="essai", is_urgent=True)
        if outcome is Outcome.NOWHERE:
            browser.delete()
