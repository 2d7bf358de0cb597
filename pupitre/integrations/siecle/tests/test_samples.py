"""The invented school, as the project's expectations of its files describe it."""

import gzip
import io
import zipfile
from collections import Counter
from datetime import date, datetime

import msgspec
import pytest

from pupitre.integrations.exchange.records import Kind, OutsideId, Reading, SchoolRecord
from pupitre.integrations.exchange.verdicts import Severity
from pupitre.integrations.siecle.others import OTHER
from pupitre.integrations.siecle.tests.exports import SAMPLES, UAI, guardians, links, read, sample, students

FILES = sorted(path.name for path in SAMPLES.glob("*.xml"))


@pytest.mark.parametrize("name", FILES)
def test_every_file_says_its_school_year_and_instant(name: str) -> None:
    reading = sample(name)
    assert (reading.uai, reading.year) == (UAI, 2025)
    assert reading.produced_at is not None
    assert reading.produced_at.date() == date(2025, 9, 15)
    assert max((finding.severity for finding in reading.findings), default=Severity.NOTICE) is Severity.NOTICE


def test_students_divisions_and_groups() -> None:
    reading = sample("ElevesAvecAdresses.xml")
    found = students(reading)
    assert reading.kind == Kind.STUDENTS
    assert reading.produced_at == datetime(2025, 9, 15, 7, 45, 12)
    assert Counter(each.division for each in found) == {"6A": 6, "5B": 6, "4C": 5, "3D": 5}
    assert Counter(group for each in found for group in each.groups) == {"4ESP2": 3, "4ALL2": 2, "5-4LATIN": 5}
    assert {each.division for each in found if "5-4LATIN" in each.groups} == {"5B", "4C"}
    assert reading.findings == []


def test_a_student_is_read_whole() -> None:
    zoe = students(sample("ElevesAvecAdresses.xml"))[0]
    assert zoe.who.ids == (OutsideId("siecle_student", UAI, "610301"), OutsideId("ine", "national", "099610301WV"))
    assert (zoe.who.last_name, zoe.who.first_name, zoe.other_names) == ("AUBRENELLE", "Zoé", ("Marie",))
    assert (zoe.who.sex, zoe.who.birth_date, zoe.ine) == ("F", date(2014, 3, 12), "099610301WV")
    assert (zoe.mef, zoe.boarding_code, zoe.status) == ("10010012110", "24", "ST")
    assert (zoe.entered_on, zoe.left_on) == (date(2025, 9, 1), None)


def test_the_light_variant_says_the_same_of_students() -> None:
    assert students(sample("ElevesSansAdresses.xml")) == students(sample("ElevesAvecAdresses.xml"))


def test_letters_of_latin_9_and_usage_names() -> None:
    found = {each.key: each.who for each in students(sample("ElevesAvecAdresses.xml"))}
    names = {who.last_name for who in found.values()}
    assert {"D'HAUTCŒUR", "KŒNIGUER"} <= names
    assert found["610319"].usage_name == "TRÉGUIBERT-VALCOURT"


def test_guardians_and_links() -> None:
    reading = sample("ResponsablesAvecAdresses.xml")
    found, bonds = guardians(reading), links(reading)
    assert (len(found), len(bonds)) == (27, 38)
    assert Counter(each.level for each in bonds) == {1: 35, 2: 1, 3: 2}
    assert Counter(each.relation for each in bonds) == {"10": 19, "20": 15, "38": 2, "51": 1, "42": 1}
    assert sum(times == 2 for times in Counter(each.guardian for each in bonds).values()) == 11
    assert sum(not each.who.email for each in found) == 6
    assert {each.who.sex for each in found if not each.who.is_organisation} == {"M", "F"}


def test_a_guardian_is_read_whole() -> None:
    reading = sample("ResponsablesAvecAdresses.xml")
    celine, bond = guardians(reading)[0], links(reading)[0]
    assert celine.who.ids == (OutsideId("siecle_person", UAI, "209401"),)
    assert (celine.who.mobile, celine.who.phone) == ("+33639989401", "+33199009401")
    assert (celine.who.email, celine.who.accepts_sms) == ("p209401@exemple.invalid", True)
    assert (bond.student, bond.guardian, bond.level, bond.relation) == ("610301", "209401", 1, "10")
    assert (bond.pays_fees, bond.lodges, bond.contact_first) == (True, True, True)


