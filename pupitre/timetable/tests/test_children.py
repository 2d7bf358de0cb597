"""The page of all the children of a guardian: who stands there, in which order, and what of their day."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from lxml import html

from pupitre.directory.models import Guardianship
from pupitre.directory.profiles import Profile
from pupitre.directory.tests.factories import affiliate
from pupitre.establishments.models import Closure
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.timetable.models import Course
from pupitre.timetable.queries.planned import planned_lesson
from pupitre.timetable.services.changing import change_lesson
from pupitre.timetable.tests.factories import acting

PAGE = "/famille/emploi-du-temps/"
TUESDAY = dt.date(2026, 11, 24)

pytestmark = pytest.mark.usefixtures("tuesday")


def columns(client, address=PAGE):
    """Each child, in the order of the page, with what is read of their lessons."""
    answer = client.get(address)
    assert answer.status_code == 200
    page: Any = html.document_fromstring(answer.content.decode())
    return [(words(name), list(map(words, lessons_under(name)))) for name in page.find_class("wday__n")]


def lessons_under(name):
    return name.getparent().getparent().find_class("ev")


def words(element):
    return " ".join(element.text_content().split())


def maths(cast):
    course = Course.objects.get(subject__label="Mathématiques", group=cast.groups["4B"])
    return planned_lesson(course.pk, TUESDAY, dt.time(13, 30))


@pytest.fixture
def nadia(cast, client):
    return cast.sign_in(client, "parent")


def test_every_child_of_every_school_has_a_column_read_by_hour(cast, nadia):
    found = columns(nadia)
    assert {name for name, _lessons in found} == {"Inès", "Elias", "Sarah"}
    read = dict(found)
    assert [text.split(" à ")[0] for text in read["Inès"]] == ["8 h 05", "10 h 10", "13 h 30"]
    assert [text.split(" à ")[0] for text in read["Sarah"]] == ["15 h 30"]
    assert "Français" in read["Inès"][1]
    assert "En ce moment" in read["Inès"][1]


def test_what_the_day_changed_is_written_under_the_child_concerned(cast, nadia):
    with scope(cast.college.pk):
        lesson, head = maths(cast), acting(cast, "principal", Profile.HEAD)
        change_lesson(lesson=lesson, facts=replace(lesson.facts, state="cancelled"), actor=head)
    read = dict(columns(nadia))
    assert ["Cours annulé" in text for text in read["Inès"]] == [False, False, True]
    assert not any("Cours annulé" in text for text in read["Elias"] + read["Sarah"])


def test_a_school_that_is_closed_says_why_and_the_other_goes_on(cast, nadia):
    with scope(cast.college.pk):
        Closure.objects.create(
            establishment=cast.college, label="Journée banalisée", starts_on=TUESDAY, ends_on=TUESDAY
        )
    page = nadia.get(PAGE).content.decode()
    assert page.count("Journée banalisée") == 2
    assert len(dict(columns(nadia))["Sarah"]) == 1


@pytest.mark.parametrize("link", [{"is_restricted": True}, {"level": Guardianship.Level.CONTACT}])
def test_a_child_whom_the_guardian_may_not_see_is_not_there(cast, nadia, link):
    Guardianship.objects.filter(student=cast.people["soeur"]).update(**link)
    assert {name for name, _lessons in columns(nadia)} == {"Inès", "Elias"}


def test_a_day_without_lessons_and_an_address_without_sense(nadia):
    assert [lessons for _name, lessons in columns(nadia, f"{PAGE}?jour=2026-11-27")] == [[], [], []]
    assert columns(nadia, f"{PAGE}?jour=hier") == columns(nadia, f"{PAGE}?jour=0001-01-01") == columns(nadia)


def test_at_the_week_end_monday_is_shown(nadia):
    with clock.at("2026-11-28T11:00"):
        assert "Mes enfants, lundi" in nadia.get(PAGE).content.decode()


def test_a_guardian_who_works_in_the_school_sees_their_children_only(cast, nadia):
    affiliate(cast.people["parent"], cast.college, Profile.ADMINISTRATIVE, "Intendance")
    assert {name for name, _lessons in columns(nadia)} == {"Inès", "Elias", "Sarah"}


def test_the_week_of_a_child_leads_to_the_page_of_all_of_them(cast, nadia):
    week = f"/{cast.college.uai}/emploi-du-temps/enfant/{cast.people['eleve'].pk}/"
    assert f'href="{PAGE}"' in nadia.get(week).content.decode()


def test_two_schools_are_read_in_few_statements(nadia, django_assert_max_num_queries):
    nadia.get(PAGE)
    with django_assert_max_num_queries(5):
        nadia.get(PAGE)
