"""The week page: which week, and its lessons in the reader's own words."""

import datetime as dt
from collections.abc import Iterable

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pupitre.foundation.ui.french import day_month, day_number
from pupitre.timetable.display import Item, WeekPage
from pupitre.timetable.queries import Lesson

_FARTHEST = 60
"""Weeks away from today that can be looked at."""


def monday_of(text: str, today: dt.date) -> dt.date:
    """The Monday of the week asked for (`2026-11-23`); this week when the text is no date or is too far."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        day = today
    if abs((day - today).days) > 7 * _FARTHEST:
        day = today
    return day - dt.timedelta(days=day.weekday())


def items_for_student(lessons: Iterable[Lesson]) -> list[Item]:
    """Subject first, then who and where."""
    return [_item(each, each.subject, (each.teachers, each.room)) for each in lessons]


def items_for_teacher(lessons: Iterable[Lesson]) -> list[Item]:
    """Class first, then the subject and where."""
    return [_item(each, each.group, (each.subject, each.room)) for each in lessons]


def items_for_group(lessons: Iterable[Lesson], label: str) -> list[Item]:
    """Subject first, then which part of the class (« gr. 1 »: the page's title says the class), who and where."""
    return [_item(each, each.subject, (_part(each.group, label), each.teachers, each.room)) for each in lessons]


def _part(group: str, label: str) -> str:
    return "" if group == label else group.removeprefix(f"{label} ")


def _item(lesson: Lesson, title: str, details: tuple[str, ...]) -> Item:
    return Item(
        weekday=lesson.weekday,
        starts_at=lesson.starts_at,
        ends_at=lesson.ends_at,
        title=title,
        detail=" · ".join(detail for detail in details if detail),
        code=lesson.code,
        subject=lesson.subject,
        note=_alternation(lesson.alternation),
    )


def _alternation(code: str) -> str:
    """« Une semaine sur deux » is said only of lessons that alternate: H is every week in STS files."""
    return "" if code in ("", "H") else _("une semaine sur deux")


def week_page(*, title: str, monday: dt.date, today: dt.date, path: str) -> WeekPage:
    """The words of the page and the ways to the weeks around."""
    this_monday = today - dt.timedelta(days=today.weekday())
    around = {shift: f"{path}?semaine={monday + dt.timedelta(days=7 * shift)}" for shift in (-1, 1)}
    return WeekPage(
        title=title,
        lede=_lede(monday),
        previous_url=around[-1],
        next_url=around[1],
        today_url=path,
        empty=_("Pas de cours cette semaine-là."),
        is_this_week=monday == this_monday,
    )


def _lede(monday: dt.date) -> SafeString:
    friday = monday + dt.timedelta(days=4)
    # « du 23 au 27 novembre », but « du 30 novembre au 4 décembre ».
    first = day_number(monday) if monday.month == friday.month else day_month(monday)
    return format_html(_("Semaine du {} au {}."), first, day_month(friday))
