"""A timetable as a table: a lesson a row, under titles that anybody can write; or as UnDeuxTEMPS prints it, without titles."""

from pupitre.integrations.exchange import csv
from pupitre.integrations.exchange.csv import Row
from pupitre.integrations.exchange.opening import Opened
from pupitre.integrations.exchange.records import Kind, LessonRecord, Reading
from pupitre.integrations.exchange.timetables import (
    ALTERNATION,
    MODALITY,
    Names,
    hours_of,
    minutes_of,
    set_aside,
    split_name,
    weekday_of,
)
from pupitre.integrations.exchange.verdicts import Finding, Rejected, Severity

_TITLES = {
    "day": ("jour",),
    "starts": ("debut", "heure de debut", "heure debut", "h debut", "heure"),
    "ends": ("fin", "heure de fin", "heure fin", "h fin"),
    "lasts": ("duree",),
    "group": ("classe", "classes", "division", "groupe", "classe ou groupe"),
    "subject": ("matiere", "discipline"),
    "teacher": ("enseignant", "enseignants", "professeur", "professeurs", "prof"),
    "room": ("salle", "salles"),
    "weeks": ("semaines", "semaine", "alternance", "frequence"),
    "modality": ("modalite", "mode"),
}
"""What a column holds, by the titles it may bear, folded; « Jour », « Début », « Classe » and « Matière » are needed."""
_NEEDED = {"day": "Jour", "starts": "Début", "group": "Classe", "subject": "Matière"}
_WITHOUT_TITLES = {"day": 0, "starts": 1, "group": 2, "subject": 3, "teacher": 4, "room": 5, "part": 6, "across": 7,
                   "modality": 9, "weeks": 10}  # fmt: skip
_WIDTH = 11
_WHERE = "votre tableau"
_AN_HOUR = "1h00"


def recognises(opened: Opened) -> bool:
    """Whether the titles are those of a timetable, or the first row a lesson of UnDeuxTEMPS."""
    first = csv.first_row(opened.data)
    found = _columns(first)
    is_table = "day" in found and "starts" in found and bool({"group", "subject"} & found.keys())
    return is_table or _is_bare(first)


def read(opened: Opened, *, uai: str) -> Reading:
    """Lessons and what they name. Raises Rejected when a needed column is missing."""
    table = csv.read_table(opened.data)
    is_bare = _is_bare(table.columns)
    columns = _WITHOUT_TITLES if is_bare else _columns(table.columns)
    missing = [f"« {title} »" for name, title in _NEEDED.items() if name not in columns]
    if missing:
        raise Rejected(
            f"Il manque à ce tableau : {', '.join(missing)}. Ajoutez ces colonnes, puis déposez-le de nouveau."
        )
    rows = [Row(1, table.headers), *table.rows] if is_bare else table.rows
    reader = _Lessons(columns, says_ends=bool({"ends", "lasts"} & columns.keys()))
    for row in rows:
        reader.add(row)
    return Reading(
        kind=Kind.CSV_TIMETABLE, name=opened.name, digest=opened.digest, lessons=list(dict.fromkeys(reader.lessons)),
        names=reader.names.all(), findings=reader.told(),
    )  # fmt: skip


class _Lessons:
    def __init__(self, columns: dict[str, int], *, says_ends: bool) -> None:
        self.lessons: list[LessonRecord] = []
        self.names = Names()
        self._columns, self._says_ends = columns, says_ends
        self._findings: list[Finding] = []

    def add(self, row: Row) -> None:
        """Read one row."""
        cell = {name: row[at] for name, at in self._columns.items()}
        weekday, lasts = weekday_of(cell["day"]), cell.get("lasts", "") if self._says_ends else _AN_HOUR
        hours = hours_of(cell["starts"], ends=cell.get("ends", ""), lasts=lasts)
        groups = self._groups(cell)
        if weekday is None or isinstance(hours, str) or not groups or not cell["subject"]:
            told = "n’a pas de jour lisible" if weekday is None else hours if isinstance(hours, str) else ""
            told = told or ("n’a pas de classe" if not groups else "n’a pas de matière")
            self._findings.append(set_aside(str(row), told, _WHERE, old=f"{cell['day']} {cell['starts']}"))
            return
        teachers = [self.names.teacher(*split_name(each)) for each in _several(cell.get("teacher", ""))]
        room = next(iter(_several(cell.get("room", ""))), "")
        self.lessons += [
            LessonRecord(
                group, self.names.subject(cell["subject"], cell["subject"]), weekday, *hours, weeks=(),
                modality=cell.get("modality", "")[:MODALITY], teachers=tuple(dict.fromkeys(teachers)),
                alternation=(cell.get("weeks", "") or "H")[:ALTERNATION], classroom=self.names.room(room),
            )
            for group in groups
        ]  # fmt: skip

    def _groups(self, cell: dict[str, str]) -> list[str]:
        if across := cell.get("across", ""):
            return [self.names.group(across, across, is_part=True)]
        if part := cell.get("part", ""):
            division = cell["group"]
            return [self.names.group(f"{division} {part}", part, f"{division} {part}", is_part=True)]
        return [self.names.group(each) for each in _several(cell["group"])]

    def told(self) -> list[Finding]:
        """What was found; lessons without an end were given an hour."""
        if self._says_ends or not self.lessons:
            return self._findings
        reason = "Ce tableau ne dit ni la fin ni la durée des cours : une heure leur a été donnée."
        return [*self._findings, Finding(Severity.REPAIR, "no_end", "Emploi du temps", reason)]


def _several(cell: str) -> list[str]:
    return [told for each in cell.replace("/", ",").replace("+", ",").split(",") if (told := each.strip())]


def _columns(titles: tuple[str, ...]) -> dict[str, int]:
    """Where each thing is; the first column of a title counts."""
    found: dict[str, int] = {}
    for name, known in _TITLES.items():
        at = next((titles.index(title) for title in known if title in titles), None)
        if at is not None:
            found[name] = at
    return found


def _is_bare(first: tuple[str, ...]) -> bool:
    return len(first) >= _WIDTH and weekday_of(first[0]) is not None and minutes_of(first[1]) is not None
