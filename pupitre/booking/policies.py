from django.db.models import Q

from pupitre.booking.models import Booking, Equipment
from pupitre.foundation.access import EVERYONE, NOBODY, policy
from pupitre.foundation.actor import Actor

BOOK = "booking.book"
MANAGE = "booking.manage"


@policy("booking.view_booking", Booking)
def view_booking(actor: Actor) -> Q:
    """Whoever may book sees what is taken, by whom and what for."""
    return EVERYONE if actor.has(BOOK) else NOBODY


@policy("booking.cancel_booking", Booking)
def cancel_booking(actor: Actor) -> Q:
    """One's own; the office, any."""
    if actor.has(MANAGE):
        return EVERYONE
    return Q(booked_by=actor.person_id) if actor.has(BOOK) else NOBODY


@policy("booking.manage_equipment", Equipment)
def manage_equipment(actor: Actor) -> Q:
    """Say what is lent: those who hold the right."""
    return EVERYONE if actor.has(MANAGE) else NOBODY
