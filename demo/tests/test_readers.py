"""What the importers' own readers understand of the files."""

from io import BytesIO
from pathlib import Path

import pytest

from demo.model import Region
from demo.tests.conftest import TUESDAY
from demo.timetable.check import members
from demo.writers.region import write_region
from pupitre.integrations.exchange.records import Kind, Reading
from pupitre.integrations.reading import read_all


@pytest.fixture(scope="module")
def readings(region: Region, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Reading]]:
    """By UAI, by kind of file."""
    files = write_region(tmp_path_factory.mktemp("region"), region)
    return {
        uai: {reading.kind: reading for path in paths for reading in _read(path, uai)} for uai, paths in files.items()
    }


def _read(path: Path, uai: str) -> list[Reading]:
    return read_all(path.name, BytesIO(path.read_bytes()), uai=uai)


def test_every_file_is_read_without_a_remark(readings: dict[str, dict[str, Reading]]) -> None:
    assert [reading.findings for kinds in readings.values() for reading in kinds.values() if reading.findings] == []
    assert [len(kinds) for kinds in readings.values()] == [7, 7, 4]


def test_students_sit_where_they_were_put(readings: dict[str, dict[str, Reading]], region: Region) -> None:
    for life in region.schools:
        kinds = readings[life.school.uai]
        read = (kinds.get(Kind.STUDENTS) or kinds[Kind.FREGATA]).students or []
        told = {one.ine: (one.division, set(one.groups), one.who.birth_date) for one in read}
        assert told == {one.ine: (one.division, set(one.groups), one.birth_date) for one in life.students}


def test_each_adult_is_linked_to_the_same_children(readings: dict[str, dict[str, Reading]], region: Region) -> None:
    for life in region.schools:
        kinds = readings[life.school.uai]
        read = kinds.get(Kind.GUARDIANS) or kinds[Kind.CSV_GUARDIANS]
        assert len(read.guardians or ()) == len(life.adults)
        told = sorted((link.level, link.relation) for link in read.links or ())
        assert told == sorted((link.level, link.relation) for _student, link in life.links)


def test_every_lesson_is_read_where_and_when_it_was_placed(
    readings: dict[str, dict[str, Reading]], region: Region
) -> None:
    for life in region.schools:
        read = readings[life.school.uai][Kind.TIMETABLE].lessons or []
        told = sorted(
            (one.group, one.weekday, one.starts_at.hour * 60 + one.starts_at.minute, one.classroom) for one in read
        )
        assert told == sorted((one.group, one.weekday, one.start, one.room) for one in life.lessons)
        assert all(members(life, one.group) and one.teachers for one in read)


def test_lessons_take_place_this_week(readings: dict[str, dict[str, Reading]]) -> None:
    for kinds in readings.values():
        weeks = {monday for lesson in kinds[Kind.TIMETABLE].lessons or () for monday in lesson.weeks}
        assert any((TUESDAY - monday).days == 1 for monday in weeks)
