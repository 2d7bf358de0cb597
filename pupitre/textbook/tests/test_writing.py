"""A session is written once, read when it may be, and never lost."""

import datetime as dt
from uuid import uuid4

import pytest

from pupitre.establishments.models import Closure
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.notifications.models import Notification
from pupitre.textbook.models import Homework, SessionDraft, TextbookEntry
from pupitre.textbook.refusals import DueInHolidays, DueInThePast, DueOutOfYear, DueTooEarly, NobodyChosen, NoWords
from pupitre.textbook.services.drafts import save_draft
from pupitre.textbook.services.giving import Due
from pupitre.textbook.services.writing import Session, draft_place, save_session
from pupitre.textbook.tests.factories import (
    MORNING,
    TUESDAY,
    WEDNESDAY,
    given,
    lesson_of,
    student,
    work,
    written,
)


def seen(actor):
    return list(allowed(actor, "textbook.view_entry", TextbookEntry.objects.all()))


def test_a_lesson_has_one_session_whoever_writes_it(college, teacher):
    first = written(college, title="Brouillon de titre")
    again = written(college, title="Théorème de Pythagore")
    assert (first.pk, TextbookEntry.objects.count()) == (again.pk, 1)
    assert TextbookEntry.objects.get().title == "Théorème de Pythagore"


def test_an_empty_session_is_refused_with_a_sentence(college, teacher):
    with pytest.raises(NoWords, match="séance est vide"):
        save_session(place=lesson_of(college), key=uuid4(), session=Session(), actor=teacher)


@pytest.mark.parametrize(
    ("rule", "appears"),
    [
        ("now", "2026-11-24T10:20"),
        ("start", "2026-11-24T13:30"),
        ("end", "2026-11-24T14:25"),
        ("draft", None),
    ],
)
def test_a_session_appears_when_its_rule_says(rule, appears, college, teacher):
    entry = written(college, lesson_of(college, at=dt.time(13, 30)), rule=rule)
    expected = dt.datetime.fromisoformat(appears).replace(tzinfo=clock.PARIS) if appears else None
    assert entry.visible_at == expected


def test_what_is_written_at_night_waits_for_the_morning_on_the_family_side_only(college, ines, nadia, teacher):
    with clock.at("2026-11-24T21:30"):
        entry = written(college, rule="now")
        assert entry.visible_at
        assert entry.visible_at.astimezone(clock.PARIS).hour == 7
        assert (seen(teacher), seen(ines), seen(nadia)) == ([entry], [], [])
    with clock.at("2026-11-25T07:01"):
        assert (seen(ines), seen(nadia)) == ([entry], [entry])


def test_what_families_read_does_not_disappear_when_it_is_corrected_at_night(college, ines):
    entry = written(college)
    with clock.at("2026-11-24T22:00"):
        written(college, title="Pythagore, corrigé")
        assert seen(ines) == [entry]


def test_a_private_note_stays_in_the_room(college, client):
    written(college, private_note="Revoir avec Inès lundi.")
    entry = TextbookEntry.objects.get()
    page = college.sign_in(client, "eleve").get(f"/0990001N/cahier/seance/{entry.pk}/")
    assert page.status_code == 200
    assert "Revoir avec Inès" not in page.content.decode()


def test_work_given_is_told_to_the_student_and_the_guardian_once_for_one_form_sent_twice(college, teacher):
    asked = work()
    for _n in range(2):
        written(college, given=asked)
    assert Homework.objects.count() == 1
    told = Notification.objects.filter(kind="textbook.homework").values_list("person", flat=True)
    assert sorted(told) == sorted([college.people["eleve"].pk, college.people["parent"].pk])


def test_work_of_a_draft_is_told_to_nobody_until_it_is_published(college, ines):
    written(college, given=work(), rule="draft")
    assert not Notification.objects.filter(kind="textbook.homework").exists()
    assert not allowed(ines, "textbook.view_homework", Homework.objects.all()).exists()
    written(college, rule="now")
    assert Notification.objects.filter(kind="textbook.homework").count() == 2
    assert allowed(ines, "textbook.view_homework", Homework.objects.all()).exists()


@pytest.mark.parametrize(
    ("due", "refusal", "says"),
    [
        (Due(dt.date(2026, 11, 20)), DueTooEarly, "avant le cours"),
        (Due(dt.date(2026, 12, 24)), DueInHolidays, "Vacances de Noël"),
        (Due(dt.date(2030, 1, 8)), DueOutOfYear, "année scolaire"),
    ],
)
def test_a_day_that_cannot_be_is_said(due, refusal, says, college, teacher):
    Closure.objects.create(
        establishment=college.college,
        label="Vacances de Noël",
        starts_on=dt.date(2026, 12, 19),
        ends_on=dt.date(2027, 1, 3),
    )
    with pytest.raises(refusal, match=says):
        written(college, given=work(due=due))
    assert not Homework.objects.exists()


def test_a_day_that_is_over_is_said(college, teacher):
    monday = lesson_of(college, on=dt.date(2026, 11, 18))
    with pytest.raises(DueInThePast, match="est passé"):
        written(college, monday, given=work(due=Due(dt.date(2026, 11, 20))))


def test_work_for_some_students_is_seen_by_them_alone(college, ines, nadia):
    with pytest.raises(NobodyChosen):
        written(college, given=work(is_individual=True, students=[0]))
    mine = given(college, is_individual=True, students=[student(college.people["eleve"]).pk])
    for actor in (ines, nadia):
        assert list(allowed(actor, "textbook.view_homework", Homework.objects.all())) == [mine]


def test_a_draft_is_kept_and_goes_when_the_session_is_saved(college, teacher):
    place = draft_place(lesson_of(college))
    first = save_draft(place=place, version=0, content={"body": "Un"}, actor=teacher, device="Firefox")
    saved = save_draft(place=place, version=first.draft.version, content={"body": "Un, deux"}, actor=teacher, device="")
    assert (saved.draft.version, saved.is_beside) == (2, False)
    written(college)
    assert not SessionDraft.objects.exists()


def test_two_devices_keep_both_texts(college, teacher):
    place = draft_place(lesson_of(college))
    save_draft(place=place, version=0, content={"body": "Du poste"}, actor=teacher, device="")
    saved = save_draft(place=place, version=0, content={"body": "Du téléphone"}, actor=teacher, device="")
    assert saved.is_beside
    assert (saved.draft.content["body"], saved.draft.other) == ("Du téléphone", "Du poste")


def test_work_due_in_a_lesson_knows_its_hour(college):
    homework = given(college)
    assert (homework.lesson_on, homework.lesson_at) == (WEDNESDAY, MORNING)
    assert homework.given_on == TUESDAY
