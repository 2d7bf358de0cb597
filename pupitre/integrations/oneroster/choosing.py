"""Who and which classes a file tells of, from what the school holds. Pure: no Django, no statement.

The same rule as for entering the service: its profiles, and its classes for students and their guardians.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from pupitre.integrations.oneroster.held import Course, Human, Link, School, Team, Year
from pupitre.integrations.oneroster.roles import GUARDIAN, STUDENT, roles_of

_DIVISION = "division"


@dataclass(slots=True)
class Roster:
    """What is told. `roles`, by person, are never empty; `groups`: the students of each group that has some.

    `left_out`: the names of those whom OneRoster cannot hold, for want of a first or a last name.
    """

    school: School
    year: Year
    people: dict[int, Human] = field(default_factory=dict)
    roles: dict[int, list[str]] = field(default_factory=dict)
    guardians: dict[int, list[int]] = field(default_factory=dict)
    wards: dict[int, list[int]] = field(default_factory=dict)
    groups: dict[int, list[int]] = field(default_factory=dict)
    divisions: list[Team] = field(default_factory=list)
    others: list[Team] = field(default_factory=list)
    courses: list[Course] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def of_role(self, *roles: str) -> list[int]:
        """Those who have one of these roles."""
        return [person for person, held in self.roles.items() if set(held) & set(roles)]


def roster_of(school: School, year: Year, people: Iterable[Human]) -> Roster:
    """Who and what a file tells. `people`: those to whom the service is open, guardians only when the file tells of them."""
    made = Roster(school, year)
    known = {each.person: each for each in people}
    students = _students(school, known)
    links = [
        each
        for each in school.links
        if each.student in students and each.guardian in known and GUARDIAN in known[each.guardian].profiles
    ]
    relations: dict[int, list[str]] = defaultdict(list)
    for each in links:
        relations[each.guardian].append(each.relation)
    for person, human in known.items():
        profiles = [each for each in human.profiles if each != STUDENT or person in students]
        if roles := roles_of(profiles, relations.get(person, ())):
            _place(made, human, roles)
    _families(made, links)
    _teams(made)
    return made


def _students(school: School, known: dict[int, Human]) -> set[int]:
    chosen = set(school.chosen)
    within = {person for person, group in school.members if group in chosen}
    return {person for person, human in known.items() if STUDENT in human.profiles and (not chosen or person in within)}


def _place(made: Roster, human: Human, roles: list[str]) -> None:
    if not human.first_name.strip() or not human.last_name.strip():
        made.left_out.append(" ".join(filter(None, (human.last_name.strip(), human.first_name.strip()))))
        return
    made.people[human.person] = human
    made.roles[human.person] = roles


def _families(made: Roster, links: Iterable[Link]) -> None:
    """Both ways, between people who are told."""
    for each in links:
        if each.student in made.people and each.guardian in made.people:
            made.guardians.setdefault(each.student, []).append(each.guardian)
            made.wards.setdefault(each.guardian, []).append(each.student)


def _teams(made: Roster) -> None:
    """The groups where somebody is, and what is taught in them."""
    groups: dict[int, list[int]] = defaultdict(list)
    for person, group in made.school.members:
        if "student" in made.roles.get(person, ()):
            groups[group].append(person)
    made.groups = dict(groups)
    made.courses = [each for each in made.school.courses if each.group in groups]
    taught = {each.group for each in made.courses}
    for each in made.school.teams:
        if each.id not in groups:
            continue
        if each.kind == _DIVISION:
            made.divisions.append(each)
        elif each.id not in taught:
            made.others.append(each)
