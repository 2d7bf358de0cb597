"""What a guardian holds the same evening in their other schools: their own times, and nothing else of those schools."""

from collections.abc import Collection

from pupitre.directory.models import Affiliation
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import Profile
from pupitre.establishments.scope import current_establishment_id, scope
from pupitre.meetings.models import Meeting, Wish
from pupitre.meetings.slots import starts_of

JOURNEY = 20
"""Minutes to go from one school to another."""

Times = dict[int, list[tuple[int, int]]]


def busy_elsewhere(guardians: Collection[int], meeting: Meeting) -> Times:
    """By guardian, the minutes (from, until, the journey included) that published appointments elsewhere take that day.

    The other schools are opened one after the other, for these guardians' own requests alone.
    """
    here = current_establishment_id()
    roles = Affiliation.objects.filter(
        held_on(meeting.held_on), profile=Profile.GUARDIAN, person__in=guardians, establishment__is_open=True
    ).exclude(establishment=here)
    found: Times = {}
    for school in sorted(set(roles.values_list("establishment_id", flat=True))):
        with scope(school):
            _add(found, guardians, meeting)
    return found


def _add(found: Times, guardians: Collection[int], meeting: Meeting) -> None:
    there = Meeting.objects.filter(held_on=meeting.held_on, state=Meeting.State.PUBLISHED)
    starts = {each.pk: (starts_of(each), each.slot_minutes) for each in there}
    if not starts:
        return
    rows = Wish.objects.filter(request__meeting__in=starts, request__guardian__in=guardians, slot__isnull=False)
    for guardian, pk, slot in rows.values_list("request__guardian_id", "request__meeting_id", "slot"):
        begins, length = starts[pk][0], starts[pk][1]
        if slot < len(begins):
            at = begins[slot]
            found.setdefault(guardian, []).append((at - JOURNEY, at + length + JOURNEY))
