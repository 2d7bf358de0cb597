"""What waits for a person, as the home shows it."""

from pupitre.foundation.registry import Action
from pupitre.portal.cards import NeedsMe

_URGENCY = {"bad": 0, "warn": 1}


def needs_me(actions: list[Action]) -> list[NeedsMe]:
    """What waits, the most urgent first."""
    return [
        NeedsMe(each.label, each.detail, each.url, each.verb, each.level, each.icon)
        for each in sorted(actions, key=lambda each: _URGENCY.get(each.level, 2))
    ]
