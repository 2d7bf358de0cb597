from datetime import date, time

import pytest

from pupitre.integrations.exchange.verdicts import Rejected, Severity
from pupitre.integrations.sts.tests.files import (
    alternation,
    codes,
    courses,
    division,
    group,
    lessons,
    one_lesson,
    placed,
    read,
    service,
    timetable_file,
)

MONDAYS = (date(2025, 9, 1), date(2025, 9, 8))


def test_a_lesson_takes_place_each_week_of_its_alternation() -> None:
    (lesson,) = lessons(read(one_lesson()))
    assert (lesson.group, lesson.subject, lesson.modality, lesson.teachers) == ("6A", "061300", "CG", ("epp:71002",))
    assert (lesson.weekday, lesson.starts_at, lesson.ends_at) == (1, time(8), time(9))
    assert (lesson.alternation, lesson.weeks, lesson.classroom) == ("H", MONDAYS, "B12")


def test_one_lesson_of_two_teachers_is_one() -> None:
    taught = service("061300", "71002", "71003", inside=placed())
    (lesson,) = lessons(read(timetable_file(division(services=taught))))
    assert lesson.teachers == ("epp:71002", "epp:71003")


def test_two_teachers_in_two_rooms_are_two_lessons() -> None:
    teachers = (
        f"<ENSEIGNANT ID='1' TYPE='epp'>{placed()}</ENSEIGNANT>"
        f"<ENSEIGNANT TYPE='epp' ID='2'>{placed(CODE_SALLE='B13')}</ENSEIGNANT>"
    )
    taught = f"<SERVICE CODE_MATIERE='061300' CODE_MOD_COURS='CG'><ENSEIGNANTS>{teachers}</ENSEIGNANTS></SERVICE>"
    reading = read(timetable_file(division(services=taught)))
    assert [(each.classroom, each.teachers) for each in lessons(reading)] == [("B12", ("epp:1",)), ("B13", ("epp:2",))]


def test_alternations_have_free_codes_and_their_own_weeks() -> None:
    taught = service("061300", "1", inside=placed(CODE_ALTERNANCE="Q1") + placed(CODE_ALTERNANCE="SA", JOUR="2"))
    weeks = alternation("Q1", ("2025-09-01",)) + alternation("SA", ("2025-09-08", "2025-09-22"))
    first, second = lessons(read(timetable_file(division(services=taught), alternations=weeks)))
    assert (first.alternation, first.weeks) == ("Q1", (date(2025, 9, 1),))
    assert (second.alternation, second.weeks) == ("SA", (date(2025, 9, 8), date(2025, 9, 22)))


def test_alternations_may_come_last_and_stand_anywhere() -> None:
    data = one_lesson().replace(b"<ALTERNANCES>", b"<X>").replace(b"</ALTERNANCES>", b"</X>")
    start, end = data.index(b"<X>"), data.index(b"</X>") + 4
    moved = data[:start] + data[end:].replace(b"</EDT_STS>", data[start:end] + b"</EDT_STS>")
    assert len(lessons(read(moved))) == 1


@pytest.mark.parametrize(
    ("written", "monday"),
    [
        ("2025-09-01", date(2025, 9, 1)),
        ("2025-08-31", date(2025, 9, 1)),  # a Sunday announces the week that follows
        ("2025-09-04", date(2025, 9, 1)),
        ("2025-09-06", date(2025, 9, 1)),
    ],
)
def test_weeks_start_on_a_monday(written: str, monday: date) -> None:
    taught = division(services=service("061300", "1", inside=placed()))
    reading = read(timetable_file(taught, alternations=alternation(weeks=(written,))))
    assert lessons(reading)[0].weeks == (monday,)
    is_repaired = written != monday.isoformat()
    assert codes(reading) == (["week_not_monday"] if is_repaired else [])
    assert {each.severity for each in reading.findings} <= {Severity.REPAIR}


def test_a_week_that_cannot_be_read_is_left_out() -> None:
    taught = division(services=service("061300", "1", inside=placed()))
    weeks = alternation(weeks=("2025-09-01", "lundi", "2025-02-30"))
    reading = read(timetable_file(taught, alternations=weeks))
    assert lessons(reading)[0].weeks == (date(2025, 9, 1),)
    assert codes(reading) == ["bad_week", "bad_week"]


@pytest.mark.parametrize(
    ("written", "starts"), [("0800", time(8)), ("800", time(8)), ("08:05", time(8, 5)), ("8h05", time(8, 5))]
)
def test_hours_are_completed(written: str, starts: time) -> None:
    reading = read(one_lesson(HEURE_DEBUT=written))
    assert lessons(reading)[0].starts_at == starts
    assert codes(reading) == ([] if written == "0800" else ["short_time"])


def test_a_way_of_writing_is_told_once() -> None:
    taught = service("061300", "1", inside=placed(HEURE_DEBUT="800") + placed(HEURE_DEBUT="800", JOUR="3"))
    (finding,) = read(timetable_file(division(services=taught))).findings
    assert (finding.field, finding.old, finding.new) == ("HEURE_DEBUT", "800", "0800")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"CODE_ALTERNANCE": ""}, "alternance"),
        ({"CODE_ALTERNANCE": "Z"}, "« Z »"),
        ({"JOUR": ""}, "jour"),
        ({"JOUR": "8"}, "jour"),
        ({"JOUR": "lundi"}, "jour"),
        ({"HEURE_DEBUT": ""}, "heure"),
        ({"HEURE_DEBUT": "2500"}, "heure"),
        ({"DUREE": ""}, "durée"),
        ({"DUREE": "0000"}, "durée"),
        ({"HEURE_DEBUT": "2330", "DUREE": "0100"}, "minuit"),
    ],
)
def test_a_lesson_without_its_place_is_left_aside_and_its_course_kept(fields: dict[str, str], told: str) -> None:
    reading = read(one_lesson(**fields))
    assert lessons(reading) == []
    assert len(courses(reading)) == 1
    (finding,) = (each for each in reading.findings if each.code == "bad_lesson")
    assert finding.severity is Severity.QUARANTINE
    assert finding.record == "6A, matière 061300"
    assert told in finding.reason.replace("\u00a0", " ")


def test_a_lesson_without_teacher_nor_room_is_kept() -> None:
    bare = f"<SERVICE CODE_MATIERE='061300'>{placed(CODE_SALLE='')}</SERVICE>"
    (lesson,) = lessons(read(timetable_file(division(services=bare))))
    assert (lesson.teachers, lesson.classroom, lesson.modality) == ((), "", "")


def test_groups_may_stand_among_divisions() -> None:
    inner = f"<GROUPES>{group(services=service('061300', '1', inside=placed()))}</GROUPES>"
    (lesson,) = lessons(read(timetable_file(f"<DIVISIONS>{division()}{inner}</DIVISIONS>")))
    assert lesson.group == "6LATIN"


@pytest.mark.parametrize(("written", "year"), [("2025", 2025), (" 2025-2026\n", 2025), ("", None)])
def test_the_school_and_the_year_are_plain_text(written: str, year: int | None) -> None:
    head = f"<UAJ> 0999910j\n</UAJ><ANNEE_SCOLAIRE>{written}</ANNEE_SCOLAIRE>"
    reading = read(timetable_file(division(), head=head))
    assert (reading.uai, reading.year) == ("0999910J", year)


def test_a_file_that_does_not_say_whose_it_is_is_refused() -> None:
    with pytest.raises(Rejected, match="quel établissement"):
        read(timetable_file(division(), head=""))
