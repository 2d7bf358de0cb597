"""What somebody does in a school: their functions there, all of them, and the classes they are head teacher of."""

from typing import NamedTuple

from pupitre.integrations.aaf.requests import Values
from pupitre.integrations.exchange.text import read_boolean
from pupitre.integrations.sts.trades import trade_of

# National codes that have no profile of their own here, by what they may see: nothing of the students for the posts that
# are not named in the directory (cooks, technicians…), who are guests.
_AS = {"AEH": "AES", "ALB": "LAB", "ADJ": "DIR", "ASE": "AED"}
_NAMED = frozenset({"ENS", "DOC", "DIR", "EDU", "AED", "ADF", "LAB", "MDS", "AES"})
GUEST = "INV"
# The most telling first: it is the one that is shown.
_ORDER = ("DIR", "EDU", "ENS", "DOC", "ADF", "MDS", "AED", "AES", "LAB", GUEST)


class Function(NamedTuple):
    """A national code, and what people say of it."""

    code: str
    trade: str


def functions_in(structure: str, values: Values) -> list[Function]:
    """The functions of somebody in a structure, each kind once, the most telling first; at least one.

    Without any function: a teacher when the directory says so (three ways, by decreasing weight), a guest otherwise.
    """
    found: dict[str, Function] = {}
    for written in values.get("ENTPersonFonctions", ()):
        parts = [*(part.strip() for part in written.split("$")), "", "", "", ""]
        if parts[0] == structure and parts[1]:
            code = _code(parts[1])
            found.setdefault(code, Function(code, _trade(code, parts[2], parts[3], parts[4], values)))
    if any(value.split("$")[0] == structure for value in values.get("ENTEnsFonctionDir", ())):
        found.setdefault("DIR", Function("DIR", "Direction"))
    if is_teacher(values) is False and "ENS" in found and len(found) > 1:
        del found["ENS"]
    if not found:
        code = "ENS" if is_teacher(values) else GUEST
        found[code] = Function(code, _trade(code, "", "", "", values) if code == "ENS" else "")
    return sorted(found.values(), key=lambda each: _ORDER.index(each.code))


def is_teacher(values: Values) -> bool | None:
    """Whether somebody teaches: the category of teachers, else being before students; None when neither is said."""
    for name in ("ENTPersonCategorieEnseignant", "PersEducNatPresenceDevantEleves"):
        said = read_boolean((values.get(name) or [""])[0])
        if said is not None:
            return said
    return None


def heads_in(structure: str, values: Values) -> tuple[str, ...]:
    """The codes of the divisions that somebody is head teacher of."""
    said = (value.split("$") for value in values.get("ENTAuxEnsClassesPrincipal", ()))
    return tuple(parts[1].strip()[:20] for parts in said
                 if len(parts) > 1 and parts[0].strip() == structure and parts[1].strip())  # fmt: skip


def _code(written: str) -> str:
    code = _AS.get(written.upper(), written.upper())
    return code if code in _NAMED else GUEST


def _trade(code: str, label: str, post: str, post_label: str, values: Values) -> str:
    """« Mathématiques » for a teacher, « CPE »; else the label of the function."""
    discipline = post_label if post_label not in ("", "-") else ""
    if code == "ENS" and not discipline:
        discipline = (values.get("ENTAuxEnsDisciplinesPoste") or values.get("ENTEnsSpecialites") or [""])[0].split("$")[
            0
        ]
    return (trade_of(code, [discipline]) or label.capitalize())[:80]
