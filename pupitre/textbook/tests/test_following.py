"""The lesson moves, the work follows, and everyone can read it."""

import datetime as dt

import pytest

from pupitre.foundation.events import publish
from pupitre.notifications.models import Notification
from pupitre.textbook.models import Homework, TextbookEntry
from pupitre.textbook.services.giving import Due, postpone
from pupitre.textbook.tests.factories import (
    AFTERNOON,
    MORNING,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    given,
    lesson_of,
    maths_of,
    written,
)
from pupitre.timetable.events import LessonCancelled, LessonMoved, LessonRestored


@pytest.fixture
def news(college, django_capture_on_commit_callbacks):
    """Tells something as the timetable does: heard once it is committed."""

    def tell(event_type, *rest):
        with django_capture_on_commit_callbacks(execute=True):
            publish(event_type(college.college.pk, maths_of(college).pk, WEDNESDAY, MORNING, *rest))

    return tell


def test_work_follows_the_lesson_it_is_due_in(college, news):
    homework = given(college)
    news(LessonMoved, THURSDAY, AFTERNOON)
    homework.refresh_from_db()
    assert (homework.due_on, homework.due_at, homework.change) == (THURSDAY, AFTERNOON, "moved")
    assert homework.changed_from_on == WEDNESDAY
    assert Notification.objects.filter(kind="textbook.homework_changed").count() == 2


def test_a_lesson_that_moves_twice_and_comes_back_leaves_no_trace(college, news):
    homework = given(college)
    news(LessonMoved, THURSDAY, AFTERNOON)
    news(LessonMoved, THURSDAY, MORNING)
    news(LessonRestored)
    homework.refresh_from_db()
    assert (homework.due_on, homework.due_at, homework.change, homework.changed_from_on) == (
        WEDNESDAY,
        MORNING,
        "",
        None,
    )


def test_a_cancelled_lesson_asks_the_teacher_for_another_day(college, news, teacher):
    homework = given(college)
    news(LessonCancelled)
    homework.refresh_from_db()
    assert (homework.due_on, homework.change) == (WEDNESDAY, "cancelled")
    postpone(homework=homework, due=Due(dt.date(2026, 12, 1), MORNING), actor=teacher)
    homework.refresh_from_db()
    assert (homework.due_on, homework.change, homework.changed_from_on) == (dt.date(2026, 12, 1), "moved", WEDNESDAY)


def test_work_due_on_a_plain_day_does_not_move(college, news):
    homework = given(college, due=Due(WEDNESDAY))
    news(LessonMoved, THURSDAY, AFTERNOON)
    homework.refresh_from_db()
    assert (homework.due_on, homework.change) == (WEDNESDAY, "")


def test_the_session_of_a_lesson_goes_with_it(college, news):
    written(college, lesson_of(college, on=WEDNESDAY), rule="end")
    news(LessonMoved, THURSDAY, AFTERNOON)
    entry = TextbookEntry.objects.get()
    assert (entry.held_on, entry.shown_on, entry.shown_at) == (WEDNESDAY, THURSDAY, AFTERNOON)
    assert entry.visible_at.date() == THURSDAY
    news(LessonCancelled)
    assert TextbookEntry.objects.get().is_cancelled


def test_the_home_of_the_teacher_asks_for_the_day_that_is_missing(college, news, client):
    given(college, title="Devoir maison n° 4")
    news(LessonCancelled)
    page = college.sign_in(client, "enseignante").get("/0990001N/").content.decode()
    assert "n’a plus de date" in page
    assert Homework.objects.get().change == "cancelled"
    assert TUESDAY < WEDNESDAY
