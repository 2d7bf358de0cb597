"""The classes of an archive: divisions, groups, what is taught in them; then where each student and each teacher is.

A class `scheduled` that holds exactly the students of a division is what is taught to that division; another one is a group, unless
nobody is in it.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from pupitre.integrations.exchange.records import CourseRecord, GroupRecord, StaffRecord, StudentRecord, SubjectRecord
from pupitre.integrations.oneroster.reading.files import Files
from pupitre.integrations.oneroster.reading.people import People
from pupitre.integrations.oneroster.reading.tables import Cells
from pupitre.integrations.tabular.classes import class_code

_SUBJECT_CODE, _LABEL = 6, 60  # characters that the directory holds


@dataclass(slots=True)
class Told:
    """What classes say."""

    groups: list[GroupRecord] = field(default_factory=list)
    by_code: dict[str, SubjectRecord] = field(default_factory=dict)
    courses: list[CourseRecord] = field(default_factory=list)
    students: list[StudentRecord] = field(default_factory=list)
    staff: list[StaffRecord] = field(default_factory=list)


@dataclass(slots=True)
class _Members:
    """Who is in each class. `heads`: its primary teachers."""

    students: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    teachers: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    heads: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def classes_of(files: Files, people: People) -> Told:
    """Divisions, groups, courses, and the people with where they are."""
    told = Told()
    classes = {
        key: each for key, each in files.by_id("classes").items() if each.get("schoolSourcedId", "") in ("", files.org)
    }
    elsewhere = files.by_id("classes").keys() - classes.keys()
    members = _members(files, classes, elsewhere, people)
    codes = _codes(classes)
    divisions = {key for key, each in classes.items() if each["classType"].lower() == "homeroom"}
    of_students = {frozenset(members.students[key]): codes[key] for key in divisions if members.students[key]}
    courses = files.by_id("courses")
    groups_of: dict[str, list[str]] = defaultdict(list)
    for key, each in classes.items():
        if key not in divisions and (not members.students[key] or _is_lost(files, each, courses)):
            continue
        within = of_students.get(frozenset(members.students[key]))
        if key in divisions or within is None:
            told.groups.append(_group(each, codes[key], is_division=key in divisions))
            for student in members.students[key]:
                groups_of[student].append(key)
        if key not in divisions:
            _course(files, told, each, courses, within or codes[key], members.teachers[key])
    _people(files, told, people, codes, divisions, groups_of, members)
    return told


def _members(files: Files, classes: dict[str, Cells], elsewhere: set[str], people: People) -> _Members:
    made = _Members()
    users = files.by_id("users")
    for each in files.rows("enrollments"):
        place, person, role = each["classSourcedId"], each["userSourcedId"], each["role"].lower()
        if place in elsewhere:
            continue
        if place not in classes or person not in users:
            what = (
                "d’une classe qui n’est pas dans classes.csv"
                if place not in classes
                else "d’une personne qui n’est pas dans users.csv"
            )
            files.quarantine("unknown_reference", each.get("sourcedId", "") or person, f"enrollments.csv parle {what}.")
        elif role == "student" and person in people.students:
            made.students[place].add(person)
        elif role == "teacher" and person in people.staff:
            made.teachers[place].append(person)
            if each.get("primary", "").lower() == "true":
                made.heads[place].append(person)
    return made


def _codes(classes: dict[str, Cells]) -> dict[str, str]:
    """A code of our length for each class, its own where it has one; two that would be the same are told apart."""
    found: dict[str, str] = {}
    taken: dict[str, int] = defaultdict(int)
    for key, each in classes.items():
        code = class_code(each.get("classCode", "") or each["title"] or key)
        taken[code] += 1
        found[key] = code if taken[code] == 1 else class_code(f"{code} {taken[code]}")
    return found


def _group(each: Cells, code: str, *, is_division: bool) -> GroupRecord:
    return GroupRecord(code, (each["title"] or code)[:_LABEL], "division" if is_division else "group")


def _is_lost(files: Files, each: Cells, courses: dict[str, Cells]) -> bool:
    """Whether a class points to a course that is nowhere; archives without courses say it of none."""
    pointed = each.get("courseSourcedId", "")
    if not pointed or not courses or pointed in courses:
        return False
    files.has_lost_class = True
    files.quarantine("unknown_reference", each["title"], "classes.csv parle d’un cours qui n’est pas dans courses.csv.")
    return True


def _course(files: Files, told: Told, each: Cells, courses: dict[str, Cells], group: str, teachers: list[str]) -> None:
    """What is taught in a class, when its subject has a code that the directory holds."""
    course = courses.get(each.get("courseSourcedId", ""), {})
    code = (
        _first(each.get("subjectCodes", "")) or _first(course.get("subjectCodes", "")) or course.get("courseCode", "")
    )
    if not code:
        return
    if len(code) > _SUBJECT_CODE:
        files.notice(
            "long_subject", each["title"], f"Le code de matière « {code} » est trop long : ce cours est laissé de côté."
        )
        return
    label = _first(each.get("subjects", "")) or course.get("title", "") or code
    told.by_code.setdefault(code, SubjectRecord(code, label[:80]))
    told.courses.append(CourseRecord(group, code, teachers=tuple(dict.fromkeys(teachers))))


def _first(cell: str) -> str:
    return cell.partition(",")[0].strip()


def _people(
    files: Files, told: Told, people: People, codes: dict[str, str], divisions: set[str],
    groups_of: dict[str, list[str]], members: _Members,
) -> None:  # fmt: skip
    # A row that is lost may have said where somebody is: what is known of their groups then stays.
    is_sure = not files.has_lost_class and not files.is_torn("classes", "enrollments")
    for key, who in people.students.items():
        mine = groups_of.get(key, [])
        homes = sorted(codes[each] for each in mine if each in divisions)
        if len(homes) > 1:
            name = f"{who.last_name} {who.first_name}"
            files.notice(
                "two_divisions",
                name,
                f"Cet élève est dans plusieurs classes ({', '.join(homes)}) : la première est gardée.",
            )
        others = tuple(sorted(codes[each] for each in mine if each not in divisions))
        told.students.append(
            StudentRecord(
                key, who, ine=people.ines[key], division=homes[0] if homes else "", groups=others, says_groups=is_sure
            )
        )
    heads: dict[str, list[str]] = defaultdict(list)
    for place, leaders in members.heads.items():
        for leader in leaders:
            if place in divisions:
                heads[leader].append(codes[place])
    for key, who in people.staff.items():
        first, *more = people.functions[key]
        told.staff.append(
            StaffRecord(key, who, function=first, head_of=tuple(heads[key]), also=tuple((each, "") for each in more))
        )
