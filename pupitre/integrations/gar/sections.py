"""One school, one person: which nodes they give, and under which keys."""

from collections.abc import Iterable

from pupitre.integrations.gar import nodes
from pupitre.integrations.gar.records import Human, Structure
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
    for mef, label in each.programmes.items():
        spools.add("GARMEF", (uai, mef), nodes.programme(uai, mef, label))
    for code, label in each.subjects.items():
        spools.add("GARMatiere", (uai, code), nodes.subject(uai, code, label))
    for team in each.teams:
        spools.add("GARGroupe", (uai, team.code), nodes.team(uai, team))
    for kind, name, child, links in (
        ("GARPersonGroupe", "GARPersonGroupe", "GARGroupeCode", each.members),
        ("GARPersonMEF", "GARPersonMEF", "GARMEFCode", each.student_programmes),
        ("GARTeacherMEF", "GARPersonMEF", "GARMEFCode", each.teacher_programmes),
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
    )
