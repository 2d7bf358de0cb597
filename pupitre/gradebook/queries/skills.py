"""The skills of the school, the levels of an assessment, and those of a student."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from pupitre.directory.models import Membership, Student
from pupitre.foundation import clock
from pupitre.gradebook.mastery import Mode, mastery, positioning
from pupitre.gradebook.models import AssessedSkill, Assessment, SchoolSkill, SkillLevel, SkillMode
from pupitre.gradebook.socle import LETTERS, SOCLE, Domain, Level, Skill


def skills_of_school(*, with_put_away: bool = False) -> dict[str, Skill]:
    """The items of the base, then those of the school, by key; one statement."""
    rows = SchoolSkill.objects.all() if with_put_away else SchoolSkill.objects.filter(is_active=True)
    return {**SOCLE, **{f"E.{row.pk}": _own(row) for row in rows.order_by("label")}}


def _own(row: SchoolSkill) -> Skill:
    return Skill(f"E.{row.pk}", row.domain, row.label)


def by_domain(skills: Mapping[str, Skill]) -> list[tuple[Domain, list[Skill]]]:
    """Skills under the component they belong to, in the order of the base; components without any are left out."""
    held: dict[str, list[Skill]] = defaultdict(list)
    for each in skills.values():
        held[each.domain].append(each)
    return [(domain, held[domain.value]) for domain in Domain if held[domain.value]]


@dataclass(frozen=True, slots=True)
class LevelSheet:
    """The levels of an assessment: skills in columns, students in rows."""

    skills: Sequence[Skill]
    offered: Mapping[str, Skill]
    students: Sequence[Student]
    levels: Mapping[tuple[int, str], int]


def sheet_of_levels(assessment: Assessment) -> LevelSheet:
    """Everything of it; four statements."""
    own = list(SchoolSkill.objects.order_by("label"))
    known = {**SOCLE, **{f"E.{row.pk}": _own(row) for row in own}}
    put_away = {f"E.{row.pk}" for row in own if not row.is_active}
    chosen = set(AssessedSkill.objects.filter(assessment=assessment).values_list("skill", flat=True))
    term = assessment.term
    there = Membership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=assessment.held_on), group=assessment.course.group_id,
        starts_on__lte=term.ends_on,
    )  # fmt: skip
    students = Student.objects.filter(pk__in=there.values("student")).select_related("person")
    levels = SkillLevel.objects.filter(assessment=assessment).values_list("student_id", "skill", "level")
    return LevelSheet(
        [skill for key, skill in known.items() if key in chosen],
        {key: skill for key, skill in known.items() if key in chosen or key not in put_away},
        list(students.order_by("person__sort_key")),
        {(student, skill): level for student, skill, level in levels},
    )


@dataclass(frozen=True, slots=True)
class Mastered:
    """A skill of a student: every level from the oldest, and the one they make. `mode` is how."""

    skill: Skill
    levels: Sequence[int]
    level: int | None
    mode: Mode

    @property
    def letter(self) -> str:
        """« S »."""
        return LETTERS.get(self.level or 0, "–")

    @property
    def words(self) -> str:
        """« Maîtrise satisfaisante »."""
        return str(Level(self.level).label) if self.level else ""

    @property
    def history(self) -> str:
        """« F S S T », from the oldest."""
        return " ".join(LETTERS[each] for each in self.levels)


@dataclass(frozen=True, slots=True)
class MasteredDomain:
    """A component of the base for a student: its skills that were assessed, and the level they make together."""

    domain: Domain
    skills: Sequence[Mastered]
    level: int | None

    @property
    def letter(self) -> str:
        """« S », or a dash."""
        return LETTERS.get(self.level or 0, "–")

    @property
    def words(self) -> str:
        """« Maîtrise satisfaisante », or nothing."""
        return str(Level(self.level).label) if self.level else ""


@dataclass(frozen=True, slots=True)
class StudentSkills:
    """The eight components for a student, and by subject the level of what was assessed in it (positionnement)."""

    domains: Sequence[MasteredDomain]
    subjects: Sequence[tuple[str, int]]

    @property
    def has_some(self) -> bool:
        """Whether anything was assessed."""
        return any(each.skills for each in self.domains)


def skills_of_student(student: Student, seen: Q) -> StudentSkills:
    """What a student masters in this school year; three statements. `seen`: which assessments the reader sees."""
    today = clock.today()
    rows = SkillLevel.objects.filter(
        seen, student=student, assessment__term__school_year__starts_on__lte=today,
        assessment__term__school_year__ends_on__gte=today,
    ).order_by("assessment__held_on", "assessment_id")  # fmt: skip
    levels: dict[str, list[int]] = defaultdict(list)
    subjects: dict[str, list[int]] = defaultdict(list)
    for skill, level, subject in rows.values_list("skill", "level", "assessment__course__subject__label"):
        levels[skill].append(level)
        subjects[subject].append(level)
    modes = {row.skill: (Mode(row.mode), row.count) for row in SkillMode.objects.all()}
    known = skills_of_school(with_put_away=True)
    found: dict[str, list[Mastered]] = defaultdict(list)
    for key, skill in known.items():
        if key in levels:
            mode, count = modes.get(key, (Mode.LAST, 3))
            found[skill.domain].append(Mastered(skill, levels[key], mastery(levels[key], mode, count), mode))
    domains = [
        MasteredDomain(domain, found[domain.value], positioning([each.level for each in found[domain.value]]))
        for domain in Domain
    ]
    positions = [(subject, positioning(given) or 0) for subject, given in sorted(subjects.items())]
    return StudentSkills(domains, positions)


def seen_by_student() -> Q:
    """The levels that the student sees now."""
    return Q(assessment__student_sees_at__lte=clock.now())


def seen_by_guardian() -> Q:
    """The levels that guardians see now."""
    return Q(assessment__guardian_sees_at__lte=clock.now())
