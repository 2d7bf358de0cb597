"""What stands on homes, and what the head reopens."""

import datetime as dt

import pytest

from pupitre.gradebook.models import ClassTerm
from pupitre.gradebook.refusals import Refusal
from pupitre.gradebook.services.periods import reopen, set_dates
from pupitre.gradebook.tests.factories import assessed, marked
from pupitre.reportcards.models.texts import Place
from pupitre.reportcards.services.entering import Told, Where, note_texts
from pupitre.reportcards.tests.factories import given

PAST, SOON = dt.date(2026, 11, 20), dt.date(2026, 11, 27)


def test_a_guardian_finds_the_bulletin_until_they_acknowledge_it(college, term, ines, head, client_of, at):
    given(college.groups["4B"], term, ines, head)
    parent, home = client_of("parent"), f"/{college.college.uai}/"
    assert "Bulletin d’Inès à lire" in parent.get(home).content.decode()
    parent.post(at("received", ines.pk, term.pk))
    assert "Bulletin d’Inès à lire" not in parent.get(home).content.decode()


def test_a_teacher_finds_what_closes_within_a_week(college, term, ines, maths, teacher, head, client_of):
    marked(assessed(maths), ines, "13", teacher)
    home = f"/{college.college.uai}/"
    assert "à écrire, 4B" not in client_of("enseignante").get(home).content.decode()
    set_dates(term=term, divisions=[college.groups["4B"]], dates={"comments_end_on": SOON}, actor=head)
    body = client_of("enseignante").get(home).content.decode().replace("\u00a0", " ")
    assert "1 appréciation à écrire, 4B" in body


def test_appreciations_that_are_closed_open_again_with_a_reason_only(college, term, ines, maths, teacher, head):
    group = college.groups["4B"]
    set_dates(term=term, divisions=[group], dates={"comments_end_on": PAST, "entry_ends_on": PAST}, actor=head)
    where, told = Where(Place.SUBJECT, term, group.pk, maths), [Told(ines.pk, "Bien.", 0)]
    assert note_texts(where=where, told=told, actor=teacher)[0].fate == "refused"
    with pytest.raises(Refusal, match="Rouvrez-la en disant pourquoi"):
        set_dates(term=term, divisions=[group], dates={"comments_end_on": SOON}, actor=head)
    reopen(class_term=ClassTerm.objects.get(), until_on=SOON, why="Un professeur absent", actor=head)
    assert note_texts(where=where, told=told, actor=teacher)[0].fate == "saved"
