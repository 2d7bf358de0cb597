"""Sentences that several pages say."""

from django.utils.translation import gettext as _

from pupitre.gradebook.rounding import Direction, Rounding

_STEPS = {1: "0,01", 10: "0,1", 50: "0,5", 100: "1"}


def rounding_rule(rounding: Rounding) -> str:
    """How the school writes its averages."""
    if rounding.direction is Direction.NONE:
        return _("L’établissement n’arrondit pas : deux décimales sont montrées, les suivantes sont coupées.")
    way = {
        Direction.NEAREST: _("au plus proche"), Direction.UP: _("au-dessus"), Direction.DOWN: _("au-dessous"),
    }[rounding.direction]  # fmt: skip
    rule = _("Règle de l’établissement : arrondi %(way)s, à %(step)s point.") % {
        "way": way,
        "step": _STEPS[rounding.step],
    }
    return f"{rule} {_('La valeur exacte est gardée pour la suite du calcul.')}"
