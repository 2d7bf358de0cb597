"""The bulletins of a term exist from the first thing that is written in one of them."""

from collections.abc import Collection, Mapping

from pupitre.establishments.models import Term
from pupitre.establishments.scope import current_establishment_id
from pupitre.reportcards.models import ReportCard
from pupitre.reportcards.queries.places import Standing


def open_cards(students: Collection[int], term: Term, standings: Mapping[int, Standing]) -> None:
    """Have a bulletin for each of these students in a term; one statement. Who has no class in the term gets none."""
    school = current_establishment_id()
    divisions = {each: place for each in students if (place := standings[each].division_id) is not None}
    ReportCard.objects.bulk_create(
        [
            ReportCard(establishment_id=school, student_id=each, term=term, division_id=division)
            for each, division in divisions.items()
        ],
        ignore_conflicts=True,
    )
