from datetime import date

import pytest

from pupitre.integrations.exchange.records import OutsideId
from pupitre.integrations.exchange.verdicts import Rejected, Severity
from pupitre.integrations.siecle.tests.exports import UAI, codes, export, pupil, read, seats, students, students_export


def test_a_sound_pupil_needs_no_remark() -> None:
    reading = read(students_export(pupil()))
    assert reading.findings == []
    assert students(reading)[0].division == "6A"


def test_names_of_before_2016() -> None:
    (student,) = students(read(students_export(pupil(NOM_DE_FAMILLE="", NOM="AUBRENELLE"))))
    assert student.who.last_name == "AUBRENELLE"


def test_last_year_is_not_this_year() -> None:
    last_year = "<SCOLARITE_AN_DERNIER><CODE_MEF>10110001110</CODE_MEF><CODE_STRUCTURE>5 C</CODE_STRUCTURE></SCOLARITE_AN_DERNIER>"
    first = pupil(CODE_MEF="").replace("<NOM_DE", f"{last_year}<NOM_DE", 1)
    reading = read(students_export(first))
    assert (students(reading)[0].mef, students(reading)[0].division) == ("", "6A")
    assert codes(reading) == ["no_mef"]


def test_seats_may_come_first_and_options_either_way() -> None:
    options = '<OPTIONS><OPTIONS_ELEVE ELEVE_ID="1"><OPTION><CODE_MATIERE>030201</CODE_MATIERE></OPTION></OPTIONS_ELEVE></OPTIONS>'
    inside = (
        f"<STRUCTURES>{seats('1', '5 C', ('LATIN', 'G'))}</STRUCTURES>{options}<BOURSES/><ELEVES>{pupil()}</ELEVES>"
    )
    reading = read(export("BEE_ELEVES", inside))
    assert (students(reading)[0].division, students(reading)[0].groups) == ("5 C", ("LATIN",))
    assert reading.findings == []


def test_two_divisions_leave_the_class_to_choose_and_keep_the_pupil() -> None:
    reading = read(students_export(pupil(), seats("1", "6A", ("6B", "D"), ("G1", "G"))))
    assert (students(reading)[0].division, students(reading)[0].groups) == ("", ("G1",))
    (finding,) = reading.findings
    assert (finding.severity, finding.code) == (Severity.QUARANTINE, "two_divisions")
    assert (finding.record, finding.old) == ("Zoé Aubrenelle", "6A, 6B")


@pytest.mark.parametrize("structures", ["", seats("1", "Inactifs"), seats("1", "", ("G1", "G"))])
def test_without_a_class_the_pupil_is_kept_and_told(structures: str) -> None:
    reading = read(students_export(pupil(), structures))
    assert students(reading)[0].division == ""
    assert codes(reading) == ["no_class"]


def test_a_seat_of_before_does_not_hide_the_class() -> None:
    assert students(read(students_export(pupil(), seats("1", "6A", ("Inactifs", "D")))))[0].division == "6A"


def test_leavers_stay_with_their_exit_date_and_need_no_class() -> None:
    gone, coming = pupil("1", DATE_SORTIE="10/09/2025", CODE_MOTIF_SORTIE="10"), pupil("2", DATE_SORTIE="30/11/2025")
    reading = read(students_export(gone + coming, ""))
    first, second = students(reading)
    assert (first.left_on, first.exit_reason) == (date(2025, 9, 10), "10")
    assert second.left_on == date(2025, 11, 30)
    assert codes(reading) == ["no_class"]  # of the second one, who is still there


def test_an_exit_before_the_entry_is_told() -> None:
    assert "not_come" in codes(read(students_export(pupil(DATE_SORTIE="31/08/2025"))))


def test_every_identifier_is_kept_from_the_surest_to_the_weakest() -> None:
    (student,) = students(read(students_export(pupil(INE_RNIE="099610301wv", INE_BEA="0996103011W", ID_PRV_ELE="88"))))
    assert student.who.ids == (
        OutsideId("siecle_student", UAI, "1"),
        OutsideId("ine", "national", "099610301WV"),
        OutsideId("ine", "national", "0996103011W"),
        OutsideId("private_student", UAI, "88"),
    )


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"ID_NATIONAL": ""}, "no_ine"),
        ({"ID_NATIONAL": "9,9E+9"}, "bad_ine"),
        ({"DATE_NAISS": "2014"}, "bad_birth_date"),
        ({"DATE_NAISS": ""}, "bad_birth_date"),
        ({"CODE_MEF": "1001001"}, "bad_mef"),
        ({"CODE_MEF": ""}, "no_mef"),
        ({"CODE_PAYS": "100"}, "no_birth_town"),
        ({"CODE_REGIME": "DP"}, "unknown_regime"),
        ({"CODE_STATUT": "XX"}, "bad_status"),
        ({"TEL_PORTABLE": "0639"}, "bad_phone"),
        ({"MEL": "zoe@"}, "bad_email"),
        ({"NOM_USAGE": "SZCZE?NIAK"}, "lost_letters"),
        ({"DATE_ENTREE": "rentrée"}, "bad_date"),
    ],
)
def test_what_is_wrong_on_a_sheet_is_told_and_the_pupil_kept(fields: dict[str, str], code: str) -> None:
    reading = read(students_export(pupil(**fields)))
    assert len(students(reading)) == 1
    (finding,) = reading.findings
    assert (finding.code, finding.severity) == (code, Severity.NOTICE)
    assert finding.record.endswith(", 6A")
    assert finding.reason.endswith(".")


