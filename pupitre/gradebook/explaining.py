"""An explanation in words: what became of each mark, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from pupitre.gradebook.averages import TOP, Explained, Fate, Line, Option
from pupitre.gradebook.queries.student import SeenMark
from pupitre.gradebook.rounding import plain


@dataclass(frozen=True, slots=True)
class ExplainedMark:
    """A line of the explanation. `value` out of twenty and `weight` are written; `reason` says why."""

    seen: SeenMark
    value: str
    weight: str
    counts: bool
    reason: str


def lines_of(seen: Sequence[SeenMark], result: Explained) -> list[ExplainedMark]:
    """The marks of a service or of one of its parts, in their order, each with what became of it."""
    return [_line(each, line) for each, line in zip(seen, result.lines, strict=True)]


def _line(seen: SeenMark, line: Line) -> ExplainedMark:
    counts = line.fate in (Fate.COUNTED, Fate.BONUS)
    value = "–" if line.value is None else plain(line.value)
    weight = plain(line.weight) if line.fate is Fate.COUNTED else "–"
    return ExplainedMark(seen, value, weight, counts, _reason(seen, line))


def _reason(seen: SeenMark, line: Line) -> str:
    match line.fate:
        case Fate.COUNTED if line.mark.option is Option.IF_BETTER:
            return _("Facultative : elle relève la moyenne, donc elle compte.")
        case Fate.COUNTED if seen.annotation:
            return _("Compte comme un zéro.")
        case Fate.COUNTED if line.mark.scale != TOP and not line.mark.brought:
            return _("Sur %(scale)s, non ramenée à 20 : elle pèse %(weight)s au lieu de %(coefficient)s.") % {
                "scale": line.mark.scale, "weight": plain(line.weight), "coefficient": seen.weight,
            }  # fmt: skip
        case Fate.COUNTED:
            return _("Compte avec son coefficient.")
        case Fate.BONUS:
            half = Fraction(TOP, 2)
            return _("Bonus : %(points)s points au-dessus de 10 s’ajoutent, avec le coefficient %(weight)s.") % {
                "points": plain((line.value or half) - half), "weight": plain(line.mark.weight),
            }  # fmt: skip
        case Fate.BELOW_HALF:
            return _("Bonus sous la moitié du barème : elle n’enlève rien, elle n’ajoute rien.")
        case Fate.NOT_BETTER:
            return _("Facultative : elle ferait baisser la moyenne, donc elle ne compte pas.")
        case Fate.NOTHING_TO_RAISE:
            return _("Facultative, et il n’y a pas encore d’autre note : pas de moyenne à relever.")
        case Fate.ZERO_COEFFICIENT:
            return _("Coefficient 0 : montrée, pas comptée.")
        case _:
            return _("Pas de note : ne compte pas.")
