"""Days proposed for work are those of lessons that are held, where they are held."""

from dataclasses import replace

from pupitre.directory.profiles import Profile
from pupitre.textbook.models import Homework, TextbookEntry
from pupitre.textbook.queries.lessons import lessons_of_courses, next_lessons
from pupitre.textbook.services.giving import change, due_in
from pupitre.textbook.tests.factories import (
    AFTERNOON,
    MORNING,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    acting,
    given,
    maths_of,
    work,
)
from pupitre.timetable.models import LessonChange
from pupitre.timetable.queries.planned import planned_lesson, usual_facts
from pupitre.timetable.services.changing import change_lesson

WEDNESDAY_LESSON = "2026-11-25@08:05"


def changed(cast, **facts):
    """Wednesday's lesson of mathematics, as the office has it held."""
    lesson = planned_lesson(maths_of(cast).pk, WEDNESDAY, MORNING)
    assert lesson is not None
    head = acting(cast, "principal", Profile.HEAD)
    return change_lesson(lesson=lesson, facts=replace(usual_facts(lesson), **facts), actor=head)


def page_of(cast, client):
    url = f"/0990001N/cahier/{maths_of(cast).pk}/2026-11-24/0805/"
    return url, cast.sign_in(client, "enseignante").get(url).content.decode()


def test_a_cancelled_lesson_is_not_proposed(college, client):
    course = maths_of(college)
    before = [each.token for each in next_lessons(course.pk, TUESDAY, MORNING)]
    assert WEDNESDAY_LESSON in before
    assert f'value="{WEDNESDAY_LESSON}"' in page_of(college, client)[1]
    changed(college, state=LessonChange.State.CANCELLED)
    after = [each.token for each in next_lessons(course.pk, TUESDAY, MORNING)]
    assert after[:2] == [each for each in before if each != WEDNESDAY_LESSON][:2]
    url, page = page_of(college, client)
    assert f'value="{WEDNESDAY_LESSON}"' not in page
    assert "Annulé" in page
    sent = {"title": "T", "w-title": "Ex 4", "w-due": WEDNESDAY_LESSON, "w-due_on": ""}
    answer = client.post(url, sent)
    assert answer.status_code == 422
    assert "Pour quand est le travail" in answer.content.decode()


def test_a_lesson_moved_away_is_proposed_where_it_is_held_and_followed(college, client, teacher):
    changed(college, on=THURSDAY, starts_at=AFTERNOON, ends_at=AFTERNOON.replace(hour=14, minute=25))
    token = f"{WEDNESDAY_LESSON}@{THURSDAY}"
    url, page = page_of(college, client)
    assert f'value="{token}"' in page
    assert f'value="{WEDNESDAY_LESSON}"' not in page
    assert client.post(url, {"title": "T", "rule": "now", "w-title": "Ex 4", "w-due": token}).status_code == 302
    homework = Homework.objects.get()
    assert (homework.due_on, homework.due_at) == (THURSDAY, AFTERNOON)
    assert (homework.lesson_on, homework.lesson_at) == (WEDNESDAY, MORNING)
    assert f'value="{token}" checked' in client.get(f"/0990001N/travail/{homework.pk}/modifier/").content.decode()


def test_words_changed_of_a_work_whose_lesson_moved_leave_its_day(college, teacher):
    homework = given(college)
    changed(college, on=THURSDAY, starts_at=AFTERNOON, ends_at=AFTERNOON.replace(hour=14, minute=25))
    Homework.objects.update(due_on=THURSDAY, due_at=AFTERNOON, change="moved", changed_from_on=WEDNESDAY)
    homework.refresh_from_db()
    lesson = next(each for each in next_lessons(maths_of(college).pk, TUESDAY, MORNING) if each.is_moved)
    change(homework=homework, work=work(title="Ex 5", key=homework.key, due=due_in(lesson)), actor=teacher)
    homework.refresh_from_db()
    assert (homework.due_on, homework.due_at, homework.change, homework.title) == (THURSDAY, AFTERNOON, "moved", "Ex 5")


def test_the_session_of_a_moved_lesson_is_read_on_its_new_day(college, client):
    changed(college, on=THURSDAY, starts_at=AFTERNOON, ends_at=AFTERNOON.replace(hour=14, minute=25))
    teacher = college.sign_in(client, "enseignante")
    url = f"/0990001N/cahier/{maths_of(college).pk}/{WEDNESDAY}/0805/"
    page = teacher.get(url).content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "Jeudi 26 novembre, 13 h 30" in page
    assert teacher.post(url, {"title": "Thalès", "rule": "start"}).status_code == 302
    entry = TextbookEntry.objects.get()
    assert (entry.held_on, entry.shown_on, entry.shown_at) == (WEDNESDAY, THURSDAY, AFTERNOON)


def test_lessons_keep_the_length_of_what_is_held(college):
    changed(college, on=THURSDAY, starts_at=AFTERNOON, ends_at=AFTERNOON.replace(hour=15, minute=30))
    moved = next(each for each in lessons_of_courses([maths_of(college).pk], TUESDAY, THURSDAY) if each.is_moved)
    assert (moved.held_on, moved.starts_at, f"{moved.ends_at:%H:%M}") == (WEDNESDAY, MORNING, "10:05")
