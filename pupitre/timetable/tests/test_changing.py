"""One lesson of one day: what the office does to it, and who sees it."""

import datetime as dt
from dataclasses import replace

import pytest

from pupitre.directory.profiles import Profile
from pupitre.directory.tests.factories import make_group, make_subject
from pupitre.establishments.models import Closure
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.models import AuditEntry
from pupitre.timetable.dated import LATEST
from pupitre.timetable.models import Classroom, Course, LessonChange, TimetableSlot
from pupitre.timetable.queries import week_of_group, week_of_room, week_of_student, week_of_teacher
from pupitre.timetable.queries.office import clashes_of, free_hours, week_held
from pupitre.timetable.queries.planned import Facts, planned_lesson
from pupitre.timetable.refusals import Refusal
from pupitre.timetable.services.changing import add_lesson, change_lesson, restore_lessons
from pupitre.timetable.services.publishing import publish_due, set_rules
from pupitre.timetable.tests.factories import acting, make_course, make_slot
from pupitre.timetable.words import is_off, marks_of

TUESDAY, THURSDAY = dt.date(2026, 11, 24), dt.date(2026, 11, 26)


@pytest.fixture
def college(cast, tuesday):
    with scope(cast.college.pk):
        yield cast


@pytest.fixture
def head(cast):
    return acting(cast, "principal", Profile.HEAD)


def french(on=TUESDAY):
    course = Course.objects.get(subject__code="020700")
    return planned_lesson(course.pk, on, dt.time(10, 10))


def seen_by(cast, slug="eleve"):
    """The lessons of the day that a student sees: hour, held or not, and what is said of it."""
    lessons = week_of_student(cast.college.pk, cast.people[slug].pk, TUESDAY)
    return [
        (each.weekday, f"{each.starts_at:%H:%M}", each.is_held, [mark.text for mark in marks_of(each)])
        for each in lessons
        if each.change
    ]


def change(lesson, actor, **facts):
    return change_lesson(lesson=lesson, facts=replace(lesson.facts, **facts), actor=actor)


def test_a_cancelled_lesson_stays_at_its_hour_crossed_out_with_its_reason(college, head):
    change(french(), head, state="cancelled", reason="Professeur absent")
    (lesson,) = [each for each in week_of_group(college.college.pk, college.groups["4B"].pk, TUESDAY) if each.change]
    assert lesson.change is not None
    assert (lesson.is_held, is_off(lesson), lesson.change.reason) == (False, True, "Professeur absent")
    assert seen_by(college) == [(2, "10:10", False, ["Cours annulé"])]
    # Only that week.
    next_week = week_of_student(college.college.pk, college.people["eleve"].pk, TUESDAY + dt.timedelta(days=7))
    assert all(each.is_held for each in next_week)
    assert AuditEntry.objects.filter(verb="timetable.change_lessons").exists()


def test_a_moved_lesson_is_seen_at_both_hours(college, head):
    change(french(), head, on=THURSDAY, starts_at=dt.time(14), ends_at=dt.time(15))
    n = "\N{NO-BREAK SPACE}"
    assert seen_by(college) == [
        (2, "10:10", False, [f"Déplacé au jeudi 26{n}novembre à 14{n}h"]),
        (4, "14:00", True, [f"Déplacé (mardi 24{n}novembre à 10{n}h{n}10)"]),
    ]


def test_a_lesson_that_comes_from_another_week_is_seen_in_its_new_one(college, head):
    change(french(), head, on=TUESDAY + dt.timedelta(days=7), starts_at=dt.time(14), ends_at=dt.time(15))
    lessons = week_of_student(college.college.pk, college.people["eleve"].pk, TUESDAY + dt.timedelta(days=7))
    assert [(f"{each.starts_at:%H:%M}", each.is_held) for each in lessons if each.change] == [("14:00", True)]


def test_another_teacher_has_the_lesson_and_the_usual_one_has_it_no_more(college, head):
    change(french(), head, teacher_ids=(college.people["enseignante"].pk,))
    new = week_of_teacher(college.college.pk, college.people["enseignante"].pk, TUESDAY)
    (taken,) = [each for each in new if each.change]
    assert (taken.is_held, taken.teachers, marks_of(taken)[0].text) == (True, "Mme Roussel", "Remplace M. Lemoine")
    (left,) = week_of_teacher(college.college.pk, college.people["collegue"].pk, TUESDAY)
    assert (left.is_held, marks_of(left)[0].text) == (False, "Remplacé par Mme Roussel")


def test_a_room_loses_what_moves_to_another(college, head):
    room = Classroom.objects.create(establishment=college.college, code="CDI")
    change(french(), head, classroom_id=room.pk)
    usual = Classroom.objects.get(code="112")
    assert [each.is_held for each in week_of_room(college.college.pk, usual.pk, TUESDAY)] == [False]
    assert [each.is_held for each in week_of_room(college.college.pk, room.pk, TUESDAY)] == [True]
    assert seen_by(college)[0][3] == ["Salle changée"]


def test_a_test_is_held_and_said(college, head):
    change(french(), head, is_test=True)
    assert seen_by(college) == [(2, "10:10", True, ["Devoir surveillé"])]


