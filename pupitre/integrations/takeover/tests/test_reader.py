"""Files as they come: separators, letters, titles; and what is no table at all."""

import io
import zipfile

import pytest

from pupitre.foundation.spreadsheets import as_table
from pupitre.integrations.exchange.verdicts import Rejected
from pupitre.integrations.takeover.models import Thing
from pupitre.integrations.takeover.reader import proposed, read
from pupitre.integrations.takeover.services.receiving import receive
from pupitre.integrations.takeover.tests.factories import csv_of

ROW = "BELKACEM;Inès;14/05/2013;4B;03/11/2026;8h05;03/11/2026;9h00;Problème de santé;Oui"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_letters_and_separators_are_recognised(encoding, separator):
    data = csv_of(ROW).decode().replace(";", separator).encode(encoding)
    table = read("absences.csv", data)
    assert table.rows[0].cells[1] == "Inès"
    assert len(table.columns) == 10


def test_the_titles_of_columns_say_what_they_hold():
    table = read("x.csv", csv_of(ROW))
    names = {key: table.headers[place] for key, place in proposed(table, {}).items()}
    assert names == {
        "last_name": "Nom", "first_name": "Prénom", "birth_date": "Né(e) le", "division": "Classe", "starts_on": "Date début",
        "starts_at": "Heure début", "ends_on": "Date fin", "ends_at": "Heure fin", "reason": "Motif", "justified": "Justifiée",
    }  # fmt: skip


def test_what_the_school_said_last_time_comes_first():
    table = read("x.csv", csv_of("a;b;c", titles="Nom;Qui;Date"))
    assert proposed(table, {"student": "qui"})["student"] == 1
    assert "student" not in proposed(table, {})


def test_a_zip_with_one_table_is_opened():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("absences.csv", csv_of(ROW))
    assert len(read("absences.zip", packed.getvalue()).rows) == 1


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("vide.csv", b"", "est vide"),
        ("blanc.csv", b"\r\n\r\n", "est vide"),
        ("titres.csv", csv_of(), "aucune ligne"),
        ("absences.pdf", b"%PDF-1.7 ...", "est un document PDF"),
        ("absences.xls", b"\xd0\xcf\x11\xe0" + b"0" * 100, "Excel"),
        ("absences.xml", b"<?xml version='1.0'?><absences/>", "n’est pas un tableau CSV"),
        ("absences.json", b'{"absences": []}', "n’est pas un tableau CSV"),
        ("lettre.txt", b"Bonjour,\nVoici mes absences\n", "n’est pas un tableau CSV"),
        ("coupe.csv", b'Nom;Date\n"BELKACEM;03/11/2026\n', "guillemet"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(name, data, sentence):
    with pytest.raises(Rejected, match=sentence):
        read(name, data)


def test_a_workbook_that_does_not_open_is_refused():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "x")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(Rejected, match="Ce classeur ne s’ouvre pas"):
        read("absences.xlsx", packed.getvalue())


def test_a_workbook_of_two_cells_far_apart_is_refused_unread():
    """The library would give each cell between them its room, and the process would die of it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", '<row r="1"><c r="A1"/></row><row r="9"><c r="XFD1048576"/></row>')
    with pytest.raises(Rejected, match="trop gros"):
        read("notes.xlsx", packed.getvalue())


@pytest.mark.parametrize("kind", ["ods", "xlsx"])
def test_a_workbook_is_read_as_a_table(kind):
    data, _type = as_table(kind, [("Notes", [["Nom", "Note", "Date"], ["BELKACEM", 14.5, "15/09/2026"]])])
    table = read(f"notes.{kind}", data)
    assert table.headers == ("Nom", "Note", "Date")
    assert table.rows[0].cells[:2] == ("BELKACEM", "14,5")


def test_two_hundred_thousand_lines_are_too_many_and_it_is_said_at_once():
    with pytest.raises(Rejected, match=r"200\s001 lignes"):
        read("absences.csv", csv_of(*([ROW] * 200_000)))


@pytest.mark.parametrize(
    ("name", "titles", "thing"),
    [
        ("Retards 2026.csv", "Élève;Date", Thing.LATENESS),
        ("export.csv", "Élève;Date du retard", Thing.LATENESS),
        ("Infirmerie.csv", "Élève;Date", Thing.INFIRMARY),
        ("punitions.csv", "Élève;Date", Thing.PUNISHMENT),
        ("Sanctions 2025-2026.csv", "Élève;Date", Thing.SANCTION),
        ("incidents.csv", "Élève;Date", Thing.INCIDENT),
        ("dispenses.csv", "Élève;Date", Thing.OTHER),
        ("export.csv", "Élève;Date", Thing.ABSENCE),
        ("notes T1.csv", "Élève;Date", Thing.MARK),
        ("export.csv", "Élève;Matière;Date;Note", Thing.MARK),
        ("export.csv", "Élève;Matière;Moyenne;Appréciation", Thing.AVERAGE),
        ("bulletins 5A.csv", "Élève;Moyenne", Thing.BULLETIN),
    ],
)
def test_the_file_says_what_its_lines_are(college, name, titles, thing):
    assert receive(name, csv_of("x;03/11/2026", titles=titles), actor=None).thing == thing
