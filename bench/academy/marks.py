"""A grid of marks as large as they come: a group of 35 students, twenty assessments in the term, marked by one teacher."""

from bench.academy.model import FIRST_DAY, MADE_AT, YEAR, School
from pupitre.directory.profiles import Profile

STUDENTS, ASSESSMENTS = 35, 20
_SHOWN_AT = "2026-11-20T17:00:00+01:00"
_ABSENT = 0.04


def add_marks(school: School) -> None:
    """The terms of the year, and the grid of the first teacher whose account is open."""
    term = school.add("establishments_term", school.school_year, "T1", "Trimestre 1", FIRST_DAY, f"{YEAR}-11-30")
    school.add("establishments_term", school.school_year, "T2", "Trimestre 2", f"{YEAR}-12-01", f"{YEAR + 1}-02-28")
    school.add("establishments_term", school.school_year, "T3", "Trimestre 3", f"{YEAR + 1}-03-01", f"{YEAR + 1}-08-31")
    teacher = next(each for each in school.people[Profile.TEACHER] if each in school.opened)
    students = [each for division in school.divisions[:2] for each in division.students][:STUDENTS]
    group = school.add("directory_group", school.school_year, "group", "NOTES", "Groupe de 35")
    for student in students:
        school.add("directory_membership", student, group, FIRST_DAY)
    subject = school.add("directory_subject", "061400", "MATHSUP", "Maths", "Mathématiques, approfondissement")
    course = school.add("timetable_course", group, subject, "CG")
    school.add("timetable_courseteacher", course, teacher, FIRST_DAY)
    school.marked[teacher] = course
    for rank in range(ASSESSMENTS):
        _assess(school, course, term, rank, students)


def _assess(school: School, course: int, term: int, rank: int, students: list[int]) -> None:
    scale, weight = (20, 20, 10)[rank % 3], ("1", "0.5", "2")[rank % 3]
    assessment = school.add(
        "gradebook_assessment",
        *(course, term, f"Contrôle {rank + 1}", "", f"{YEAR}-{9 + rank // 10:02}-{3 + 2 * (rank % 10):02}", "written"),
        *(scale, weight, False, "none", _SHOWN_AT, _SHOWN_AT, False, MADE_AT),
    )
    for student in students:
        is_absent = school.random.random() < _ABSENT
        points = None if is_absent else f"{school.random.randrange(0, scale * 2 + 1) / 2:.2f}"
        school.add(
            "gradebook_studentmark", assessment, student, points, "absent" if is_absent else "", "", 1, _SHOWN_AT
        )
