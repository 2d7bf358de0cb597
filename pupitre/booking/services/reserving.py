"""Booking a thing for some hours, once or every week."""

import datetime as dt
from collections.abc import Sequence
from math import ceil
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from pupitre.booking.models import Booking
from pupitre.booking.queries.days import days_of
from pupitre.booking.queries.resources import Resource, lesson_hours
from pupitre.booking.queries.taken import taken_on
from pupitre.booking.refusals import AlreadyTaken, Met, Refusal
from pupitre.booking.words import described
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.clock import PARIS


@transaction.atomic
def book(
    *,
    resource: Resource,
    on: dt.date,
    starts_at: dt.time,
    ends_at: dt.time,
    purpose: str,
    actor: Actor,
    until: dt.date | None = None,
    only_free: bool = False,
) -> list[Booking]:
    """Book a thing on a day, or each week until a date; `only_free`: leave out the days of a series when it is taken.

    Eight statements whatever the number of weeks. Raises AlreadyTaken with everything that is met, or Refusal.
    """
    if ends_at <= starts_at:
        raise Refusal(_("La réservation finit avant de commencer : choisissez une fin après le début."))
    if _at(on, ends_at) <= clock.now():
        raise Refusal(_("Cet horaire est passé : choisissez-en un autre."))
    _check_length(resource, starts_at, ends_at)
    days = days_of(on, until)
    met = _met(resource, days, starts_at, ends_at, actor)
    free = [day for day in days if all(each.on != day for each in met)]
    if met and not (only_free and free):
        raise AlreadyTaken(met, len(free))
    rows = _rows(resource, free, starts_at, ends_at, purpose, actor)
    try:
        with transaction.atomic():
            rows = Booking.objects.bulk_create(rows)
    except IntegrityError:
        raise Refusal(_("Quelqu’un vient de réserver à cet horaire : choisissez-en un autre.")) from None
    audit.record(actor, "booking.book", rows[0], days=len(rows))
    return rows


def _check_length(resource: Resource, starts_at: dt.time, ends_at: dt.time) -> None:
    """How long it may be out, in lessons of the school; outside of them, an hour is one."""
    most = resource.most_lessons
    if not most:
        return
    during = sum(starts < ends_at and starts_at < ends for starts, ends in lesson_hours())
    minutes = (ends_at.hour - starts_at.hour) * 60 + ends_at.minute - starts_at.minute
    if (during or ceil(minutes / 60)) > most:
        facts = {"name": resource.name, "most": most}
        if most == 1:
            raise Refusal(_("%(name)s ne sort qu’une heure de cours à la fois : réservez moins longtemps.") % facts)
        raise Refusal(_("%(name)s sort %(most)s heures de cours au plus : réservez moins longtemps.") % facts)


def _met(resource: Resource, days: Sequence[dt.date], starts_at: dt.time, ends_at: dt.time, actor: Actor) -> list[Met]:
    taken = taken_on([resource], days).get(resource.key, [])
    return [
        Met(each.on, described(each, resource, actor.person_id)) for each in taken if each.meets(starts_at, ends_at)
    ]


def _rows(
    resource: Resource, days: Sequence[dt.date], starts_at: dt.time, ends_at: dt.time, purpose: str, actor: Actor
) -> list[Booking]:
    series = uuid4() if len(days) > 1 else None
    return [
        Booking(
            establishment_id=actor.establishment_id,
            classroom_id=resource.pk if resource.kind == "room" else None,
            equipment_id=resource.pk if resource.kind == "equipment" else None,
            booked_by_id=actor.person_id,
            purpose=purpose,
            starts_at=_at(day, starts_at),
            ends_at=_at(day, ends_at),
            series=series,
            booked_at=clock.now(),
        )
        for day in days
    ]


def _at(day: dt.date, hour: dt.time) -> dt.datetime:
    return dt.datetime.combine(day, hour, PARIS)
