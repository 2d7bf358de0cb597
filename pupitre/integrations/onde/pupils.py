"""The pupils' file of ONDE."""

from collections import Counter

from pupitre.directory.names import display_name
from pupitre.integrations.exchange.csv import Row, Table, aligned, made_identifier
from pupitre.integrations.exchange.opening import Opened
from pupitre.integrations.exchange.records import (
    GroupRecord,
    Identity,
    Kind,
    OutsideId,
    ProgrammeRecord,
    Reading,
    StudentRecord,
)
from pupitre.integrations.exchange.text import read_date
from pupitre.integrations.exchange.verdicts import Finding, Severity
from pupitre.integrations.onde.keys import student_key
from pupitre.integrations.tabular.classes import class_code
from pupitre.integrations.tabular.people import NAME

_REQUIRED = ("Nom Elève", "Prénom Elève", "Date naissance", "Classe")
_MEF = 11  # characters that `directory.Student.mef` holds
_SEX = {"M": "M", "F": "F"}


def read_pupils(opened: Opened, table: Table, *, uai: str) -> Reading:
    """Pupils and their classes. Raises Rejected when a column is missing."""
    table.require(_REQUIRED, "ONDE")
    rows, findings = aligned(table, "ONDE")
    classes: dict[str, str] = {}
    students = []
    for row in rows:
        if not row[table.column("Nom Elève")] or not row[table.column("Prénom Elève")]:
            findings.append(_unnamed(row))
            continue
        if class_name := row[table.column("Classe")]:
            classes[class_code(class_name)] = class_name
        students.append(_pupil(table, row, findings, uai=uai))
    is_whole = all(each.severity is not Severity.QUARANTINE for each in findings)
    everybody, students = students, _distinct(students)
    unsure = [each for each in dict.fromkeys(everybody) if each not in students]
    levels = {
        code: tuple(dict.fromkeys(each.mef for each in students if each.division == code and each.mef))
        for code in classes
    }
    return Reading(
        kind=Kind.ONDE_STUDENTS,
        name=opened.name,
        digest=opened.digest,
        programmes=[ProgrammeRecord(level, level) for level in dict.fromkeys(each.mef for each in students) if level],
        groups=[GroupRecord(code, label[:60], "division", mefs=levels[code]) for code, label in classes.items()],
        students=students,
        aside=[outside for each in unsure for outside in each.who.ids],
        is_whole=is_whole,
        findings=[*findings, *(_homonym(each, classes) for each in unsure)],
    )


def _pupil(table: Table, row: Row, findings: list[Finding], *, uai: str) -> StudentRecord:
    last, first, usage = (row[table.column(name)][:NAME] for name in ("Nom Elève", "Prénom Elève", "Nom d'usage Elève"))
    class_name = row[table.column("Classe")]
    told = f"{display_name(last_name=last, usage_name=usage, first_name=first)}, {class_name or 'sans classe'}"
    written = row[table.column("Date naissance")]
    birth = read_date(written)
    if birth is None:
        reason = "La date de naissance manque ou n’est pas lisible. Corrigez-la dans ONDE puis refaites l’export."
        findings.append(Finding(Severity.NOTICE, "bad_birth_date", told, reason, field="Date naissance", old=written))
    if not class_name:
        reason = "Cet élève n’est dans aucune classe. Placez-le dans ONDE puis refaites l’export."
        findings.append(Finding(Severity.NOTICE, "no_class", told, reason))
    # Without a birth date, homonyms of two years would be taken for one child: the class is all there is left.
    mark = birth.isoformat() if birth else class_name
    who = Identity(
        ids=(OutsideId("onde", uai, made_identifier(f"{last} {first}", mark)),),
        last_name=last,
        first_name=first,
        usage_name=usage if usage != last else "",
        sex=_SEX.get(row[table.column("Sexe")].upper(), ""),
        birth_date=birth,
    )
    key = student_key(last_name=last, first_name=first, class_name=class_name)
    # A class may hold two levels: each pupil has their own. Primary schools have no MEF, the level stands for it.
    level = row[table.column("Niveau")][:_MEF]
    return StudentRecord(key, who, mef=level, division=class_code(class_name), says_groups=False)


def _distinct(students: list[StudentRecord]) -> list[StudentRecord]:
    """Pupils that names and class are enough to tell apart; the same row twice counts once."""
    once = list(dict.fromkeys(students))
    times = Counter(student.key for student in once)
    return [student for student in once if times[student.key] == 1]


def _homonym(student: StudentRecord, classes: dict[str, str]) -> Finding:
    who = student.who
    name = display_name(last_name=who.last_name, usage_name=who.usage_name, first_name=who.first_name)
    reason = (
        "Plusieurs élèves de cette classe portent ces noms, on ne peut pas les distinguer. "
        "Précisez un second prénom dans ONDE puis refaites l’export, ou créez-les à la main."
    )
    record = f"{name}, {classes.get(student.division, 'sans classe')}"
    return Finding(Severity.QUARANTINE, "same_names", record, reason)


def _unnamed(row: Row) -> Finding:
    reason = "Il manque le nom ou le prénom de cet élève. Complétez-le dans ONDE puis refaites l’export."
    return Finding(Severity.QUARANTINE, "no_name", str(row), reason)
