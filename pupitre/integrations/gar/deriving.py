"""What the GAR is told of one school, from what the school holds. Pure: no Django, no statement.

Left out: classes without a student, and groups without a student or where nothing is taught; they would be refused.
"""

from collections import defaultdict
from collections.abc import Mapping

from pupitre.integrations.gar.held import School
from pupitre.integrations.gar.records import Degree, Structure, Teaching, Team

_DIVISION = "division"


def structure_of(uai: str, name: str, degree: Degree, held: School, numbers: Mapping[int, str]) -> Structure:
    """One school for the files. `numbers`: those who are sent, by the number of their record; the others are nowhere."""
    made = Structure(uai, name, degree)
    mefs = {person: mef for person, mef in held.students if mef and person in numbers}
    groups: dict[int, set[int]] = defaultdict(set)
    for person, group in held.members:
        if person in numbers:
            groups[group].add(person)
    taught: dict[int, dict[str, None]] = defaultdict(dict)
    for course in held.courses:
        taught[course.group][course.code] = None
    sent = _teams(made, held, groups, taught)
    named = {mef: (label, stat) for mef, label, stat in held.programmes}
    made.programmes = {mef: named.get(mef, ("", "")) for mef in sorted(set(mefs.values()))}
    made.subjects = {each.code: each.label for each in held.courses if each.group in sent}
    made.student_programmes = [(numbers[person], mef) for person, mef in sorted(mefs.items())]
    _students(made, sent, groups, taught, numbers)
    _teachers(made, held, sent, groups, mefs, numbers)
    return made


def _teams(
    made: Structure, held: School, groups: Mapping[int, set[int]], taught: Mapping[int, dict[str, None]]
) -> dict[int, Team]:
    """The groups that are sent, by the number of their record."""
    division_of: dict[int, str] = {}
    for each in held.teams:
        if each.kind == _DIVISION:
            division_of |= dict.fromkeys(groups.get(each.id, ()), each.code)
    sent: dict[int, Team] = {}
    for each in held.teams:
        is_division = each.kind == _DIVISION
        members = groups.get(each.id, set())
        if not members or not (is_division or taught.get(each.id)):
            made.left_out.append(each.label or each.code)
            continue
        divisions = () if is_division else tuple(sorted({division_of[one] for one in members if one in division_of}))
        sent[each.id] = Team(each.code, each.label, is_division, divisions)
    made.teams = list(sent.values())
    return sent


def _students(
    made: Structure,
    sent: Mapping[int, Team],
    groups: Mapping[int, set[int]],
    taught: Mapping[int, dict[str, None]],
    numbers: Mapping[int, str],
) -> None:
    """Who is in which group, and the subjects that this gives each."""
    subjects: dict[int, dict[str, None]] = defaultdict(dict)
    for group, team in sent.items():
        for person in sorted(groups[group]):
            made.members.append((numbers[person], team.code))
            subjects[person] |= taught.get(group, {})
    made.student_subjects = [(numbers[person], code) for person, codes in sorted(subjects.items()) for code in codes]


def _teachers(
    made: Structure,
    held: School,
    sent: Mapping[int, Team],
    groups: Mapping[int, set[int]],
    mefs: Mapping[int, str],
    numbers: Mapping[int, str],
) -> None:
    """What each teaches, to whom, at which levels."""
    courses = {each.id: each for each in held.courses if each.group in sent}
    taught: dict[tuple[int, int], dict[str, None]] = defaultdict(dict)
    levels: dict[int, set[str]] = defaultdict(set)
    for person, number in held.teachers:
        course = courses.get(number)
        if course is None or person not in numbers:
            continue
        taught[person, course.group][course.code] = None
        levels[person] |= {mefs[one] for one in groups[course.group] if one in mefs}
    for (person, group), codes in sorted(taught.items()):
        team = sent[group]
        made.members.append((numbers[person], team.code))
        made.teachings.append(Teaching(numbers[person], team.code, team.is_division, tuple(codes)))
    made.teacher_programmes = [(numbers[person], mef) for person in sorted(levels) for mef in sorted(levels[person])]
