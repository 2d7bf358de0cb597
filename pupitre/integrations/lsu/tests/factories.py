"""A class ready for the LSU, made inside an open scope."""

import datetime as dt

from pupitre.directory.models import ExternalId, Person, Student
from pupitre.establishments.models import Term
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.gradebook.models import ClassTerm
from pupitre.gradebook.tests.factories import assessed, course_of, first_term, marked
from pupitre.integrations.lsu.models import LsuExport
from pupitre.integrations.lsu.services.exporting import export_term
from pupitre.reportcards.models import ProgrammeElement, ReportCard, SubjectReport
from tests.cast import Cast

COUNCIL = dt.date(2026, 12, 3)


def numbered(person: Person, source: str, namespace: str, value: str) -> None:
    """Give somebody the number that an outside system knows them by; the same when it is asked again."""
    ExternalId.objects.get_or_create(person=person, source=source, namespace=namespace, defaults={"value": value})


def written(student: Student, term: Term, subject: str, text: str) -> SubjectReport:
    """An appreciation in a course of the class."""
    course = course_of(student.memberships.get().group, subject)
    return SubjectReport.objects.update_or_create(
        establishment=student.establishment, course=course, term=term, student=student, defaults={"text": text}
    )[0]


def ready(cast: Cast, actor: Actor) -> Term:
    """Inès complete for the LSU: numbers, a mark, appreciations, a synthesis, a council."""
    term = first_term()
    ines = Student.objects.get(person=cast.people["eleve"])
    Student.objects.filter(pk=ines.pk).update(ine="123456789AB", mef="10210001110")
    numbered(cast.people["eleve"], "siecle_student", cast.college.uai, "610301")
    numbered(cast.people["enseignante"], "sts_epp", "15", "71001")
    numbered(cast.people["collegue"], "sts_epp", "15", "71002")
    division = cast.groups["4B"]
    ClassTerm.objects.update_or_create(
        establishment=cast.college, term=term, division=division, defaults={"council_on": COUNCIL}
    )
    marked(assessed(course_of(division)), ines, "12,5", actor)
    written(ines, term, "061300", "Trimestre sérieux.")
    written(ines, term, "020700", "Des lectures fines.")
    ProgrammeElement.objects.get_or_create(
        establishment=cast.college, course=course_of(division), term=term, label="Utiliser les nombres"
    )
    ReportCard.objects.update_or_create(
        establishment=cast.college, student=ines, term=term, defaults={
            "division": division, "synthesis": "Bon trimestre, continuez.", "status": "validated",
            "validated_at": clock.now(), "supports": ["PAP", "DF"], "school_life": "Toujours à l’heure.",
        },
    )  # fmt: skip
    return term


def exported(cast: Cast, actor: Actor) -> LsuExport:
    """The file of the class of Inès; the latest when there is one."""
    held = LsuExport.objects.first()
    term = ready(cast, actor)
    return held or export_term(term=term, terms=[term], division=None, actor=actor)
