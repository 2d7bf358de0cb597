"""Records as the XML of the GAR: one node a line, children in the order of the schema (GAR-ENT.xsd 1.7, GAR-ENT-1D.xsd)."""

import re
from collections.abc import Iterable
from html import escape

from pupitre.integrations.gar.records import Degree, Human, Structure, Teaching, Team

LONGEST = {"GARPersonIdentifiant": 64, "GARStructureTelephone": 20, "GARPersonCivilite": 30, "GARPersonProfil": 31}
NAMES, LABELS = 500, 255
_LONG_NAMES = {
    "GARPersonNom", "GARPersonNomPatro", "GARPersonPrenom", "GARPersonAutresPrenoms", "GARStructureNomCourant",
}  # fmt: skip
# What XML cannot hold, and what would break a line.
_FORBIDDEN = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff\ufffe\uffff]+")

Value = str | list[tuple[str, str]]


def node(name: str, *children: tuple[str, Value]) -> str:
    """A node on one line; children that are empty are left out."""
    return f"<men:{name}>{''.join(_child(key, value) for key, value in children if value)}</men:{name}>"


def _child(name: str, value: Value) -> str:
    inner = "".join(_child(*each) for each in value) if isinstance(value, list) else _text(name, value)
    return f"<men:{name}>{inner}</men:{name}>" if inner else ""


def _text(name: str, value: str) -> str:
    longest = LONGEST.get(name, NAMES if name in _LONG_NAMES else LABELS)
    return escape(_FORBIDDEN.sub(" ", value).strip()[:longest].strip(), quote=False)


def _identity(human: Human) -> list[tuple[str, Value]]:
    profiles: list[tuple[str, Value]] = [
        ("GARPersonProfils", [("GARStructureUAI", uai), ("GARPersonProfil", profile)]) for uai, profile in human.roles
    ]
    return [
        ("GARPersonIdentifiant", human.number),
        *profiles,
        ("GARPersonNomPatro", human.birth_name),
        ("GARPersonNom", human.last_name),
        ("GARPersonPrenom", human.first_name),
        # « À défaut, le prénom usuel seul »: the directory holds no other.
        ("GARPersonAutresPrenoms", human.first_name),
        ("GARPersonCivilite", human.civility),
        *([("GARPersonStructRattach", human.schools[0])] if len(human.schools) == 1 else []),
        *(("GARPersonEtab", uai) for uai in human.schools),
        ("GARPersonDateNaissance", human.birth_date.isoformat() if human.birth_date else ""),
    ]


def student(human: Human) -> str:
    """GAREleve."""
    return node("GAREleve", *_identity(human))


def staff(human: Human, degree: Degree) -> str:
    """GAREnseignant; the first degree tells no address."""
    mails = human.mails if degree == Degree.SECOND else ()
    return node("GAREnseignant", *_identity(human), *(("GARPersonMail", mail) for mail in mails))


def assigner(human: Human, schools: Iterable[str]) -> str:
    """GARRespAff: who assigns resources in these schools."""
    return node(
        "GARRespAff",
        ("GARPersonIdentifiant", human.number),
        ("GARPersonNom", human.last_name),
        ("GARPersonPrenom", human.first_name),
        ("GARPersonCivilite", human.civility),
        *(("GARPersonMail", mail) for mail in human.mails),
        *(("GARRespAffEtab", uai) for uai in schools),
    )


def school(each: Structure) -> str:
    """GAREtab."""
    return node("GAREtab", ("GARStructureUAI", each.uai), ("GARStructureNomCourant", each.name))


def programme(uai: str, mef: str, label: str, stat: str) -> str:
    """GARMEF."""
    return node(
        "GARMEF", ("GARStructureUAI", uai), ("GARMEFCode", mef), ("GARMEFLibelle", label or mef), ("GARMEFSTAT11", stat)
    )


def subject(uai: str, code: str, label: str) -> str:
    """GARMatiere."""
    return node("GARMatiere", ("GARStructureUAI", uai), ("GARMatiereCode", code), ("GARMatiereLibelle", label or code))


def team(uai: str, each: Team) -> str:
    """GARGroupe."""
    return node(
        "GARGroupe",
        ("GARGroupeCode", each.code),
        ("GARStructureUAI", uai),
        ("GARGroupeLibelle", each.label or each.code),
        ("GARGroupeStatut", "DIVISION" if each.is_division else "GROUPE"),
        *(("GARGroupeDivAppartenance", code) for code in each.divisions),
    )


def linked(name: str, uai: str, number: str, child: str, code: str) -> str:
    """A link of a person: GARPersonGroupe, GARPersonMEF, GAREleveEnseignement."""
    return node(name, ("GARStructureUAI", uai), ("GARPersonIdentifiant", number), (child, code))


def teaching(uai: str, each: Teaching) -> str:
    """GAREnsClasseMatiere, or GAREnsGroupeMatiere."""
    return node(
        "GAREnsClasseMatiere" if each.is_division else "GAREnsGroupeMatiere",
        ("GARStructureUAI", uai),
        ("GARPersonIdentifiant", each.number),
        ("GARGroupeCode", each.code),
        *(("GARMatiereCode", code) for code in each.subjects),
    )
