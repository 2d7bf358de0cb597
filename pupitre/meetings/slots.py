"""The slots of an evening: numbered from its beginning, so that a plan holds numbers and pages show hours."""

import datetime as dt
from collections.abc import Iterable, Sequence

from pupitre.foundation.clock import PARIS
from pupitre.meetings.models import Meeting, MeetingTeacher

HALF_HOUR = 30


def minutes_of(at: dt.time) -> int:
    """Minutes since midnight."""
    return at.hour * 60 + at.minute


def time_of(minutes: int) -> dt.time:
    """The hour of a number of minutes since midnight."""
    return dt.time(minutes // 60, minutes % 60)


def starts_of(meeting: Meeting) -> list[int]:
    """The beginning of each slot, in minutes since midnight; none overlaps the pause nor passes the end."""
    end, length = minutes_of(meeting.ends_at), meeting.slot_minutes
    pause = (
        (minutes_of(meeting.pause_starts_at), minutes_of(meeting.pause_ends_at))
        if meeting.pause_starts_at and meeting.pause_ends_at
        else None
    )
    found, at = [], minutes_of(meeting.starts_at)
    while at + length <= end:
        if pause and at < pause[1] and pause[0] < at + length:
            at = pause[1]
            continue
        found.append(at)
        at += length + meeting.gap_minutes
    return found


def hours_of(meeting: Meeting) -> list[dt.time]:
    """The hour at which each slot begins."""
    return [time_of(at) for at in starts_of(meeting)]


def half_hours_of(meeting: Meeting) -> list[dt.time]:
    """The half-hours in which a family may say that it cannot come."""
    first, end = minutes_of(meeting.starts_at) // HALF_HOUR * HALF_HOUR, minutes_of(meeting.ends_at)
    return [time_of(at) for at in range(first, end, HALF_HOUR)]


def slots_of_teacher(meeting: Meeting, teacher: MeetingTeacher) -> frozenset[int]:
    """The slots when a teacher is there, whole."""
    since = minutes_of(teacher.from_at or meeting.starts_at)
    until = minutes_of(teacher.until_at or meeting.ends_at)
    starts = starts_of(meeting)
    return frozenset(n for n, at in enumerate(starts) if since <= at and at + meeting.slot_minutes <= until)


def slots_of_family(meeting: Meeting, away: Iterable[dt.time], busy: Sequence[tuple[int, int]] = ()) -> frozenset[int]:
    """The slots when a family may come: none in a half-hour left out, none beside what it holds elsewhere.

    `busy`: minutes since midnight, from and until.
    """
    shut = [(minutes_of(at), minutes_of(at) + HALF_HOUR) for at in away] + list(busy)
    length = meeting.slot_minutes
    return frozenset(
        n
        for n, at in enumerate(starts_of(meeting))
        if not any(at < until and since < at + length for since, until in shut)
    )


def instant_of(meeting: Meeting, minutes: int) -> dt.datetime:
    """An hour of the evening, as an instant."""
    return dt.datetime.combine(meeting.held_on, time_of(minutes), PARIS)
