"""Weeks without lessons: a work placement, an alternation, or nothing that is known."""

import datetime as dt
from dataclasses import replace

import pytest

from pupitre.directory.profiles import Profile
from pupitre.establishments.scope import scope
from pupitre.timetable.models import Course, TimetableSlot
from pupitre.timetable.queries.planned import planned_lesson
from pupitre.timetable.services.changing import change_lesson
from pupitre.timetable.tests.factories import acting, make_slot

pytestmark = pytest.mark.usefixtures("tuesday")
# One week in two, from the first of the school year.
EVEN = sum(1 << week for week in range(0, 45, 2))


@pytest.fixture
def read(cast, client):
    """The week of the student, or of another page of the school, as plain words."""

    def of(slug="eleve", page="emploi-du-temps/", monday="2026-11-23"):
        answer = cast.sign_in(client, slug).get(f"/{cast.college.uai}/{page}?semaine={monday}")
        return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")

    return of


def alternate(cast, slots):
    """Have the class come one week in two, for as many slots a week."""
    with scope(cast.college.pk):
        TimetableSlot.objects.filter(course__group=cast.groups["4B"]).delete()
        course = Course.objects.get(subject__label="Mathématiques", group=cast.groups["4B"])
        for n in range(slots):
            make_slot(course, 1 + n % 5, f"{8 + n // 5:02}:00", f"{8 + n // 5:02}:55", weeks=EVEN)
        TimetableSlot.objects.filter(course=course).update(alternation="A")


def said(read, **asked):
    weeks = [read(monday=monday, **asked) for monday in ("2026-11-23", "2026-11-30")]
    return [("Semaine en entreprise" in text, "Pas de cours cette semaine-là." in text) for text in weeks]


def test_a_class_of_alternation_is_in_companies_the_other_week(cast, read):
    alternate(cast, 10)
    assert sorted(said(read)) == [(False, False), (True, False)]
    page = f"emploi-du-temps/classe/{cast.groups['4B'].pk}/"
    assert sorted(said(read, slug="principal", page=page)) == [(False, False), (True, False)]


def test_nobody_is_sent_to_a_company_in_the_summer(cast, read):
    alternate(cast, 10)
    for monday in ("2027-07-26", "2027-08-02"):
        assert "Semaine en entreprise" not in read(monday=monday)


def test_a_few_lessons_that_alternate_prove_nothing(cast, read):
    alternate(cast, 9)
    assert sorted(said(read)) == [(False, False), (False, True)]


def test_a_week_whose_lessons_are_all_a_placement_is_one(cast, read):
    with scope(cast.college.pk):
        head = acting(cast, "principal", Profile.HEAD)
        slots = TimetableSlot.objects.filter(course__group=cast.groups["4B"])
        for n, slot in enumerate(slots.order_by("weekday", "starts_at")):
            assert "Semaine de stage" not in read(), n
            lesson = planned_lesson(
                slot.course_id, dt.date(2026, 11, 22) + dt.timedelta(days=slot.weekday), slot.starts_at
            )
            assert lesson is not None
            change_lesson(lesson=lesson, facts=replace(lesson.facts, state="internship"), actor=head)
    assert "Semaine de stage : les cours n’ont pas lieu." in read()
    # Their teacher is at school.
    teacher = f"emploi-du-temps/professeur/{cast.people['collegue'].pk}/"
    assert "Semaine de stage" not in read("principal", teacher)
