"""Fregata, the base of agricultural schools: a CSV of students, and one of their guardians; UTF-8 with BOM, CRLF, « ; »."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from pathlib import Path

from demo.model import Link, SchoolLife, Student
from demo.writers.words import french_date

_STUDENT_HEADER = (
    "Identifiant unique*", "Premier prénom*", "Deuxième prénom", "Troisième prénom", "Nom de famille*", "Nom d’usage",
    "Date de naissance (jj/mm/aaaa)*", "Code sexe*", "Code commune naissance**", "Libellé commune naissance**",
    "Code département naissance*", "Code pays naissance*", "Statut*", "Code MEF*", "Division*",
)  # fmt: skip
_GUARDIAN_HEADER = ("Civilité", "Nom", "Nom d’usage", "Prénom", "Courriel", "Téléphone portable", "Téléphone")
_CHILD_HEADER = ("Identifiant unique élève", "Lien", "Niveau")
_CIVILITIES = {"1": "M.", "2": "Mme"}
_RELATIONS = {
    "10": "Mère", "20": "Père", "38": "Ascendant", "42": "Assistant familial", "50": "Tuteur",
    "51": "Aide sociale à l’enfance", "90": "Autre lien",
}  # fmt: skip
_ABROAD, _BIRTH_TOWN, _BIRTH_DEPARTMENT = "099", "68998", "068"


def write_fregata(folder: Path, life: SchoolLife) -> list[Path]:
    """Write the students' export and the guardians' list."""
    students, guardians = (folder / f"{name}_{life.school.uai}.csv" for name in ("export_fregata", "responsables"))
    _save(students, _STUDENT_HEADER, (_student_row(life, student) for student in life.students))
    children = _children(life)
    width = max(map(len, children.values()))
    header = (*_GUARDIAN_HEADER, *(f"{name} {rank}" for rank in range(1, width + 1) for name in _CHILD_HEADER))
    _save(guardians, header, (_guardian_row(links, width) for links in children.values()))
    return [students, guardians]


def _save(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode("utf-8-sig"))


def _student_row(life: SchoolLife, student: Student) -> tuple[str, ...]:
    level = life.school.level_of(student.division)
    second, third = (*student.other_names, "", "")[:2]
    born = (
        ("", student.birth_town, _ABROAD, "990") if student.birth_town else (_BIRTH_TOWN, "", _BIRTH_DEPARTMENT, "100")
    )
    return (
        student.ine, student.first_name, second, third, student.last_name.upper(), student.usage_name.upper(),
        french_date(student.birth_date), {"1": "M", "2": "F"}[student.sex], *born,
        level.status, level.mef, student.division,
    )  # fmt: skip


def _children(life: SchoolLife) -> dict[int, list[tuple[Student, Link]]]:
    """What each adult is to the students of the school, by key."""
    children: dict[int, list[tuple[Student, Link]]] = {}
    for student, link in life.links:
        children.setdefault(link.adult.key, []).append((student, link))
    return children


def _guardian_row(links: list[tuple[Student, Link]], width: int) -> tuple[str, ...]:
    adult = links[0][1].adult
    told = [text for student, link in links for text in (student.ine, _RELATIONS[link.relation], str(link.level))]
    return (
        "" if adult.is_organisation else _CIVILITIES[adult.sex],
        adult.last_name.upper(), adult.usage_name.upper(), adult.first_name, adult.email, adult.mobile, adult.phone,
        *told, *[""] * (len(_CHILD_HEADER) * width - len(told)),
    )  # fmt: skip
