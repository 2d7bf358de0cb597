"""What families do: say whom they wish to see, accept or give back an appointment, take one that is free."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from pupitre.directory.models import Person
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.stamps import person_audience, raise_stamps
from pupitre.foundation.ui.french import day_hour
from pupitre.meetings.models import FamilyRequest, Meeting, MeetingTeacher, Wish
from pupitre.meetings.queries.elsewhere import busy_elsewhere
from pupitre.meetings.queries.family import Child, children_of, request_of
from pupitre.meetings.refusals import Refusal
from pupitre.meetings.slots import half_hours_of, slots_of_family, slots_of_teacher

Levels = Mapping[tuple[int, int], int]
"""The level asked by child (student) and teacher; zero for « pas nécessaire »."""
State = Wish.State


@transaction.atomic
def ask(*, meeting: Meeting, levels: Levels, away: Sequence[dt.time], is_shared: bool, actor: Actor) -> FamilyRequest:
    """Say whom one wishes to see, as often as one likes until wishes close. The caller has checked `meetings.join_meeting`.

    Raises Refusal: closed, too many, a teacher who is not the child's, a time that is not of the evening.
    """
    _check_open(meeting)
    children = {each.student_id: each for each in children_of(actor, meeting)}
    wanted = {pair: level for pair, level in levels.items() if level}
    _check(meeting, wanted, children)
    halves = set(half_hours_of(meeting))
    if set(away) >= halves:
        raise Refusal(_("Vous ne pouvez venir à aucune heure : laissez au moins une demi-heure."))
    request = request_of(actor, meeting)
    if request is not None and request.guardian_id != actor.person_id and not is_shared:
        request = None
    if request is None:
        name = Person.objects.values_list("display_name", flat=True).get(pk=actor.person_id)
        request = FamilyRequest(meeting=meeting, guardian_id=actor.person_id, name=name)
    request.is_shared, request.asked_at = is_shared, request.asked_at or clock.now()
    request.away_at = sorted(set(away) & halves)
    request.save()
    _write(request, wanted, children)
    audit.record(actor, "meetings.ask", request, wishes=len(wanted))
    raise_stamps([person_audience(request.guardian_id), person_audience(actor.person_id)])
    return request


def _check_open(meeting: Meeting) -> None:
    if meeting.state == Meeting.State.OPEN and clock.now() < meeting.closes_at:
        return
    raise Refusal(
        _("Les vœux sont fermés depuis le %(when)s. Une fois le planning publié, il reste les horaires libres.")
        % {"when": day_hour(meeting.closes_at)}
    )


def _check(meeting: Meeting, wanted: Levels, children: Mapping[int, Child]) -> None:
    if not wanted:
        raise Refusal(_("Choisissez au moins un professeur à rencontrer."))
    for student, teacher in wanted:
        child = children.get(student)
        if child is None or teacher not in {each.pk for each in child.teachers}:
            raise Refusal(_("Un professeur choisi n’enseigne pas à votre enfant, ou ne reçoit pas ce soir-là."))
    if len(wanted) > meeting.most_wishes:
        text = _("Vous avez choisi %(count)s rencontres : %(most)s au plus par famille. Retirez-en.")
        raise Refusal(text % {"count": len(wanted), "most": meeting.most_wishes})


def _write(request: FamilyRequest, wanted: Levels, children: Mapping[int, Child]) -> None:
    """The wishes about these children become these; those about others, whom this reader does not see, stay."""
    held = {
        (each.student_id, each.teacher_id): each for each in Wish.objects.filter(request=request, student__in=children)
    }
    gone = [wish.pk for pair, wish in held.items() if pair not in wanted]
    Wish.objects.filter(pk__in=gone).delete()
    for (student, teacher), level in wanted.items():
        wish = held.get((student, teacher)) or Wish(request=request, student_id=student, teacher_id=teacher)
        wish.level = Wish.Level.PRIORITY if level == Wish.Level.PRIORITY else Wish.Level.WISHED
        wish.save()


@transaction.atomic
def accept(*, meeting: Meeting, wishes: Sequence[Wish], actor: Actor) -> int:
    """Accept what is proposed; how many. The caller has checked `meetings.hold_wish`. Raises Refusal after the evening."""
    _check_to_come(meeting)
    rows = Wish.objects.filter(pk__in=[each.pk for each in wishes], state=State.PROPOSED, slot__isnull=False)
    count = rows.update(state=State.ACCEPTED)
    audit.record(actor, "meetings.accept", meeting, count=count)
    raise_stamps([person_audience(actor.person_id)])
    return count


@transaction.atomic
def give_back(*, meeting: Meeting, wish: Wish, actor: Actor) -> None:
    """Refuse what is proposed, or cancel what was accepted: the time is free for others. Raises Refusal after the evening."""
    _check_to_come(meeting)
    if wish.slot is None:
        raise Refusal(_("Ce rendez-vous n’existe plus."))
    wish.state = State.REFUSED if wish.state == State.PROPOSED else State.CANCELLED
    wish.slot = None
    wish.save(update_fields=["state", "slot"])
    audit.record(actor, "meetings.give_back", wish, state=wish.state)
    raise_stamps([person_audience(actor.person_id)])


def _check_to_come(meeting: Meeting) -> None:
    if meeting.state != Meeting.State.PUBLISHED or meeting.held_on < clock.today():
        raise Refusal(_("Le planning de cette soirée n’est pas, ou n’est plus, à confirmer."))


@transaction.atomic
def take_free(*, meeting: Meeting, student_id: int, teacher: MeetingTeacher, slot: int, actor: Actor) -> Wish:
    """Take a time that nobody holds, once the plan is published. The caller has checked `meetings.join_meeting`.

    Raises Refusal: taken meanwhile, another appointment then, here or in another school.
    """
    _check_to_come(meeting)
    child = next((each for each in children_of(actor, meeting) if each.student_id == student_id), None)
    if child is None or teacher.pk not in {each.pk for each in child.teachers}:
        raise Refusal(_("Ce professeur n’enseigne pas à votre enfant, ou ne reçoit pas ce soir-là."))
    request = request_of(actor, meeting)
    if request is None:
        request = FamilyRequest.objects.create(
            meeting=meeting,
            guardian_id=actor.person_id,
            name=Person.objects.values_list("display_name", flat=True).get(pk=actor.person_id),
            asked_at=clock.now(),
        )
    busy = busy_elsewhere([request.guardian_id], meeting).get(request.guardian_id, [])
    if slot not in slots_of_teacher(meeting, teacher):
        raise Refusal(_("Ce professeur ne reçoit pas à cette heure."))
    if slot not in slots_of_family(meeting, (), busy):
        raise Refusal(_("Vous avez un rendez-vous à la même heure dans un autre établissement."))
    if Wish.objects.filter(request=request, slot=slot).exists():
        raise Refusal(_("Vous avez déjà un rendez-vous à cette heure."))
    wish = Wish.objects.filter(request=request, student=student_id, teacher=teacher).first()
    if wish is not None and wish.slot is not None:
        raise Refusal(_("Vous avez déjà un rendez-vous avec ce professeur."))
    wish = wish or Wish(request=request, student_id=student_id, teacher=teacher, level=Wish.Level.WISHED)
    wish.slot, wish.state, wish.why = slot, State.ACCEPTED, ""
    try:
        with transaction.atomic():
            wish.save()
    except IntegrityError:
        raise Refusal(_("Cet horaire vient d’être pris : choisissez-en un autre.")) from None
    audit.record(actor, "meetings.take_free", wish)
    raise_stamps([person_audience(actor.person_id)])
    return wish
