"""What the room does when it hears from the calendar."""

from pupitre.agenda.events import CouncilDated
from pupitre.foundation.events import follow
from pupitre.gradebook.models import ClassTerm


@follow(CouncilDated)
def follow_council(event: CouncilDated) -> None:
    """The day of a council is the calendar’s: bulletins, the LSU and « Périodes » read it from the dates of the class."""
    ClassTerm.objects.update_or_create(
        establishment_id=event.establishment_id,
        term_id=event.term_id,
        division_id=event.group_id,
        defaults={"council_on": event.held_on},
    )
