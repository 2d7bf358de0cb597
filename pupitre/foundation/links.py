"""The buttons that rooms above offer on pages of rooms below."""

from dataclasses import dataclass

from django.urls import reverse

from pupitre.foundation.actor import Actor
from pupitre.foundation.registry import PageLink, Text, offered


@dataclass(frozen=True, slots=True)
class Button:
    """A button, as a template draws it."""

    label: Text
    icon: str
    url: str


def links_at(actor: Actor, place: str, state: str = "") -> list[PageLink]:
    """What the actor is offered at a place, in order; no statement."""
    found = [each for each in offered(PageLink) if each.place == place and each.state == state]
    mine = [
        each for each in found if each.profiles & actor.profiles or (each.capability and actor.has(each.capability))
    ]
    return sorted(mine, key=lambda each: (each.order, each.key))


def buttons_at(actor: Actor, place: str, pk: int, *, state: str = "", query: str = "") -> list[Button]:
    """The same, leading to one student or group; no statement."""
    return [
        Button(each.label, each.icon, reverse(each.route, args=[actor.uai, pk]) + query)
        for each in links_at(actor, place, state)
    ]
