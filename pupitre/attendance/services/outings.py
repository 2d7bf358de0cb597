"""Outings of the agenda, entered for the students who go: registers show them elsewhere, and no half-day is counted."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from pupitre.agenda.events import OutingApproved
from pupitre.attendance.models import AbsenceEntry
from pupitre.attendance.refusals import Refusal
from pupitre.attendance.services.dossiers import Moves
from pupitre.attendance.services.entering import Entered, entries_of
from pupitre.attendance.stamping import see_again
from pupitre.attendance.transitions import By
from pupitre.attendance.words import WHOLE_DAY
from pupitre.foundation import audit, clock

Kind, Origin = AbsenceEntry.Kind, AbsenceEntry.Origin
_MOST_PLACE = AbsenceEntry._meta.get_field("place").max_length or 60


@transaction.atomic
def enter_outing(event: OutingApproved) -> int:
    """Have the entries of an outing say who goes, from today on; how many were made or crossed out. Open school.

    Heard twice, it changes nothing the second time. Days that are over stay as they were noted, days without lessons and
    closed terms have no entry. One that the office crossed out is made again the next time who goes changes.
    """
    wanted = {_key(each): each for each in _entries(event)}
    known = {_key(each): each for each in _live(event.outing_id)}
    gone = [each.pk for key, each in known.items() if key not in wanted]
    new = [each for key, each in wanted.items() if key not in known]
    _cross_out(gone)
    AbsenceEntry.objects.bulk_create(new)
    return _told(event.establishment_id, [*new, *(known[key] for key in known if key not in wanted)])


@transaction.atomic
def withdraw_outing(establishment_id: int, outing_id: int) -> int:
    """Cross out the entries of an outing that does not take place, from today on; how many were."""
    known = _live(outing_id)
    _cross_out([each.pk for each in known])
    return _told(establishment_id, known)


def _live(outing_id: int) -> list[AbsenceEntry]:
    return list(AbsenceEntry.objects.filter(outing_id=outing_id, cancelled_at=None, away_on__gte=clock.today()))


def _cross_out(entry_ids: Collection[int]) -> None:
    AbsenceEntry.objects.filter(pk__in=entry_ids).update(cancelled_at=clock.now(), cancelled_by_id=None)


def _told(establishment_id: int, entries: Collection[AbsenceEntry]) -> int:
    if entries:
        audit.record(None, "attendance.follow_outing", None, establishment_id=establishment_id, entries=len(entries))
        see_again(students={each.student_id for each in entries})
    return len(entries)


def _entries(event: OutingApproved) -> list[AbsenceEntry]:
    """The entries that the outing asks for, not written: a day at a time, at its own hours."""
    starts, ends = event.starts_at.astimezone(clock.PARIS), event.ends_at.astimezone(clock.PARIS)
    moves = Moves(None, By.SYSTEM)
    made: list[AbsenceEntry] = []
    day = max(starts.date(), clock.today())
    while day <= ends.date() and event.going_ids:
        hours = (
            starts.time() if day == starts.date() else WHOLE_DAY[0],
            ends.time() if day == ends.date() else WHOLE_DAY[1],
        )
        entered = Entered(Kind.OUTING, day, day, *hours, place=event.label[:_MOST_PLACE])
        try:
            found = entries_of(entered, event.going_ids, origin=Origin.OFFICE, moves=moves)
        except Refusal:
            # No lesson that day, or a term that was closed: nothing to say in registers.
            found = {}
        made += [entry for own in found.values() for entry in own]
        day += dt.timedelta(days=1)
    for entry in made:
        entry.outing_id = event.outing_id
    return made


def _key(entry: AbsenceEntry) -> tuple[int, dt.date, dt.time, dt.time, str]:
    return entry.student_id, entry.away_on, entry.starts_at, entry.ends_at, entry.place
