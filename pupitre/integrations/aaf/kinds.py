"""A school as its record describes it."""

from typing import NamedTuple

from pupitre.integrations.aaf.requests import Values

_BY_NATURE = {
    "101": "ecole", "103": "ecole", "151": "ecole", "153": "ecole", "160": "ecole", "300": "lycee", "301": "lycee",
    "302": "lycee", "306": "lycee", "307": "lycee_agricole", "310": "lycee", "320": "lycee_pro", "340": "college",
    "350": "college", "370": "college",
}  # fmt: skip
_BY_NAME = {"CLG": "college", "COL": "college", "LYC": "lycee", "LGT": "lycee", "LG": "lycee", "LPO": "lycee",
            "LP": "lycee_pro", "SEP": "lycee_pro", "LEGTA": "lycee_agricole", "LPA": "lycee_agricole", "EEPU": "ecole",
            "EMPU": "ecole", "EPPU": "ecole"}  # fmt: skip


class Described(NamedTuple):
    """A school: `kind` is one of ours; `is_school` is false for replacement zones, rectorates…"""

    uai: str
    name: str
    kind: str
    town: str
    is_school: bool
    code: str


def describe(values: Values) -> Described:
    """What is needed to name a school, and to open it."""

    def said(name: str) -> str:
        return (values.get(name) or [""])[0]

    parts = [part.strip() for part in said("ENTStructureNomCourant").split("$")]
    kind = _BY_NATURE.get(said("ENTStructureCodeTypeStruct")) or _BY_NAME.get(parts[0].upper(), "")
    name = (parts[1] if len(parts) > 1 and parts[1] else parts[0]) or said("ENTStructureUAI")
    town = parts[2] if len(parts) > 2 else said("l")
    uai = said("ENTStructureUAI").strip().upper()
    shown = " ".join(word.capitalize() if word.isupper() else word for word in name.split())
    code = said("ENTServAcCodeAcademie")
    return Described(uai[:8], shown[:120], kind or "college", town.title()[:80], bool(kind) and len(uai) == 8, code)
