"""Lines of results as files write them: periods, years, columns that are assessments or subjects."""

import datetime as dt

import pytest

from pupitre.integrations.exchange.csv import Table
from pupitre.integrations.takeover.periods import read_period, read_year
from pupitre.integrations.takeover.reader import proposed, read
from pupitre.integrations.takeover.samples import MODELS, text_of
from pupitre.integrations.takeover.wide import WideTest, assessments_in, subjects_in


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Trimestre 1", "T1"), ("1er trimestre", "T1"), ("2ème Trimestre", "T2"), ("Premier trimestre", "T1"), ("T3", "T3"),
        ("trim. 2", "T2"), ("Semestre 2", "S2"), ("Second semestre", "S2"), ("S1", "S1"), ("Année", "A"), ("Bilan annuel", "A"),
        ("Trimestre 4", ""), ("Semestre 3", ""), ("Brevet blanc", ""), ("", ""),
    ],
)  # fmt: skip
def test_periods_as_they_are_written(written, code):
    assert read_period(written) == code


@pytest.mark.parametrize(
    ("written", "year"),
    [
        ("2025-2026", 2025),
        ("2025/26", 2025),
        ("25-26", 2025),
        ("2025", 2025),
        ("Année scolaire 2024 - 2025", 2024),
        ("5e A", None),
    ],
)
def test_years_as_they_are_written(written, year):
    assert read_year(written) == year


def table_of(*titles, rows=()):
    data = "\r\n".join([";".join(titles), *rows, ""]).encode()
    return read("x.csv", data) if rows else Table(tuple(titles), tuple(titles), ())


def test_columns_that_are_assessments_say_their_day():
    table = table_of(
        "Nom",
        "Fractions 29/09/2026 /10 coef 2",
        "Contrôle (12/11)",
        "Dictée du 03/02 sur 20 (coeff. 0,5)",
        "Total",
        "Page 3/40",
    )
    assert assessments_in(table, {"last_name": 0}, 2026) == {
        1: WideTest("Fractions", dt.date(2026, 9, 29), "10", "2"),
        2: WideTest("Contrôle", dt.date(2026, 11, 12), "", ""),
        3: WideTest("Dictée", dt.date(2027, 2, 3), "20", "0,5"),
    }


def test_columns_that_are_subjects_hold_averages():
    table = table_of("Nom", "Français", "Rang", "Moyenne générale", "Sport", rows=("A;12,5;3;11;oui", "B;9;1;10;non"))
    assert subjects_in(table, {"last_name": 0}) == {1: "Français"}


def test_each_model_is_recognised_whole():
    things = {"notes": "mark", "notes-en-colonnes": "mark", "moyennes": "average", "moyennes-en-colonnes": "average",
              "bulletins": "bulletin"}  # fmt: skip
    left = {}
    for name, _label in MODELS:
        table = read(f"{name}.csv", text_of(name).encode())
        found = proposed(table, {}, things[name])
        left[name] = [title for place, title in enumerate(table.headers) if place not in found.values()]
    assert left.pop("notes-en-colonnes") == [
        "Calcul littéral 15/09/2026 /20 coef 2", "Fractions 29/09/2026 /10", "Interrogation 06/10/2026",
    ]  # fmt: skip
    assert left.pop("moyennes-en-colonnes") == ["Français", "Mathématiques", "Anglais LV1", "Histoire-géographie"]
    assert left == {"notes": [], "moyennes": [], "bulletins": []}
