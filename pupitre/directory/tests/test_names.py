import pytest

from pupitre.directory.names import capitalise, display_name, fold, formal_name, sort_key


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("AUBRENELLE", "Aubrenelle"),
        ("D'HAUTCŒUR", "D’Hautcœur"),
        ("LE GALLOUDEC", "Le Galloudec"),
        ("TRÉGUIBERT-VALCOURT", "Tréguibert-Valcourt"),
        ("McAllister", "McAllister"),
    ],
)
def test_names_in_capitals_are_shown_as_people_write_them(written, shown):
    assert capitalise(written) == shown


def test_folding_ignores_accents_case_and_punctuation():
    assert fold("  D’Hautcœur-ÉLÉONORE ") == fold("d'HAUTCOEUR eleonore") == "d hautcoeur eleonore"


def test_the_usage_name_is_the_one_shown_and_sorted():
    names = {"last_name": "PETIT", "usage_name": "ÉVRARD", "first_name": "Zoé"}
    assert display_name(**names) == "Zoé Évrard"
    assert sort_key(**names) == "evrard zoe"
    assert formal_name(**names, sex="F") == "Mme Évrard"


def test_an_organisation_keeps_its_own_writing():
    names = {"last_name": "AIDE SOCIALE À L'ENFANCE", "usage_name": "", "first_name": ""}
    assert display_name(**names) == "AIDE SOCIALE À L'ENFANCE"
    assert formal_name(**names, sex="") == "AIDE SOCIALE À L'ENFANCE"
