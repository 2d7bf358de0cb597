"""Telling those an event is for, and showing them the page as it is now."""

import datetime as dt
from typing import Any

from django.db import connection
from django.urls import reverse

from pupitre.agenda import sql
from pupitre.agenda.models import Event
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.stamps import person_audience, raise_stamps, school_audience
from pupitre.foundation.ui.french import day, hour
from pupitre.notifications.services.posting import Recipient, notify

EVENT, REMINDER, OUTING, CALLED = "agenda.event", "agenda.reminder", "agenda.outing", "agenda.convocation"


def recipients_of(event: Event) -> list[Recipient]:
    """Who an event is for; guardians once a child. One statement."""
    parameters: dict[str, Any] = {"school": current_establishment_id(), "today": clock.today(), "event": event.pk}
    with connection.cursor() as cursor:
        cursor.execute(sql.recipients(), parameters)
        return [Recipient(person, child) for person, child in cursor.fetchall()]


def tell(
    kind: str, event: Event, title: str, *, people: list[Recipient] | None = None, actor: Actor | None = None
) -> None:
    """Tell those an event is for, but whoever acts; the title says nothing that a locked screen should not show."""
    told = recipients_of(event) if people is None else people
    school = current_establishment_id()
    mine = actor.person_id if actor else None
    notify(
        kind,
        [each for each in told if each.person_id != mine],
        establishment_id=school,
        title=title,
        url=address_of(event),
        visible_at=event.visible_at,
        group_key=f"agenda:{event.pk}",
    )


def address_of(event: Event) -> str:
    """The page of an event."""
    uai = Establishment.objects.values_list("uai", flat=True).get(pk=current_establishment_id())
    return reverse("agenda:event", args=[uai, event.pk])


def named(event: Event) -> str:
    """« Conseil de classe de 4e B, jeudi 3 décembre à 17 h »."""
    return f"{event.title}, {when(event.starts_on, event.starts_at)}"


def when(on: dt.date, at: dt.time | None) -> str:
    """« jeudi 3 décembre à 17 h », or the day alone."""
    return f"{day(on)} à {hour(at)}" if at else day(on)


def see_again(event: Event) -> None:
    """Homes show an event as it is now: everyone's, or its author's when it is personal."""
    if event.is_personal:
        raise_stamps([person_audience(event.author_id)])
    else:
        raise_stamps([school_audience(event.establishment_id)])
