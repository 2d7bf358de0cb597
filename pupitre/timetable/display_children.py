"""One day of several children, side by side: the columns of a week, one for each child instead of one for each day."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from django.urls import reverse

from pupitre.directory.siblings import colours_of
from pupitre.timetable.display import DayColumn, RailHour, column_of, rail_of
from pupitre.timetable.queries import Child, ChildrenWeek
from pupitre.timetable.weeks import items_for_student


@dataclass(frozen=True, slots=True)
class Source:
    """What one school says of a guardian's children."""

    uai: str
    school: str
    week: ChildrenWeek


@dataclass(frozen=True, slots=True)
class ChildColumn:
    """A child and their day; `week_url` leads to the whole week."""

    first_name: str
    colour: str
    place: str
    """« 4e B · Collège Sophie-Germain »."""
    week_url: str
    day: DayColumn


@dataclass(frozen=True, slots=True)
class ChildrenDay:
    """Context `day` of `timetable/children.html`: the children, the eldest first."""

    on: dt.date
    children: Sequence[ChildColumn]
    rail: Sequence[RailHour]
    classes: str

    @property
    def is_empty(self) -> bool:
        return not any(child.day.blocks for child in self.children)


def place_children(on: dt.date, sources: Sequence[Source], now: dt.datetime) -> ChildrenDay:
    """Lay out one day of the children of every school, at the same hours. `now` is local."""
    colours = colours_of({child.person: child.born_on for source in sources for child in source.week.children})
    pairs = [(source, child) for source in sources for child in source.week.children]
    order = list(colours)
    pairs.sort(key=lambda pair: order.index(pair[1].person))
    starts = sorted({each.starts_at for _source, child in pairs for each in child.lessons if _is_on(each.weekday, on)})
    columns = [_column(on, source, child, colours[child.person], now) for source, child in pairs]
    early = bool(starts) and starts[0].hour < 8
    return ChildrenDay(on, columns, rail_of(starts), " week--7" if early else "")


def has_lessons_on(weekday: int, sources: Sequence[Source]) -> bool:
    """Whether a child has something that weekday of the week read."""
    return any(
        each.weekday == weekday for source in sources for child in source.week.children for each in child.lessons
    )


def _column(on: dt.date, source: Source, child: Child, colour: str, now: dt.datetime) -> ChildColumn:
    lessons = [each for each in child.lessons if _is_on(each.weekday, on)]
    items = sorted(items_for_student(lessons), key=attrgetter("starts_at", "ends_at", "title"))
    monday = on - dt.timedelta(days=on.weekday())
    return ChildColumn(
        first_name=child.first_name,
        colour=colour,
        place=" · ".join(filter(None, (child.division, source.school))),
        week_url=f"{reverse('timetable:child_week', args=[source.uai, child.person])}?semaine={monday}",
        day=column_of(on, items, now, on, source.week.closed_on(on)),
    )


def _is_on(weekday: int, day: dt.date) -> bool:
    return weekday == day.isoweekday()
