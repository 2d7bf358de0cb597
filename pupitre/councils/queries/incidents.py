"""Incidents of a student in a term, as those who follow discipline know them."""

from pupitre.discipline.models import IncidentPerson
from pupitre.discipline.queries.incidents import incidents_seen
from pupitre.establishments.models import Term
from pupitre.foundation.actor import Actor


def incidents_of(actor: Actor, student: int, term: Term) -> int:
    """How many incidents of the term the student had the fault of, among those that the reader may see; one statement."""
    found: int = IncidentPerson.objects.filter(
        student=student, role=IncidentPerson.Role.OFFENDER, incident__in=incidents_seen(actor),
        incident__happened_on__range=(term.starts_on, term.ends_on),
    ).count()  # fmt: skip
    return found
