"""Answers from outside: what is read, what is refused before it is."""

import datetime as dt

import pytest

from pupitre.integrations.pronote.answers import LARGEST, Unknown, Unreadable, read_answer
from pupitre.integrations.pronote.tests.stand import BOMB, HTML, SAMPLES

_OPEN = '<Eleve xmlns="http://www.index-education.com/accueilENT" version="1.03">'


def test_every_block_of_a_pupil_is_read():
    answer = read_answer((SAMPLES / "eleve.xml").read_bytes())
    (pupil,) = answer.pupils
    assert not answer.is_guardian
    assert (answer.messages, answer.informations) == (2, 1)
    assert [(each.value, each.scale) for each in pupil.marks] == [("15,00", "20.00"), ("Abs", ""), ("7,50", "10.00")]
    assert pupil.to_do[0].on == dt.date(2026, 11, 26)
    assert pupil.done[0].title == "Cours : Fractions"
    assert pupil.done[0].files == ("Fractions.pdf",)
    assert {each.kind for each in pupil.events} == {"Absence", "Retard", "Punition", "Observation"}
    assert pupil.skills[0].level == "Maîtrise satisfaisante"
    # A key that is not one goes into no address.
    assert [each.name for each in pupil.pages] == ["Page d’accueil"]


def test_a_guardian_has_several_pupils():
    answer = read_answer((SAMPLES / "parent.xml").read_bytes())
    assert answer.is_guardian
    assert [each.first_name for each in answer.pupils] == ["Inès", "Élias", "Léo"]


@pytest.mark.parametrize(
    "body",
    [
        b"", HTML, BOMB, b"\xff\xfe<\x00E\x00", f"{_OPEN}<Nom>".encode(), b"<Eleve/>", b"{}",
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd">' + f"{_OPEN}</Eleve>".encode(),
        f"{_OPEN}<Nom>{'a' * 30_000}</Nom></Eleve>".encode(),
        f"{_OPEN}{'<a/>' * 30_000}</Eleve>".encode(),
        f"{_OPEN}{'<a>' * 400}{'</a>' * 400}</Eleve>".encode(),
        b" " * (LARGEST + 1),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_refused(body):
    with pytest.raises(Unreadable):
        read_answer(body)


def test_an_answer_about_neither_a_pupil_nor_a_guardian_is_told_apart():
    with pytest.raises(Unknown):
        read_answer(_OPEN.replace("Eleve", "Professeur").encode() + b"</Professeur>")


def test_blocks_that_the_school_does_not_let_out_are_simply_absent():
    (pupil,) = read_answer(f"{_OPEN}<Nom>A</Nom><Prenom>B</Prenom><Nouveau/></Eleve>".encode()).pupils
    assert (pupil.marks, pupil.to_do, pupil.events, pupil.titles) == ([], [], [], {})
