"""What changes this week at the collège: a lesson cancelled, one moved, one replaced, a test, and a colleague who is away."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from django.db.models import Q

from demo.accounts import person_of
from demo.cast import member
from pupitre.directory.models import Affiliation, Group, Person
from pupitre.directory.profiles import Profile, capabilities_of
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.timetable.models import LessonChange
from pupitre.timetable.queries import week_of_group
from pupitre.timetable.queries.office import busy, free_hours, staffing_on, week_held
from pupitre.timetable.queries.planned import PlannedLesson, planned_lesson
from pupitre.timetable.queries.substitution import lessons_of_absence
from pupitre.timetable.services.changing import change_lesson
from pupitre.timetable.services.publishing import publish_rows
from pupitre.timetable.services.substituting import declare_absence, offer_lesson


def fill_lessons(college: Establishment) -> None:
    """Change four lessons of the class of the cast, and propose those of an absent colleague."""
    with scope(college.pk):
        head = _head(college)
        coming = _coming(college)
        _cancel(next(coming), head)
        _move(coming, head)
        _replace(coming, head)
        _test(next(coming), head)
        _be_away(head)
        # Families would see those of the end of the week in twenty minutes: a demo shows them at once.
        publish_rows(list(LessonChange.objects.filter(is_latest=True, is_published=False)))


def _head(college: Establishment) -> Actor:
    person = Affiliation.objects.filter(Q(profile=Profile.HEAD), establishment=college).earliest("pk").person_id
    profiles = frozenset({str(Profile.HEAD)})
    return Actor(0, person, college.pk, college.uai, profiles, capabilities_of(profiles))


def _coming(college: Establishment) -> Iterator[PlannedLesson]:
    """The lessons of the class of the cast from now on, a different subject each time."""
    student = person_of(member("eleve"))
    today, now = clock.today(), clock.now().astimezone(clock.PARIS).time()
    group = Group.objects.get(kind="division", memberships__student__person=student, ends_on=None)
    told: set[str] = set()
    for week in range(2):
        monday = today - dt.timedelta(days=today.weekday()) + dt.timedelta(days=7 * week)
        for lesson in week_of_group(college.pk, group.pk, monday):
            on = monday + dt.timedelta(days=lesson.weekday - 1)
            is_past = (on, lesson.ends_at) <= (today, now) or (on == today and lesson.starts_at <= now)
            if is_past or lesson.group != group.label or lesson.subject in told:
                continue
            found = planned_lesson(lesson.course, on, lesson.starts_at)
            if found is not None:
                told.add(lesson.subject)
                yield found


def _cancel(lesson: PlannedLesson, head: Actor) -> None:
    facts = replace(lesson.facts, state="cancelled", reason="Professeur en formation")
    change_lesson(lesson=lesson, facts=facts, actor=head)


def _move(coming: Iterator[PlannedLesson], head: Actor) -> None:
    for lesson in coming:
        hours = free_hours(lesson.facts, lesson.key, week_held(lesson.held_on, [lesson.course.group_id]))
        later = [each for each in hours if each.on >= lesson.held_on]
        if later:
            change_lesson(lesson=lesson, facts=replace(later[0], reason="Salle indisponible"), actor=head)
            return


def _replace(coming: Iterator[PlannedLesson], head: Actor) -> None:
    for lesson in coming:
        _rooms, taken = busy(lesson.facts, lesson.key, week_held(lesson.held_on, []))
        staffing = staffing_on(lesson.held_on)
        people = staffing.for_lesson(lesson.course.subject_id, lesson.course.group_id, taken | {*lesson.teacher_ids})
        free = [each for each in people if not each.is_busy and each.same_subject]
        if free:
            facts = replace(lesson.facts, teacher_ids=(free[0].person.pk,))
            change_lesson(lesson=lesson, facts=facts, actor=head)
            return


def _test(lesson: PlannedLesson, head: Actor) -> None:
    change_lesson(lesson=lesson, facts=replace(lesson.facts, is_test=True), actor=head)


def _be_away(head: Actor) -> None:
    """A colleague is away in two days; a lesson of theirs is proposed to the teacher of the cast when she is free."""
    away, asked = person_of(member("collegue")), person_of(member("enseignante"))
    if away is None or asked is None:
        return
    day = clock.today() + dt.timedelta(days=2)
    absence = declare_absence(
        person=away, starts_on=day, ends_on=day, starts_at=None, ends_at=None, reason="Stage de formation", actor=head
    )
    for row in lessons_of_absence(absence, head):
        lesson = planned_lesson(*row.key)
        if lesson and row.is_open and asked.pk in {each.person.pk for each in row.free}:
            offer_lesson(absence=absence, lesson=lesson, teacher=Person.objects.get(pk=asked.pk), actor=head)
            return
