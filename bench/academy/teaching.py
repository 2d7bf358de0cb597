"""What a school teaches: subjects, groups, courses with their teachers, and a week without a clash."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from uuid import UUID

from bench.academy.model import FIRST_DAY, YEAR, Division, School
from bench.academy.people import add_staff
from demo.calendar import calendar_of
from pupitre.directory.profiles import Profile

# Code, label, lessons a week. 28 lessons fill the week of a division.
_SUBJECTS = (
    ("020700", "Français", 4),
    ("061300", "Mathématiques", 4),
    ("043700", "Histoire-géographie", 3),
    ("030201", "Anglais", 3),
    ("100100", "Éducation physique et sportive", 3),
    ("062900", "Sciences de la vie et de la Terre", 2),
    ("062300", "Physique-chimie", 2),
    ("070700", "Technologie", 1),
    ("090100", "Arts plastiques", 1),
    ("080100", "Éducation musicale", 1),
    ("044100", "Enseignement moral et civique", 1),
)
# The second language joins two classes, cut again in two groups taught at the same hours.
_LANGUAGES = (("030602", "Espagnol"), ("030102", "Allemand"))
_LANGUAGE_LESSONS = 3
_HOURS = (
    *(("08:05", "09:00"), ("09:00", "09:55"), ("10:10", "11:05"), ("11:05", "12:00")),
    *(("13:30", "14:25"), ("14:25", "15:20"), ("15:35", "16:30"), ("16:30", "17:25")),
)
_PERIODS = tuple(product(range(1, 6), _HOURS))
_MOST_LESSONS = 18
# Of the subjects of a class, those that have given work for the week.
_GIVING = 6
_ONE_WEEK_IN_TWO = 0.15
_CALENDAR = calendar_of(YEAR)
FIRST_MONDAY = _CALENDAR.weeks[0]
_BITS = tuple((monday - FIRST_MONDAY).days // 7 for monday in _CALENDAR.weeks)
# In turn: every week, the even ones, the odd ones.
WEEKS = tuple(sum(1 << bit for bit in _BITS[start::step]) for start, step in ((0, 1), (0, 2), (1, 2)))


@dataclass(slots=True)
class _Teacher:
    person: int
    classroom: int
    lessons: int = 0
    busy: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Staffing:
    """Who teaches what: a teacher is found with hours left, or one more is hired."""

    school: School
    current: dict[str, _Teacher] = field(default_factory=dict)
    hired: int = 0

    def teacher_of(self, label: str, lessons: int) -> _Teacher:
        """Someone who can take these lessons on."""
        found = self.current.get(label)
        if found is None or found.lessons + lessons > _MOST_LESSONS:
            self.hired += 1
            # A room each: no two lessons meet in one.
            classroom = self.school.add("timetable_classroom", f"{100 + self.hired}", "")
            found = _Teacher(add_staff(self.school, Profile.TEACHER, label), classroom)
            self.current[label] = found
        found.lessons += lessons
        return found


def add_teaching(school: School) -> None:
    """Everything taught in the divisions of the school."""
    subjects = {
        code: school.add("directory_subject", code, label[:8], label[:20], label)
        for code, label in (*((code, label) for code, label, _lessons in _SUBJECTS), *_LANGUAGES)
    }
    staffing = _Staffing(school)
    busy: dict[int, set[int]] = {division.group: set() for division in school.divisions}
    # What binds two classes is placed while their week is still free.
    for first, second in _pairs(school.divisions):
        _teach_languages(staffing, subjects, busy, first, second)
    for division in school.divisions:
        for rank, (code, label, lessons) in enumerate(_SUBJECTS):
            teacher = staffing.teacher_of(label, lessons)
            course = _course(school, division.group, subjects[code], teacher)
            if rank == 0:
                school.add("directory_formteacher", division.group, teacher.person, FIRST_DAY)
            _place(school, [(course, teacher)], [busy[division.group]], lessons)
            if rank < _GIVING:
                _give(school, course, division.group, teacher, rank)


def _pairs(divisions: list[Division]) -> Iterator[tuple[Division, Division]]:
    """Classes two by two in each level; the last one of an odd level learns no second language."""
    for level in sorted({division.level for division in divisions}):
        mine = [division for division in divisions if division.level == level]
        yield from zip(mine[::2], mine[1::2], strict=False)


def _teach_languages(
    staffing: _Staffing, subjects: dict[str, int], busy: dict[int, set[int]], first: Division, second: Division
) -> None:
    school = staffing.school
    courses = []
    students = first.students + second.students
    for rank, (code, label) in enumerate(_LANGUAGES):
        name = f"{first.label[:2]}{label[:3].upper()}{first.group}"
        group = school.add("directory_group", school.school_year, "group", name, f"{first.label[:2]} {label}")
        for student in students[rank::2]:
            school.add("directory_membership", student, group, FIRST_DAY)
        teacher = staffing.teacher_of(label, _LANGUAGE_LESSONS)
        courses.append((_course(school, group, subjects[code], teacher), teacher))
    _place(school, courses, [busy[first.group], busy[second.group]], _LANGUAGE_LESSONS)


def _course(school: School, group: int, subject: int, teacher: _Teacher) -> int:
    course = school.add("timetable_course", group, subject, "CG")
    school.add("timetable_courseteacher", course, teacher.person, FIRST_DAY)
    return course


def _give(school: School, course: int, group: int, teacher: _Teacher, rank: int) -> None:
    """Work to do in the days that follow the morning of the measures."""
    key = str(UUID(int=school.random.getrandbits(128)))
    given_at, due_on = "2026-11-23T17:00:00+01:00", f"2026-11-{25 + rank % 3}"
    school.add(
        "textbook_homework",
        *(course, group, "", key, teacher.person, "2026-11-23", due_on, "", "exercise", "Exercices 4 et 5 page 218"),
        *("Rédiger chaque étape.", 20, "none", "", False, given_at, given_at, given_at),
    )


def _place(school: School, courses: list[tuple[int, _Teacher]], classes: list[set[int]], lessons: int) -> None:
    """Put lessons where the classes and the teachers are all free; one that fits nowhere is not taught."""
    taken = set().union(*classes, *(teacher.busy for _course, teacher in courses))
    free = [period for period in range(len(_PERIODS)) if period not in taken]
    for period in school.random.sample(free, min(lessons, len(free))):
        for calendar in (*classes, *(teacher.busy for _course, teacher in courses)):
            calendar.add(period)
        weekday, (starts_at, ends_at) = _PERIODS[period]
        turn = school.random.choice((1, 2)) if school.random.random() < _ONE_WEEK_IN_TWO else 0
        for course, teacher in courses:
            school.add(
                "timetable_timetableslot",
                *(course, weekday, starts_at, ends_at, WEEKS[turn], ("H", "A", "B")[turn]),
                *(teacher.classroom, [teacher.person]),
            )
