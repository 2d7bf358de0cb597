"""The words of a week: its dates, and what a class's page need not repeat."""

import datetime as dt

import pytest

from pupitre.timetable.queries import Lesson
from pupitre.timetable.weeks import items_for_group, week_page


def lesson(group: str) -> Lesson:
    starts, ends = dt.time(8, 5), dt.time(9)
    return Lesson(starts, ends, 1, "020700", "Français", group, 1, "112", "", "M. Lemoine")


@pytest.mark.parametrize(
    ("monday", "said"),
    [
        (dt.date(2026, 11, 23), "Semaine du 23 au 27 novembre."),
        (dt.date(2026, 11, 30), "Semaine du 30 novembre au 4 décembre."),
    ],
)
def test_a_month_is_said_once(monday: dt.date, said: str) -> None:
    page = week_page(title="4e D", monday=monday, today=monday, path="/")
    assert page.lede.replace("\N{NO-BREAK SPACE}", " ") == said


@pytest.mark.parametrize(
    ("group", "said"),
    [
        ("4e D", "M. Lemoine · 112"),
        ("4e D gr. 1", "gr. 1 · M. Lemoine · 112"),
        ("4e DF latin", "4e DF latin · M. Lemoine · 112"),
    ],
)
def test_the_page_of_a_class_says_the_part_and_not_the_class(group: str, said: str) -> None:
    assert [item.detail for item in items_for_group([lesson(group)], "4e D")] == [said]
