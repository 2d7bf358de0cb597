"""Work placements of the timetable, entered for the students who go: registers show them elsewhere, no half-day is counted."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from pupitre.attendance.models import AbsenceEntry
from pupitre.attendance.refusals import Refusal
from pupitre.attendance.services.dossiers import Moves
from pupitre.attendance.services.entering import LONGEST_DAYS, Entered, entries_of
from pupitre.attendance.stamping import see_again
from pupitre.attendance.transitions import By
from pupitre.attendance.words import WHOLE_DAY
from pupitre.foundation import audit, clock
from pupitre.timetable.events import PlacementChanged

Kind, Origin = AbsenceEntry.Kind, AbsenceEntry.Origin
_MOST_PLACE = AbsenceEntry._meta.get_field("place").max_length or 60
_STEP = dt.timedelta(days=LONGEST_DAYS)


@transaction.atomic
def enter_placement(event: PlacementChanged) -> int:
    """Have the entries of a placement say who goes, from today on; how many were made or crossed out. Open school.

    Heard twice, it changes nothing the second time. Days that are over stay as they were noted; days without lessons have no
    entry.
    """
    wanted = {_key(each): each for each in _entries(event)}
    live = AbsenceEntry.objects.filter(placement_id=event.placement_id, cancelled_at=None, away_on__gte=clock.today())
    known = {_key(each): each for each in live}
    gone = [each for key, each in known.items() if key not in wanted]
    new = [each for key, each in wanted.items() if key not in known]
    AbsenceEntry.objects.filter(pk__in=[each.pk for each in gone]).update(
        cancelled_at=clock.now(), cancelled_by_id=None
    )
    AbsenceEntry.objects.bulk_create(new)
    return _told(event.establishment_id, [*new, *gone])


def _told(establishment_id: int, entries: Collection[AbsenceEntry]) -> int:
    if entries:
        audit.record(None, "attendance.follow_placement", None, establishment_id=establishment_id, entries=len(entries))
        see_again(students={each.student_id for each in entries})
    return len(entries)


def _entries(event: PlacementChanged) -> list[AbsenceEntry]:
    """The entries that the placement asks for, not written, with the company of each student."""
    companies = dict(event.going)
    moves, made = Moves(None, By.SYSTEM), list[AbsenceEntry]()
    first = max(event.starts_on, clock.today())
    while companies and first <= event.ends_on:
        last = min(event.ends_on, first + _STEP - dt.timedelta(days=1))
        try:
            found = entries_of(
                Entered(Kind.OUTING, first, last, *WHOLE_DAY), list(companies), origin=Origin.OFFICE, moves=moves
            )
        except Refusal:
            # No lesson in these days, or a term that was closed: nothing to say in registers.
            found = {}
        made += [entry for own in found.values() for entry in own]
        first += _STEP
    for entry in made:
        entry.placement_id, entry.place = event.placement_id, companies[entry.student_id][:_MOST_PLACE]
    return made


def _key(entry: AbsenceEntry) -> tuple[int, dt.date, dt.time, dt.time, str]:
    return entry.student_id, entry.away_on, entry.starts_at, entry.ends_at, entry.place