def test_families_are_what_they_are() -> None:
    reading = sample("ResponsablesAvecAdresses.xml")
    by_student = {
        key: [each for each in links(reading) if each.student == key] for key in ("610303", "610309", "610311")
    }
    assert [each.contact_first for each in by_student["610303"]] == [True, True]
    assert [each.relation for each in by_student["610309"]] == ["10", "10"]
    assert {each.relation: each.level for each in by_student["610311"]} == {"51": 1, "42": 2}
    (service,) = [each for each in guardians(reading) if each.who.is_organisation]
    assert service.key == next(each.guardian for each in by_student["610311"] if each.relation == "51")


def test_letters_that_the_source_lost_are_told_with_the_name() -> None:
    findings = sample("ResponsablesAvecAdresses.xml").findings
    assert {finding.code for finding in findings} == {"lost_letters"}
    assert "Adam Szcze?niakowski" in {finding.record for finding in findings}


def test_structures() -> None:
    groups = sample("Structures.xml").groups
    assert groups is not None
    assert Counter(each.kind for each in groups) == {"division": 4, "group": 3}
    latin = next(each for each in groups if each.code == "5-4LATIN")
    assert (latin.label, latin.divisions) == ("LATIN 5EME 4EME", ("5B", "4C"))
    assert latin.mefs == ("10110001110", "10210001110")


def test_nomenclature() -> None:
    reading = sample("Nomenclature.xml")
    assert reading.programmes is not None
    assert reading.subjects is not None
    assert (len(reading.programmes), len(reading.subjects)) == (4, 14)
    assert reading.programmes[0].stat == "21110010012"
    french = next(each for each in reading.subjects if each.code == "020700")
    assert (french.label, french.short_code, french.short_label) == ("Français", "FRANC", "FRANCAIS")
    assert reading.findings == []


def test_commons() -> None:
    reading = sample("Communs.xml")
    assert reading.school == SchoolRecord(
        "COLLEGE", "LES TILLEULS", "VILLEBOURG", kind="CLG", starts_on=date(2025, 9, 1), ends_on=date(2026, 7, 3)
    )
    assert [(each.code, each.starts_on) for each in reading.terms or ()] == [
        ("T1", date(2025, 9, 1)), ("T2", date(2025, 12, 1)), ("T3", date(2026, 3, 14)),
    ]  # fmt: skip
    assert reading.closures is not None
    (closed,) = reading.closures
    assert (closed.label, closed.starts_on, closed.ends_on) == ("TOUSSAINT", date(2025, 10, 18), date(2025, 11, 2))


@pytest.mark.parametrize("name", ["Geographique.xml", "EtablissementsEleves.xml"])
def test_exports_that_are_not_needed_are_told(name: str) -> None:
    reading = sample(name)
    assert (reading.kind, [finding.code for finding in reading.findings]) == (OTHER, ["not_needed"])


def said(reading: Reading) -> bytes:
    """All that a reading says, but for the label of the file, its digest and how letters were coded."""
    findings = [finding for finding in reading.findings if finding.code != "encoding"]
    return msgspec.json.encode(msgspec.structs.replace(reading, name="", digest="", findings=findings))


def zipped(entries: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return packed.getvalue()


@pytest.mark.parametrize("name", FILES)
def test_packed_renamed_or_saved_again_a_file_says_the_same(name: str) -> None:
    data = (SAMPLES / name).read_bytes()
    expected, text = sample(name), data.decode("iso8859-15")
    for packed in (data, zipped({name: data}), zipped({"a/b.zip": zipped({name: data})}), gzip.compress(data)):
        assert said(read(packed, "téléchargement (1)")) == said(expected)
        assert read(packed).digest == expected.digest
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert said(read(text.encode(encoding))) == said(expected)


def test_a_file_saved_again_is_told() -> None:
    text = (SAMPLES / "ElevesAvecAdresses.xml").read_bytes().decode("iso8859-15")
    (finding,) = read(text.encode()).findings
    assert (finding.severity, finding.old, finding.new) == (Severity.REPAIR, "ISO-8859-15", "UTF-8")
