"""What the booklet of the lycée says subject by subject: appreciations of the year, skills that were assessed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from pupitre.directory.models import Membership, Student
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import Profile
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor
from pupitre.gradebook.mastery import Mode, mastery
from pupitre.gradebook.models import SkillLevel, SkillMode
from pupitre.gradebook.queries.skills import skills_of_school
from pupitre.gradebook.socle import Skill
from pupitre.integrations.lsu.models import LyceeSubject
from pupitre.reportcards.models import SubjectReport
from pupitre.timetable.models import Course

WRITE = "gradebook.mark_course"
"""Whoever marks a course writes of its year."""


def writes_subjects(actor: Actor) -> bool:
    """Whether to lead somebody to these appreciations: teachers, and whoever marks everywhere."""
    return Profile.TEACHER in actor.profiles or actor.has("gradebook.manage")


def courses_written(actor: Actor) -> list[Any]:
    """The courses of this year of which the actor writes, by subject, with `students` and `written`, how many have a text; one
    statement.
    """
    today = clock.today()
    there = Membership.objects.filter(held_on(today), group=OuterRef("group")).order_by().values("group")
    texts = LyceeSubject.objects.filter(
        subject=OuterRef("subject"), school_year=OuterRef("group__school_year"),
        student__in=Membership.objects.filter(held_on(today), group=OuterRef(OuterRef("group"))).values("student"),
    ).exclude(text="").order_by().values("subject")  # fmt: skip
    rows = Course.objects.filter(
        ends_on=None, group__school_year__starts_on__lte=today, group__school_year__ends_on__gte=today
    ).select_related("subject", "group")
    found = allowed(actor, WRITE, rows).annotate(
        students=_number(there.annotate(n=Count("student", distinct=True))),
        written=_number(texts.annotate(n=Count("pk"))),
    )
    return list(found.filter(students__gt=0).order_by("subject__label", "group__label", "pk"))


def _number(rows: Any) -> Coalesce:
    return Coalesce(Subquery(rows.values("n"), output_field=IntegerField()), 0)


@dataclass(frozen=True, slots=True)
class YearRow:
    """A student of a course: what is written of the year, and what was written term by term."""

    student: Student
    text: str
    version: int
    terms: Sequence[tuple[str, str]]


def rows_of_course(course: Course) -> list[YearRow]:
    """The students of a course today, by name; three statements."""
    here = Membership.objects.filter(held_on(clock.today()), group=course.group_id)
    students = list(
        Student.objects.filter(pk__in=here.values("student")).select_related("person").order_by("person__sort_key")
    )
    texts = texts_of(course.group.school_year_id, course.subject_id)
    told: dict[int, list[tuple[str, str]]] = defaultdict(list)
    reports = SubjectReport.objects.filter(course=course, term__school_year=course.group.school_year_id)
    for student, label, text in (
        reports.exclude(text="").order_by("term__starts_on").values_list("student_id", "term__label", "text")
    ):
        told[student].append((label, text))
    rows = []
    for each in students:
        held = texts.get((each.pk, course.subject_id))
        rows.append(YearRow(each, held.text if held else "", held.version if held else 0, told[each.pk]))
    return rows


def texts_of(year: int, subject: int | None = None) -> Mapping[tuple[int, int], LyceeSubject]:
    """By student and subject, what is written of a school year, or of one subject in it; one statement."""
    rows = LyceeSubject.objects.filter(school_year=year)
    if subject is not None:
        rows = rows.filter(subject=subject)
    return {(each.student_id, each.subject_id): each for each in rows}


Assessed = Mapping[tuple[int, int], Sequence[tuple[Skill, int]]]
"""By student and subject, the skills that were assessed in the year, and the level that they make."""


def skills_of_year(year: int) -> Assessed:
    """What was assessed of every student in a school year, by the rules of the school; three statements."""
    rows = SkillLevel.objects.filter(assessment__term__school_year=year).order_by(
        "assessment__held_on", "assessment_id"
    )
    levels: dict[tuple[int, int], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for student, subject, skill, level in rows.values_list(
        "student_id", "assessment__course__subject_id", "skill", "level"
    ):
        levels[student, subject][skill].append(level)
    modes = {row.skill: (Mode(row.mode), row.count) for row in SkillMode.objects.all()} if levels else {}
    known = skills_of_school(with_put_away=True) if levels else {}
    return {
        place: [
            (skill, made)
            for key, skill in known.items()
            if (made := mastery(held.get(key, ()), *modes.get(key, (Mode.LAST, 3))))
        ]
        for place, held in levels.items()
    }
