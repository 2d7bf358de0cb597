"""`pupitre import` told wrong: one French line or one refusal, never a trace."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from pupitre.directory.models import Person
from pupitre.establishments.services import open_establishment
from pupitre.integrations.imports.tests.test_command import GUARDIANS, STUDENTS, run_json, september  # noqa: F401
from pupitre.integrations.siecle.tests.exports import export, pupil, seats

HOUSE = Path(__file__).parents[4]


def complaint(*arguments: object) -> str:
    """The line of a command that cannot run, with plain spaces."""
    with pytest.raises(CommandError) as caught:
        call_command("import", *map(str, arguments))
    said = str(caught.value)
    assert "\n" not in said
    return said.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "il manque le fichier à importer"),
        (("--json",), "il manque le fichier à importer"),
        ((STUDENTS, "--unknown"), "l’option « --unknown » n’existe pas"),
        ((STUDENTS, "--uai"), "il manque une valeur après « --uai »"),
        (("/nulle/part.xml",), "le fichier « /nulle/part.xml » n’existe pas"),
        ((STUDENTS, "/nulle/part.xml"), "n’existe pas"),
        ((STUDENTS.parent,), "est un dossier"),
        ((STUDENTS, "--uai", "123"), "« 123 » n’est pas un code UAI"),
        ((STUDENTS, "--uai", "0999910K"), "n’est pas un code UAI"),
    ],
)
def test_wrong_arguments_have_one_line(db: None, arguments: tuple[object, ...], told: str) -> None:
    assert told in complaint(*arguments)


def test_a_file_that_may_not_be_read_is_named(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_more: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)
    assert "ne peut pas être lu" in complaint(STUDENTS)


def _other_school() -> tuple[object, ...]:
    open_establishment(uai="0990001N", name="Collège Sophie-Germain", kind="college")
    return (STUDENTS, "--uai", "0990001N")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (_other_school, "est celui de l’établissement 0999910J, et non de 0990001N"),
        (lambda: (STUDENTS, "--uai", "0999930F"), "L’établissement 0999930F n’est pas connu ici"),
    ],
)
def test_another_school_is_refused(db: None, arguments: Callable[[], tuple[object, ...]], told: str) -> None:
    status, outcome = run_json(*arguments(), "--apply")
    assert (status, outcome["verdict"]) == (4, "reject")
    assert told in " ".join(outcome["reasons"]).replace("\u00a0", " ")
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "est vide"),
        (b"%PDF-1.7\n", "document PDF"),
        (b"\xff\xd8\xff\xe0JFIF", "image"),
        (b"PK\x03\x04 cut", "abîmée"),
        (b"<!doctype html><title>Session perdue</title>", "page web"),
        (b"<ficAlimMENESR/>", "annuaire fédérateur"),
        (b"<lsun-bilans/>", "livret scolaire"),
        (b"<inconnu/>", "n’est pas reconnu"),
        (b"Nom;Prenom\nA;B\n", "n’est pas reconnu"),
        (STUDENTS.read_bytes()[:5000], "coupé ou abîmé"),
        (b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" + STUDENTS.read_bytes().partition(b"\n")[2], "définitions"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_export_is_refused_by_its_name(db: None, tmp_path: Path, data: bytes, told: str) -> None:
    file = tmp_path / "Eleves.xml"
    file.write_bytes(data)
    status, outcome = run_json(file, "--apply")
    assert (status, outcome["verdict"]) == (4, "reject")
    assert outcome["reasons"][0].startswith("«\u00a0Eleves.xml\u00a0»")
    assert told in outcome["reasons"][0]
    assert (outcome["differences"], Person.objects.count()) == ([], 0)


def test_one_wrong_file_refuses_them_all(db: None, tmp_path: Path) -> None:
    page = tmp_path / "Responsables.xml"
    page.write_bytes(b"<html>EXPORT IMPOSSIBLE</html>")
    status, outcome = run_json(STUDENTS, page, "--apply")
    assert status == 4
    assert "EXPORT IMPOSSIBLE" in outcome["reasons"][0]
    assert not Person.objects.exists()


def test_a_school_whose_code_has_a_wrong_letter_is_asked(db: None, tmp_path: Path) -> None:
    file = tmp_path / "Eleves.xml"
    sound = export("BEE_ELEVES", f"<ELEVES>{pupil()}</ELEVES><STRUCTURES>{seats()}</STRUCTURES>")
    file.write_bytes(sound.replace(b"0999910J", b"0999910K"))
    status, outcome = run_json(file, "--apply")
    assert (status, outcome["verdict"]) == (3, "hold")
    assert "0999910K" in outcome["reasons"][0]
    assert not Person.objects.exists()


def _process(*arguments: object, state: Path) -> subprocess.CompletedProcess[str]:
    """The command as it is typed, on the database of the tests."""
    facts: dict[str, Any] = connection.settings_dict
    url = f"postgresql://{facts['USER']}@/{facts['NAME']}?host={facts['HOST']}"
    environment = {**os.environ, "DATABASE_URL": url, "PUPITRE_STATE": str(state), "PUPITRE_NOW": "2025-09-16T08:00",
                   "DJANGO_SETTINGS_MODULE": "config.settings.production"}  # fmt: skip
    command = [sys.executable, "-m", "config.cli", "import", *map(str, arguments)]
    return subprocess.run(command, cwd=HOUSE, env=environment, capture_output=True, text=True, check=False)


def test_the_command_as_it_is_typed(db: None, tmp_path: Path) -> None:
    held = _process(GUARDIANS, "--json", state=tmp_path)
    assert (held.returncode, held.stderr) == (3, "")
    assert json.loads(held.stdout)["verdict"] == "hold"
    refused = _process(__file__, "--json", state=tmp_path)
    assert (refused.returncode, json.loads(refused.stdout)["verdict"]) == (4, "reject")
    wrong = _process("--inconnu", STUDENTS, state=tmp_path)
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert wrong.stderr.replace("\u00a0", " ").startswith("pupitre : l’option « --inconnu » n’existe pas.")
    assert wrong.stderr.count("\n") == 1
