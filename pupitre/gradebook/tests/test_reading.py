import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pupitre.foundation.spreadsheets import as_ods
from pupitre.gradebook.models import StudentMark
from pupitre.gradebook.queries.grid import GridStudent
from pupitre.gradebook.reading import marks_in, rows_of
from pupitre.gradebook.refusals import Refusal
from pupitre.gradebook.tests.factories import marked

INES = GridStudent(1, "BELKACEM", "", "Inès", None, None)
MALO = GridStudent(2, "LE GUÉRIN", "", "Jean-Malo", None, None)
CLASS = [INES, MALO]


@pytest.mark.parametrize("rows", [
    [["Élève", "Note"], ["belkacem ines", "12,5"], ["Jean Malo Le Guerin", "a"]],
    [["Nom", "Prénom", "Contrôle"], ["BELKACEM", "Inès", "12,5"], ["LE GUÉRIN", "Jean-Malo", "A"]],
    [["Prénom", "Nom", "Calcul", "Moyenne"], ["Inès", "Belkacem", "12,5", ""], ["Jean-Malo", "Le Guérin", "abs", ""]],
])  # fmt: skip
def test_names_are_found_however_they_are_written(rows):
    found = marks_in(rows, CLASS, "Calcul", 20)
    assert found.texts[1] == "12,5"
    assert found.texts[2].lower().startswith("a")
    assert found.unknown == []


def test_the_column_that_bears_the_title_is_read_before_any_other():
    rows = [["Élève", "Calcul littéral", "DM"], ["Belkacem Inès", "8", "19"]]
    assert marks_in(rows, CLASS, "calcul littéral", 20).texts == {1: "8"}
    assert marks_in(rows, CLASS, "Pythagore", 20).texts == {1: "19"}


def test_whoever_is_not_of_the_class_is_told_and_two_of_one_name_are_nobody():
    rows = [["Belkacem Inès", "8"], ["Durand Paul", "9"], ["Barème", "20"]]
    assert marks_in(rows, CLASS, "x", 20).unknown == ["Durand Paul 9"]
    twins = [INES, GridStudent(3, "BELKACEM", "", "INES", None, None), MALO]
    assert marks_in([["Belkacem Inès", "8"], ["Le Guérin Jean-Malo", "9"]], twins, "x", 20).texts == {2: "9"}


@pytest.mark.parametrize(("rows", "sentence"), [
    ([["Durand", "12"]], "Aucun nom de la classe"),
    ([["Belkacem Inès", "bien"]], "Aucune colonne"),
])  # fmt: skip
def test_what_cannot_be_used_says_why(rows, sentence):
    with pytest.raises(Refusal, match=sentence):
        marks_in(rows, CLASS, "x", 20)


def test_a_table_of_ours_is_read_back():
    data = as_ods([("4B", [["Élève", "Calcul"], ["Belkacem Inès", 12.5], ["Autre", "Abs"]])])
    assert rows_of(data) == [["Élève", "Calcul"], ["Belkacem Inès", "12,5"], ["Autre", "Abs"]]


@pytest.mark.parametrize(("data", "cell"), [
    ("Élève;Note\nInès;12,5".encode("utf-8-sig"), "12,5"),
    ("Élève;Note\nInès;12,5".encode("cp1252"), "12,5"),
    (b"nom\tnote\nInes\t12.5", "12.5"),
])  # fmt: skip
def test_a_text_is_read_whatever_wrote_it(data, cell):
    assert rows_of(data)[1][1] == cell


def test_a_file_that_unpacks_without_end_or_is_no_spreadsheet_is_refused():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("content.xml", b"0" * 50 * 1024**2)
    for data in (
        bomb.getvalue(),
        b"PK\x03\x04 damaged",
        b"\xd0\xcf\x11\xe0 damaged",
        b"\x00\x01\x02",
        b"",
        b"x" * 3 * 1024**2,
    ):
        with pytest.raises(Refusal):
            rows_of(data)


def test_marks_are_looked_at_before_they_are_written(client_of, at, assessment, ines, malo, teacher):
    marked(assessment, ines, "9", teacher)
    client, address = client_of("enseignante"), at("read_file", assessment.pk)
    table = SimpleUploadedFile("notes.csv", "Nom;Prénom;Note\nBELKACEM;Inès;14\nGUÉRIN;Malo;D\n".encode())
    page = client.post(address, {"fichier": table}).content.decode()
    assert "sera remplacée" in page
    assert str(StudentMark.objects.get().points) == "9.00"
    form = {"periode": assessment.term_id, "evaluation": assessment.pk, f"n{ines.pk}": "14", f"b{ines.pk}": "1"}
    assert (
        client.post(at("grid", assessment.course_id), {**form, f"n{malo.pk}": "D", f"b{malo.pk}": "0"}).status_code
        == 302
    )
    assert {str(each.points or each.annotation) for each in StudentMark.objects.all()} == {"14.00", "exempt"}


def test_a_workbook_of_two_cells_far_apart_is_refused_unread():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", '<row r="1"><c r="A1"/></row><row r="9"><c r="XFD1048576"/></row>')
    with pytest.raises(Refusal, match="trop gros"):
        rows_of(packed.getvalue())
