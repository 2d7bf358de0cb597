"""The tables of one archive, read together: each is of no use without the others.

They are told apart by their number, in the name of the file: UnDeuxTEMPS writes nothing inside that says which one it is.
"""

import re
from collections.abc import Sequence

from pupitre.integrations.exchange.opening import Opened
from pupitre.integrations.exchange.records import Kind, Reading
from pupitre.integrations.exchange.text import read_date
from pupitre.integrations.exchange.verdicts import Finding, Rejected, Severity
from pupitre.integrations.exchange.xml import attribute, elements, root_name
from pupitre.integrations.udt.lessons import Period, read_lessons
from pupitre.integrations.udt.members import read_members
from pupitre.integrations.udt.tables import Row, Tables
from pupitre.integrations.udt.weeks import Calendar

_NAME = re.compile(r"UDCal_(\d\d)(?:_(\d{1,2}))?\.xml|(semaines)\.xml", re.IGNORECASE)
_NEEDED = {"08": "les classes", "11": "les fiches", "12": "les lignes de fiches"}
_WANTED = {"21": "les élèves des groupes", "23": "les co-enseignements"}
_TAGS = {
    "00": "init", "03": "salle", "04": "prof", "05": "mat", "07": "demi_seq", "08": "div", "10": "eleve", "19": "gpe",
    "13": "rgpmt", "21": "ele_gpe", "11": "fiche", "12": "ligfiche", "23": "coens", "24": "fermeture", "semaines": "semaine",
}  # fmt: skip


def recognises(opened: Opened) -> bool:
    """Whether a file is one of the tables of UnDeuxTEMPS."""
    return bool(_NAME.fullmatch(opened.name)) and bool(root_name(opened.data))


def read_archive(files: Sequence[Opened], *, name: str, digest: str) -> Reading:
    """All the tables as one reading. Raises Rejected, naming the table that is missing."""
    findings: list[Finding] = []
    tables, periods, calendar = Tables(), dict[int, dict[str, list[Row]]](), Calendar()
    met: set[str] = set()
    for opened in files:
        match = _NAME.fullmatch(opened.name)
        number = (match[1] or match[3].lower()) if match else ""
        if number not in _TAGS:
            continue
        met.add(number)
        if number == "24":
            _read_calendar(opened, calendar, findings)
            continue
        rows = [dict(each.attrib) for each in elements(opened, {_TAGS[number]}, findings=findings)]
        rows = [{str(key).lower(): str(value).strip() for key, value in row.items()} for row in rows]
        if match and match[2]:
            periods.setdefault(int(match[2]), {})[number] = rows
        else:
            tables.rows[number] = rows
    _check(met, findings)
    calendar.starts = [int(row["num"]) for row in tables.of("semaines") if row.get("num", "").isdecimal()]
    names, lessons, told = read_lessons(
        tables, [Period(None, {}), *(Period(*each) for each in sorted(periods.items()))], calendar
    )
    return Reading(
        kind=Kind.UDT, name=name, digest=digest, year=calendar.year, lessons=lessons, names=names.all(),
        members=read_members(tables, names), closures=calendar.closures or None, findings=[*findings, *told, *names_twice(tables)],
    )  # fmt: skip


def refuse_alone(opened: Opened, *, uai: str) -> Reading:
    """Raises Rejected: a table on its own says nothing."""
    raise Rejected(
        f"« {opened.name} » n’est qu’une table d’UDT. Déposez l’archive (.zip) entière, telle qu’UDT la produit."
    )


def names_twice(tables: Tables) -> list[Finding]:
    """Teachers without an identifier of STSWeb are recognised by their names: told once."""
    count = sum(not row.get("epj") for row in tables.of("04"))
    if not count:
        return []
    told = "Un enseignant n’a" if count == 1 else f"{count} enseignants n’ont"
    reason = f"{told} pas d’identifiant STS dans UDT : la reconnaissance se fait par les noms."
    return [Finding(Severity.NOTICE, "no_sts_id", "Enseignants", reason)]


def _read_calendar(opened: Opened, calendar: Calendar, findings: list[Finding]) -> None:
    for each in elements(opened, {"annee", "debut_eleve", "fin_eleve", "fermeture"}, findings=findings):
        text = (each.text or attribute(each, "valeur") or "").strip()
        match str(each.tag):
            case "annee":
                calendar.year = int(text[:4]) if text[:4].isdecimal() else None
            case "debut_eleve":
                calendar.first = read_date(text)
            case "fin_eleve":
                calendar.last = read_date(text)
            case _:
                calendar.close(read_date(attribute(each, "debut")), read_date(attribute(each, "fin")))


def _check(met: set[str], findings: list[Finding]) -> None:
    for number, what in _NEEDED.items():
        if number not in met:
            raise Rejected(
                f"Il manque à cet export d’UDT la table UDCal_{number}.xml ({what}). Déposez l’archive telle qu’UDT la produit."
            )
    for number, what in _WANTED.items():
        if number not in met:
            reason = (
                f"La table UDCal_{number}.xml ({what}) n’est pas dans l’archive : ce qu’elle dit est laissé de côté."
            )
            findings.append(Finding(Severity.NOTICE, "not_whole", f"UDCal_{number}.xml", reason))
