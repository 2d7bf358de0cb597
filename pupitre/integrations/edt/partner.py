"""The export that EDT makes for partners: encrypted, or in the clear once a partner has opened it (`ExportEDT`).

Bit i of a mask is week i, counted from 1. An item takes part in a lesson only in the weeks of its mask: one lesson may have
other teachers, or another room, from week to week.
"""

from collections import defaultdict
from datetime import date, time, timedelta

from lxml.etree import _Element

from pupitre.directory.names import display_name
from pupitre.integrations.exchange.opening import Opened
from pupitre.integrations.exchange.records import Kind, LessonRecord, MemberRecord, Reading
from pupitre.integrations.exchange.text import read_date
from pupitre.integrations.exchange.timetables import Names, minutes_of, set_aside
from pupitre.integrations.exchange.verdicts import Finding, Rejected
from pupitre.integrations.exchange.xml import attribute, elements, root_name

CLEAR, SEALED = "ExportEDT", "EXPORT_INDEX_EDUCATION"
PARTNER_ROOTS = frozenset({CLEAR, SEALED})
_GROUPS = ("Classe", "Groupe", "PartieDeClasse")
_TAGS = frozenset({"AnneeScolaire", "Place", "Matiere", "Professeur", "Salle", "Eleve", "Cours", *_GROUPS})
_LAST_WEEK, _WHERE = 63, "EDT"


def read_partner(opened: Opened) -> Reading:
    """Lessons, with their weeks, and who is in which group. Raises Rejected, above all for what is encrypted."""
    if root_name(opened.data) == SEALED:
        raise Rejected(
            "Cet export d’EDT est chiffré pour un partenaire, il ne peut pas être lu ici. Dans EDT, exportez plutôt les cours "
            "en XML (EXP_COURS.xml), ou le fichier « emp_sts » destiné à STSWEB."
        )
    reader = _Partner()
    for element in elements(opened, _TAGS, findings=reader.findings):
        reader.add(element)
    if not reader.lessons:
        raise Rejected("Cet export d’EDT ne contient aucun cours lisible. Refaites l’export de l’emploi du temps.")
    return Reading(
        kind=Kind.EDT, name=opened.name, digest=opened.digest, lessons=reader.lessons, names=reader.names.all(),
        members=reader.members, findings=reader.findings,
    )  # fmt: skip


class _Partner:
    def __init__(self) -> None:
        self.names = Names()
        self.lessons: list[LessonRecord] = []
        self.members: list[MemberRecord] = []
        self.findings: list[Finding] = []
        self._keys: dict[tuple[str, str], str] = {}  # identifiers are of each type
        self._places: dict[int, tuple[str, str]] = {}
        self._monday: date | None = None  # of week 1

    def add(self, element: _Element) -> None:
        """Read one item of the file; lessons come last."""
        match str(element.tag):
            case "AnneeScolaire":
                first = read_date(attribute(element, "DatePremierJourSemaine1"))
                self._monday = first - timedelta(days=first.weekday()) if first else None
            case "Place":
                self._places[_number(element, "Numero")] = (
                    attribute(element, "LibelleHeureDebut"), attribute(element, "LibelleHeureFin")
                )  # fmt: skip
            case "Matiere":
                self._know(element, self.names.subject(attribute(element, "Libelle"), attribute(element, "Code")))
            case "Professeur":
                born = read_date(attribute(element, "DateNaissance"))
                key = self.names.teacher(attribute(element, "Nom"), attribute(element, "Prenom"), birth_date=born)
                self._know(element, key)
            case "Salle":
                self._know(element, self.names.room(attribute(element, "Nom")))
            case "Eleve":
                self._member(element)
            case "Cours":  # the container bears the same name as what it holds
                for each in element.iter("Cours"):
                    if each.get("Numero"):
                        self._lesson(each)
            case _:
                for each in element.iter(*_GROUPS):
                    if each.get("Nom"):
                        told = attribute(each, "Nom")
                        self._know(each, self.names.group(told, is_part=each.tag != "Classe"))

    def _know(self, element: _Element, key: str) -> None:
        self._keys[str(element.tag), attribute(element, "Ident")] = key

    def _key(self, element: _Element) -> str:
        return self._keys.get((str(element.tag), attribute(element, "Ident")), "")

    def _member(self, element: _Element) -> None:
        last, first = attribute(element, "Nom")[:100], attribute(element, "Prenom")[:100]
        groups = tuple(dict.fromkeys(key for each in element.iter(*_GROUPS) if (key := self._key(each))))
        label = display_name(last_name=last, usage_name="", first_name=first)
        born = read_date(attribute(element, "DateNaissance"))
        self.members.append(MemberRecord(label, last, first, born, groups=groups))

    def _lesson(self, element: _Element) -> None:
        subject = next((key for each in element.iter("Matiere") if (key := self._key(each))), "")
        groups = [(key, _weeks(each)) for each in element.iter(*_GROUPS) if (key := self._key(each))]
        record = f"Cours {attribute(element, 'Numero')}"
        hours, weekday = self._hours(element), _number(element, "Jour")
        if hours is None or not 1 <= weekday <= 7 or self._monday is None:
            told = "est hors de la grille horaire" if hours is None else "n’a pas de jour lisible"
            self.findings.append(set_aside(record, told, _WHERE, field="NumeroPlaceDebut"))
            return
        if not subject or not groups:
            self.findings.append(set_aside(record, "n’a pas de matière ou pas de classe", _WHERE))
            return
        written = attribute(element, "SemainesAnnulation")
        cancelled = int(written) if written.isdecimal() and len(written) < 20 else 0
        items = [(str(each.tag), self._key(each), _weeks(each)) for each in element.iter("Professeur", "Salle")]
        for group, mask in groups:
            for (teachers, room), weeks in _by_content(items, mask & ~cancelled, self._monday).items():
                self.lessons.append(
                    LessonRecord(group, subject, weekday, *hours, weeks=tuple(weeks), teachers=teachers, classroom=room)
                )

    def _hours(self, element: _Element) -> tuple[time, time] | None:
        first, count = _number(element, "NumeroPlaceDebut"), _number(element, "NombrePlaces")
        begins, ends = self._places.get(first), self._places.get(first + count - 1)
        start, end = minutes_of(begins[0]) if begins else None, minutes_of(ends[1]) if ends else None
        if start is None or end is None or start >= end:
            return None
        return time(start // 60, start % 60), time(end // 60, end % 60)


def _by_content(
    items: list[tuple[str, str, int]], mask: int, monday: date
) -> dict[tuple[tuple[str, ...], str], list[date]]:
    """The Mondays of a mask, by who teaches and where in that week. `items`: (tag, key, mask)."""
    found: dict[tuple[tuple[str, ...], str], list[date]] = defaultdict(list)
    for week in range(1, _LAST_WEEK):
        if mask >> week & 1:
            here = [(tag, key) for tag, key, weeks in items if key and weeks >> week & 1]
            teachers = tuple(dict.fromkeys(key for tag, key in here if tag == "Professeur"))
            room = next((key for tag, key in here if tag == "Salle"), "")
            found[teachers, room].append(monday + timedelta(weeks=week - 1))
    return found


def _weeks(element: _Element) -> int:
    written = element.get("Semaines") or element.get("SemainesInclusion") or ""
    return int(written) if written.isdecimal() and len(written) < 20 else 0


def _number(element: _Element, name: str) -> int:
    written = attribute(element, name)
    return int(written) if written.isdecimal() and len(written) < 6 else -1
