"""One school, one person: which nodes they give, and under which keys."""

from collections.abc import Iterable

from pupitre.integrations.gar import nodes
from pupitre.integrations.gar.records import Human, Structure, is_level
from pupitre.integrations.gar.writer import Spools


def write_student(spools: Spools, human: Human) -> None:
    """A student, once over all schools."""
    spools.add("GAREleve", human.number, nodes.student(human))


def write_staff(spools: Spools, human: Human) -> None:
    """Somebody of the staff, once over all schools."""
    spools.add("GAREnseignant", human.number, nodes.staff(human, spools.degree))


def write_assigner(spools: Spools, human: Human, schools: Iterable[str]) -> None:
    """Somebody who assigns resources, once over all schools."""
    spools.add("GARRespAff", human.number, nodes.assigner(human, schools))


def write_school(spools: Spools, each: Structure) -> None:
    """Everything of one school but its people. Raises Duplicate."""
    uai = each.uai
    spools.add("GAREtab", uai, nodes.school(each))
    for mef, (label, stat) in each.programmes.items():
        spools.add("GARMEF", (uai, mef), nodes.programme(uai, mef, label, stat))
    for code, label in each.subjects.items():
        spools.add("GARMatiere", (uai, code), nodes.subject(uai, code, label))
    for team in each.teams:
        spools.add("GARGroupe", (uai, team.code), nodes.team(uai, team))
    for kind, name, child, links in (
        ("GARPersonGroupe", "GARPersonGroupe", "GARGroupeCode", each.members),
        ("GARPersonMEF", "GARPersonMEF", "GARMEFCode", each.student_programmes),
        ("GARTeacherMEF", "GARPersonMEF", "GARMEFCode", each.teacher_programmes),
        ("GARPersonMEFSTAT4", "GARPersonMEFSTAT4", "GARMEFSTAT4Code", _levels(each.student_programmes)),
        ("GARTeacherMEFSTAT4", "GARPersonMEFSTAT4", "GARMEFSTAT4Code", _levels(each.teacher_programmes)),
        ("GAREleveEnseignement", "GAREleveEnseignement", "GARMatiereCode", each.student_subjects),
    ):
        for number, code in links:
            spools.add(kind, (uai, number, code), nodes.linked(name, uai, number, child, code))
    for teaching in each.teachings:
        kind = "GAREnsClasseMatiere" if teaching.is_division else "GAREnsGroupeMatiere"
        spools.add(kind, (uai, teaching.number, teaching.code), nodes.teaching(uai, teaching))
    spools.forget_keys(
        *("GARMEF", "GARMatiere", "GARGroupe", "GARPersonGroupe", "GARPersonMEF", "GARTeacherMEF"),
        *("GAREleveEnseignement", "GAREnsClasseMatiere", "GAREnsGroupeMatiere"),
        *("GARPersonMEFSTAT4", "GARTeacherMEFSTAT4"),
    )


def _levels(links: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The levels that bear a national code; ONDE writes « CP », which is none."""
    return [(number, code) for number, code in links if is_level(code)]
