"""Agendas (ICS) of a class, a teacher, a room or a whole school: events that come back are weekly lessons."""

from pupitre.integrations.ics.agenda import read, recognises

__all__ = ["read", "recognises"]