def test_a_restored_lesson_is_as_its_week_says_and_keeps_its_number_of_changes(college, head):
    change(french(), head, state="cancelled")
    assert restore_lessons(lessons=[french()], actor=head) == 1
    assert seen_by(college) == [(2, "10:10", True, [])]
    assert LessonChange.objects.get().sequence == 2
    assert restore_lessons(lessons=[french()], actor=head) == 0


def test_nothing_is_written_when_nothing_changes(college, head):
    assert change(french(), head) is None
    assert not LessonChange.objects.exists()


def test_an_added_lesson_is_seen_and_may_be_removed(college, head):
    course = Course.objects.select_related("group__school_year", "subject").get(subject__code="020700")
    facts = Facts(THURSDAY, dt.time(14), dt.time(15), None, (college.people["collegue"].pk,))
    publish_now(head)
    add_lesson(course=course, facts=facts, actor=head)
    assert seen_by(college) == [(4, "14:00", True, ["Cours ajouté"])]
    added = planned_lesson(course.pk, THURSDAY, dt.time(14))
    assert added is not None
    restore_lessons(lessons=[added], actor=head)
    assert seen_by(college) == [(4, "14:00", False, ["Cours annulé"])]
    with pytest.raises(Refusal, match="déjà lieu"):
        add_lesson(course=course, facts=replace(facts, on=TUESDAY, starts_at=dt.time(10, 10)), actor=head)


def publish_now(head):
    set_rules(near_minutes=0, far_minutes=0, actor=head)


def test_families_wait_for_the_publication_and_the_staff_does_not(college, head):
    set_rules(near_minutes=60, far_minutes=60, actor=head)
    change(french(), head, state="cancelled")
    staff = week_of_student(college.college.pk, college.people["eleve"].pk, TUESDAY, seen=LATEST)
    assert [each.is_held for each in staff if each.change] == [False]
    assert seen_by(college) == []
    with clock.at("2026-11-24T11:21"):
        assert publish_due(college.college.pk) == 1
    assert seen_by(college) == [(2, "10:10", False, ["Cours annulé"])]


def test_families_go_on_seeing_what_was_published_until_the_next_change_is(college, head):
    change(french(), head, is_test=True)
    set_rules(near_minutes=60, far_minutes=60, actor=head)
    change(french(), head, state="cancelled", is_test=False)
    change(french(), head, state="outing")
    assert seen_by(college) == [(2, "10:10", True, ["Devoir surveillé"])]
    with clock.at("2026-11-24T11:21"):
        publish_due(college.college.pk)
    assert seen_by(college) == [(2, "10:10", False, ["Sortie"])]
    assert LessonChange.objects.count() == 1


def test_what_would_be_met_is_known_beforehand(college, head):
    sixth = make_group(college.college, "5A")
    maths = make_course(sixth, make_subject(college.college), college.people["collegue"])
    make_slot(maths, 4, "14:00", "15:00", room="112")
    lesson = french()
    wanted = replace(lesson.facts, on=THURSDAY, starts_at=dt.time(14, 30), ends_at=dt.time(15, 25))
    week = week_held(THURSDAY, [lesson.course.group_id])
    assert sorted(each.what for each in clashes_of(wanted, lesson.key, week)) == ["room", "teacher"]
    noon = replace(wanted, on=TUESDAY, starts_at=dt.time(13, 30), ends_at=dt.time(14))
    assert [each.what for each in clashes_of(noon, lesson.key, week)] == ["class"]
    hours = [(each.on, each.starts_at) for each in free_hours(lesson.facts, lesson.key, week)]
    assert (TUESDAY, dt.time(13, 30)) not in hours
    assert (TUESDAY + dt.timedelta(days=1), dt.time(10, 10)) in hours


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"on": dt.date(2027, 9, 10)}, "dans l’année scolaire"),
        ({"on": dt.date(2026, 11, 11)}, "Armistice"),
        ({"ends_at": dt.time(10)}, "après son début"),
        ({"classroom_id": 0}, "salle"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(college, head, facts, said):
    armistice = dt.date(2026, 11, 11)
    Closure.objects.create(establishment=college.college, label="Armistice", starts_on=armistice, ends_on=armistice)
    if "classroom_id" in facts:
        with scope(college.neighbour.pk):
            facts = {"classroom_id": Classroom.objects.get().pk}
    with pytest.raises(Refusal, match=said):
        change(french(), head, **facts)


def test_a_course_that_ended_is_not_moved_past_its_end(college, head):
    Course.objects.filter(subject__code="020700").update(ends_on=dt.date(2026, 11, 25))
    with pytest.raises(Refusal, match="terminé"):
        change(french(), head, on=THURSDAY)


def test_a_change_outlives_the_slot_that_an_import_replaces(college, head):
    change(french(), head, state="cancelled")
    slot = TimetableSlot.objects.get(course=french().course)
    slot.delete()
    slot.pk = None
    slot._state.adding = True
    slot.save()
    assert seen_by(college) == [(2, "10:10", False, ["Cours annulé"])]


def test_a_change_of_a_lesson_that_an_import_dropped_is_kept_for_the_office_alone(college, head):
    change(french(), head, on=THURSDAY)
    TimetableSlot.objects.filter(course=french().course).delete()
    assert seen_by(college) == []
    assert french().is_orphan
    with pytest.raises(Refusal, match="import"):
        change(french(), head, is_test=True)
