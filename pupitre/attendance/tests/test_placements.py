"""Who works in a company is not expected in class, and is never absent."""

import datetime as dt

from pupitre.attendance.models import AbsenceEntry, CountedHalfDay
from pupitre.attendance.services.placements import enter_placement
from pupitre.attendance.tests.factories import TUESDAY, fill_class, register, student
from pupitre.timetable.events import PlacementChanged

FRIDAY = TUESDAY + dt.timedelta(days=3)


def changed(college, *going, ends=FRIDAY):
    return PlacementChanged(college.college.pk, 12, TUESDAY, ends, going)


def test_the_register_shows_the_company_of_those_who_go_and_expects_the_others(college, client):
    [other] = fill_class(college, "4B", 1)
    ines = student(college.people["eleve"])
    enter_placement(changed(college, (ines.pk, "Garage Martin")))
    page = college.sign_in(client, "collegue").get(f"/{college.college.uai}/appel/{register('4B', '10:10').pk}/")
    assert "Garage Martin" in page.content.decode()
    assert {each.student_id for each in AbsenceEntry.objects.all()} == {ines.pk}
    assert not CountedHalfDay.objects.exists()
    assert other.pk != ines.pk


def test_heard_twice_it_changes_nothing_and_a_company_that_changes_is_said(college):
    ines = student(college.people["eleve"])
    assert enter_placement(changed(college, (ines.pk, "Garage Martin"))) > 0
    assert enter_placement(changed(college, (ines.pk, "Garage Martin"))) == 0
    enter_placement(changed(college, (ines.pk, "Boulangerie Weber")))
    assert {each.place for each in AbsenceEntry.objects.filter(cancelled_at=None)} == {"Boulangerie Weber"}


def test_called_off_everybody_is_expected_again(college):
    enter_placement(changed(college, (student(college.people["eleve"]).pk, "Garage Martin")))
    enter_placement(changed(college))
    assert not AbsenceEntry.objects.filter(cancelled_at=None).exists()
