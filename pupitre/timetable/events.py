"""What the timetable tells the rooms above: published after commit, once a change of a dated lesson is saved.

A lesson is named by its course and its hour, never by its slot's id: an import of the timetable replaces slots. `held_on`
and `starts_at` are always those that the lesson has in its weekly timetable, even when it has moved twice.
"""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LessonMoved:
    """A lesson is held another day or at another hour than its week says."""

    establishment_id: int
    course_id: int
    held_on: dt.date
    starts_at: dt.time
    to_held_on: dt.date
    to_starts_at: dt.time


@dataclass(frozen=True, slots=True)
class LessonCancelled:
    """A lesson is not held."""

    establishment_id: int
    course_id: int
    held_on: dt.date
    starts_at: dt.time


@dataclass(frozen=True, slots=True)
class LessonRestored:
    """A lesson that had been cancelled or moved is held at its usual day and hour again."""

    establishment_id: int
    course_id: int
    held_on: dt.date
    starts_at: dt.time


@dataclass(frozen=True, slots=True)
class LessonsChanged:
    """Something changed of the lessons of these days (hour, room, teacher, whether they are held): registers follow."""

    establishment_id: int
    days: tuple[dt.date, ...]


@dataclass(frozen=True, slots=True)
class PlacementChanged:
    """Who works in a company, from a day to another: (schooling, company) of those whose agreement is signed.

    Nobody once it is called off. Sent each time one of these changes, whole.
    """

    establishment_id: int
    placement_id: int
    starts_on: dt.date
    ends_on: dt.date
    going: tuple[tuple[int, str], ...]
