"""Files of other projects, under their own licences: never in this repository, read from where PUPITRE_PUBLIC_SAMPLES says."""

import os
from datetime import date, time
from pathlib import Path

import pytest

from pupitre.integrations.exchange.records import Reading
from pupitre.integrations.sts.tests.files import codes, courses, groups, lessons, read, staff

_FOLDER = os.environ.get("PUPITRE_PUBLIC_SAMPLES", "")
pytestmark = pytest.mark.skipif(not _FOLDER, reason="PUPITRE_PUBLIC_SAMPLES does not name the folder of public samples")


def public(name: str) -> Reading:
    return read((Path(_FOLDER) / "sts" / name).read_bytes(), name)


def test_one_lesson() -> None:
    reading = public("openent_edt_case1/emp_sts.xml")
    (lesson,) = lessons(reading)
    assert (lesson.group, lesson.subject, lesson.classroom) == ("3A", "020700", "15")
    assert (lesson.weekday, lesson.starts_at, lesson.ends_at) == (4, time(14, 2), time(15, 2))
    # Dated by their Thursday, and of 2099 on purpose.
    assert date(2099, 8, 31) in lesson.weeks
    assert "week_not_monday" in codes(reading)


def test_a_lesson_of_a_group() -> None:
    found = {each.group: each for each in lessons(public("openent_edt_case2/emp_sts.xml"))}
    lesson = found["3B_G2"]
    assert (lesson.weekday, lesson.starts_at, lesson.ends_at) == (4, time(15, 13), time(16, 13))
    assert lesson.classroom == "23"


def test_groups_nested_inside_divisions_and_two_alternations() -> None:
    reading = public("openent_edt_case7/emp_sts.xml")
    assert {"3A", "3B_G2"} <= {each.group for each in lessons(reading)}
    assert {each.alternation for each in lessons(reading)} == {"H", "SA"}
    assert [each.code for each in groups(reading)] == ["3B_G2"]


@pytest.mark.parametrize("case", ["case1", "case2", "case7"])
def test_padded_values(case: str) -> None:
    reading = public(f"openent_edt_{case}/sts_emp.xml")
    assert reading.uai == "0771991W"
    assert reading.year == 2018
    assert reading.school is not None
    assert (reading.school.town, reading.school.academy) == ("TORCY", "24")
    assert reading.school.starts_on == date(2018, 9, 1)
    assert staff(reading)
    for one in staff(reading):
        assert one.who.last_name == one.who.last_name.strip() != ""
        assert "\n" not in one.who.first_name
    assert all(each.code == each.code.strip() for each in groups(reading))


def test_levels_named_otherwise() -> None:
    reading = public("klepsydrix_sts_emp_0750001A_2026.xml")
    assert [each.key for each in staff(reading)] == ["epp:8949", "epp:8950"]
    assert staff(reading)[0].head_of == ("6E1",)
    assert groups(reading)[0].mefs == ("10010012110",)
    assert [each.group for each in courses(reading)] == ["6E1", "6LV1.ALL", "6LV1.ANG"]
    assert reading.findings == []
