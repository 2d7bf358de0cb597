"""Marks that fall are shown among the alerts of the school, to those who read marks (ATT-27)."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from pupitre.attendance.models import Indicator
from pupitre.attendance.queries.watching import watched_students
from pupitre.attendance.services.watching import reset_alerts
from pupitre.directory.profiles import Profile, capabilities_of
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.gradebook.falling import falls_since
from pupitre.gradebook.models import StudentMark
from pupitre.gradebook.tests.factories import assessed, course_of

SINCE = dt.date(2026, 11, 1)


@pytest.fixture
def mark(college, ines):
    """Her mark at an assessment of a day, shown to students unless told otherwise."""

    def of(day, points, subject="061300", scale=20, is_shown=True):
        row = assessed(
            course_of(college.groups["4B"], subject),
            f"Contrôle du {day}, {subject}",
            held_on=dt.date(2026, 11, day),
            scale=scale,
            student_sees_at=clock.now() if is_shown else None,
        )
        StudentMark.objects.create(assessment=row, student=ines, points=points, version=1, written_at=clock.now())

    return of


@pytest.fixture
def reader(college):
    """Somebody of the collège with one profile."""

    def of(slug, profile):
        person, profiles = college.people[slug], frozenset({profile})
        rights = capabilities_of(profiles)
        return Actor(person.user_id, person.pk, college.college.pk, college.college.uai, profiles, rights)

    return of


def test_a_mark_falls_below_those_before_in_the_same_subject(ines, mark):
    for day, points in ((3, 14), (5, 16), (10, 10)):
        mark(day, points)
    # Another subject is worth nothing here, nor another scale: 5 out of 10 is 10 out of 20.
    mark(11, 9, subject="020700")
    assert falls_since(SINCE) == [(ines.pk, dt.date(2026, 11, 10), None)]
    mark(12, 5, scale=10)
    assert len(list(falls_since(SINCE))) == 1


def test_two_marks_before_are_needed_and_what_is_not_shown_does_not_count(mark):
    mark(3, 18)
    mark(5, 4)
    assert falls_since(SINCE) == []
    mark(10, 1, is_shown=False)
    assert falls_since(SINCE) == []


def test_the_head_is_shown_who_falls_twice_and_the_office_is_not(college, mark, reader):
    head, office = reader("principal", Profile.HEAD), reader("secretaire", Profile.ADMINISTRATIVE)
    for day, points in ((3, 16), (4, 16), (10, 8), (12, 6)):
        mark(day, points)
    [found] = watched_students(head)
    assert (found.rule.indicator, found.level, len(found.half_days)) == (Indicator.MARKS, 1, 2)
    assert watched_students(office) == []
    page = college.sign_in(Client(), "principal").get(reverse("attendance:watching", args=[college.college.uai]))
    assert "2 évaluations sur 60 jours" in page.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    reset_alerts([found], note="Famille reçue", actor=head)
    assert watched_students(head) == []
    secret = college.sign_in(Client(), "secretaire").get(reverse("attendance:watching", args=[college.college.uai]))
    assert "Famille reçue" not in secret.content.decode()


def test_the_counsellor_reads_it_too(college, mark):
    for day, points in ((3, 16), (4, 16), (10, 8), (12, 6)):
        mark(day, points)
    page = college.sign_in(Client(), "cpe").get(reverse("attendance:watching", args=[college.college.uai]))
    assert "Notes en baisse" in page.content.decode()
