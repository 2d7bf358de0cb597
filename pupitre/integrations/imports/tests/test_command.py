"""`pupitre import`, as Django runs it."""

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from pupitre.directory.models import Person
from pupitre.establishments.models import Establishment
from pupitre.foundation import clock
from pupitre.foundation.models import AuditEntry
from pupitre.integrations.imports.models import ImportJob
from pupitre.integrations.imports.tests.test_engine_first import AGRICULTURAL, PRIMARY, SECONDARY
from pupitre.integrations.siecle.tests.exports import SAMPLES, export, pupil, seats

pytestmark = pytest.mark.django_db
ENTRY = {"record", "field", "old", "new", "reason"}
STUDENTS, GUARDIANS = SAMPLES / "ElevesAvecAdresses.xml", SAMPLES / "ResponsablesAvecAdresses.xml"


@pytest.fixture(autouse=True)
def september() -> Iterator[None]:
    with clock.at("2025-09-16T08:00"):
        yield


def run(*arguments: object) -> tuple[int, str]:
    """The status of the command, and what it printed."""
    printed = StringIO()
    try:
        call_command("import", *map(str, arguments), stdout=printed)
    except SystemExit as leaving:
        return int(leaving.code or 0), printed.getvalue()
    return 0, printed.getvalue()


def run_json(*arguments: object) -> tuple[int, dict[str, Any]]:
    """The status of the command, and the one object that it printed."""
    status, printed = run(*arguments, "--json")
    outcome = json.loads(printed)
    assert {"verdict", "counts", "differences", "warnings", "quarantined"} <= outcome.keys()
    for each in (*outcome["differences"], *outcome["warnings"], *outcome["quarantined"]):
        assert each.keys() >= ENTRY
        assert each["record"]
        assert each["reason"]
    return status, outcome


def test_an_analysis_says_what_would_change_and_keeps_nothing() -> None:
    status, outcome = run_json(*SECONDARY)
    assert (status, outcome["verdict"], outcome["state"]) == (0, "accept", "to_review")
    assert outcome["counts"]["students"] == 22
    kinds = [each["kind"] for each in outcome["differences"]]
    assert (kinds.count("new_student"), kinds.count("new_guardian"), kinds.count("new_staff")) == (22, 27, 13)
    assert {each["code"] for each in outcome["warnings"]} == {"lost_letters", "not_needed"}
    assert outcome["quarantined"] == []
    assert not Person.objects.exists()
    assert not Establishment.objects.exists()
    assert not ImportJob._base_manager.exists()
    assert not AuditEntry.objects.exists()


def test_applying_opens_the_school_of_the_files_and_writes() -> None:
    status, outcome = run_json(*SECONDARY, "--apply")
    assert (status, outcome["state"], outcome["uai"]) == (0, "applied", "0999910J")
    school = Establishment.objects.get()
    assert (school.name, school.kind, school.town, school.academy) == (
        "COLLEGE LES TILLEULS", "college", "VILLEBOURG", "15",
    )  # fmt: skip
    assert Person.objects.count() == 62
    status, outcome = run_json(*SECONDARY)
    assert (status, outcome["differences"]) == (0, [])


def test_a_report_is_read_by_people() -> None:
    _status, printed = run(*SECONDARY)
    lines = printed.replace("\u00a0", " ").splitlines()
    assert lines[0] == "Rien à signaler — 0999910J"
    assert {"      22  élèves", "      22  Nouvel élève", "       3  périodes"} <= set(lines)
    assert run(*SECONDARY, "--apply")[1].splitlines()[0] == "Rien à signaler — 0999910J — appliqué"
    assert "Aucune différence" in run(*SECONDARY)[1]


