"""Bulletins for tests, made inside an open scope through the services of the room."""

from pupitre.directory.models import Group, Student
from pupitre.establishments.models import Term
from pupitre.foundation.actor import Actor
from pupitre.reportcards.models import ReportCard
from pupitre.reportcards.services.council import validate_cards
from pupitre.reportcards.services.publishing import give


def given(division: Group, term: Term, student: Student, actor: Actor) -> ReportCard:
    """The bulletin of a student, validated and given."""
    validate_cards(division=division, term=term, students=[student.pk], actor=actor)
    card: ReportCard = ReportCard.objects.select_related("student").get(student=student, term=term)
    give([card], division, term, actor)
    card.refresh_from_db()
    return card
