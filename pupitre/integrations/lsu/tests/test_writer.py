import datetime as dt
import io

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from pupitre.integrations.lsu.booklet import (
    Booklet,
    Discipline,
    Header,
    Line,
    Period,
    Pupil,
    SchoolLife,
    Teacher,
    TermReport,
)
from pupitre.integrations.lsu.tests.invented import booklets
from pupitre.integrations.lsu.tests.schema import IS_THERE, WHY, faults_of
from pupitre.integrations.lsu.text import clean, one_line
from pupitre.integrations.lsu.writer import NAMESPACE, write

FRENCH, TEACHER = Discipline("020700", "S", "Français"), Teacher("epp", 71001, "MME", "ROUSSEL", "Hélène")
ZOE = Pupil(610301, "KŒNIGUER", "Zoé", "5B")


def _written(booklet: Booklet) -> bytes:
    out = io.BytesIO()
    write(booklet, out)
    return out.getvalue()


def _report(line: Line, **facts: object) -> TermReport:
    day = dt.date(2026, 12, 1)
    made = {"advice": "Ensemble solide.", "life": SchoolLife(1, 2, 3), **facts}
    return TermReport(ZOE, Period(2026, 1, 3), day, dt.date(2026, 9, 1), "Mme VASSEUR", [line], **made)  # type: ignore[arg-type]


def _of(line: Line, **facts: object) -> etree._Element:
    return etree.fromstring(_written(Booklet(Header("0990001N"), [_report(line, **facts)])))


def _only(root: etree._Element, name: str) -> etree._Element:
    (found,) = root.iter(f"{{{NAMESPACE}}}{name}")
    return found


@pytest.mark.skipif(not IS_THERE, reason=WHY)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(booklets())
def test_whatever_people_type_the_file_is_valid(booklet: Booklet) -> None:
    assert faults_of(_written(booklet)) == []


def test_a_mark_is_out_of_twenty_and_its_absence_is_said() -> None:
    marked = _only(_of(Line(FRENCH, [TEACHER], average="12,5", class_average="11,0", appreciation="Bien.")), "acquis")
    assert (marked.get("moyenne-eleve"), marked.get("moyenne-structure")) == ("12,5/20", "11,0/20")
    assert (marked.get("eleve-non-note"), marked.get("structure-non-notee")) == ("false", "false")
    bare = _only(_of(Line(FRENCH, [TEACHER], level=3)), "acquis")
    assert (bare.get("moyenne-eleve"), bare.get("eleve-non-note"), bare.get("positionnement")) == (None, "true", "3")
    assert len(bare) == 0


def test_the_same_sentence_of_the_programme_is_written_once() -> None:
    root = _of(Line(FRENCH, [TEACHER], ["Lire  des textes", "Lire des textes", "Écrire"]))
    written = [each.get("libelle") for each in root.iter(f"{{{NAMESPACE}}}element-programme")]
    assert written == ["Lire des textes", "Écrire"]
    assert _only(root, "acquis").get("element-programme-refs") == "EP_1 EP_2"


def test_the_same_booklet_gives_the_same_bytes() -> None:
    booklet = Booklet(Header("0990001N"), [_report(Line(FRENCH, [TEACHER]))])
    assert _written(booklet) == _written(booklet)


def test_letters_that_xml_cannot_hold_are_left_out() -> None:
    assert clean(" a\x00\x0bb\ufffe\r\nc ") == "ab\nc"
    assert one_line("a \r\n\t b") == "a b"
    assert clean("\u00a0\n") == ""
    text = _only(_of(Line(FRENCH, [TEACHER], appreciation="Œuvre < 5 & « ça »\x00")), "appreciation").text
    assert text == "Œuvre < 5 & « ça »"


def test_school_life_and_council() -> None:
    root = _of(Line(FRENCH, [TEACHER]), locked_at=dt.datetime(2026, 12, 5, 18, 0, 7))
    life, report = _only(root, "vie-scolaire"), _only(root, "bilan-periodique")
    assert {
        key: life.get(key)
        for key in ("nb-retards", "nb-abs-justifiees", "nb-abs-injustifiees", "nb-heures-manquees")
        if life.get(key)
    } == {
        "nb-retards": "1",
        "nb-abs-justifiees": "2",
        "nb-abs-injustifiees": "3",
    }
    assert (report.get("date-conseil-classe"), report.get("date-verrou")) == ("2026-12-01", "2026-12-05T18:00:07")
