"""Courses, lessons and rooms."""

import datetime as dt

from pupitre.establishments.scope import scope
from pupitre.integrations.exchange.records import ClassroomRecord, CourseRecord
from pupitre.integrations.imports.kinds import Kind
from pupitre.integrations.imports.models import Decision
from pupitre.integrations.imports.tests import samples
from pupitre.integrations.imports.tests.engine import Engine, only
from pupitre.timetable.models import Classroom, Course, TimetableSlot


def test_the_timetable_follows_its_file(engine: Engine) -> None:
    engine.applied(samples.readings())
    later = samples.lesson(starts_at=dt.time(10), ends_at=dt.time(11))
    outcome = engine.applied(samples.readings(lessons=[later]))
    assert outcome.told(Kind.MOVED_LESSON) == [
        ("5e A, Mathématiques", "Claire Roussel", "lundi 8\u00a0h\u00a005 – 9\u00a0h, B12, Claire Roussel",
         "lundi 10\u00a0h – 11\u00a0h, B12, Claire Roussel")
    ]  # fmt: skip
    with scope(engine.school.pk):
        past, coming = TimetableSlot.objects.order_by("starts_at")
        assert (past.starts_at, past.weeks.bit_count()) == (dt.time(8, 5), 2)
        assert (coming.starts_at, coming.weeks.bit_count()) == (dt.time(10), 4)
        assert Course.objects.count() == 1
    assert engine.analysed(samples.readings(lessons=[later])).kinds == {}


def test_lessons_that_stay_are_not_written_again(engine: Engine) -> None:
    engine.applied(samples.readings())
    with scope(engine.school.pk):
        kept = TimetableSlot.objects.get().pk
    engine.applied(samples.readings(lessons=[samples.lesson(), samples.lesson(weekday=4)]))
    with scope(engine.school.pk):
        assert TimetableSlot.objects.count() == 2
        assert TimetableSlot.objects.filter(pk=kept).exists()


def test_a_timetable_alone_knows_the_teachers_of_former_imports(engine: Engine) -> None:
    engine.applied(samples.readings())
    moved = only(samples.readings(lessons=[samples.lesson(weekday=5)]), "emp_sts")
    engine.applied(moved)
    with scope(engine.school.pk):
        slot = TimetableSlot.objects.get(weekday=5)
        assert (slot.weeks.bit_count(), len(slot.teacher_ids)) == (5, 1)


def test_a_course_that_stsweb_no_longer_names_ends(engine: Engine) -> None:
    engine.applied(samples.readings())
    readings = samples.readings(lessons=[])
    readings[4].courses = []
    outcome = engine.applied(readings)
    assert outcome.kinds == {Kind.ENDED_COURSE: 1}
    with scope(engine.school.pk):
        assert Course.objects.get().ends_on == dt.date(2026, 9, 15)
        # Those of 7 and 14 September took place.
        assert TimetableSlot.objects.get().weeks.bit_count() == 2
    assert engine.analysed(readings).kinds == {}


def test_a_course_without_a_known_teacher_is_told(engine: Engine) -> None:
    lesson = samples.lesson(teachers=("epp:99999",))
    readings = only(samples.readings(lessons=[lesson]), "siecle_structures", "siecle_students", "emp_sts")
    outcome = engine.applied(readings)
    assert outcome.found("course_without_teacher")[0].record == "5e A, 061300"
    with scope(engine.school.pk):
        assert TimetableSlot.objects.get().teacher_ids == []


def test_two_courses_of_one_subject_differ_by_their_modality(engine: Engine) -> None:
    readings = samples.readings(lessons=[samples.lesson(), samples.lesson(modality="TP", weekday=2)])
    readings[4].courses = [*readings[4].courses, CourseRecord("5A", "061300", "TP", ("epp:71001",))]  # type: ignore[misc]
    engine.applied(readings)
    with scope(engine.school.pk):
        assert set(Course.objects.values_list("modality", flat=True)) == {"CG", "TP"}
    assert engine.analysed(readings).kinds == {}


def test_weeks_outside_the_school_year_take_place_nowhere(engine: Engine) -> None:
    weeks = (dt.date(2025, 9, 8), dt.date(2026, 9, 7), dt.date(2099, 9, 7))
    outcome = engine.applied(samples.readings(lessons=[samples.lesson(weeks=weeks)]))
    with scope(engine.school.pk):
        assert bin(TimetableSlot.objects.get().weeks).count("1") == 1
    assert outcome.found("weeks_out_of_year")[0].record == "5e A, Mathématiques"


def test_long_names_of_rooms_and_alternations_change_nothing_twice(engine: Engine) -> None:
    lesson = samples.lesson(classroom="SALLE " * 10, alternation="SEMAINE PAIRE")
    readings = samples.readings(lessons=[lesson])
    readings[5].classrooms = [ClassroomRecord("SALLE " * 10, "x" * 90)]
    engine.applied(readings)
    with scope(engine.school.pk):
        assert len(Classroom.objects.get().code) == 40
    assert engine.analysed(readings).kinds == {}


def test_a_group_taught_in_a_file_and_unknown_here_is_told_once(engine: Engine) -> None:
    readings = samples.readings(lessons=[samples.lesson(group="9Z")])
    readings[5].courses = [CourseRecord("9Z", "061300", "CG")]
    assert [each.record for each in engine.analysed(readings).found("unknown_group")] == ["Cours de Mathématiques"]


def test_a_teacher_who_is_declined_leaves_the_lesson(engine: Engine) -> None:
    outcome = engine.analysed(samples.readings())
    engine.decide(outcome, Decision.SKIP, kind=Kind.NEW_STAFF, record="Claire Roussel")
    engine.apply(outcome)
    with scope(engine.school.pk):
        assert TimetableSlot.objects.get().teacher_ids == []
    again = engine.analysed(samples.readings())
    assert again.kinds == {
        Kind.NEW_STAFF: 1,
        Kind.FORM_TEACHER: 1,
        Kind.CHANGED_COURSE: 1,
        Kind.CHANGED_LESSON: 1,
    }
