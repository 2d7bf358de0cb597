import datetime as dt

from pupitre.attendance.models import RollCall, RollMark
from pupitre.attendance.services.preparing import prepare_everywhere, prepare_registers
from pupitre.attendance.tests.factories import TUESDAY, fill_class, leave_class, register, registers, student
from pupitre.establishments.models import Closure
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.timetable.models import TimetableSlot


def test_the_registers_of_a_day_are_its_lessons(college):
    found = [(each.group.code, f"{each.starts_at:%H:%M}", each.subject, each.room) for each in registers()]
    assert found == [
        ("4B", "08:05", "Mathématiques", "204"),
        ("4B", "10:10", "Français", "112"),
        ("6C", "10:10", "Mathématiques", "205"),
        ("4B", "13:30", "Mathématiques", "204"),
    ]


def test_a_register_knows_who_is_expected_and_who_teaches(college):
    found = register("4B", "10:10")
    assert found.student_ids == [student(college.people["eleve"]).pk]
    assert found.teacher_ids == [college.people["collegue"].pk]


def test_students_are_in_the_order_of_names(college):
    fill_class(college, "4B", 3)
    names = [each.person.sort_key for each in student_rows(register("4B", "08:05"))]
    assert names == sorted(names)
    assert len(names) == 4


def student_rows(found):
    from pupitre.directory.models import Student

    by_id = {each.pk: each for each in Student.objects.filter(pk__in=found.student_ids).select_related("person")}
    return [by_id[pk] for pk in found.student_ids]


def test_preparing_twice_changes_nothing(college):
    assert prepare_registers(TUESDAY) == 4
    before = list(RollCall.objects.order_by("pk").values())
    assert prepare_registers(TUESDAY) == 0
    assert list(RollCall.objects.order_by("pk").values()) == before


def test_a_register_not_taken_follows_the_class_and_one_taken_stays(college):
    morning = register("4B", "08:05")
    RollCall.objects.filter(pk=morning.pk).update(state=RollCall.State.DONE)
    leave_class(student(college.people["eleve"]), TUESDAY - dt.timedelta(days=1))
    assert prepare_registers(TUESDAY) == 2
    assert [len(each.student_ids) for each in registers() if each.group.code == "4B"] == [1, 0, 0]


def test_a_student_who_left_the_school_is_expected_no_more(college):
    leaving = student(college.people["eleve"])
    leaving.left_on = TUESDAY - dt.timedelta(days=1)
    leaving.save()
    assert register("4B", "08:05").student_ids == []


def test_a_holiday_has_no_register(college):
    Closure.objects.create(label="Pont", starts_on=TUESDAY, ends_on=TUESDAY)
    assert registers() == []


def test_a_week_without_the_lesson_has_no_register(college):
    TimetableSlot.objects.update(weeks=0)
    assert registers() == []


def replace_slots() -> None:
    """What an import does: the same lessons under other numbers."""
    for slot in TimetableSlot.objects.all():
        TimetableSlot.objects.filter(pk=slot.pk).delete()
        slot.pk = None
        slot.save(force_insert=True)


def test_an_import_that_replaces_slots_leaves_one_register_a_lesson(college):
    before = {each.pk for each in registers()}
    begun = register("4B", "08:05")
    RollMark.objects.create(
        roll_call=begun, student=student(college.people["eleve"]), state="absent", marked_at=clock.now()
    )
    replace_slots()
    assert {each.pk for each in registers()} == before
    slots = set(TimetableSlot.objects.values_list("pk", flat=True))
    assert {each.slot_id for each in registers()} <= slots


def test_a_lesson_that_is_removed_takes_its_untouched_register_away(college):
    begun, removed = register("4B", "08:05"), register("4B", "10:10")
    RollMark.objects.create(
        roll_call=begun, student=student(college.people["eleve"]), state="absent", marked_at=clock.now()
    )
    TimetableSlot.objects.filter(pk__in=[begun.slot_id, removed.slot_id]).delete()
    prepare_registers(TUESDAY)
    left = set(RollCall.objects.values_list("pk", flat=True))
    assert begun.pk in left
    assert removed.pk not in left


def test_every_school_is_prepared_and_only_sees_its_own(cast):
    assert prepare_everywhere(TUESDAY) == {"0990001N": 4, "0990002P": 1, "0990003R": 1}
    with scope(cast.neighbour.pk):
        assert [each.group.code for each in RollCall.objects.all()] == ["1PRO"]


def test_preparing_a_school_costs_four_statements(college, django_assert_num_queries):
    with django_assert_num_queries(4):
        prepare_registers(TUESDAY)
