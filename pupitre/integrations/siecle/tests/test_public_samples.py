"""Files of other projects, under their own licences: never in this repository, read from where PUPITRE_PUBLIC_SAMPLES says."""

import os
from pathlib import Path

import pytest

from pupitre.integrations.exchange.records import Reading
from pupitre.integrations.exchange.verdicts import Rejected
from pupitre.integrations.siecle.tests.exports import codes, guardians, links, read, students

_FOLDER = os.environ.get("PUPITRE_PUBLIC_SAMPLES", "")
pytestmark = pytest.mark.skipif(not _FOLDER, reason="PUPITRE_PUBLIC_SAMPLES does not name the folder of public samples")


def public(name: str) -> Reading:
    return read((Path(_FOLDER) / "siecle" / name).read_bytes(), name)


def test_a_pupil_without_number() -> None:
    (student,) = students(public("dossiersco_eleves_division_et_groupe.xml"))
    assert (student.division, student.groups, student.mef) == ("301", ("_301P1",), "10310019110")


def test_links_of_2018() -> None:
    reading = public("dossiersco_responsables.xml")
    assert (len(guardians(reading)), len(links(reading))) == (3, 3)
    assert [each.student for each in links(reading)].count("610308") == 2


def test_dummies_written_by_hand() -> None:
    reading = public("pix_deux_eleves.xml")
    first, second = students(reading)
    assert (reading.uai, reading.year) == ("123ABC", None)
    assert second.other_names == ("Cocœ",)
    assert (first.status, second.division, second.groups) == ("AP", "4A", ("42",))
    assert codes(reading) == ["no_year", "bad_mef", "bad_mef"]


def test_seats_before_pupils_and_odd_values() -> None:
    reading = public("klepsydrix_ElevesAvecAdresses_0750001A_2026.xml")
    assert [(each.division, each.groups) for each in students(reading)] == [
        ("6E1", ("6LV1.ALL",)),
        ("6E1", ("6LV1.ANG",)),
    ]
    assert set(codes(reading)) == {"unknown_regime"}


def test_nomenclatures() -> None:
    reading = public("dossiersco_nomenclature_simple.xml")
    assert (len(reading.programmes or ()), len(reading.subjects or ())) == (1, 1)
    with pytest.raises(Rejected, match="aucune matière"):  # cut down by its authors
        public("dossiersco_nomenclature_tout_niveau.xml")
