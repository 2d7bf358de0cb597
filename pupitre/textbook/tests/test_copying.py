"""The same session for a sister class keeps its place, counted in lessons; put off, those that follow go too."""

import datetime as dt

import pytest

from pupitre.textbook.models import Homework, TextbookEntry
from pupitre.textbook.queries.lessons import lessons_taught
from pupitre.textbook.queries.sessions import sisters_of
from pupitre.textbook.refusals import AlreadyRead
from pupitre.textbook.services.bumping import bump_session
from pupitre.textbook.services.copying import AlreadyWritten, copy_session
from pupitre.textbook.services.giving import Due
from pupitre.textbook.tests.factories import (
    AFTERNOON,
    MORNING,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    lesson_of,
    maths_of,
    work,
    written,
)


def sister_of(cast, teacher, steps=1):
    lessons = lessons_taught(teacher.person_id, TUESDAY, TUESDAY + dt.timedelta(days=20))
    first = next(each for each in lessons if each.course_id == maths_of(cast).pk and each.starts_at == MORNING)
    found = sisters_of(first, lessons, (), steps)
    return next(each for each in found if each.lesson.group == cast.groups["4D"].label)


def test_a_copy_keeps_the_offset_of_lessons(sister, teacher):
    entry = written(sister, given=work())
    to = sister_of(sister, teacher)
    copy = copy_session(entry=entry, to=to.lesson, due=to.due, actor=teacher)
    assert (copy.held_on, copy.starts_at) == (TUESDAY, dt.time(15, 30))
    homework = Homework.objects.get(entry=copy)
    assert (homework.due_on, homework.due_at) == (THURSDAY, dt.time(10, 10))
    assert homework.title == "Exercices 4 et 5 page 218"


def test_copied_twice_it_is_there_once_and_nothing_is_written_over(sister, teacher):
    entry = written(sister, given=work())
    to = sister_of(sister, teacher)
    for _n in range(2):
        copy_session(entry=entry, to=to.lesson, due=to.due, actor=teacher)
    assert TextbookEntry.objects.count() == 2
    assert Homework.objects.count() == 2
    other = written(sister, lesson_of(sister, at=AFTERNOON), title="Autre séance")
    with pytest.raises(AlreadyWritten):
        copy_session(entry=other, to=to.lesson, due=None, actor=teacher)


def test_work_due_on_a_plain_day_keeps_its_day(sister, teacher):
    entry = written(sister, given=work(due=Due(dt.date(2026, 11, 27))))
    to = sister_of(sister, teacher)
    copy = copy_session(entry=entry, to=to.lesson, due=to.due, actor=teacher)
    assert Homework.objects.get(entry=copy).due_on == dt.date(2026, 11, 27)


def test_a_session_put_off_pushes_those_that_were_prepared(college, teacher):
    first = written(college, lesson_of(college, at=AFTERNOON), title="Un", rule="end")
    second = written(college, lesson_of(college, on=WEDNESDAY), title="Deux", rule="end")
    bump_session(entry=first, actor=teacher)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.held_on, first.starts_at) == (WEDNESDAY, MORNING)
    assert (second.held_on, second.starts_at) == (dt.date(2026, 12, 1), MORNING)


def test_a_session_that_families_have_read_stays(college, teacher):
    with pytest.raises(AlreadyRead):
        bump_session(entry=written(college, rule="now"), actor=teacher)
