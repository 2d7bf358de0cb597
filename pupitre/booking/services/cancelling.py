"""Giving back what was booked; whoever booked is told when others do it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pupitre.booking.models import Booking
from pupitre.booking.queries.resources import of_booking
from pupitre.booking.refusals import Refusal
from pupitre.booking.words import when
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.notifications.services.posting import Recipient, notify

CANCELLED = "booking.cancelled"
KEPT = dt.timedelta(days=365)


@transaction.atomic
def cancel(*, booking: Booking, actor: Actor, and_after: bool = False, word: str = "") -> int:
    """Cancel a booking, or with it those of its series that follow; how many. The caller has checked that the actor may.

    Raises Refusal.
    """
    if booking.ends_at <= clock.now():
        raise Refusal(_("Cette réservation est passée : il n’y a plus rien à annuler."))
    rows = [booking]
    if and_after and booking.series:
        rows = list(Booking.objects.filter(series=booking.series, starts_at__gte=booking.starts_at))
    audit.record(actor, "booking.cancel", booking, days=len(rows))
    Booking.objects.filter(pk__in=[each.pk for each in rows]).delete()
    if booking.booked_by_id != actor.person_id:
        _tell(booking, len(rows), actor, word)
    return len(rows)


def tell_withdrawn(rows: Iterable[Booking], actor: Actor, word: str = "") -> None:
    """Tell each person whose bookings go with the equipment, once."""
    by_person: dict[int, list[Booking]] = defaultdict(list)
    for each in rows:
        by_person[each.booked_by_id].append(each)
    for person, theirs in by_person.items():
        if person != actor.person_id:
            _tell(theirs[0], len(theirs), actor, word)


def _tell(first: Booking, count: int, actor: Actor, word: str) -> None:
    text = ngettext(
        "Votre réservation est annulée : %(name)s, %(when)s",
        "%(count)s de vos réservations sont annulées : %(name)s, à partir du %(when)s",
        count,
    )
    notify(
        CANCELLED,
        [Recipient(first.booked_by_id)],
        establishment_id=first.establishment_id,
        title=text % {"count": count, "name": of_booking(first).name, "when": when(first)},
        body=word,
        url=reverse("booking:mine", args=[actor.uai]),
    )


def forget_everywhere() -> list[str]:
    """Bookings older than a year are erased."""
    count = 0
    for school in Establishment.objects.filter(is_open=True):
        with scope(school.pk):
            count += Booking.objects.filter(ends_at__lt=clock.now() - KEPT).delete()[0]
    return [_("%(count)8s  réservations de plus d’un an effacées") % {"count": count}] if count else []
