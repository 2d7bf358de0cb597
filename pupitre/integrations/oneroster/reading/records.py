"""From the rows of OneRoster to the neutral records of imports: which school, who is what, who is where."""

from pupitre.integrations.exchange.records import Reading
from pupitre.integrations.exchange.text import is_uai
from pupitre.integrations.exchange.verdicts import Finding, Rejected
from pupitre.integrations.oneroster.reading.classes import classes_of
from pupitre.integrations.oneroster.reading.files import Files
from pupitre.integrations.oneroster.reading.people import people_of


def records_of(files: Files, *, kind: str, name: str, digest: str, uai: str, findings: list[Finding]) -> Reading:
    """What the archive says of the open school. Raises Rejected when it is not in it."""
    files.findings = findings
    files.org = _school(files, uai)
    roles = files.roles()
    people = people_of(files, roles, uai=uai)
    told = classes_of(files, people)
    files.count_the_rest()
    return Reading(
        kind=kind, name=name, digest=digest, uai=uai, year=_year(files), subjects=[*told.by_code.values()], groups=told.groups,
        # Most archives leave families out, some the staff: whom they do not speak of is not gone.
        students=told.students or None, staff=told.staff or None, courses=told.courses,
        guardians=people.guardians or None, links=people.links if people.guardians else None,
        aside=people.aside, is_whole=people.is_whole, findings=findings,
    )  # fmt: skip


def _school(files: Files, uai: str) -> str:
    """The identifier of the open school: by its UAI, or because the archive holds only one, which names none."""
    schools = [each for each in files.rows("orgs") if each["type"].lower() in ("school", "")] or files.rows("orgs")
    for each in schools:
        if uai in (each.get("identifier", "").strip().upper(), each["sourcedId"].strip().upper()):
            return each["sourcedId"]
    if len(schools) == 1 and not is_uai(schools[0].get("identifier", "").strip().upper()):
        told = schools[0]["name"] or "sans nom"
        files.notice(
            "school_without_code",
            told,
            "L’établissement de cet export n’a pas de code UAI : il est pris pour celui-ci.",
        )
        return schools[0]["sourcedId"]
    names = ", ".join(each["name"] for each in schools[:5]) or "aucun"
    raise Rejected(f"Cet export OneRoster ne parle pas de l’établissement {uai}. Établissements qu’il nomme : {names}.")


def _year(files: Files) -> int | None:
    """The first calendar year of the school year: OneRoster writes the one in which it ends."""
    ends = [
        each["schoolYear"] for each in files.rows("academicSessions")
        if each["type"].lower() == "schoolyear" and each["schoolYear"].isdecimal() and len(each["schoolYear"]) == 4
    ]  # fmt: skip
    return int(max(ends)) - 1 if ends else None
