import pytest

from pupitre.integrations.exchange.records import OutsideId
from pupitre.integrations.exchange.verdicts import Rejected, Severity
from pupitre.integrations.siecle.tests.exports import UAI, codes, guardians, guardians_export, link, links, person, read

OLD = {"RESP_LEGAL": "1", "RESP_FINANCIER": "1", "PERS_PAIMENT": "0", "PERS_CONTACT": "1"}


@pytest.mark.parametrize(
    ("old", "new"),
    [("1", "20"), ("2", "10"), ("3", "50"), ("4", "39"), ("5", "51"), ("6", "90"), ("7", "70")],
)
def test_old_relations_are_renumbered_father_and_mother_swapped(old: str, new: str) -> None:
    (bond,) = links(read(guardians_export(person(), link(**OLD, CODE_PARENTE=old))))
    assert (bond.relation, bond.level, bond.pays_fees, bond.contact_first) == (new, 1, True, True)


@pytest.mark.parametrize(("written", "level"), [("1", 1), ("2", 1), ("0", 3)])
def test_old_legal_responsibles_are_equal_and_others_are_contacts(written: str, level: int) -> None:
    (bond,) = links(read(guardians_export(person(), link(RESP_LEGAL=written, CODE_PARENTE="2"))))
    assert bond.level == level


def test_the_link_may_be_named_otherwise() -> None:
    assert len(links(read(guardians_export(person(), link(tag="RESPONSABLE"))))) == 1


@pytest.mark.parametrize("code", ["1", "99", "", "010"])
def test_an_unknown_relation_keeps_the_link(code: str) -> None:
    reading = read(guardians_export(person(), link(NIVEAU_RESPONSABILITE="1", CODE_PARENTE=code)))
    assert [each.relation for each in links(reading)] == [""]
    assert [(each.code, each.record) for each in reading.findings] == [("unknown_relation", "Céline Aubrenelle")]


@pytest.mark.parametrize(("yes", "no"), [("1", "0"), ("true", "false"), ("TRUE", "FALSE"), ("O", "N")])
def test_booleans_of_both_forms(yes: str, no: str) -> None:
    level = {"NIVEAU_RESPONSABILITE": "2", "CODE_PARENTE": "38"}
    (bond,) = links(read(guardians_export(person(), link(**level, HEBERGE_ELEVE=yes, PAIE_FRAIS_SCOLAIRES=no))))
    assert (bond.lodges, bond.pays_fees, bond.contact_first) == (True, False, None)


def test_links_without_a_level_or_an_end_are_left_aside() -> None:
    wrong = link(NIVEAU_RESPONSABILITE="9") + link(CODE_PARENTE="10") + link(guardian="99") + link(student="")
    reading = read(guardians_export(person(), link() + wrong))
    assert len(links(reading)) == 1
    assert codes(reading) == ["bad_level", "bad_level", "unknown_end", "unknown_end"]
    assert {each.severity for each in reading.findings} == {Severity.QUARANTINE}


def test_a_link_written_twice() -> None:
    assert codes(read(guardians_export(person(), link() + link()))) == ["same_link"]
    other = read(guardians_export(person(), link("2") + link() + link(NIVEAU_RESPONSABILITE="3", CODE_PARENTE="10")))
    assert [each.student for each in links(other)] == ["2"]


def test_an_organisation_needs_no_first_name() -> None:
    service = person(LC_CIVILITE="", NOM_DE_FAMILLE="AIDE SOCIALE A L'ENFANCE", PRENOM="")
    reading = read(guardians_export(service, link(NIVEAU_RESPONSABILITE="1", CODE_PARENTE="51")))
    assert guardians(reading)[0].who.is_organisation
    assert reading.findings == []


def test_the_pupil_as_own_responsible_is_kept_as_such() -> None:
    (bond,) = links(read(guardians_export(person(), link(NIVEAU_RESPONSABILITE="1", CODE_PARENTE="70"))))
    assert bond.relation == "70"


def test_nameless_people_and_doubles_take_their_links_away() -> None:
    people = person() + person("8", NOM_DE_FAMILLE="") + person("9") + person("9", PRENOM="Maud")
    reading = read(guardians_export(people, link() + link(guardian="8") + link(guardian="9")))
    assert [each.key for each in guardians(reading)] == ["7"]
    assert [each.guardian for each in links(reading)] == ["7"]
    assert codes(reading) == ["same_id", "same_id", "no_name"]


def test_phones_are_found_wherever_they_were_typed() -> None:
    somebody = person(TEL_PERSONNEL="06 39 98 12 34 / 01.99.00.12.34", TEL_PORTABLE="06", MEL="Celine@Exemple.INVALID")
    reading = read(guardians_export(somebody, link()))
    who = guardians(reading)[0].who
    assert (who.mobile, who.phone, who.email) == ("+33639981234", "+33199001234", "Celine@exemple.invalid")
    assert [(each.code, each.old) for each in reading.findings] == [("bad_phone", "06")]


@pytest.mark.parametrize(("people", "bonds", "told"), [("", link(), "aucun responsable"), (person(), "", "aucun lien")])
def test_an_empty_list_is_a_damaged_file(people: str, bonds: str, told: str) -> None:
    with pytest.raises(Rejected, match=told):
        read(guardians_export(people, bonds))


def test_those_left_aside_are_told_by_their_numbers() -> None:
    people = person() + person("8", NOM_DE_FAMILLE="") + person("9") + person("9", PRENOM="Maud")
    wrong = link("2", NIVEAU_RESPONSABILITE="9") + link("3") + link("3", NIVEAU_RESPONSABILITE="3", CODE_PARENTE="10")
    reading = read(guardians_export(people, link() + link("1", "8") + link("1", "9") + wrong))
    assert reading.aside == [OutsideId("siecle_person", UAI, key) for key in ("8", "9")]
    assert set(reading.aside_links) == {("1", "9"), ("2", "7"), ("3", "7")}
