"""What is typed in a cell: a number with a comma or a point, a letter or a word for what is no number, or nothing."""

import re
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from pupitre.directory.names import fold
from pupitre.gradebook.models.marks import Annotation
from pupitre.gradebook.refusals import Refusal

SHORT = {
    Annotation.ABSENT.value: "Abs",
    Annotation.EXEMPT.value: "Disp",
    Annotation.NOT_MARKED.value: "N.not",
    Annotation.UNFIT.value: "Inap",
    Annotation.NOT_HANDED_IN.value: "N.r.",
    Annotation.ABSENT_ZERO.value: "Abs 0",
    Annotation.NOT_HANDED_IN_ZERO.value: "N.r. 0",
    Annotation.PRAISE.value: "Félic",
}
"""How each is shown in a cell; typed, it is read back."""

LETTERS = (
    (Annotation.ABSENT, "A"),
    (Annotation.EXEMPT, "D"),
    (Annotation.NOT_HANDED_IN, "N"),
    (Annotation.NOT_MARKED, "X"),
    (Annotation.UNFIT, "I"),
    (Annotation.PRAISE, "F"),
    (Annotation.ABSENT_ZERO, "A0"),
    (Annotation.NOT_HANDED_IN_ZERO, "N0"),
)
_WORDS = {
    **{letters: annotation.value for annotation, letters in LETTERS},
    **dict.fromkeys(("ABS", "ABSENT", "ABSENTE"), Annotation.ABSENT.value),
    **dict.fromkeys(("DISP", "DISPENSE", "DISPENSEE"), Annotation.EXEMPT.value),
    **dict.fromkeys(("NR", "NRDU", "NRENDU", "NONRENDU"), Annotation.NOT_HANDED_IN.value),
    **dict.fromkeys(("NN", "NNOT", "NONNOTE", "NONNOTEE"), Annotation.NOT_MARKED.value),
    **dict.fromkeys(("INAP", "INAPTE"), Annotation.UNFIT.value),
    **dict.fromkeys(("FELIC", "FELICITATIONS"), Annotation.PRAISE.value),
    **dict.fromkeys(("ABS0", "ABSENT0"), Annotation.ABSENT_ZERO.value),
    **dict.fromkeys(("NR0", "NRDU0", "NONRENDU0"), Annotation.NOT_HANDED_IN_ZERO.value),
}
_NUMBER = re.compile(r"(\d{1,3})(?:[.,](\d*))?(?:\s*/\s*(\d{1,2}))?")


@dataclass(frozen=True, slots=True)
class Typed:
    """A number, or an annotation, or nothing: the cell is emptied. `remark`: the words beside it."""

    points: Decimal | None = None
    annotation: str = ""
    remark: str = ""


def read_typed(text: str, scale: int) -> Typed:
    """What a cell now holds. Raises Refusal with the sentence for whoever typed."""
    text = " ".join(text.split())
    if not text or text in ("-", "–", "—"):
        return Typed()
    found = _NUMBER.fullmatch(text)
    if found is None:
        return _word(text)
    decimals = (found[2] or "").rstrip("0")
    if found[3] and int(found[3]) != scale:
        raise Refusal(
            _("Cette évaluation est sur %(scale)s : « %(text)s » n’a pas été repris.") % {"scale": scale, "text": text}
        )
    if len(decimals) > 2:
        raise Refusal(_("« %(text)s » a trop de décimales : deux au plus.") % {"text": text})
    points = Decimal(f"{found[1]}.{decimals or '0'}")
    if points > scale:
        raise Refusal(_("%(text)s dépasse le barème : %(scale)s au plus.") % {"text": text, "scale": scale})
    return Typed(points)


def shown(points: Decimal | None, annotation: str) -> str:
    """A cell as it is written: « 12,5 », « Abs », or nothing."""
    if points is None:
        return SHORT.get(annotation, "")
    return f"{points:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def _word(text: str) -> Typed:
    word = re.sub(r"[^A-Z0-9]", "", fold(text).upper())
    if word not in _WORDS:
        letters = ", ".join(letter for _annotation, letter in LETTERS)
        raise Refusal(
            _("« %(text)s » n’est ni une note ni une lettre connue (%(letters)s).")
            % {"text": text[:20], "letters": letters}
        )
    return Typed(annotation=_WORDS[word])
