"""Reading what an address or a form asks for, whatever was typed in it."""

import datetime as dt

from django.http import Http404

from pupitre.agenda.models import Event
from pupitre.agenda.policies import works_here
from pupitre.agenda.queries.event import events_seen
from pupitre.foundation.actor import Actor


def day_asked(text: str) -> dt.date | None:
    """A day, or nothing."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def number_asked(text: str) -> int | None:
    """A number that the database can hold."""
    return int(text) if text.isdecimal() and len(text) < 19 else None


def event_seen(actor: Actor, pk: int) -> Event:
    """An event that the actor may see. Raises Http404."""
    found = events_seen(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def event_edited(actor: Actor, pk: int) -> Event:
    """An event that the actor may change. Raises Http404."""
    event = event_seen(actor, pk)
    if not vars(event)["may_edit"]:
        raise Http404
    return event


def event_accompanied(actor: Actor, pk: int) -> Event:
    """An outing that the actor goes along with, or runs. Raises Http404."""
    event = event_seen(actor, pk)
    if not vars(event)["may_accompany"]:
        raise Http404
    return event


def must_work_here(actor: Actor) -> None:
    """Let only those who work in the school pass. Raises Http404."""
    if not works_here(actor):
        raise Http404
