import pytest

from pupitre.integrations.exchange.verdicts import Rejected
from pupitre.integrations.siecle.tests.exports import codes, export, read

DIVISION = '<DIVISION CODE_STRUCTURE="5 C  "><LIBELLE_LONG>CINQUIEME C</LIBELLE_LONG></DIVISION>'


def structures(divisions: str, groups: str = "") -> bytes:
    return export("BEE_STRUCTURES", f"<DIVISIONS>{divisions}</DIVISIONS><GROUPES>{groups}</GROUPES>")


def test_codes_keep_their_blanks_inside_and_lose_those_behind() -> None:
    groups = read(structures(DIVISION)).groups
    assert [each.code for each in groups or ()] == ["5 C"]


def test_codes_are_unique_among_divisions_and_groups() -> None:
    reading = read(structures(DIVISION, '<GROUPE CODE_STRUCTURE="5 C"/><GROUPE/><GROUPE CODE_STRUCTURE="G1"/>'))
    assert [(each.code, each.kind) for each in reading.groups or ()] == [("5 C", "division"), ("G1", "group")]
    assert codes(reading) == ["same_code", "bad_code"]


def test_a_group_that_draws_on_an_unknown_division_is_told() -> None:
    inside = (
        "<DIVISIONS_APPARTENANCE><DIVISION_APPARTENANCE><CODE_STRUCTURE>4Z</CODE_STRUCTURE></DIVISION_APPARTENANCE>"
    )
    group = f'<GROUPE CODE_STRUCTURE="G1">{inside}</DIVISIONS_APPARTENANCE></GROUPE>'
    assert codes(read(structures(DIVISION, group))) == ["unknown_division"]


def test_periods_and_closures_without_dates_are_left_aside() -> None:
    period = "<PERIODE><CODE_PERIODE>T1</CODE_PERIODE><DATE_DEBUT>01/09/2025</DATE_DEBUT></PERIODE>"
    closed = "<FERMETURE><LL_MOTIF>PONT</LL_MOTIF><DATE_DEBUT>02/05/2026</DATE_DEBUT><DATE_FIN>01/05/2026</DATE_FIN></FERMETURE>"
    reading = read(export("BEE_COMMUN", f"<PERIODES>{period}</PERIODES>{closed}"))
    assert (reading.terms, reading.closures) == ([], [])
    assert codes(reading) == ["bad_term", "bad_closure"]


@pytest.mark.parametrize("spelling", ["DATE_DEB_ELEVE", "DATE_DEBUT_ELEVE"])
def test_the_year_starts_in_both_spellings(spelling: str) -> None:
    inside = f"<ANNEE_SCOLAIRE><{spelling}>01/09/2025</{spelling}></ANNEE_SCOLAIRE><ANNEE_SCOLAIRE_AD/>"
    school = read(export("BEE_COMMUN", inside)).school
    assert school is not None
    assert str(school.starts_on) == "2025-09-01"


def test_subjects_without_a_code_are_told() -> None:
    inside = '<MEFS><MEF CODE_MEF="10010012110"/></MEFS><MATIERES><MATIERE CODE_MATIERE="020700"/><MATIERE/></MATIERES>'
    reading = read(export("BEE_NOMENCLATURES", inside))
    assert [each.label for each in reading.subjects or ()] == ["020700"]
    assert codes(reading) == ["bad_code"]


@pytest.mark.parametrize(
    ("root", "inside", "told"),
    [
        ("BEE_STRUCTURES", "<DIVISIONS/>", "aucune division"),
        ("BEE_NOMENCLATURES", "<MEFS/>", "aucune formation"),
        ("BEE_NOMENCLATURES", '<MEFS><MEF CODE_MEF="1"/></MEFS>', "aucune matière"),
    ],
)
def test_an_empty_list_is_a_damaged_file(root: str, inside: str, told: str) -> None:
    with pytest.raises(Rejected, match=told):
        read(export(root, inside))
