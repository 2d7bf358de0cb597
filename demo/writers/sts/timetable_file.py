"""`emp_sts_<UAI>_<year>.xml`: the timetable, as timetable software sends it to STSWEB."""

from pathlib import Path

from demo.calendar import SchoolCalendar
from demo.model import SchoolLife, Service
from demo.teaching.subjects import SUBJECTS
from demo.timetable.blocks import EVERY_WEEK, WEEK_A, WEEK_B
from demo.writers.sts.services import COURSE_MODE, Teaching
from demo.writers.words import clock_time, hours
from demo.writers.xml import Xml

_DAYS = ((1, "1730"), (2, "1730"), (3, "1200"), (4, "1730"), (5, "1730"))
_ALTERNATIONS = (
    (EVERY_WEEK, "Hebdo", "Hebdomadaire", slice(None)),
    (WEEK_A, "Quinz 1", "Semaines A", slice(0, None, 2)),
    (WEEK_B, "Quinz 2", "Semaines B", slice(1, None, 2)),
)


def write_timetable_file(folder: Path, life: SchoolLife) -> Path:
    """Write the file that timetable software gives."""
    xml = Xml()
    with xml.tag("EDT_STS"):
        with xml.tag("PARAMETRES"):
            xml.leaves(UAJ=life.school.uai, ANNEE_SCOLAIRE=life.calendar.year, APPLICATION_SOURCE="EDITEUR_PRIVE")
        with xml.tag("DONNEES"):
            _write_frame(xml, life)
            with xml.tag("STRUCTURE"):
                _write_structures(xml, life, Teaching(life))
    path = folder / f"emp_sts_{life.school.uai}_{life.calendar.year}.xml"
    path.write_bytes(xml.encoded())
    return path


def _write_frame(xml: Xml, life: SchoolLife) -> None:
    with xml.tag("HORAIRES"):
        for day, end in _DAYS:
            with xml.tag("HORAIRE", JOUR=str(day)):
                xml.leaves(DEBUT_COURS="0800", FIN_COURS=end)
    with xml.tag("ALTERNANCES"):
        _write_alternations(xml, life.calendar)
    with xml.tag("SALLES_COURS"):
        for room in life.rooms:
            with xml.tag("SALLE_COURS", CODE=room):
                xml.leaves(GROUPE_SALLE="", LOCALISATION="")


def _write_alternations(xml: Xml, calendar: SchoolCalendar) -> None:
    """Weeks A and B follow one another over the weeks with lessons: holidays are already left out."""
    for code, short, long, taken in _ALTERNATIONS:
        with xml.tag("ALTERNANCE", CODE=code):
            xml.leaves(LIBELLE_COURT=short, LIBELLE_LONG=long)
            with xml.tag("SEMAINES"):
                for monday in calendar.weeks[taken]:
                    xml.leaf("DATE_DEBUT_SEMAINE", monday.isoformat())


def _write_structures(xml: Xml, life: SchoolLife, teaching: Teaching) -> None:
    with xml.tag("DIVISIONS"):
        for division in life.school.divisions:
            with xml.tag("DIVISION", CODE=division):
                _write_services(xml, teaching, division)
    with xml.tag("GROUPES"):
        for group in life.groups:
            with xml.tag("GROUPE", CODE=group.code):
                xml.leaves(LIBELLE_LONG=group.label, EFFECTIF_PREVU=len(group.members), EFFECTIF_MAX_EDT=0)
                with xml.tag("DIVISIONS_APPARTENANCE"):
                    for division in group.divisions:
                        xml.empty("DIVISION_APPARTENANCE", CODE=division)
                _write_services(xml, teaching, group.code)


def _write_services(xml: Xml, teaching: Teaching, group: str) -> None:
    with xml.tag("SERVICES"):
        for service in teaching.services_of(group):
            code = SUBJECTS[service.subject].code
            with xml.tag("SERVICE", CODE_MATIERE=code, CODE_MOD_COURS=COURSE_MODE):
                xml.leaves(HEURES_STRUCTURE=hours(service.hours), CO_ENS="false")
                with xml.tag("ENSEIGNANTS"):
                    _write_teacher(xml, teaching, service)


def _write_teacher(xml: Xml, teaching: Teaching, service: Service) -> None:
    with xml.tag("ENSEIGNANT", TYPE=teaching.types[service.teacher], ID=str(service.teacher)):
        xml.leaf("HEURES_AGENT", hours(service.hours))
        with xml.tag("COURS_RATTACHES"):
            for lesson in teaching.lessons_of(service):
                with xml.tag("COURS"):
                    xml.leaves(
                        CODE_ALTERNANCE=lesson.week,
                        JOUR=lesson.weekday,
                        HEURE_DEBUT=clock_time(lesson.start),
                        DUREE=clock_time(lesson.minutes),
                        CODE_SALLE=lesson.room,
                    )
