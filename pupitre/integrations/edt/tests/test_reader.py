"""What EDT writes, whatever columns were chosen: samples, damage, refusals."""

import datetime as dt
import io
from pathlib import Path

import pytest

from pupitre.integrations.exchange.records import Kind, LessonRecord, Reading
from pupitre.integrations.exchange.verdicts import Rejected
from pupitre.integrations.reading import read_all

SAMPLES = Path(__file__).parents[1] / "samples"
_WHOLE = {"DUREE": "1h00", "MAT_LIBELLE": "MATHS", "CLASSE": "6A", "JOUR": "lundi", "H.DEBUT": "  09h00"}


def _read(data: bytes) -> Reading:
    (reading,) = read_all("EXP_COURS.xml", io.BytesIO(data), uai="0999910J")
    return reading


def _file(*lessons: dict[str, str], tag: str = "Cours", encoding: str = "utf-8-sig") -> bytes:
    inside = "".join(
        f"<{tag}>" + "".join(f"<{name}>{value}</{name}>" for name, value in each.items()) + f"</{tag}>"
        for each in lessons
    )
    return f'<?xml version="1.0"?>\r\n<TABLE nom="Cours">{inside}</TABLE>'.encode(encoding)


def _lessons(reading: Reading) -> list[LessonRecord]:
    assert reading.lessons is not None
    return reading.lessons


def test_the_sample_of_courses() -> None:
    reading = _read((SAMPLES / "EXP_COURS.xml").read_bytes())
    lessons = _lessons(reading)
    assert (reading.kind, len(lessons), reading.findings) == (Kind.EDT, 21, [])
    assert {each.alternation for each in lessons} == {"H", "Q1", "Q2"}
    parts = {each.key: each.codes for each in reading.names or () if each.kind == "group" and each.is_part}
    assert parts == {
        "<4C> 4ESP2": ("4ESP2", "4C 4ESP2", "4C4ESP2"), "<4C> 4ALL2": ("4ALL2", "4C 4ALL2", "4C4ALL2"),
        "[5-4LATIN]": ("5-4LATIN",),
    }  # fmt: skip


def test_the_sample_of_students() -> None:
    reading = _read((SAMPLES / "EXP_ELEVES.xml").read_bytes())
    assert (reading.kind, len(reading.members or ())) == (Kind.EDT_STUDENTS, 22)
    noe = next(each for each in reading.members or () if each.first_name == "Noé")
    assert noe.groups == ("4C", "<4C> 4ESP2", "4ESP2", "[5-4LATIN]")


def test_the_sample_for_partners_gives_the_weeks_of_each_lesson() -> None:
    lessons = _lessons(_read((SAMPLES / "export_partenaire_en_clair.xml").read_bytes()))
    assert len(lessons) == 21
    assert dt.date(2025, 11, 3) not in lessons[0].weeks  # cancelled in week 10
    assert dt.date(2025, 11, 3) in lessons[1].weeks


def test_several_teachers_classes_and_a_comma_inside_a_group() -> None:
    several = _WHOLE | {"PROF_NOM": "ROUX, LE GOFF", "PROF_PRENOM": "Anna, Yann", "CLASSE": "6A, 6B, [3 ITALIEN, 2]"}
    lessons = _lessons(_read(_file(several)))
    assert [each.group for each in lessons] == ["6A", "6B", "[3 ITALIEN, 2]"]
    assert lessons[0].teachers == ("ROUX Anna", "LE GOFF Yann")


def test_latin_letters_without_a_mark_and_annual_lessons_are_read() -> None:
    data = _file(_WHOLE | {"JOUR": "MERCREDI", "DUREE": "0h55", "SALLE": "Salle d’été".replace("’", "'")},
                 tag="Cours_annuels", encoding="latin-1")  # fmt: skip
    (lesson,) = _lessons(_read(data))
    assert (lesson.weekday, lesson.ends_at, lesson.classroom) == (3, dt.time(9, 55), "Salle d'été")


def test_lessons_without_a_place_are_counted() -> None:
    reading = _read(_file(_WHOLE, _WHOLE | {"JOUR": "", "H.DEBUT": ""}))
    assert ([each.code for each in reading.findings], len(_lessons(reading))) == (["unplaced"], 1)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"JOUR": "férié"}, "n’a pas de jour lisible"),
        ({"H.DEBUT": "tôt"}, "n’a pas d’heure de début lisible"),
        ({"DUREE": "25h00"}, "n’a ni durée ni heure de fin lisible"),
        ({"H.DEBUT": "23h30"}, "passe minuit"),
        ({"CLASSE": ""}, "n’a pas de classe"),
        ({"MAT_LIBELLE": ""}, "n’a pas de matière"),
    ],
)
def test_what_cannot_be_placed_is_left_aside_with_the_reason(wrong: dict[str, str], told: str) -> None:
    reading = _read(_file(_WHOLE, _WHOLE | wrong))
    assert len(_lessons(reading)) == 1
    assert [each.code for each in reading.findings] == ["bad_lesson"]
    assert told in reading.findings[0].reason


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (_file({"MAT_LIBELLE": "MATHS", "CLASSE": "6A"}), "Il manque des colonnes"),
        (_file(), "ni la table des cours ni celle des élèves"),
        (b"<EXPORT_INDEX_EDUCATION><CONTENU>x</CONTENU></EXPORT_INDEX_EDUCATION>", "chiffré pour un partenaire"),
        (b"<ExportEDT><Cours/></ExportEDT>", "aucun cours lisible"),
        (_file(_WHOLE)[:-20], "coupé ou abîmé"),
        (b'<!DOCTYPE a [<!ENTITY a "a"><!ENTITY b "&a;&a;">]><TABLE><Cours><CLASSE>&b;</CLASSE></Cours></TABLE>', "définitions"),
    ],
)  # fmt: skip
def test_a_file_that_is_of_no_use_is_refused_with_a_sentence(data: bytes, told: str) -> None:
    with pytest.raises(Rejected, match=told):
        _read(data)
