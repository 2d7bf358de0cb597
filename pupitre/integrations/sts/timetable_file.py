"""emp_sts (root EDT_STS), from timetable software: the same courses with the weekly lessons placed on them."""

from datetime import date, time

from lxml.etree import _Element

from pupitre.integrations.exchange.opening import Opened
from pupitre.integrations.exchange.records import ClassroomRecord, GroupRecord, Kind, LessonRecord, Reading
from pupitre.integrations.exchange.verdicts import Finding, Severity
from pupitre.integrations.exchange.xml import child, elements
from pupitre.integrations.sts.parameters import required, school_uai, school_year
from pupitre.integrations.sts.structures import Placed, Service, Structures, courses_of
from pupitre.integrations.sts.weeks import ends_at, hour_and_minute, is_mended, week_list

ROOT = "EDT_STS"
_READ = frozenset({"UAJ", "ANNEE_SCOLAIRE", "ALTERNANCE", "SALLE_COURS", "DIVISION", "GROUPE"})
_APPLICATION = "votre logiciel d’emploi du temps"
# What the timetable holds, in characters.
_CODE, _LABEL, _ALTERNATION = 40, 60, 10

# Structure, subject, modality, alternance, weekday, start, end, room: the same lesson under each of its teachers.
_Slot = tuple[str, str, str, str, int, time, time, str]


def read_timetable_file(opened: Opened) -> Reading:
    """Courses, weekly lessons, classrooms; the groups the file describes. Raises Rejected."""
    reader = _TimetableFile()
    for element in elements(opened, _READ, findings=reader.findings):
        reader.add(element)
    return reader.reading(opened)


class _TimetableFile:
    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self._uai = ""
        self._year: int | None = None
        self._weeks: dict[str, tuple[date, ...]] = {}
        self._classrooms: dict[str, ClassroomRecord] = {}
        self._structures = Structures(application=_APPLICATION)
        self._mended: dict[tuple[str, str], str] = {}

    def add(self, element: _Element) -> None:
        code = (element.get("CODE") or "").strip()[:_CODE]
        match element.tag:
            case "UAJ":
                self._uai = school_uai(element)
            case "ANNEE_SCOLAIRE":
                self._year = school_year(element)
            case "ALTERNANCE":
                written = [(each.text or "").strip() for each in element.iter("DATE_DEBUT_SEMAINE")]
                self._weeks[code[:_ALTERNATION]], findings = week_list(code, written)
                self.findings += findings
            case "SALLE_COURS":
                if code:
                    self._classrooms[code] = ClassroomRecord(code, child(element, "LOCALISATION")[:_LABEL])
            case _:
                self._structures.add(element)

    def reading(self, opened: Opened) -> Reading:
        lessons = self._lessons()
        for lesson in lessons:
            if lesson.classroom:
                self._classrooms.setdefault(lesson.classroom, ClassroomRecord(lesson.classroom))
        groups = [each for each in self._structures.groups.values() if _is_described(each)]
        return Reading(
            kind=Kind.TIMETABLE,
            name=opened.name,
            digest=opened.digest,
            uai=required(self._uai),
            year=self._year,
            groups=groups or None,
            courses=courses_of(self._structures.services),
            lessons=lessons,
            classrooms=list(self._classrooms.values()),
            findings=[*self.findings, *self._structures.findings, *self._told_mended()],
        )

    def _lessons(self) -> list[LessonRecord]:
        """Each lesson once, whatever the number of its teachers."""
        slots: dict[_Slot, dict[str, None]] = {}
        for service in self._structures.services:
            for placed in service.placed:
                slot = self._slot(service, placed)
                if slot is not None:
                    slots.setdefault(slot, {})[placed.teacher] = None
        return [self._lesson(slot, tuple(key for key in teachers if key)) for slot, teachers in slots.items()]

    def _lesson(self, slot: _Slot, teachers: tuple[str, ...]) -> LessonRecord:
        structure, subject, modality, alternation, weekday, starts_at, finish, classroom = slot
        return LessonRecord(
            structure,
            subject,
            weekday,
            starts_at,
            finish,
            self._weeks[alternation],
            modality=modality,
            teachers=teachers,
            alternation=alternation,
            classroom=classroom,
        )

    def _slot(self, service: Service, placed: Placed) -> _Slot | None:
        """Where a COURS stands in the week; None, and a quarantine, when a piece is missing."""
        weekday = int(placed.weekday) if placed.weekday in {"1", "2", "3", "4", "5", "6", "7"} else None
        starts, lasts = self._time("HEURE_DEBUT", placed.starts), self._time("DUREE", placed.lasts)
        if not self._weeks.get(placed.alternation):
            told = (
                f"l’alternance « {placed.alternation} » n’a pas de semaines"
                if placed.alternation
                else "il n’a pas d’alternance"
            )
        elif weekday is None:
            told = "il n’a pas de jour lisible"
        elif starts is None:
            told = "il n’a pas d’heure de début lisible"
        elif lasts is None or (finish := ends_at(time(*starts), *lasts)) is None:
            told = "il n’a pas de durée lisible ou passe minuit"
        else:
            course = (service.structure, service.subject, service.modality)
            return (*course, placed.alternation, weekday, time(*starts), finish, placed.classroom)
        self._set_aside(service, placed, told)
        return None

    def _set_aside(self, service: Service, placed: Placed, told: str) -> None:
        record = f"{service.structure}, matière {service.subject}"
        reason = f"Un cours de cette classe est laissé de côté : {told}. Corrigez-le dans {_APPLICATION}."
        when = " ".join(filter(None, (placed.alternation, placed.weekday, placed.starts, placed.lasts)))
        self.findings.append(Finding(Severity.QUARANTINE, "bad_lesson", record, reason, field="COURS", old=when))

    def _time(self, field: str, written: str) -> tuple[int, int] | None:
        read = hour_and_minute(written)
        if read is not None and is_mended(written):
            self._mended[field, written] = f"{read[0]:02}{read[1]:02}"
        return read

    def _told_mended(self) -> list[Finding]:
        """One finding for each way of writing, not for each lesson: a whole timetable may write « 800 »."""
        reason = "Les heures et durées s’écrivent sur quatre chiffres, elles ont été complétées."
        return [
            Finding(Severity.REPAIR, "short_time", "Emploi du temps", reason, field=field, old=old, new=new)
            for (field, old), new in self._mended.items()
        ]


def _is_described(group: GroupRecord) -> bool:
    """Whether the file says more of a group than its code."""
    return group.kind == "group" and bool(group.divisions or group.label != group.code)
