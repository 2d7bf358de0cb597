"""Appointments moved by hand, conflicts told first; the plan published; proposals that nobody accepted given to others."""

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.ui.french import day
from pupitre.meetings.models import FamilyRequest, Meeting, Wish
from pupitre.meetings.queries.elsewhere import busy_elsewhere
from pupitre.meetings.refusals import Refusal
from pupitre.meetings.services.telling import CHANGED, REMINDER, SLOTS, people_of, teachers_of, tell
from pupitre.meetings.slots import hours_of, slots_of_family, slots_of_teacher

State = Meeting.State


@dataclass(frozen=True, slots=True)
class Option:
    """A slot where an appointment could go: `problem` says what is against it; `is_shut`: it cannot go there at all."""

    slot: int
    hour: object
    problem: str = ""
    is_shut: bool = False


def options_for(meeting: Meeting, wish: Wish) -> list[Option]:
    """Every slot of the evening for one wish, with its conflicts; five statements."""
    there = slots_of_teacher(meeting, wish.teacher)
    busy = busy_elsewhere([wish.request.guardian_id], meeting).get(wish.request.guardian_id, [])
    coming, elsewhere = slots_of_family(meeting, wish.request.away_at), slots_of_family(meeting, (), busy)
    rows = Wish.objects.filter(request__meeting=meeting, slot__isnull=False).exclude(pk=wish.pk)
    of_teacher = {each.slot: each for each in rows.filter(teacher=wish.teacher).select_related("request")}
    of_family = {each.slot: each for each in rows.filter(request=wish.request).select_related("teacher")}
    found = []
    for slot, at in enumerate(hours_of(meeting)):
        if slot not in there:
            found.append(Option(slot, at, _("Le professeur ne reçoit pas à cette heure"), is_shut=True))
        elif slot in of_teacher:
            found.append(Option(slot, at, _("Pris : %(name)s") % {"name": of_teacher[slot].request.name}, is_shut=True))
        elif slot in of_family:
            name = of_family[slot].teacher.name
            found.append(Option(slot, at, _("La famille voit %(name)s") % {"name": name}, is_shut=True))
        elif slot not in elsewhere:
            found.append(Option(slot, at, _("La famille est dans un autre établissement"), is_shut=True))
        elif slot not in coming:
            found.append(Option(slot, at, _("La famille a dit ne pas pouvoir venir")))
        else:
            found.append(Option(slot, at))
    return found


@transaction.atomic
def move(*, meeting: Meeting, wish: Wish, slot: int, actor: Actor) -> None:
    """Put an appointment somewhere; the plan no longer moves it. The family is told once it was published. Raises Refusal."""
    if meeting.state not in (State.PLANNED, State.PUBLISHED):
        raise Refusal(_("Les rendez-vous se déplacent une fois le planning fait."))
    option = next((each for each in options_for(meeting, wish) if each.slot == slot), None)
    if option is None or option.is_shut:
        why = option.problem if option else _("Cette heure n’est pas dans la soirée")
        raise Refusal(_("%(why)s : choisissez une autre heure.") % {"why": why})
    wish.slot, wish.is_fixed, wish.why = slot, True, ""
    wish.state = Wish.State.PROPOSED if meeting.state == State.PUBLISHED else Wish.State.ASKED
    try:
        with transaction.atomic():
            wish.save(update_fields=["slot", "is_fixed", "why", "state"])
    except IntegrityError:
        raise Refusal(_("Cet horaire vient d’être pris : choisissez-en un autre.")) from None
    audit.record(actor, "meetings.move", wish, slot=slot)
    _changed(meeting, wish)


@transaction.atomic
def remove(*, meeting: Meeting, wish: Wish, actor: Actor) -> None:
    """Cancel one appointment; the family is told once the plan was published."""
    wish.slot, wish.is_fixed, wish.state = None, False, Wish.State.CANCELLED
    wish.save(update_fields=["slot", "is_fixed", "state"])
    audit.record(actor, "meetings.remove", wish)
    _changed(meeting, wish)


def _changed(meeting: Meeting, wish: Wish) -> None:
    if meeting.state == State.PUBLISHED:
        title = _("%(title)s : un rendez-vous a changé") % {"title": meeting.title}
        tell(CHANGED, meeting, people_of([wish.request_id]), title)


@transaction.atomic
def publish(*, meeting: Meeting, actor: Actor) -> None:
    """Let families and teachers read the plan; families confirm. Raises Refusal."""
    if meeting.state != State.PLANNED or meeting.work:
        raise Refusal(_("Le planning se publie une fois fait."))
    meeting.state, meeting.published_at = State.PUBLISHED, clock.now()
    meeting.save(update_fields=["state", "published_at"])
    Wish.objects.filter(request__meeting=meeting, slot__isnull=False, state=Wish.State.ASKED).update(
        state=Wish.State.PROPOSED
    )
    audit.record(actor, "meetings.publish", meeting)
    title = _("%(title)s, %(day)s : vos rendez-vous sont à confirmer")
    facts = {"title": meeting.title, "day": day(meeting.held_on)}
    requests = list(FamilyRequest.objects.filter(meeting=meeting).values_list("pk", flat=True))
    tell(SLOTS, meeting, people_of(requests), title % facts)
    teachers = _("%(title)s, %(day)s : la liste de vos rendez-vous est prête")
    tell(SLOTS, meeting, teachers_of(meeting), teachers % facts, for_staff=True)


@transaction.atomic
def note_seen(*, wish: Wish, seen: str, actor: Actor) -> None:
    """Say whether a family came. The caller has checked `meetings.receive`. Raises Refusal."""
    if wish.slot is None or seen not in Wish.Seen.values:
        raise Refusal(_("Ce rendez-vous n’existe plus."))
    wish.seen = seen
    wish.save(update_fields=["seen"])
    audit.record(actor, "meetings.note_seen", wish, seen=seen)


def every_night() -> list[str]:
    """Proposals whose last day is over are given to others; families and teachers of tomorrow are reminded."""
    expired = reminded = 0
    today = clock.today()
    for school in Establishment.objects.filter(is_open=True):
        with scope(school.pk):
            late = Wish.objects.filter(
                request__meeting__state=State.PUBLISHED, request__meeting__confirm_until_on__lt=today,
                request__meeting__held_on__gte=today, state=Wish.State.PROPOSED,
            )  # fmt: skip
            expired += late.update(state=Wish.State.EXPIRED, slot=None)
            tomorrow = today + dt.timedelta(days=1)
            for meeting in Meeting.objects.filter(state=State.PUBLISHED, reminded_at=None, held_on=tomorrow):
                reminded += _remind(meeting)
    words = [(_("%(count)8s  rendez-vous non confirmés rendus libres"), expired)]
    words.append((_("%(count)8s  personnes à qui la soirée de demain est rappelée"), reminded))
    return [text % {"count": count} for text, count in words if count]


def _remind(meeting: Meeting) -> int:
    held = Wish.objects.filter(request__meeting=meeting, slot__isnull=False)
    people = people_of(list(held.values_list("request_id", flat=True).distinct()))
    title = _("Demain : %(title)s") % {"title": meeting.title}
    tell(REMINDER, meeting, people, title)
    receiving = teachers_of(meeting)
    tell(REMINDER, meeting, receiving, title, for_staff=True)
    meeting.reminded_at = clock.now()
    meeting.save(update_fields=["reminded_at"])
    return len({*people, *receiving})
