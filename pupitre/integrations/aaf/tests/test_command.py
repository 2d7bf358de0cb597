"""`pupitre import-aaf`: what it says, and how it leaves."""

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from pupitre.foundation import clock
from pupitre.integrations.aaf.command import Command
from pupitre.integrations.aaf.tests.writing import archive, document, request
from pupitre.integrations.imports.tests.factories import SAMPLES_DAY


@pytest.fixture
def run(capsys):
    def run(*arguments):
        status = 0
        with clock.at(SAMPLES_DAY):
            try:
                call_command(Command(), *map(str, arguments))
            except SystemExit as leaving:
                status = int(leaving.code or 0)
        return status, capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ")

    return run


def test_it_tells_what_would_change_then_does_it(school, complete, run):
    status, out = run(complete)
    assert status == 0
    assert "Académie 15, archive complète du 2025-09-15" in out
    assert "Élèves : 22 lus, 22 nouveaux" in out
    assert "0999910J Les Tilleuls : prêt" in out
    status, out = run(complete, "--apply", "--json")
    told = json.loads(out)
    assert (status, told["schools"][0]["state"]) == (0, "applied")


def test_a_school_may_be_opened(db, complete, run):
    assert "pas ouvert ici" in run(complete)[1]
    assert json.loads(run(complete, "--open", "--json")[1])["schools"][0]["state"] == "ready"


def test_what_is_refused_leaves_with_four_and_one_line(db, tmp_path, run):
    status, out = run(archive(tmp_path / "x.zip", {"lisez-moi.txt": b"bonjour"}))
    assert (status, out.strip().count("\n")) == (4, 0)
    assert out.startswith("Refusé : Ce n’est pas une archive de l’AAF")


def test_what_waits_leaves_with_three(school, tmp_path, run):
    rows = [request("EtabEducNat", "1", ENTStructureUAI="0999910J")]
    rows += [
        request(
            "Eleve",
            str(n),
            sn="X",
            givenName=f"A{n}",
            ENTPersonDateNaissance=f"{n:02d}/01/2013",
            ENTPersonStructRattach="1",
        )
        for n in range(1, 21)
    ]
    run(archive(tmp_path / "a.zip", {"ENT_Complet_20251101_x.xml": document(*rows, day="01/11/2025")}), "--apply")
    gone = [request("Eleve", str(n), "deleteRequest") for n in range(1, 11)]
    delta = archive(tmp_path / "b.zip", {"ENT_Delta_20251102_x.xml": document(*gone, day="02/11/2025")})
    assert run(delta, "--apply")[0] == 3
    assert run(delta, "--apply", "--confirm")[0] == 0


@pytest.mark.parametrize("arguments", [["/nulle/part.tgz"], [".", "--academy", "Paris"]])
def test_what_is_typed_wrong_is_one_sentence(db, run, arguments):
    with pytest.raises(CommandError, match=r"Vérifiez"):
        run(*arguments)
