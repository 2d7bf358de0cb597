from datetime import date, timedelta

import pytest

from demo.calendar import calendar_of, school_year_of
from demo.cast import CAST, CIRCLES, member
from demo.identifiers import COLLEGE, LYCEE, LYCEE_AGRICOLE, staff_id
from demo.model import Region, SchoolLife, Student
from demo.region import demo_region
from demo.tests.conftest import TUESDAY
from demo.timetable import grid
from demo.timetable.check import conflicts, members

NAMESAKES = {"eleve": "Inès Belkacem", "parent": "Nadia Belkacem", "principal": "Claire Fontanel"}


def student(region: Region, first: str, last: str) -> Student:
    return next(s for life in region.schools for s in life.students if (s.first_name, s.last_name) == (first, last))


def teachers_of(life: SchoolLife, group: str) -> dict[str, int]:
    return {service.subject: service.teacher for service in life.services if service.group == group}


def test_three_schools_hold_fifteen_hundred_students(region: Region) -> None:
    assert {life.school.uai for life in region.schools} == {COLLEGE, LYCEE, LYCEE_AGRICOLE}
    assert 1400 <= sum(len(life.students) for life in region.schools) <= 1600


def test_the_same_day_gives_the_same_region(region: Region) -> None:
    assert demo_region(TUESDAY) == region


@pytest.mark.parametrize(
    "day",
    [date(2026, 9, 1), date(2026, 11, 22), date(2027, 7, 14), date(2027, 8, 20), date(2028, 2, 29), date(2029, 9, 1)],
    ids=str,
)
def test_any_day_gives_a_region_without_clash(day: date) -> None:
    region = demo_region(day)
    assert region.year == day.year - (day.month < 9)
    assert conflicts(region.schools) == []
    assert all(len(life.lessons) > 100 for life in region.schools)


def test_people_are_the_same_every_year(region: Region) -> None:
    later = demo_region(TUESDAY + timedelta(days=365))
    assert [s.ine for life in later.schools for s in life.students] == [
        s.ine for life in region.schools for s in life.students
    ]


def test_every_student_sits_in_a_class_and_has_someone_to_call(region: Region) -> None:
    for life in region.schools:
        for one in life.students:
            assert one.division in life.school.divisions
            assert any(link.level == 1 for link in one.links)


def test_every_lesson_has_students_a_room_and_a_teacher_of_the_school(region: Region) -> None:
    for life in region.schools:
        staff = {one.id for one in life.staff}
        for lesson in life.lessons:
            assert members(life, lesson.group)
            assert lesson.room in life.rooms
            assert lesson.teacher in staff
            assert grid.STARTS[0] <= lesson.start < lesson.start + lesson.minutes <= 17 * 60 + 30


def test_every_cast_slug_is_shown_once() -> None:
    shown = [slug for _label, slugs in CIRCLES for slug in slugs]
    assert sorted(shown) == sorted(one.slug for one in CAST)
    assert len(set(shown)) == len(shown)
    assert {slug: member(slug).name for slug in NAMESAKES} == NAMESAKES


def test_the_cast_lives_where_their_cards_say(region: Region) -> None:
    ines, elias = student(region, "Inès", "Belkacem"), student(region, "Elias", "Belkacem")
    sarah, lucie = student(region, "Sarah", "Belkacem"), student(region, "Lucie", "Castelnau")
    assert [ines.division, elias.division, sarah.division, lucie.division] == ["4B", "6C", "204", "1CGEA"]
    assert ines.links[0].adult == elias.links[0].adult == sarah.links[0].adult
    college, lycee = region.school(COLLEGE), region.school(LYCEE)
    helene, antoine = staff_id(1), staff_id(2)
    assert teachers_of(college, "4B")["MATHS"] == teachers_of(lycee, "204")["MATHS"] == helene
    assert teachers_of(college, "6C")["FRANC"] == antoine
    assert next(one for one in college.staff if one.id == helene).head_of == [(COLLEGE, "4B")]


def test_the_school_year_changes_on_the_first_of_september() -> None:
    assert school_year_of(date(2027, 8, 31)) == 2026
    assert school_year_of(date(2027, 9, 1)) == 2027


@pytest.mark.parametrize("year", range(2024, 2034))
def test_the_calendar_of_a_year_holds_together(year: int) -> None:
    calendar = calendar_of(year)
    assert calendar.starts_on.weekday() < 5
    assert calendar.ends_on.weekday() == 4
    assert 34 <= len(calendar.weeks) <= 38
    assert all(monday.weekday() == 0 for monday in calendar.weeks)
    holidays = [closed for closed in calendar.breaks if closed.is_holiday]
    assert len(holidays) == 4
    assert not any(calendar.is_open(closed.first) for closed in calendar.breaks)


def test_the_official_holidays_of_zone_b_in_2025() -> None:
    holidays = [(closed.first, closed.last) for closed in calendar_of(2025).breaks if closed.is_holiday]
    assert holidays == [
        (date(2025, 10, 18), date(2025, 11, 2)),
        (date(2025, 12, 20), date(2026, 1, 4)),
        (date(2026, 2, 14), date(2026, 3, 1)),
        (date(2026, 4, 11), date(2026, 4, 26)),
    ]
