"""`pupitre import-absences`: the same reading, from a terminal."""

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from pupitre.attendance.models import AbsenceEntry
from pupitre.integrations.takeover.command import Command
from pupitre.integrations.takeover.models import TakeOver
from pupitre.integrations.takeover.tests.factories import csv_of
from pupitre.reportcards.models import PastCard

GOOD = "BELKACEM;Inès;14/05/2013;4B;03/11/2026;8h05;03/11/2026;9h00;Maladie;Oui"
DOUBTFUL = "BELKACEM;Elias;;4B;03/11/2026;8h05;03/11/2026;9h00;;Non"


@pytest.fixture
def run(college, tmp_path, capsys):
    def run(*rows, titles=None, data=None, options=()):
        path = tmp_path / "absences.csv"
        path.write_bytes(data if data is not None else csv_of(*rows, **({"titles": titles} if titles else {})))
        status = 0
        try:
            call_command(Command(), str(path), "--uai", "0990001N", *options)
        except SystemExit as leaving:
            status = int(leaving.code or 0)
        return status, capsys.readouterr().out

    return run


def test_reading_keeps_nothing(run):
    status, out = run(GOOD)
    assert status == 0
    assert "absences : 1 lues, 1 reprises" in out.replace("\N{NO-BREAK SPACE}", " ")
    assert not TakeOver.objects.exists()


def test_applying_takes_and_a_second_time_takes_nothing_more(run):
    assert run(GOOD, options=["--apply"])[0] == 0
    assert AbsenceEntry.objects.count() == 1
    status, out = run(GOOD, options=["--apply", "--json"])
    assert (status, json.loads(out)["counts"]) == (0, {"absence": {"read": 1, "known": 1}})
    assert AbsenceEntry.objects.count() == 1


def test_lines_that_wait_hold_the_rest_until_it_is_confirmed(run):
    status, out = run(GOOD, DOUBTFUL, options=["--apply", "--json"])
    told = json.loads(out)
    assert (status, told["verdict"], told["state"]) == (3, "hold", "to_review")
    assert told["issues"][0]["line"] == 3
    assert not AbsenceEntry.objects.exists()
    assert run(GOOD, DOUBTFUL, options=["--apply", "--confirm"])[0] == 0
    assert AbsenceEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "est vide"),
        (b"%PDF-1.4", "document PDF"),
        (csv_of("x;y", titles="A;B"), "Les colonnes de ce fichier ne sont pas reconnues"),
    ],
)
def test_what_cannot_be_read_is_refused(run, data, sentence):
    status, out = run(data=data, options=["--apply"])
    assert status == 4
    assert sentence in out
    assert not TakeOver.objects.exists()


def test_an_unknown_school_or_file_is_one_line(college, tmp_path):
    with pytest.raises(CommandError, match="n’est pas connu ici"):
        call_command(Command(), str(tmp_path), "--uai", "0000000A")
    with pytest.raises(CommandError, match="ne peut pas être lu"):
        call_command(Command(), str(tmp_path / "x"), "--uai", "0990001N")


def test_marks_are_taken_with_what_the_file_does_not_say(run):
    titles = "Élève;Classe;Moyenne générale;Appréciation générale"
    options = ["--kind", "bulletins", "--origin", "PRONOTE", "--year", "2025", "--period", "T3", "--apply"]
    status, out = run("BELKACEM Inès;4B;13,5;Bien", titles=titles, options=options)
    assert status == 0
    assert "bulletins : 1 lues, 1 reprises" in out
    assert (PastCard.objects.get().origin, PastCard.objects.get().year) == ("PRONOTE", 2025)


def test_a_file_of_marks_whose_subject_nobody_says_is_refused(run):
    status, out = run("BELKACEM Inès;4B;13,5", titles="Élève;Classe;Note", options=["--kind", "notes"])
    assert status == 4
    assert "ne sont pas reconnues" in out