LAST_YEAR = "<SCOLARITE_AN_DERNIER><CODE_MEF>{}</CODE_MEF><CODE_NATURE>{}</CODE_NATURE></SCOLARITE_AN_DERNIER>"


@pytest.mark.parametrize(
    ("mef", "nature", "found"),
    [("10010012110", "340", []), ("", "340", ["no_previous_mef"]), ("1001", "340", ["bad_mef"]), ("", "151", []), ("", "", [])],
)  # fmt: skip
def test_what_a_pupil_followed_last_year_is_asked_of_secondary_schools(mef: str, nature: str, found: list[str]) -> None:
    reading = read(students_export(pupil(more=LAST_YEAR.format(mef, nature))))
    assert codes(reading) == found
    assert len(students(reading)) == 1


def test_a_birth_abroad_needs_no_commune() -> None:
    assert read(students_export(pupil(CODE_PAYS="155", VILLE_NAISS="KYIV"))).findings == []


@pytest.mark.parametrize(("key", "fields"), [("", {}), ("1", {"PRENOM": ""}), ("1", {"NOM_DE_FAMILLE": ""})])
def test_without_an_id_or_a_name_a_pupil_is_left_aside(key: str, fields: dict[str, str]) -> None:
    reading = read(students_export(pupil("2") + pupil(key, **fields), seats("1") + seats("2")))
    assert [each.key for each in students(reading)] == ["2"]
    assert reading.findings[0].severity is Severity.QUARANTINE


def test_the_same_sheet_twice_is_one_and_two_different_ones_are_none() -> None:
    same = read(students_export(pupil() + pupil()))
    assert len(students(same)) == 1
    assert [(each.code, each.severity) for each in same.findings] == [("same_id", Severity.REPAIR)]
    other = read(students_export(pupil("2") + pupil() + pupil(PRENOM="Noé"), seats() + seats("2")))
    assert [each.key for each in students(other)] == ["2"]
    assert [each.record for each in other.findings] == ["Zoé Aubrenelle", "Noé Aubrenelle"]
    assert {each.severity for each in other.findings} == {Severity.QUARANTINE}


def test_a_seat_for_nobody_is_told() -> None:
    assert codes(read(students_export(pupil(), seats() + seats("99")))) == ["unknown_student"]


def test_an_unknown_tag_is_told_once() -> None:
    both = "".join(pupil(key, more="<NOUVEAU>1</NOUVEAU>") for key in ("1", "2"))
    reading = read(students_export(both, seats("1") + seats("2") + "</STRUCTURES><INCONNU/><STRUCTURES>"))
    assert codes(reading).count("unknown_tag") == 2
    assert {each.record for each in reading.findings} == {"NOUVEAU", "INCONNU"}


def test_the_number_of_the_attribute_wins_over_the_element() -> None:
    assert codes(read(students_export(pupil(ELENOET="12").replace("<ELEVE ", '<ELEVE ELENOET="13" ')))) == [
        "two_numbers"
    ]
    assert codes(read(students_export(pupil(ELENOET="13").replace("<ELEVE ", '<ELEVE ELENOET="13" ')))) == []


def test_an_empty_list_is_a_damaged_file() -> None:
    with pytest.raises(Rejected, match="aucun élève"):
        read(students_export(""))


def test_a_file_that_does_not_say_whose_it_is_is_refused() -> None:
    with pytest.raises(Rejected, match="quel établissement"):
        read(b"<BEE_ELEVES><DONNEES/></BEE_ELEVES>")


def test_those_left_aside_are_told_by_their_numbers() -> None:
    nameless, double = pupil("3", PRENOM=""), pupil("4") + pupil("4", PRENOM="Noé")
    reading = read(students_export(pupil("1") + nameless + double, seats("1")))
    assert reading.aside == [OutsideId("siecle_student", UAI, "3"), OutsideId("siecle_student", UAI, "4")]
    assert reading.is_whole


def test_a_sheet_without_a_number_is_told_by_its_ine_or_not_at_all() -> None:
    reading = read(students_export(pupil("1") + pupil("", ID_NATIONAL="099610302XC"), seats("1")))
    assert (reading.aside, reading.is_whole) == ([OutsideId("ine", "national", "099610302XC")], True)
    assert not read(students_export(pupil("1") + pupil("", ID_NATIONAL=""), seats("1"))).is_whole


def test_an_export_made_before_classes_are_given_says_nothing_of_them() -> None:
    assert [each.says_groups for each in students(read(students_export(pupil(), "")))] == [False]
    assert [each.says_groups for each in students(read(students_export(pupil() + pupil("2"), seats("2"))))] == [
        True,
        True,
    ]
