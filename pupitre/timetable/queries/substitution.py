"""Teachers who are away, their lessons without anybody, and who might take them."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from pupitre.establishments.models import Term
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.timetable.models import LessonChange, SubstitutionOffer, TeacherAbsence
from pupitre.timetable.queries.office import Teacher, busy, staffing_on, week_held
from pupitre.timetable.queries.planned import Facts, Key
from pupitre.timetable.queries.weeks import Lesson, week_of_teacher

WEEKS = 4
"""Weeks of a long absence that one page looks at, from today or from its first day."""
PROPOSED = 12
"""Free teachers proposed for a lesson."""


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A lesson of somebody who is away, what became of it, and who is free to take it."""

    key: Key
    on: dt.date
    lesson: Lesson
    offers: Sequence[SubstitutionOffer]
    free: Sequence[Teacher]

    @property
    def is_open(self) -> bool:
        """Whether it still has nobody."""
        return self.lesson.is_held

    @property
    def waiting(self) -> SubstitutionOffer | None:
        """The offer that somebody has not answered yet."""
        return next((each for each in self.offers if each.state == SubstitutionOffer.State.OFFERED), None)

    @property
    def refused(self) -> list[SubstitutionOffer]:
        return [each for each in self.offers if each.state == SubstitutionOffer.State.REFUSED]


def absences(since: dt.date) -> QuerySet[TeacherAbsence]:
    """The absences that are not over, by day; one statement."""
    rows = TeacherAbsence.objects.filter(ends_on__gte=since, withdrawn_at=None)
    return rows.select_related("person").order_by("starts_on", "person__sort_key")


def lessons_of_absence(absence: TeacherAbsence, actor: Actor) -> list[Uncovered]:
    """The lessons of who is away, with what was proposed and who is free; five statements and two a week."""
    first = max(absence.starts_on, min(clock.today(), absence.ends_on))
    monday = first - dt.timedelta(days=first.weekday())
    offers: dict[Key, list[SubstitutionOffer]] = defaultdict(list)
    for offer in SubstitutionOffer.objects.filter(absence=absence).select_related("teacher").order_by("pk"):
        offers[offer.course_id, offer.held_on, offer.starts_at].append(offer)
    staffing = staffing_on(first)
    away = {each.person_id for each in absences(first) if each.starts_on <= absence.ends_on}
    found = []
    for week in range(WEEKS):
        day = monday + dt.timedelta(days=7 * week)
        if day > absence.ends_on:
            break
        held = week_held(day, [])
        for lesson in week_of_teacher(actor.establishment_id, absence.person_id, day):
            on = day + dt.timedelta(days=lesson.weekday - 1)
            if on < first or not _is_missed(absence, lesson, on):
                continue
            key = _key(lesson, on)
            facts = Facts(on, lesson.starts_at, lesson.ends_at, None, ())
            _rooms, taken = busy(facts, key, held)
            subject = next((each.subject_id for each in held if each.key == key), 0)
            people = staffing.for_lesson(subject, lesson.group_id, taken | away | {absence.person_id})
            free = [each for each in people if not each.is_busy][:PROPOSED]
            found.append(Uncovered(key, on, lesson, offers[key], free))
    return found


def _is_missed(absence: TeacherAbsence, lesson: Lesson, on: dt.date) -> bool:
    if not absence.starts_on <= on <= absence.ends_on or (lesson.change and lesson.change.place == "away"):
        return False
    if on == absence.starts_on and absence.starts_at and lesson.ends_at <= absence.starts_at:
        return False
    return not (on == absence.ends_on and absence.ends_at and lesson.starts_at >= absence.ends_at)


def _key(lesson: Lesson, on: dt.date) -> Key:
    change = lesson.change
    return (lesson.course, change.held_on, change.starts_at) if change else (lesson.course, on, lesson.starts_at)


def replacements_of_term(day: dt.date) -> Counter[int]:
    """How many lessons of others each teacher takes in the term of a day (else in the month), by person; one statement."""
    term = Term.objects.filter(starts_on__lte=day, ends_on__gte=day).order_by("ends_on")
    first = Coalesce(Subquery(term.values("starts_on")[:1]), Value(day.replace(day=1)))
    last = Coalesce(Subquery(term.values("ends_on")[:1]), Value(day))
    rows = LessonChange.objects.filter(
        is_latest=True, is_added=False, state=LessonChange.State.HELD, to_held_on__range=(first, last)
    ).exclude(teacher_ids=None)
    return Counter(person for people in rows.values_list("teacher_ids", flat=True) for person in people)
