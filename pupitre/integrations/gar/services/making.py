"""Making the files of a delivery: people by pages, then each school in turn; nothing is held but one school."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.integrations.gar.deriving import structure_of
from pupitre.integrations.gar.facts import people_of, school_now
from pupitre.integrations.gar.models import Access, Assigner, Enrolment
from pupitre.integrations.gar.profiles import STAFF_PROFILES, STUDENT
from pupitre.integrations.gar.records import Degree, Human
from pupitre.integrations.gar.sections import write_assigner, write_school, write_staff, write_student
from pupitre.integrations.gar.telling import Fact, of_human, of_structure
from pupitre.integrations.gar.writer import Spools


@dataclass(slots=True)
class Told:
    """What the files hold of one school. `left_out`: (name, code of `words.LEFT_OUT`)."""

    school: Establishment
    students: int = 0
    staff: int = 0
    groups: int = 0
    assigners: int = 0
    left_out: list[tuple[str, str]] = field(default_factory=list)
    # What is told of each, by the number of their record (`telling.py`).
    people: dict[int, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Made:
    """The files of a delivery, by degree, what they hold of each school, and of all."""

    files: dict[Degree, list[Path]]
    told: list[Told]
    counts: dict[str, int]


def enrolled_schools(access: Access) -> list[Establishment]:
    """The open schools of its academies that are enrolled; each is opened in turn."""
    enrolled = []
    for school in Establishment.objects.filter(academy__in=access.academies, is_open=True):
        with scope(school.pk):
            if Enrolment.objects.exists():
                enrolled.append(school)
    return enrolled


def degree_of(school: Establishment) -> Degree:
    """Écoles are of the first degree."""
    return Degree.FIRST if school.kind == Establishment.Kind.ECOLE else Degree.SECOND


def make(schools: list[Establishment], prefix: str, folder: Path) -> Made:
    """Write the files in a folder. Raises Duplicate."""
    files, told, counts = {}, [], dict[str, int]()
    for degree in (Degree.SECOND, Degree.FIRST):
        mine = [school for school in schools if degree_of(school) == degree]
        if mine:
            with Spools(folder, degree) as spools:
                told += _fill(spools, mine)
                files[degree] = spools.write_out(prefix)
                for kind, number in spools.counts.items():
                    counts[kind] = counts.get(kind, 0) + number
    return Made(files, told, counts)


def _fill(spools: Spools, schools: list[Establishment]) -> list[Told]:
    told = {school.uai: Told(school) for school in schools}
    keys = [school.pk for school in schools]
    numbers: dict[str, dict[int, str]] = {school.uai: {} for school in schools}
    assigners = _assigners(schools)
    assigning = {person for people in assigners.values() for person in people}
    staff: dict[int, Human] = {}
    for human in people_of(keys, ["student"]):
        if _note(human, told, numbers):
            write_student(spools, human)
    for human in people_of(keys, STAFF_PROFILES):
        if _note(human, told, numbers):
            write_staff(spools, human)
            if human.person in assigning:
                staff[human.person] = human
    _write_assigners(spools, assigners, staff, told)
    for school in schools:
        with scope(school.pk):
            held = school_now()
        mine = numbers.pop(school.uai)
        structure = structure_of(school.uai, school.name, spools.degree, held, mine)
        write_school(spools, structure)
        of_structure(told[school.uai].people, mine, structure)
        told[school.uai].groups = len(structure.teams)
    return list(told.values())


def _note(human: Human, told: Mapping[str, Told], numbers: Mapping[str, dict[int, str]]) -> bool:
    """Count somebody in each of their schools; whether they may be sent."""
    is_student = any(profile == STUDENT for _uai, profile in human.roles)
    for uai in human.schools:
        if not human.first_name:
            told[uai].left_out.append((human.last_name, "first_name"))
            continue
        numbers[uai][human.person] = human.number
        told[uai].people[human.person] = of_human(human)
        if is_student:
            told[uai].students += 1
        else:
            told[uai].staff += 1
    return bool(human.first_name)


def _assigners(schools: list[Establishment]) -> dict[str, dict[int, str]]:
    """By school, the people who assign there, and their names; each school is opened in turn."""
    found = {}
    for school in schools:
        with scope(school.pk):
            rows = Assigner.objects.select_related("person").order_by("pk")
            found[school.uai] = {each.person_id: str(each.person) for each in rows}
    return found


def _write_assigners(
    spools: Spools, assigners: Mapping[str, dict[int, str]], staff: Mapping[int, Human], told: Mapping[str, Told]
) -> None:
    """A line each, with all the schools where they assign; whoever has no address, or has left, is told apart."""
    where: dict[int, list[str]] = {}
    for uai, people in assigners.items():
        for person, name in people.items():
            human = staff.get(person)
            if human is None or uai not in human.schools:
                told[uai].left_out.append((name, "gone"))
            elif not human.mails:
                told[uai].left_out.append((name, "mail"))
            else:
                where.setdefault(person, []).append(uai)
                told[uai].people[person] |= Fact.ASSIGNER
                told[uai].assigners += 1
    for person, schools in where.items():
        write_assigner(spools, staff[person], schools)
