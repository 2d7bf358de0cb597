"""Work due while students are in companies: the teacher is told before giving it, and decides."""

import datetime as dt

import pytest

from pupitre.directory.tests.factories import PersonFactory, enrol
from pupitre.textbook.queries.loads import loads_of_group
from pupitre.textbook.services.giving import Due
from pupitre.textbook.tests.factories import given
from pupitre.timetable.models import PlacedStudent
from pupitre.timetable.services.placing import cancel_placement
from pupitre.timetable.tests.factories import make_placement

BEFORE, DURING = dt.date(2026, 12, 4), dt.date(2026, 12, 9)


@pytest.fixture
def placement(college):
    return make_placement(college)


def said(cast):
    before, during = loads_of_group(cast.groups["4B"].pk, [DURING, BEFORE])
    assert not before.away_sentence
    return during.away_sentence.replace("\N{NO-BREAK SPACE}", " ")


def test_a_class_on_a_placement_is_told_by_how_many_are_away(college, placement):
    assert said(college) == "Le mercredi 9 décembre, toute la classe est en stage : personne ne sera en cours."
    for _n in range(2):
        enrol(PersonFactory(), college.groups["4B"])
    assert said(college) == "Le mercredi 9 décembre, 1 élève sur 3 est en stage : il ne sera pas en cours."


def test_without_a_signed_agreement_or_once_called_off_nobody_is_away(college, placement, teacher):
    PlacedStudent.objects.update(agreement="sent")
    assert said(college) == ""
    PlacedStudent.objects.update(agreement="signed")
    cancel_placement(placement=placement, actor=teacher)
    assert said(college) == ""


def test_the_page_tells_it_as_the_day_is_chosen_and_forbids_nothing(college, placement, client):
    sent = {"w-due": "autre", "w-due_on": str(DURING)}
    helene = college.sign_in(client, "enseignante")
    page = helene.get(f"/0990001N/cahier/charge/{college.groups['4B'].pk}/", sent).content.decode()
    assert "1 en stage" in page
    assert "toute la classe est en stage" in page
    assert given(college, due=Due(DURING)).due_on == DURING
