import datetime as dt
import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from pupitre.foundation.ui.shell import Shell
from pupitre.timetable.display import COLOURS, DayColumn, Item, Week, WeekPage, place_week, subject_colour

MONDAY = dt.date(2026, 11, 16)
NOW = dt.datetime(2026, 11, 17, 10, 27)


def item(weekday: int, starts: str, ends: str, title: str = "Latin", note: str = "") -> Item:
    start, end = dt.time.fromisoformat(starts), dt.time.fromisoformat(ends)
    return Item(weekday, start, end, title, "M. Lemoine · 112", title, title, note)


def day(number: int, *items: Item) -> DayColumn:
    return place_week(MONDAY, items, NOW).days[number - 1]


def test_a_lesson_stands_at_its_hour_for_its_length() -> None:
    (block,) = day(1, item(1, "08:05", "09:00", "Français")).blocks
    assert block.place == "h8 m05 d55 m-rouge"


def test_minutes_are_shown_to_five() -> None:
    (block,) = day(1, item(1, "08:07", "08:58")).blocks
    assert block.place.startswith("h8 m05 d50 ")


def test_the_lesson_going_on_is_marked_today_only() -> None:
    week = place_week(MONDAY, [item(1, "10:10", "11:05"), item(2, "10:10", "11:05"), item(2, "11:05", "12:00")], NOW)
    assert [block.is_now for each in week.days for block in each.blocks] == [False, True, False]
    assert [each.now_place for each in week.days] == ["", "h10 m25", "", "", ""]
    assert [each.is_shown for each in week.days].index(True) == 1


def test_another_week_opens_on_its_monday() -> None:
    week = place_week(MONDAY + dt.timedelta(days=7), [item(2, "10:10", "11:05")], NOW)
    assert week.days[0].is_shown
    assert not any(each.is_today for each in week.days)


def test_lessons_at_the_same_time_stand_side_by_side() -> None:
    tuesday = day(2, item(2, "09:00", "10:00", "A"), item(2, "09:30", "11:00", "B"), item(2, "11:00", "12:00", "C"))
    assert tuesday.lanes == 2
    assert [block.place.split()[4:] for block in tuesday.blocks] == [["v1"], ["v2"], []]


def test_lunch_is_the_free_time_around_noon() -> None:
    monday = day(1, item(1, "11:05", "12:00"), item(1, "13:30", "14:25"), item(1, "15:30", "16:25"))
    assert [block.kind for block in monday.blocks] == ["lesson", "pause", "lesson", "lesson"]
    assert monday.blocks[1].place == "h12 m00 d90"


def test_saturday_and_early_mornings_appear_when_they_are_used() -> None:
    assert place_week(MONDAY, [item(1, "08:00", "09:00")], NOW).classes == ""
    week = place_week(MONDAY, [item(6, "07:30", "08:30")], NOW)
    assert week.classes == " week--7 week--sam"
    assert len(week.days) == 6


def test_hours_in_the_margin_are_far_enough_apart() -> None:
    week = place_week(MONDAY, [item(1, "08:00", "09:00"), item(2, "08:05", "09:00"), item(3, "09:00", "10:00")], NOW)
    assert [hour.at.hour for hour in week.rail] == [8, 9]


def test_colours_are_stable_and_known() -> None:
    assert subject_colour("020700", "FRANCAIS") == "m-rouge"
    assert subject_colour("061300", "Mathématiques") == "m-bleu"
    assert subject_colour("4EB") == subject_colour("4EB")
    assert {subject_colour(str(number)) for number in range(200)} == set(COLOURS)


@pytest.mark.parametrize("starts", ["07:00", "08:05", "12:55", "21:00"])
@pytest.mark.parametrize("minutes", [5, 50, 55, 110, 175, 240])
def test_every_place_has_its_classes_in_the_stylesheet(starts: str, minutes: int) -> None:
    css = (Path(__file__).parents[2] / "foundation/ui/static/pupitre.css").read_text()
    ends = (dt.datetime.combine(MONDAY, dt.time.fromisoformat(starts)) + dt.timedelta(minutes=minutes)).time()
    if ends > dt.time.fromisoformat(starts):
        for name in day(1, item(1, starts, f"{ends:%H:%M}")).blocks[0].place.split():
            assert re.search(rf"\.{name}\b", css)


def render(week: Week) -> str:
    shell = Shell("eleve", "12", "Inès Belkacem", "Élève · 4e B", "/", "/compte/", "/deconnexion/")
    page = WeekPage("Semaine du 16 novembre", "Semaine A.", "/avant/", "/apres/", "/ici/", "Pas de cours", True)
    context = {
        "shell": shell,
        "page": page,
        "subscribe_url": "",
        "week": week,
        "notice": "",
        "siblings": [],
        "together_url": "",
        "offers": [],
    }
    return render_to_string("timetable/week.html", context, RequestFactory().get("/"))


def test_the_page_reads_day_by_day_and_hour_by_hour() -> None:
    html = render(
        place_week(MONDAY, [item(2, "13:30", "14:25"), item(2, "10:10", "11:05"), item(1, "08:05", "09:00")], NOW)
    )
    text = " ".join(re.sub(r"<[^>]+>", " ", html[html.index("<h2") :]).split())
    places = [text.index(words) for words in ("Lundi 16", "8 h 05", "Mardi 17", "10 h 10", "13 h 30", "Mercredi 18")]
    assert places == sorted(places)
    assert " style=" not in html


def test_a_week_without_lessons_says_so() -> None:
    assert "Pas de cours" in render(place_week(MONDAY, [], NOW))
