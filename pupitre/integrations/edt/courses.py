"""`EXP_COURS.xml`: one element a lesson, its columns those that the school chose to export."""

from lxml.etree import _Element

from pupitre.integrations.edt.structures import groups_of, split_list
from pupitre.integrations.exchange.opening import Opened
from pupitre.integrations.exchange.records import Kind, LessonRecord, Reading
from pupitre.integrations.exchange.timetables import ALTERNATION, MODALITY, Names, hours_of, set_aside, weekday_of
from pupitre.integrations.exchange.verdicts import Finding, Rejected, Severity
from pupitre.integrations.exchange.xml import child, elements

_TAGS = frozenset({"Cours", "Cours_annuels"})
_NEEDED = {"CLASSE": "Classes", "JOUR": "Jour", "H.DEBUT": "Heure de début", "DUREE": "Durée"}
_WHERE = "EDT"


def read_courses(opened: Opened) -> Reading:
    """Lessons and what they name. Lessons without day nor hour are counted and left out. Raises Rejected."""
    reader = _Courses()
    for element in elements(opened, _TAGS, findings=reader.findings):
        reader.add(element)
    reader.check()
    return Reading(
        kind=Kind.EDT,
        name=opened.name,
        digest=opened.digest,
        lessons=list(dict.fromkeys(reader.lessons)),
        names=reader.names.all(),
        findings=reader.told(),
    )


class _Courses:
    def __init__(self) -> None:
        self.lessons: list[LessonRecord] = []
        self.findings: list[Finding] = []
        self.names = Names()
        self._columns: set[str] = set()
        self._unplaced = self._read = 0

    def add(self, element: _Element) -> None:
        """Read one lesson."""
        self._read += 1
        self._columns |= {str(each.tag) for each in element}
        subject = child(element, "MAT_LIBELLE") or child(element, "MAT_CODE")
        record = ", ".join(filter(None, (child(element, "CLASSE"), subject))) or f"Cours {child(element, 'NUMERO')}"
        day, starts = child(element, "JOUR"), child(element, "H.DEBUT")
        if not (day or starts):
            self._unplaced += 1
            return
        weekday = weekday_of(day)
        hours = hours_of(starts, ends=child(element, "H.FIN"), lasts=child(element, "DUREE"))
        if weekday is None or isinstance(hours, str):
            told = "n’a pas de jour lisible" if weekday is None else str(hours)
            self.findings.append(
                set_aside(record, told, _WHERE, field="JOUR, H.DEBUT, DUREE", old=f"{day} {starts}".strip())
            )
            return
        groups = groups_of(child(element, "CLASSE"), self.names)
        if not groups or not subject:
            told = "n’a pas de classe" if not groups else "n’a pas de matière"
            self.findings.append(set_aside(record, told, _WHERE, old=f"{day} {starts}"))
            return
        self._place(element, groups, weekday, hours)

    def _place(self, element: _Element, groups: tuple[str, ...], weekday: int, hours: tuple[object, object]) -> None:
        alternation = child(element, "ALTERNANCE") or child(element, "FREQUENCE") or "H"
        rooms = split_list(child(element, "SALLE"))
        self.lessons += [
            LessonRecord(
                group,
                self.names.subject(child(element, "MAT_LIBELLE"), child(element, "MAT_CODE")),
                weekday,
                *hours,  # type: ignore[arg-type]
                weeks=(),
                modality=child(element, "MODALITE")[:MODALITY],
                teachers=self._teachers(element),
                alternation=alternation[:ALTERNATION],
                classroom=self.names.room(rooms[0]) if rooms else "",
            )
            for group in groups
        ]

    def _teachers(self, element: _Element) -> tuple[str, ...]:
        """Several last names and several first names, in the same order."""
        last, first = (split_list(child(element, tag)) for tag in ("PROF_NOM", "PROF_PRENOM"))
        if len(last) != len(first):
            first = first[: len(last)] if len(first) > len(last) else [*first, *[""] * (len(last) - len(first))]
        return tuple(dict.fromkeys(self.names.teacher(*each) for each in zip(last, first, strict=True)))

    def check(self) -> None:
        """Refuse a table in which no lesson could have been placed."""
        if not self._read:
            raise Rejected("Cet export d’EDT ne contient aucun cours. Refaites l’export de la liste des cours.")
        missing = [label for tag, label in _NEEDED.items() if tag not in self._columns]
        if missing and not self.lessons:
            told = ", ".join(f"« {label} »" for label in missing)
            raise Rejected(
                f"Il manque des colonnes à cet export d’EDT : {told}. Cochez-les dans EDT, puis refaites l’export."
            )

    def told(self) -> list[Finding]:
        """What was found, lessons without a place last."""
        if not self._unplaced:
            return self.findings
        told = "Un cours n’est pas placé" if self._unplaced == 1 else f"{self._unplaced} cours ne sont pas placés"
        reason = f"{told} dans la semaine : ils ne figurent pas dans l’emploi du temps tant qu’EDT ne leur donne pas d’heure."
        return [*self.findings, Finding(Severity.NOTICE, "unplaced", "Emploi du temps", reason)]
