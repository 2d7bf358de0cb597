"""The file of reconciliation (`PARTENAIRE_INDEX`): who the people of a school are, and the number by which each enters PRONOTE.

Knows nothing of Django. Addresses are not in it: the directory does not hold them. Source: « rapprochementsso » V2.0.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, cast

from lxml import etree

NAMESPACE = "http://www.index-education.com/rapprochementssoV2.0"
_CIVILITIES = {"M": ("1", "M."), "F": ("2", "Mme")}


@dataclass(frozen=True, slots=True)
class Named:
    """A person: `ident` is unique in the file, `number` is what our CAS server says as the user."""

    ident: int
    last_name: str
    first_name: str
    number: str
    sex: str = ""
    born_on: dt.date | None = None
    ine: str = ""
    guardians: tuple[int, ...] = ()


@dataclass(slots=True)
class School:
    """A school and its people, each where they are something. `unborn`: students left out, whose birth date is unknown."""

    uai: str
    name: str
    staff: list[Named] = field(default_factory=list)
    teachers: list[Named] = field(default_factory=list)
    guardians: list[Named] = field(default_factory=list)
    students: list[Named] = field(default_factory=list)
    unborn: int = 0

    def __len__(self) -> int:
        return len(self.staff) + len(self.teachers) + len(self.guardians) + len(self.students)


def write_index(school: School, *, partner: str, at: dt.datetime) -> bytes:
    """The file, in UTF-8."""
    root = etree.Element(_tag("PARTENAIRE_INDEX"), nsmap=cast(Any, {None: NAMESPACE}))
    root.set("Date", at.isoformat(timespec="seconds"))
    root.set("Partenaire", partner)
    root.set("ProtocoleDelegationAuthentification", "CAS")
    civilities = etree.SubElement(etree.SubElement(root, _tag("Nomenclatures")), _tag("Civilites"))
    for ident, label in _CIVILITIES.values():
        etree.SubElement(civilities, _tag("Civilite"), {"Ident": ident, "Libelle": label})
    known = {"Ident": "1", "Numero": school.uai, "Nom": school.name}
    etree.SubElement(etree.SubElement(root, _tag("Etablissements")), _tag("Etablissement"), known)
    etree.SubElement(etree.SubElement(root, _tag("EtablissementsGeres")), _tag("Etablissement"), {"Ident": "1"})
    _write(root, "Personnels", "Personnel", school.staff)
    _write(root, "Professeurs", "Professeur", school.teachers)
    _write(root, "Responsables", "Responsable", school.guardians)
    _write(root, "Eleves", "Eleve", school.students)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def told_of(school: School) -> dict[int, set[str]]:
    """By person, the names of the facts that the file holds of them."""
    told: dict[int, set[str]] = {}
    for name, people in (
        ("Personnel", school.staff),
        ("Professeur", school.teachers),
        ("Responsable", school.guardians),
        ("Eleve", school.students),
    ):
        for each in people:
            told.setdefault(each.ident, set()).update(_facts(each, name).keys() - {"Ident"})
    return told


def _write(root: etree._Element, list_name: str, name: str, people: Iterable[Named]) -> None:
    held = list(people)
    if not held:
        return
    rows = etree.SubElement(root, _tag(list_name))
    for each in held:
        row = etree.SubElement(rows, _tag(name), _facts(each, name))
        if name == "Responsable" and each.sex in _CIVILITIES:
            etree.SubElement(row, _tag("Civilite"), {"Ident": _CIVILITIES[each.sex][0]})
        for guardian in each.guardians:
            etree.SubElement(row, _tag("Responsable"), {"Ident": str(guardian)})


def _facts(person: Named, name: str) -> dict[str, str]:
    facts = {
        "Ident": str(person.ident),
        "Nom": person.last_name,
        "Prenom": person.first_name,
        "ID_Partenaire": person.number,
    }
    if name in ("Eleve", "Professeur") and person.born_on:
        facts["DateNaissance"] = person.born_on.isoformat()
    if name == "Eleve" and person.ine:
        facts["NumeroNational"] = person.ine
    return facts


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
