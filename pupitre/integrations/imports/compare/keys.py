"""Which person a key of the files stands for, when the file that would say so is not there."""

from collections import defaultdict
from collections.abc import Iterable

from pupitre.directory.models import Group
from pupitre.integrations.exchange.records import OutsideId, StudentRecord
from pupitre.integrations.imports.compare.context import Context
from pupitre.integrations.onde.keys import student_key

# By which files name students; ids of private software are small numbers that would be taken for those of SIECLE.
_STUDENT_IDS = frozenset({"siecle_student", "ine", "fregata", "onde"})
_STAFF_IDS = frozenset({"sts_epp", "sts_local"})


def name_known_students(context: Context) -> None:
    """Without a file of students, keys mean those of former imports, when they name one student only."""
    known = context.known
    found: dict[str, set[int]] = defaultdict(set)
    for person, schooling in known.schoolings.items():
        if schooling.left_on is not None and schooling.left_on < context.today:
            continue
        for outside in known.ids_of.get(person, ()):
            if outside.source in _STUDENT_IDS and outside.namespace in (known.establishment.uai, "national"):
                found[outside.value].add(person)
        # ONDE names a child by names and class.
        for membership in known.memberships.get(schooling.pk, ()):
            if membership.group.kind == Group.Kind.DIVISION and membership.ends_on is None:
                who = known.people[person]
                key = student_key(last_name=who.last_name, first_name=who.first_name, class_name=membership.group.label)
                found[key].add(person)
    for key, people in found.items():
        if len(people) == 1:
            (person,) = people
            context.students[key] = person
            context.student_names[key] = known.name_of(person)


def name_otherwise(context: Context, students: list[StudentRecord], aliases: dict[str, str]) -> None:
    """Other names of the students of a file: the keys of the same ones in another file, and their INE."""
    for key, other in aliases.items():
        if other in context.students:
            context.aliases[key] = other
    bearers: dict[str, set[str]] = defaultdict(set)
    for student in students:
        for outside in student.who.ids:
            if outside.source in ("ine", "fregata"):
                bearers[outside.value].add(student.key)
    for value, keys in bearers.items():
        if len(keys) == 1 and value not in context.students:
            context.aliases[value] = next(iter(keys))


def name_known_staff(context: Context) -> None:
    """Without a file of staff, a timetable’s « epp:71001 » means somebody of a former import."""
    name_left_aside(context, (outside for ids in context.known.ids_of.values() for outside in ids))


def name_left_aside(context: Context, ids: Iterable[OutsideId]) -> None:
    """Staff whose record was left aside still teach what they taught."""
    known = context.known
    for outside in ids:
        is_ours = outside.source != "sts_local" or outside.namespace == known.establishment.uai
        person = known.person_of(outside) if outside.source in _STAFF_IDS and is_ours else None
        if person is not None:
            key = f"{outside.source.removeprefix('sts_')}:{outside.value}"
            context.staff[key], context.staff_names[key] = person, known.name_of(person)
