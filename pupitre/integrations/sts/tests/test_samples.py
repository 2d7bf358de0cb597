"""The invented school, as the project's expectations of its files describe it."""

import io
import zipfile
from collections import Counter
from datetime import date, time

import msgspec
import pytest

from pupitre.integrations.exchange.records import Kind, OutsideId, Reading
from pupitre.integrations.exchange.verdicts import Severity
from pupitre.integrations.sts.tests.files import (
    SAMPLES,
    STAFF_SAMPLE,
    TIMETABLE_SAMPLE,
    UAI,
    courses,
    groups,
    lessons,
    read,
    sample,
    staff,
)

FILES = (STAFF_SAMPLE, TIMETABLE_SAMPLE)


def test_staff_divisions_groups_and_courses() -> None:
    reading = sample(STAFF_SAMPLE)
    assert (reading.kind, reading.uai, reading.year) == (Kind.STAFF, UAI, 2025)
    assert Counter(each.key.partition(":")[0] for each in staff(reading)) == {"epp": 12, "local": 1}
    assert Counter(each.kind for each in groups(reading)) == {"division": 4, "group": 3}
    assert len(courses(reading)) == 21
    assert (len(reading.programmes or ()), len(reading.subjects or ())) == (4, 14)
    assert reading.findings == []


def test_head_teachers() -> None:
    heads = {each.key: each.head_of for each in staff(sample(STAFF_SAMPLE)) if each.head_of}
    assert heads == {"epp:71001": ("6A",), "epp:71002": ("5B",), "epp:71003": ("4C",), "epp:71006": ("3D",)}


def test_a_member_of_staff_is_read_whole() -> None:
    agnes = next(each for each in staff(sample(STAFF_SAMPLE)) if each.key == "epp:71001")
    assert agnes.who.ids == (OutsideId("sts_epp", "15", "71001"),)
    assert (agnes.who.last_name, agnes.who.usage_name, agnes.who.first_name) == ("ORTOLAN", "MARCHEVILLE", "AGNÈS")
    assert (agnes.who.sex, agnes.who.birth_date) == ("F", date(1979, 2, 27))
    assert (agnes.function, agnes.trade) == ("ENS", "Lettres modernes")


def test_the_local_one_has_no_birth_date_nor_family_name_and_the_sex_of_her_civility() -> None:
    (local,) = (each for each in staff(sample(STAFF_SAMPLE)) if each.key.startswith("local:"))
    assert local.who.ids == (OutsideId("sts_local", UAI, local.key.removeprefix("local:")),)
    assert (local.who.sex, local.who.birth_date, local.who.usage_name) == ("F", None, "")


def test_the_year_and_the_academy_of_the_school() -> None:
    school = sample(STAFF_SAMPLE).school
    assert school is not None
    assert (school.name, school.complement, school.academy) == ("COLLEGE", "LES TILLEULS", "15")
    assert (school.starts_on, school.ends_on) == (date(2025, 9, 1), date(2026, 8, 31))


def test_lessons_alternations_and_co_teaching() -> None:
    reading = sample(TIMETABLE_SAMPLE)
    assert (reading.kind, reading.uai, reading.year) == (Kind.TIMETABLE, UAI, 2025)
    assert len(courses(reading)) == 21
    # One lesson has two teachers: 22 are written, 21 take place.
    assert (SAMPLES / TIMETABLE_SAMPLE).read_bytes().count(b"<COURS>") == 22
    assert len(lessons(reading)) == 21
    assert [len(each.teachers) for each in lessons(reading) if len(each.teachers) != 1] == [2]
    assert {each.alternation: len(each.weeks) for each in lessons(reading)} == {"H": 36, "Q1": 18, "Q2": 18}
    assert reading.findings == []


def test_alternations_share_the_weeks_of_the_year() -> None:
    weeks = {each.alternation: set(each.weeks) for each in lessons(sample(TIMETABLE_SAMPLE))}
    assert weeks["Q1"] | weeks["Q2"] == weeks["H"]
    assert not weeks["Q1"] & weeks["Q2"]
    assert date(2025, 10, 20) not in weeks["H"]  # a week of holidays


def test_a_lesson_is_read_whole() -> None:
    french = next(each for each in lessons(sample(TIMETABLE_SAMPLE)) if each.group == "6A" and each.subject == "020700")
    assert french.teachers == ("epp:71001",)
    assert (french.weekday, french.starts_at, french.ends_at) == (1, time(8), time(9))
    assert french.modality == "CG"


def test_every_room_of_a_lesson_is_known() -> None:
    reading = sample(TIMETABLE_SAMPLE)
    known = {each.code for each in reading.classrooms or ()}
    assert {each.classroom for each in lessons(reading) if each.classroom} <= known
    assert {"LABO 1", "LABO 2", "TECHNO"} <= known


def test_both_files_speak_of_the_same_courses() -> None:
    def said(reading: Reading) -> set[tuple[str, str, str]]:
        return {(each.group, each.subject, each.modality) for each in courses(reading)}

    assert said(sample(STAFF_SAMPLE)) == said(sample(TIMETABLE_SAMPLE))


def _said(reading: Reading) -> bytes:
    findings = [finding for finding in reading.findings if finding.code != "encoding"]
    return msgspec.json.encode(msgspec.structs.replace(reading, name="", digest="", findings=findings))


def _zipped(name: str, data: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return packed.getvalue()


@pytest.mark.parametrize("name", FILES)
def test_packed_renamed_or_saved_again_a_file_says_the_same(name: str) -> None:
    data = (SAMPLES / name).read_bytes()
    expected, text = _said(sample(name)), data.decode("iso8859-15")
    for packed in (_zipped(name, data), _zipped("a.zip", _zipped(f"dossier/{name}", data))):
        assert _said(read(packed, "emp_sts (1)")) == expected
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert _said(read(text.encode(encoding))) == expected


def test_a_file_saved_again_is_told() -> None:
    text = (SAMPLES / STAFF_SAMPLE).read_bytes().decode("iso8859-15")
    (finding,) = read(text.encode()).findings
    assert (finding.severity, finding.old, finding.new) == (Severity.REPAIR, "ISO-8859-15", "UTF-8")
