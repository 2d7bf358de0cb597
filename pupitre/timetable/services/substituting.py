"""A teacher is away: their lessons are proposed to others, who answer, or are cancelled (TTB-5)."""

import datetime as dt
from dataclasses import replace

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from pupitre.directory.models import Person
from pupitre.establishments.models import SchoolYear
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.stamps import person_audience, raise_stamps
from pupitre.notifications.services.posting import Recipient, notify
from pupitre.notifications.services.reading import mark_read
from pupitre.timetable import refusals
from pupitre.timetable.models import SubstitutionOffer, TeacherAbsence
from pupitre.timetable.queries.office import busy, week_held
from pupitre.timetable.queries.planned import PlannedLesson, planned_lesson
from pupitre.timetable.services.changing import change_lesson
from pupitre.timetable.words import when

KIND = "timetable.substitution"
State = SubstitutionOffer.State


@transaction.atomic
def declare_absence(
    *,
    person: Person,
    starts_on: dt.date,
    ends_on: dt.date,
    starts_at: dt.time | None,
    ends_at: dt.time | None,
    reason: str,
    actor: Actor,
) -> TeacherAbsence:
    """Say that a teacher is away. Nothing is told to anybody: the office then proposes or cancels lessons.

    Raises Refusal: days or hours out of order, no day in a school year.
    """
    if ends_on < starts_on or (starts_on == ends_on and starts_at and ends_at and ends_at <= starts_at):
        raise refusals.absence_out_of_order()
    # A leave may go on past the summer: one day in a year is enough.
    if not SchoolYear.objects.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        raise refusals.outside_year(starts_on)
    absence = TeacherAbsence.objects.create(
        establishment_id=actor.establishment_id,
        person=person,
        starts_on=starts_on,
        ends_on=ends_on,
        starts_at=starts_at,
        ends_at=ends_at,
        reason=reason,
        declared_by_id=actor.person_id,
        declared_at=clock.now(),
    )
    audit.record(actor, "timetable.declare_absence", absence)
    return absence


@transaction.atomic
def withdraw_absence(*, absence: TeacherAbsence, actor: Actor) -> None:
    """Say that the teacher is there after all: offers without answer are withdrawn, lessons already changed stay so."""
    waiting = SubstitutionOffer.objects.filter(absence=absence, state=State.OFFERED)
    raise_stamps([person_audience(each) for each in waiting.values_list("teacher_id", flat=True)])
    waiting.update(state=State.WITHDRAWN, answered_at=clock.now())
    absence.withdrawn_at = clock.now()
    absence.save(update_fields=["withdrawn_at"])
    audit.record(actor, "timetable.withdraw_absence", absence)


@transaction.atomic
def offer_lesson(*, absence: TeacherAbsence, lesson: PlannedLesson, teacher: Person, actor: Actor) -> SubstitutionOffer:
    """Propose a lesson to a teacher, who finds it on their home. Raises Refusal: it waits for an answer, or is not held."""
    facts = lesson.facts
    if not facts.is_held:
        raise refusals.not_held()
    waiting = SubstitutionOffer.objects.filter(
        course=lesson.course, held_on=lesson.held_on, starts_at=lesson.starts_at, state=State.OFFERED
    )
    if waiting.exists():
        raise refusals.already_offered()
    if _is_taken(lesson, teacher.pk):
        raise refusals.teacher_is_busy(teacher.formal_name)
    row = SubstitutionOffer.objects.create(
        establishment_id=actor.establishment_id,
        absence=absence,
        course=lesson.course,
        held_on=lesson.held_on,
        starts_at=lesson.starts_at,
        teacher=teacher,
        offered_by_id=actor.person_id,
        offered_at=clock.now(),
    )
    notify(
        KIND,
        [Recipient(teacher.pk)],
        establishment_id=actor.establishment_id,
        title=_("On vous propose de remplacer un collègue\N{NO-BREAK SPACE}: %(group)s, %(when)s")
        % {"group": lesson.course.group.label, "when": when(facts.on, facts.starts_at)},
        url=reverse("timetable:offer", args=[actor.uai, row.pk]),
        group_key=_notice_of(row),
    )
    raise_stamps([person_audience(teacher.pk)])
    audit.record(actor, "timetable.offer_lesson", row)
    return row


@transaction.atomic
def answer_offer(*, offer: SubstitutionOffer, accepts: bool, actor: Actor) -> None:
    """Take the lesson, or not. Taken: it is replaced, and whoever it concerns is told. Refused: nobody is told.

    Raises Refusal when it can no longer be taken: cancelled since, or the teacher has another lesson then.
    """
    offer = SubstitutionOffer.objects.select_for_update().get(pk=offer.pk)
    if offer.state != State.OFFERED:
        raise refusals.already_answered()
    if accepts:
        lesson = planned_lesson(offer.course_id, offer.held_on, offer.starts_at)
        if lesson is None or lesson.is_orphan or not lesson.facts.is_held:
            raise refusals.not_held()
        if _is_taken(lesson, offer.teacher_id):
            raise refusals.you_are_busy()
        change_lesson(lesson=lesson, facts=replace(lesson.facts, teacher_ids=(offer.teacher_id,)), actor=actor)
    offer.state, offer.answered_at = State.ACCEPTED if accepts else State.REFUSED, clock.now()
    offer.save(update_fields=["state", "answered_at"])
    mark_read(person_id=offer.teacher_id, group_key=_notice_of(offer))
    raise_stamps([person_audience(offer.teacher_id)])
    audit.record(actor, "timetable.answer_offer", offer, accepted=accepts)


def _is_taken(lesson: PlannedLesson, person_id: int) -> bool:
    _rooms, people = busy(lesson.facts, lesson.key, week_held(lesson.facts.on, []))
    return person_id in people


def _notice_of(offer: SubstitutionOffer) -> str:
    return f"timetable.offer:{offer.pk}"
