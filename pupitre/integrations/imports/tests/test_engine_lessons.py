"""What becomes of weekly lessons from one timetable to the next: rows that stay keep their number, what took place stays."""

import datetime as dt

from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.integrations.exchange.records import CourseRecord, LessonRecord, Reading
from pupitre.integrations.imports.kinds import Kind
from pupitre.integrations.imports.services.undoing import undo
from pupitre.integrations.imports.tests import samples
from pupitre.integrations.imports.tests.engine import Engine
from pupitre.timetable.models import Classroom, TimetableSlot

NBSP = "\N{NO-BREAK SPACE}"
AUTUMN = tuple(dt.date(2026, 9, 21) + dt.timedelta(weeks=week) for week in range(6))
TWO = ("epp:71001", "local:7")


def _readings(*lessons: LessonRecord) -> list[Reading]:
    return samples.readings(lessons=[*lessons])


def _slots(engine: Engine) -> dict[int, TimetableSlot]:
    with scope(engine.school.pk):
        return {each.pk: each for each in TimetableSlot.objects.all()}


def test_another_room_and_other_weeks_keep_the_row_and_its_number(engine: Engine) -> None:
    engine.applied(_readings(samples.lesson()))
    (kept,) = _slots(engine)
    fewer = samples.lesson(classroom="C3", weeks=samples.MONDAYS[:4])
    outcome = engine.applied(_readings(fewer))
    assert outcome.kinds == {Kind.CHANGED_LESSON: 1}
    slot = _slots(engine)[kept]
    assert slot.weeks.bit_count() == 4
    with scope(engine.school.pk):
        assert slot.classroom == Classroom.objects.get(code="C3")
    assert engine.analysed(_readings(fewer)).kinds == {}


def test_before_the_first_lesson_a_moved_one_keeps_its_row(engine: Engine) -> None:
    coming = samples.lesson(weeks=AUTUMN)
    engine.applied(_readings(coming))
    (kept,) = _slots(engine)
    outcome = engine.applied(
        _readings(samples.lesson(weeks=AUTUMN, weekday=4, starts_at=dt.time(14), ends_at=dt.time(15)))
    )
    assert outcome.told(Kind.MOVED_LESSON)[0][2:] == (
        f"lundi 8{NBSP}h{NBSP}05 – 9{NBSP}h, B12, Claire Roussel", f"jeudi 14{NBSP}h – 15{NBSP}h, B12, Claire Roussel",
    )  # fmt: skip
    slot = _slots(engine)[kept]
    assert (slot.weekday, slot.starts_at) == (4, dt.time(14))


def test_another_teacher_does_not_rewrite_the_past_weeks(engine: Engine) -> None:
    engine.applied(_readings(samples.lesson()))
    before = _slots(engine)
    engine.applied(_readings(samples.lesson(teachers=TWO)))
    after = _slots(engine)
    (old,) = before.values()
    assert after[old.pk].teacher_ids == old.teacher_ids
    assert after[old.pk].weeks.bit_count() == 2
    (new,) = after.keys() - before.keys()
    assert (len(after[new].teacher_ids), after[new].weeks.bit_count()) == (2, 4)
    assert engine.analysed(_readings(samples.lesson(teachers=TWO))).kinds == {}


def test_co_teaching_that_begins_later_changes_the_row_itself_and_comes_back(engine: Engine) -> None:
    engine.applied(_readings(samples.lesson(weeks=AUTUMN)))
    (kept,) = _slots(engine)
    outcome = engine.applied(_readings(samples.lesson(weeks=AUTUMN, teachers=TWO)))
    assert len(_slots(engine)[kept].teacher_ids) == 2
    assert undo(outcome.job.pk, engine.school.pk) == 0
    assert len(_slots(engine)[kept].teacher_ids) == 1


def test_added_and_removed_lessons_are_told_one_by_one(engine: Engine) -> None:
    tuesday = samples.lesson(weekday=2)
    engine.applied(_readings(samples.lesson(), tuesday))
    outcome = engine.applied(_readings(samples.lesson(), tuesday, samples.lesson(weekday=5, classroom="")))
    assert [new for *_rest, new in outcome.told(Kind.NEW_LESSON)] == [
        f"vendredi 8{NBSP}h{NBSP}05 – 9{NBSP}h, Claire Roussel"
    ]
    gone = engine.applied(_readings(samples.lesson()))
    assert {old.split()[0] for _record, _field, old, _new in gone.told(Kind.REMOVED_LESSON)} == {"mardi", "vendredi"}
    with scope(engine.school.pk):
        kept = TimetableSlot.objects.get(weekday=2)
    assert kept.weeks.bit_count() == 2  # 8 and 15 September took place


def test_fortnights_of_one_hour_keep_each_its_row(engine: Engine) -> None:
    first = samples.lesson(weeks=samples.MONDAYS[::2], alternation="Q1")
    second = samples.lesson(weeks=samples.MONDAYS[1::2], alternation="Q2", classroom="C3")
    engine.applied(_readings(first, second))
    rows = {each.alternation: pk for pk, each in _slots(engine).items()}
    engine.applied(_readings(first, samples.lesson(weeks=samples.MONDAYS[1::2], alternation="Q2", classroom="C4")))
    assert {each.alternation: pk for pk, each in _slots(engine).items()} == rows


def test_a_lesson_of_the_day_itself_is_left_to_the_day(engine: Engine) -> None:
    engine.applied(_readings(samples.lesson(weekday=3)))
    with clock.at("2026-09-16T07:00"):
        engine.applied(_readings(samples.lesson(weekday=3, starts_at=dt.time(10), ends_at=dt.time(11))))
    with scope(engine.school.pk):
        assert TimetableSlot.objects.get(starts_at=dt.time(8, 5)).weeks.bit_count() == 2


def test_two_lessons_of_a_class_at_once_are_told_and_kept(engine: Engine) -> None:
    readings = _readings(
        samples.lesson(), samples.lesson(modality="TP", starts_at=dt.time(8, 30), ends_at=dt.time(9, 30))
    )
    readings[4].courses = [*(readings[4].courses or []), CourseRecord("5A", "061300", "TP", ("epp:71001",))]
    outcome = engine.applied(readings)
    assert {each.record for each in outcome.found("overlap")} == {
        f"5e A, lun. 8{NBSP}h{NBSP}30", f"Claire Roussel, lun. 8{NBSP}h{NBSP}30",
    }  # fmt: skip
    assert len(_slots(engine)) == 2


def test_many_lessons_gone_hold_the_import(engine: Engine) -> None:
    week = [samples.lesson(weekday=day, starts_at=dt.time(hour), ends_at=dt.time(hour, 55)) for day in range(1, 6)
            for hour in range(8, 14)]  # fmt: skip
    engine.applied(_readings(*week))
    outcome = engine.analysed(_readings(*week[:5]))
    assert outcome.job.verdict == "hold"
    assert "25 cours de la semaine sur 30" in outcome.job.reasons[0]
