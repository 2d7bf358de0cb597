"""What attendance does when it hears news from the timetable."""

from pupitre.attendance.queries.registers import is_prepared
from pupitre.attendance.services.preparing import days_to_prepare, prepare_registers
from pupitre.establishments.scope import scope
from pupitre.foundation.events import listen
from pupitre.timetable.events import LessonsChanged


@listen(LessonsChanged)
def follow_the_timetable(event: LessonsChanged) -> None:
    """Registers that exist already follow their lessons at once: cancelled, moved, or given to another teacher."""
    with scope(event.establishment_id):
        for day in sorted(set(event.days).intersection(days_to_prepare())):
            if is_prepared(day):
                prepare_registers(day)
