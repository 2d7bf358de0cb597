import pytest

from pupitre.integrations.exchange.verdicts import Severity
from pupitre.integrations.sts.tests.files import (
    codes,
    courses,
    division,
    group,
    groups,
    individual,
    read,
    service,
    staff_file,
    timetable_file,
)


def test_a_part_and_a_regrouping() -> None:
    structure = division() + division("6B") + group("6A.1") + group("6LATIN", ("6A", "6B"), label="LATIN 6EME")
    read_groups = groups(read(staff_file(structure=structure)))
    assert [(each.code, each.kind, each.divisions) for each in read_groups] == [
        ("6A", "division", ()),
        ("6B", "division", ()),
        ("6A.1", "group", ("6A",)),
        ("6LATIN", "group", ("6A", "6B")),
    ]
    assert [each.label for each in read_groups] == ["6A", "6B", "6A.1", "LATIN 6EME"]


@pytest.mark.parametrize("tag", ["MEF", "MEF_APPARTENANCE"])
def test_levels_are_named_in_two_ways(tag: str) -> None:
    more = f"<MEFS_APPARTENANCE><{tag} CODE=' 10010012110 '/><{tag} CODE='10010012110'/></MEFS_APPARTENANCE>"
    (held,) = groups(read(staff_file(structure=division(more=more))))
    assert held.mefs == ("10010012110",)


def test_groups_may_stand_among_divisions() -> None:
    structure = f"<DIVISIONS>{division()}<GROUPES>{group(services=service('061300', '1'))}</GROUPES></DIVISIONS>"
    reading = read(staff_file(individual("1"), structure))
    assert [each.code for each in groups(reading)] == ["6A", "6LATIN"]
    assert [(each.group, each.subject) for each in courses(reading)] == [("6LATIN", "061300")]


def test_groups_may_stand_inside_their_division() -> None:
    inner = f"<GROUPES>{group(services=service('061300', '1'))}</GROUPES>"
    reading = read(staff_file(individual("1"), division(services=service("020700", "1"), more=inner)))
    assert [(each.code, each.kind) for each in groups(reading)] == [("6A", "division"), ("6LATIN", "group")]
    assert {(each.group, each.subject) for each in courses(reading)} == {("6A", "020700"), ("6LATIN", "061300")}


def test_a_service_has_no_teacher_one_or_several() -> None:
    services = service("020700") + service("061300", "1") + service("030201", "1", "2", "1")
    reading = read(staff_file(individual("1") + individual("2", PRENOM="JEAN"), division(services=services)))
    assert [each.teachers for each in courses(reading)] == [(), ("epp:1",), ("epp:1", "epp:2")]
    assert reading.findings == []


def test_a_service_written_twice_is_one_course_with_all_its_teachers() -> None:
    services = service("061300", "1") + service("061300", "2") + service("061300", "1", modality="TP")
    reading = read(staff_file(individual("1") + individual("2", PRENOM="JEAN"), division(services=services)))
    assert [(each.modality, each.teachers) for each in courses(reading)] == [
        ("CG", ("epp:1", "epp:2")),
        ("TP", ("epp:1",)),
    ]


def test_a_teacher_who_is_nowhere_leaves_the_course() -> None:
    nomenclature = "<MATIERES><MATIERE CODE='061300'><LIBELLE_LONG>Maths</LIBELLE_LONG></MATIERE></MATIERES>"
    reading = read(staff_file(individual("1"), division(services=service("061300", "99")), nomenclature))
    assert courses(reading)[0].teachers == ()
    (finding,) = reading.findings
    assert (finding.code, finding.severity, finding.record) == ("unknown_teacher", Severity.NOTICE, "Maths, 6A")


def test_structures_and_services_that_cannot_be_named_are_left_aside() -> None:
    long_code, long_subject = "9" * 30, service("0613000")
    structure = division("") + division(long_code) + division(services=service("") + long_subject) + group("6A")
    reading = read(staff_file(structure=structure))
    assert [each.code for each in groups(reading)] == ["6A"]
    assert courses(reading) == []
    assert codes(reading) == ["no_code", "bad_code", "no_subject", "bad_code", "same_code"]
    assert {finding.severity for finding in reading.findings} == {Severity.QUARANTINE}


def test_subjects_and_levels_of_the_file() -> None:
    inside = (
        "<MATIERES><MATIERE CODE=' 061300 '><CODE_GESTION>MATHS</CODE_GESTION><LIBELLE_COURT>MATHS</LIBELLE_COURT>"
        "<LIBELLE_EDITION>Mathématiques</LIBELLE_EDITION></MATIERE><MATIERE CODE=''/><MATIERE CODE='trop long'/></MATIERES>"
        "<MEFS><MEF CODE='10010012110'><FORMATION>6EME</FORMATION></MEF><MEF CODE='100100121100'/></MEFS>"
    )
    reading = read(staff_file(nomenclatures=inside))
    told = [(each.code, each.label, each.short_code) for each in reading.subjects or ()]
    assert told == [("061300", "Mathématiques", "MATHS")]
    assert [(each.mef, each.label, each.stat) for each in reading.programmes or ()] == [("10010012110", "6EME", "")]


def test_a_timetable_describes_only_the_groups_it_names_or_draws() -> None:
    bare = "<GROUPE CODE='VIDE'/>"
    reading = read(timetable_file(division() + group() + group("AUTRE", (), label="Autre") + bare))
    assert [each.code for each in groups(reading)] == ["6LATIN", "AUTRE"]
