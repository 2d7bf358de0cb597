import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pupitre.integrations import fregata
from pupitre.integrations.exchange.opening import Opened
from pupitre.integrations.exchange.records import OutsideId
from pupitre.integrations.exchange.verdicts import Rejected, Severity
from pupitre.integrations.fregata.tests.tables import COLUMNS, SAMPLE, UAI, codes, read, row, students, table


def test_a_sound_row_needs_no_remark() -> None:
    reading = read(table())
    assert len(students(reading)) == 1
    assert reading.findings == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_letters_are_read_whatever_their_code(encoding: str) -> None:
    (student,) = students(read(table(row(last="CŒURVAUX", usage="L’HÉNORET"), encoding=encoding)))
    assert (student.who.last_name, student.who.usage_name) == ("CŒURVAUX", "L’HÉNORET")


def test_columns_may_come_in_any_order_without_stars_nor_options() -> None:
    optional = {"Deuxième prénom", "Troisième prénom", "Nom d’usage", "Code sexe*"}
    columns = [name for name in reversed(COLUMNS) if name not in optional]
    header = ";".join(name.replace("*", "").upper() for name in columns)
    (student,) = students(read(f"{header}\n{';'.join(COLUMNS[name] for name in columns)}\n".encode()))
    assert (student.who.last_name, student.who.sex, student.division) == ("MALVERNOIS", "", "1BACPRO")


@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_other_delimiters(delimiter: str) -> None:
    assert len(students(read(table().replace(b";", delimiter.encode())))) == 1


@pytest.mark.parametrize("missing", [name for name in COLUMNS if name.endswith("*") and "commune" not in name][:-1])
def test_a_mandatory_column_that_is_missing_is_named(missing: str) -> None:
    if missing == "Code sexe*":  # of later versions only
        assert len(students(read(table(without=missing)))) == 1
        return
    with pytest.raises(Rejected, match=missing.split("*")[0].split(" (")[0]):
        read(table(without=missing))


@pytest.mark.parametrize(("cells", "width"), [("un;deux;trois", "3 cases au lieu de 15"), (";" * 15 + "x", "16 cases")])
def test_a_row_of_another_width_is_left_aside_with_its_number(cells: str, width: str) -> None:
    reading = read(table() + cells.encode() + b"\r\n")
    assert len(students(reading)) == 1
    (finding,) = reading.findings
    assert (finding.code, finding.severity) == ("bad_width", Severity.QUARANTINE)
    assert "igne 3" in finding.record
    assert width in finding.reason
    assert not reading.is_whole


def test_blank_lines_and_lines_of_delimiters_are_nothing() -> None:
    assert read(table() + b"\r\n" + b";" * 14 + b"\r\n").findings == []


def test_a_cell_may_hold_a_line_break() -> None:
    (student,) = students(read(table(row(first='"Jeanne\nLouise"'))))
    assert student.who.first_name == "Jeanne Louise"


def test_the_number_of_an_apprentice_has_its_own_form() -> None:
    reading = read(table(row(identifier="AP-123", status="AP")))
    (student,) = students(reading)
    assert (student.status, student.ine) == ("AP", "")
    assert student.who.ids == (OutsideId("fregata", UAI, "AP-123"),)
    assert reading.findings == []


@pytest.mark.parametrize("written", ["099", "0990000101AB"])
def test_an_ine_of_another_length_is_dropped_and_told(written: str) -> None:
    reading = read(table(row(identifier=written)))
    assert students(reading)[0].ine == ""
    assert codes(reading) == ["bad_ine"]


@pytest.mark.parametrize("written", ["", "9,90E+08", "9.9e+10"])
def test_an_identifier_that_a_spreadsheet_spoilt_is_no_identifier(written: str) -> None:
    reading = read(table(row(identifier=written)))
    (student,) = students(reading)
    assert (student.who.ids, student.key) == ((), "malvernois jeanne|2008 05 14")
    assert codes(reading) == ["bad_identifier"]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"birth": "14 mai"}, "bad_birth_date"),
        ({"birth": ""}, "bad_birth_date"),
        ({"status": "XX"}, "bad_status"),
        ({"mef": "2,01E+10"}, "bad_mef"),
        ({"mef": "201120181100"}, "bad_mef"),
        ({"division": ""}, "no_class"),
        ({"town": ""}, "no_birth_town"),
    ],
)
def test_what_is_wrong_in_a_row_is_told_and_the_student_kept(cells: dict[str, str], code: str) -> None:
    reading = read(table(row(**cells)))
    assert len(students(reading)) == 1
    (finding,) = reading.findings
    assert (finding.code, finding.severity) == (code, Severity.NOTICE)
    assert finding.record.startswith("Jeanne Malvernois")


def test_a_birth_abroad_needs_a_label_only() -> None:
    abroad = {"town": "", "place": "KYIV", "country": "155", "department": "099"}
    assert read(table(row(**abroad))).findings == []


@pytest.mark.parametrize("column", ["first", "last"])
def test_a_row_without_a_name_is_left_aside(column: str) -> None:
    reading = read(table(row(**{column: ""}), row(identifier="0990000102B", first="Louise")))
    assert [each.who.first_name for each in students(reading)] == ["Louise"]
    assert [(each.code, each.severity) for each in reading.findings] == [("no_name", Severity.QUARANTINE)]


def test_equal_rows_are_one_and_rows_that_disagree_are_none() -> None:
    assert len(students(read(table(row(), row())))) == 1
    same_number = read(table(row(), row(first="Louise")))
    same_person = read(table(row(), row(identifier="0990000109Z")))
    assert {each.value for each in same_person.aside} == {"0990000101A", "0990000109Z"}
    for reading in (same_number, same_person):
        assert students(reading) == []
        assert reading.is_whole
        assert codes(reading) == ["same_student", "same_student"]


def test_long_names_and_classes_are_kept_within_bounds() -> None:
    (student,) = students(read(table(row(last="X" * 300, division="BAC PRO PRODUCTION ANIMALE 1"))))
    assert len(student.who.last_name) == 100
    assert len(student.division) == 20


@pytest.mark.parametrize("data", [b"Nom;Prenom\nA;B\n", b"<BEE_ELEVES/>", b"", b"\x00\x01"])
def test_files_of_others_are_not_claimed(data: bytes) -> None:
    assert not fregata.recognises(Opened("export_fregata.csv", data, ""))


@pytest.mark.parametrize(("cut", "told"), [(b'\n"jamais', "guillemet")])
def test_a_cut_file_is_refused(cut: bytes, told: str) -> None:
    with pytest.raises(Rejected, match=told):
        read(table() + cut)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_any_damage_to_a_file_is_read_or_refused(data: st.DataObject) -> None:
    damaged = bytearray(SAMPLE.read_bytes())
    for _ in range(data.draw(st.integers(1, 20))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    opened = Opened("f", bytes(damaged), "")
    if fregata.recognises(opened):
        try:
            fregata.read(opened, uai=UAI)
        except Rejected:
            return
