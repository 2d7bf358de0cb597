from decimal import Decimal

import pytest

from pupitre.gradebook.models.marks import Annotation
from pupitre.gradebook.refusals import Refusal
from pupitre.gradebook.typed import LETTERS, SHORT, Typed, read_typed, shown


@pytest.mark.parametrize("text", ["12,5", "12.5", " 12,50 ", "12,5/20", "12,5 / 20"])
def test_a_comma_or_a_point_and_the_scale_said_again(text):
    assert read_typed(text, 20) == Typed(Decimal("12.5"))


@pytest.mark.parametrize(("text", "sentence"), [
    ("21", "21 dépasse le barème"),
    ("12,555", "trop de décimales"),
    ("8/10", "Cette évaluation est sur 20"),
    ("douze", "n’est ni une note ni une lettre connue"),
    ("-3", "n’est ni une note ni une lettre connue"),
    ("1e1", "n’est ni une note ni une lettre connue"),
])  # fmt: skip
def test_what_cannot_be_a_mark_says_why(text, sentence):
    with pytest.raises(Refusal, match=sentence):
        read_typed(text, 20)


@pytest.mark.parametrize("text", ["", "  ", "–", "-"])
def test_nothing_empties_the_cell(text):
    assert read_typed(text, 20) == Typed()


@pytest.mark.parametrize(("annotation", "letter"), LETTERS)
def test_a_letter_is_read_in_any_case_and_what_is_shown_is_read_back(annotation, letter):
    assert read_typed(letter, 20) == read_typed(letter.lower(), 20) == Typed(annotation=annotation.value)
    assert read_typed(SHORT[annotation.value], 20) == Typed(annotation=annotation.value)
    assert shown(None, annotation.value) == SHORT[annotation.value]


def test_every_annotation_has_its_letter_and_its_short_form():
    assert {annotation for annotation, _letter in LETTERS} == set(Annotation)
    assert set(SHORT) == set(Annotation.values)


def test_a_number_is_shown_without_useless_zeros():
    assert [shown(Decimal(each), "") for each in ("12.50", "9.00", "0.25")] == ["12,5", "9", "0,25"]
