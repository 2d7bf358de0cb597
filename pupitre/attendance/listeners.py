"""What attendance does when it hears news from the timetable and from the agenda."""

from pupitre.agenda.events import OutingApproved, OutingCancelled
from pupitre.attendance.queries.registers import is_prepared
from pupitre.attendance.services.outings import enter_outing, withdraw_outing
from pupitre.attendance.services.placements import enter_placement
from pupitre.attendance.services.preparing import days_to_prepare, prepare_registers
from pupitre.establishments.scope import scope
from pupitre.foundation.events import listen
from pupitre.timetable.events import LessonsChanged, PlacementChanged


@listen(LessonsChanged)
def follow_the_timetable(event: LessonsChanged) -> None:
    """Registers that exist already follow their lessons at once: cancelled, moved, or given to another teacher."""
    with scope(event.establishment_id):
        for day in sorted(set(event.days).intersection(days_to_prepare())):
            if is_prepared(day):
                prepare_registers(day)


@listen(OutingApproved)
def note_who_is_out(event: OutingApproved) -> None:
    """Registers show those who go on an outing elsewhere; those who go no more are expected again."""
    with scope(event.establishment_id):
        enter_outing(event)


@listen(OutingCancelled)
def expect_them_again(event: OutingCancelled) -> None:
    """An outing that does not take place takes nobody out of a lesson."""
    with scope(event.establishment_id):
        withdraw_outing(event.establishment_id, event.outing_id)


@listen(PlacementChanged)
def note_who_works_in_a_company(event: PlacementChanged) -> None:
    """Registers show those whose agreement is signed elsewhere; the others are expected."""
    with scope(event.establishment_id):
        enter_placement(event)
