"""The regimes that a school finds the first time: those that most règlements intérieurs know. Schools change them after."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from pupitre.attendance.gate import Leaving
from pupitre.establishments.models import Establishment

_EVENING = [dt.time(12), dt.time(16, 30), dt.time(17, 30)]


def starters_for(kind: str) -> list[dict[str, Any]]:
    """The first regimes of a school, as columns of `ExitRegime`. `boarding` follows the national codes: 0 day, 2 half, 3 full."""
    never = _regime("X", _("Jamais seul"), "m-rouge", Leaving.NEVER)
    if kind == Establishment.Kind.ECOLE:
        return [
            {**never, "boarding": "0123456789"},
            _regime("S", _("Sort seul après la classe"), "m-vert", at_noon=True),
        ]
    if kind == Establishment.Kind.COLLEGE:
        return [
            _regime("E", _("Externe"), "m-vert", at_noon=True, boarding="01"),
            _regime("D", _("Demi-pensionnaire"), "m-jaune", boarding="2"),
            _regime("P", _("Selon l’emploi du temps habituel"), "m-orange", Leaving.PLANNED),
            _regime("H", _("À heures fixes"), "m-bleu", Leaving.PLANNED, fixed_hours=_EVENING),
            never,
            _regime("I", _("Interne"), "m-violet", Leaving.NEVER, boarding="3"),
        ]
    return [
        _regime("L", _("Sortie libre"), "m-vert", at_noon=True, in_gaps=True, boarding="012"),
        _regime("D", _("Après le dernier cours"), "m-jaune"),
        _regime("I", _("Interne"), "m-violet", at_noon=True, in_gaps=True, boarding="3"),
        never,
    ]


def _regime(code: str, label: str, colour: str, leaving: Leaving = Leaving.HELD, **more: Any) -> dict[str, Any]:
    return {"code": code, "label": label, "colour": colour, "leaving": leaving.value, **more}