def test_a_change_is_told_with_both_values(tmp_path: Path) -> None:
    run(*(each for each in SECONDARY if each.name != "ElevesSansAdresses.xml"), "--apply")
    changed = tmp_path / "Eleves (1).xml"
    changed.write_bytes(STUDENTS.read_bytes().replace(b"<CODE_REGIME>24<", b"<CODE_REGIME>0<", 1))
    status, outcome = run_json(changed)
    assert status == 0
    (difference,) = outcome["differences"]
    assert {name: difference[name] for name in ("kind", "record", "field", "old", "new", "decision")} == {
        "kind": "changed_regime", "record": "Zoé Aubrenelle, 6A", "field": "Régime", "old": "Demi-pensionnaire (24)",
        "new": "Externe libre (0)", "decision": "apply",
    }  # fmt: skip


def test_a_record_left_aside_is_listed_and_the_rest_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "Eleves.xml"
    inside = f"<ELEVES>{pupil()}{pupil('2', PRENOM='')}</ELEVES><STRUCTURES>{seats()}{seats('2')}</STRUCTURES>"
    file.write_bytes(export("BEE_ELEVES", inside))
    status, outcome = run_json(file)
    assert (status, outcome["verdict"], outcome["counts"]["students"]) == (0, "quarantine", 1)
    (aside,) = outcome["quarantined"]
    assert (aside["code"], aside["record"]) == ("no_name", "AUBRENELLE, 6A")


def test_what_must_be_confirmed_is_not_applied() -> None:
    with clock.at("2026-09-16T08:00"):
        status, outcome = run_json(STUDENTS, "--apply")
        assert (status, outcome["verdict"], outcome["state"]) == (3, "hold", "to_review")
        assert "2025-2026" in outcome["reasons"][0]
        assert not Person.objects.exists()
        status, outcome = run_json(STUDENTS, "--apply", "--confirm")
        assert (status, outcome["state"]) == (0, "applied")


def test_what_nobody_may_apply_is_held_even_when_confirmed() -> None:
    status, outcome = run_json(GUARDIANS, "--apply", "--confirm")
    assert (status, outcome["verdict"]) == (3, "hold")
    assert "fichier des élèves" in outcome["reasons"][0]
    assert not Person.objects.exists()


def test_a_school_of_tables_is_named_on_the_command_line() -> None:
    status, outcome = run_json(*PRIMARY)
    assert (status, outcome["verdict"]) == (4, "reject")
    assert "Ajoutez --uai" in outcome["reasons"][0]
    status, outcome = run_json(*PRIMARY, "--uai", "0999950c", "--apply")
    assert (status, outcome["counts"]["links"]) == (0, 8)
    assert run_json(*AGRICULTURAL, "--uai", "0999940S", "--apply")[0] == 0
    assert dict(Establishment.objects.values_list("uai", "kind")) == {
        "0999950C": "ecole", "0999940S": "lycee_agricole",
    }  # fmt: skip


def test_files_may_come_in_an_archive(tmp_path: Path) -> None:
    status, outcome = run_json(*sorted((SAMPLES / "zip").iterdir()))
    assert (status, outcome["counts"]["students"], outcome["counts"]["guardians"]) == (0, 22, 27)


def test_a_timetable_of_edt_needs_the_school_and_says_what_it_would_change(tmp_path: Path) -> None:
    run(*SECONDARY, "--apply")
    courses = Path(__file__).parents[2] / "edt" / "samples" / "EXP_COURS.xml"
    status, outcome = run_json(courses)
    assert (status, outcome["verdict"]) == (4, "reject")
    status, outcome = run_json(courses, "--uai", "0999910J", "--apply")
    assert (status, outcome["counts"], outcome["differences"]) == (0, {"lessons": 21}, [])
    elsewhere = tmp_path / "EXP_COURS_0999930F.xml"
    elsewhere.write_bytes(courses.read_bytes())
    status, outcome = run_json(elsewhere, "--uai", "0999910J")
    assert (status, outcome["verdict"]) == (4, "reject")
    assert "0999930F" in outcome["reasons"][0]
    cut = tmp_path / "EXP_COURS.xml"
    cut.write_bytes(courses.read_bytes()[:2000])
    status, outcome = run_json(cut, "--uai", "0999910J")
    assert (status, len(outcome["reasons"])) == (4, 1)
    assert "coupé ou abîmé" in outcome["reasons"][0]
