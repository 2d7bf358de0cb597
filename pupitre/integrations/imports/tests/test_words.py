"""The words of the office for everything the readers may find."""

import re
from pathlib import Path

from pupitre.integrations.imports.areas import AREAS
from pupitre.integrations.imports.kinds import Kind
from pupitre.integrations.imports.words import TITLES, contents_text, kind_words, origin

INTEGRATIONS = Path(__file__).parents[2]
# A severity then a code, or a code given to one of the readers' own « tell ».
_CODE = re.compile(
    r"(?:QUARANTINE|NOTICE|REPAIR),\s*\"([a-z_]+)\""
    r"|\b(?:notice|tell|_told|_aside|_quarantine|_flag)\(\s*\"([a-z_]+)\","
)
LEAVERS = {Kind.LEFT_STUDENT, Kind.MISSING_STUDENT, Kind.LEFT_STAFF}


def codes() -> set[str]:
    """Every code written in the sources of the readers and of the comparison."""
    sources = [path for path in INTEGRATIONS.rglob("*.py") if "tests" not in path.parts]
    return {a or b for path in sources for a, b in _CODE.findall(path.read_text())}


def test_everything_that_can_be_found_has_a_title():
    assert len(codes()) > 30
    assert codes() - set(TITLES) == set()


def test_a_finding_belongs_to_one_area_at_most():
    said = [code for area in AREAS for code in area.codes]
    assert len(said) == len(set(said))
    assert set(said) <= set(TITLES)


def test_every_kind_of_change_is_counted_in_words():
    assert {kind for kind in Kind if kind_words(kind) is None} == LEAVERS


def test_files_are_named_by_the_software_they_come_from():
    assert origin(["sts_emp", "siecle_students"]) == "SIECLE et STS"
    assert origin([]) == ""
    assert (
        contents_text(["emp_sts", "siecle_students"])
        == "SIECLE\N{NO-BREAK SPACE}: élèves · STS\N{NO-BREAK SPACE}: emploi du temps"
    )
