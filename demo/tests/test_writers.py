import csv
import io
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from lxml import etree

from demo.identifiers import COLLEGE, LYCEE, LYCEE_AGRICOLE
from demo.model import Region
from demo.writers.region import write_region, write_school_files
from demo.writers.xml import Xml
from pupitre.foundation import clock

MORNING = datetime(2026, 11, 24, 7, 55)


@pytest.fixture(scope="module")
def files(region: Region, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Path]]:
    """Every file of the region, by UAI."""
    return write_region(tmp_path_factory.mktemp("region"), region, at=MORNING)


def content(path: Path) -> bytes:
    if path.suffix != ".zip":
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        (name,) = archive.namelist()
        return archive.read(name)


def tree(files: list[Path], beginning: str) -> etree._Element:
    return etree.fromstring(content(next(path for path in files if path.name.startswith(beginning))))


def texts(element: etree._Element, path: str) -> list[str]:
    return [found.text or "" for found in element.iterfind(path)]


def test_each_school_gives_the_files_that_its_bases_give(files: dict[str, list[Path]]) -> None:
    assert [path.name for path in files[COLLEGE]] == [
        "ExportXML_Communs.zip",
        "ExportXML_Nomenclature.zip",
        "ExportXML_Structures.zip",
        "ExportXML_ElevesAvecAdresses.zip",
        "ExportXML_ResponsablesAvecAdresses.zip",
        f"sts_emp_{COLLEGE}_2026.xml",
        f"emp_sts_{COLLEGE}_2026.xml",
    ]
    assert [path.name for path in files[LYCEE_AGRICOLE]][:2] == [
        f"export_fregata_{LYCEE_AGRICOLE}.csv",
        f"responsables_{LYCEE_AGRICOLE}.csv",
    ]


def test_the_same_region_is_written_the_same(files: dict[str, list[Path]], region: Region, tmp_path: Path) -> None:
    again = write_region(tmp_path, region, at=MORNING)
    for uai, paths in files.items():
        assert [path.read_bytes() for path in again[uai]] == [path.read_bytes() for path in paths]


def test_no_letter_is_lost_in_the_encoding_of_siecle(files: dict[str, list[Path]]) -> None:
    for paths in files.values():
        for path in paths:
            assert b"?" not in content(path).replace(b"<?xml", b"").replace(b"?>", b""), path.name


def test_a_letter_outside_the_encoding_becomes_a_question_mark() -> None:
    xml = Xml()
    xml.leaf("NOM", "ĐẶNG & L’Œuf")
    assert xml.encoded().decode("iso8859-15").splitlines()[1] == "<NOM>??NG &amp; L'Œuf</NOM>"


def test_siecle_counts_are_those_of_the_region(files: dict[str, list[Path]], region: Region) -> None:
    for life in region.schools:
        if not life.school.in_siecle:
            continue
        paths = files[life.school.uai]
        students, guardians = tree(paths, "ExportXML_Eleves"), tree(paths, "ExportXML_Resp")
        structures = tree(paths, "ExportXML_Struct")
        assert len(students.findall(".//ELEVE")) == len(life.students)
        assert len(guardians.findall(".//PERSONNE")) == len(life.adults)
        assert len(guardians.findall(".//RESPONSABLE_ELEVE")) == sum(1 for _link in life.links)
        assert len(structures.findall(".//DIVISION")) == len(life.school.divisions)
        assert len(structures.findall(".//GROUPE")) == len(life.groups)
        assert all(len(text) <= 20 for text in texts(structures, ".//LIBELLE_LONG"))
        known = {one.get("ADRESSE_ID") for one in students.iterfind(".//ADRESSE")}
        assert set(texts(students, ".//ELEVE/ADRESSE_ID")) == known


def test_the_header_says_which_school_which_year_and_when(files: dict[str, list[Path]]) -> None:
    header = tree(files[COLLEGE], "ExportXML_Eleves").find("PARAMETRES")
    assert header is not None
    assert [child.text for child in header] == [COLLEGE, "2026", "24/11/2026", "24/11/2026 07:55:00"]


def test_stsweb_and_the_timetable_tell_the_same_services(files: dict[str, list[Path]], region: Region) -> None:
    for life in region.schools:
        staff, timetable = tree(files[life.school.uai], "sts_emp"), tree(files[life.school.uai], "emp_sts")
        assert len(staff.findall(".//INDIVIDU")) == len(life.staff)
        assert len(timetable.findall(".//COURS")) == len(life.lessons)
        told = [
            sorted(service.get("CODE_MATIERE", "") for service in root.iterfind(".//SERVICE"))
            for root in (staff, timetable)
        ]
        assert told[0] == told[1]
        assert set(texts(timetable, ".//CODE_SALLE")) <= {
            room.get("CODE") for room in timetable.iterfind(".//SALLE_COURS")
        }


def test_weeks_leave_holidays_out_and_alternate(files: dict[str, list[Path]], region: Region) -> None:
    timetable, calendar = tree(files[COLLEGE], "emp_sts"), region.school(COLLEGE).calendar
    weeks = {
        one.get("CODE"): [date.fromisoformat(text) for text in texts(one, ".//DATE_DEBUT_SEMAINE")]
        for one in timetable.iterfind(".//ALTERNANCE")
    }
    assert weeks["H"] == sorted([*weeks["Q1"], *weeks["Q2"]])
    assert all(any(calendar.is_open(monday + timedelta(days=day)) for day in range(5)) for monday in weeks["H"])
    assert date(2026, 10, 19) not in weeks["H"]


def test_fregata_tells_students_and_their_guardians(files: dict[str, list[Path]], region: Region) -> None:
    life = region.school(LYCEE_AGRICOLE)
    students, guardians = (
        list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";"))
        for path in files[LYCEE_AGRICOLE][:2]
    )
    assert {row["Identifiant unique*"] for row in students} == {one.ine for one in life.students}
    assert len(guardians) == len(life.adults)
    told = {
        (row[name], row["Nom"]) for row in guardians for name in row if name.startswith("Identifiant") and row[name]
    }
    assert told == {(student.ine, link.adult.last_name.upper()) for student, link in life.links}


def test_a_guardian_has_another_number_in_each_school_and_the_same_mail(files: dict[str, list[Path]]) -> None:
    numbers = []
    for uai in (COLLEGE, LYCEE):
        adults = tree(files[uai], "ExportXML_Resp").iterfind(".//PERSONNE")
        numbers += [one.get("PERSONNE_ID") for one in adults if one.findtext("MEL") == "nadia.belkacem@exemple.invalid"]
    assert len(numbers) == len(set(numbers)) == 2


def test_a_huge_school_is_written_for_the_benchmark(tmp_path: Path) -> None:
    with clock.at("2026-11-24T07:55"):
        paths = write_school_files(tmp_path, students=400)
    assert len(paths) == 7
    assert len(tree(paths, "ExportXML_Eleves").findall(".//ELEVE")) == 400
