import io
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from pupitre.foundation.spreadsheets import Cell, as_csv, as_ods, as_table, as_xlsx

FORMULAS = ('=HYPERLINK("http://example.org";"ici")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1")
ROWS: list[list[Cell]] = [["Élève", "Note"], ["Belkacem Inès", 12.5], ["Guérin Malo", 9], ["Nobody", None]]


def read(data, sheet=0):
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(sheet).to_python()


def inside(data, name):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name).decode()


@pytest.mark.parametrize("kind", ["ods", "xlsx"])
def test_a_workbook_is_read_back_as_it_was_written(kind):
    data, _content_type = as_table(kind, [("4e B", ROWS), ("4e C", [["Élève"]])])
    assert read(data) == [["Élève", "Note"], ["Belkacem Inès", 12.5], ["Guérin Malo", 9.0], ["Nobody", ""]]
    assert read(data, 1) == [["Élève"]]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_people_typed_never_runs_as_a_formula(text):
    rows: list[list[Cell]] = [["Élève"], [text]]
    lines = as_csv([("4e B", rows)]).decode("utf-8-sig").splitlines()
    assert lines[2].strip('"').startswith("'")
    ods, xlsx = as_ods([("4e B", rows)]), as_xlsx([("4e B", rows)])
    assert "table:formula" not in inside(ods, "content.xml")
    assert 'office:value-type="string"' in inside(ods, "content.xml")
    sheet = inside(xlsx, "xl/worksheets/sheet1.xml")
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    assert read(xlsx)[1][0].strip() == read(ods)[1][0].strip() == text.strip()


def test_a_number_below_zero_stays_a_number():
    assert "-3;-2,5" in as_csv([("x", [[-3, -2.5]])]).decode()


def test_two_sheets_of_one_name_and_a_name_that_excel_refuses():
    title = "Groupe [4e/5e] : français, latin et grec"
    names = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx([(title, ROWS), (title, ROWS), ("", ROWS)]))).sheet_names
    assert names == ["Groupe  4e 5e    français, lati", "Groupe  4e 5e    français, la 2", "1"]


@pytest.mark.parametrize("kind", ["ods", "xlsx"])
def test_signs_that_no_page_can_hold_are_left_out(kind):
    data, _content_type = as_table(kind, [("x\x00", [["a\x0bb\x1f"]])])
    assert read(data) == [["ab"]]
