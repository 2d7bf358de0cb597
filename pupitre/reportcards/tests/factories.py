"""Bulletins for tests, made inside an open scope through the services of the room."""

from pupitre.directory.models import Group, Student
from pupitre.establishments.models import Term
from pupitre.foundation.actor import Actor
from pupitre.reportcards.models import PastCard, ReportCard
from pupitre.reportcards.services.council import validate_cards
from pupitre.reportcards.services.publishing import give
from pupitre.reportcards.services.taking_over import PastSubject, PastSummary, take_over


def given(division: Group, term: Term, student: Student, actor: Actor) -> ReportCard:
    """The bulletin of a student, validated and given."""
    validate_cards(division=division, term=term, students=[student.pk], actor=actor)
    card: ReportCard = ReportCard.objects.select_related("student").get(student=student, term=term)
    give([card], division, term, actor)
    card.refresh_from_db()
    return card


def past_card(student: Student, year: int = 2025, period: str = "T3") -> PastCard:
    """A bulletin that PRONOTE gave, made once."""
    key = (student.pk, year, period, "5e A")
    if not PastCard.objects.filter(student=student, year=year, period=period).exists():
        take_over(
            [PastSubject(*key, "Mathématiques", "M. Ferry", "13,42", "11,80", "Bon trimestre, continuez.")],
            [PastSummary(*key, "14,20", "12,05", "Un très bon trimestre.", "Compliments", 2, 0, 1)],
            origin="PRONOTE",
            actor=None,
        )
    found: PastCard = PastCard.objects.get(student=student, year=year, period=period)
    return found
