"""Writing an event, changing it or one of its days, cancelling it or one of its days."""

import datetime as dt
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import gettext as _

from pupitre.agenda.audiences import Audience
from pupitre.agenda.events import CouncilDated
from pupitre.agenda.models import Event, Occurrence
from pupitre.agenda.recurrence import is_known
from pupitre.agenda.refusals import Refusal
from pupitre.agenda.services.addressing import address, check_audience
from pupitre.agenda.services.occurring import last_day_of_year, write_occurrences
from pupitre.agenda.services.telling import EVENT, named, see_again, tell, when
from pupitre.directory.models import Person
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.events import carry_out
from pupitre.notifications.services.publication import release_time

LONGEST = dt.timedelta(days=60)
FURTHEST = dt.timedelta(days=730)


@dataclass(frozen=True, slots=True)
class EventFacts:
    """What is written of an event. Without hours, whole days; without a rule, once. `audience` is empty when personal."""

    kind: str
    title: str
    starts_on: dt.date
    ends_on: dt.date
    starts_at: dt.time | None = None
    ends_at: dt.time | None = None
    place: str = ""
    text: str = ""
    rule: str = ""
    repeats_until_on: dt.date | None = None
    open_days_only: bool = True
    is_personal: bool = False
    audience: tuple[Audience, ...] = ()
    remind_minutes: int | None = None


@transaction.atomic
def schedule(
    *, facts: EventFacts, actor: Actor, is_told: bool = False, is_draft: bool = False, names_people: bool = False
) -> Event:
    """Write an event; those it is for see it at once, families at their hours, and are told when asked. Raises Refusal.

    A draft is seen by its author and the adults named in it; nobody is told. What repeats without an end, or beyond it, stops
    with the school year. `names_people`: people are invited one by one, and an audience may be missing.
    """
    facts = bounded(facts)
    if not facts.is_personal and (facts.audience or not (is_draft or names_people)):
        check_audience(facts.audience, actor)
    now = clock.now()
    event: Event = Event(
        author_id=actor.person_id,
        author_name=Person.objects.values_list("formal_name", flat=True).get(pk=actor.person_id),
        created_at=now,
        visible_at=None if is_draft else release_time(establishment_id=actor.establishment_id),
    )
    _write(event, facts)
    audit.record(actor, "agenda.schedule", event, kind=event.kind)
    if is_told and not facts.is_personal and not is_draft:
        tell(EVENT, event, named(event), actor=actor)
    see_again(event)
    return event


@transaction.atomic
def change(*, event: Event, facts: EventFacts, actor: Actor, is_told: bool = False) -> Event:
    """Change an event, all its days when it repeats; days that were changed alone stay as they are. Raises Refusal."""
    facts = bounded(facts)
    _check_open(event)
    if not facts.is_personal and (facts.audience or event.is_personal):
        check_audience(facts.audience, actor)
    if event.is_personal and not facts.is_personal:
        event.visible_at = release_time(establishment_id=actor.establishment_id)
    _write(event, facts)
    audit.record(actor, "agenda.change", event)
    if is_told and event.visible_at is not None and not event.is_personal:
        tell(EVENT, event, _("Changement : %(event)s") % {"event": named(event)}, actor=actor)
    see_again(event)
    tell_council(event, event.starts_on)
    return event


@transaction.atomic
def change_one(*, event: Event, on: dt.date, facts: EventFacts, actor: Actor, is_told: bool = False) -> Event:
    """Change one day of a series: an event apart takes its place, the others stay. Raises Refusal."""
    _leave_out(event, on)
    one = schedule(facts=replace(facts, rule="", repeats_until_on=None), actor=actor)
    Event.objects.filter(pk=one.pk).update(series=event)
    one.series_id = event.pk
    if is_told and not one.is_personal:
        tell(EVENT, one, _("Changement : %(event)s") % {"event": named(one)}, actor=actor)
    return one


@transaction.atomic
def cancel(*, event: Event, actor: Actor, is_told: bool = False) -> None:
    """Cancel an event: it stays in the calendar, struck; a personal one, or a draft, is deleted. Raises Refusal."""
    _check_open(event)
    audit.record(actor, "agenda.cancel", event)
    see_again(event)
    tell_council(event, None)
    if event.is_personal or event.visible_at is None:
        event.delete()
        return
    event.cancelled_at = clock.now()
    event.save(update_fields=["cancelled_at"])
    Occurrence.objects.filter(event=event).update(remind_at=None)
    if is_told:
        tell(EVENT, event, _("Annulé : %(event)s") % {"event": named(event)}, actor=actor)


@transaction.atomic
def cancel_one(*, event: Event, on: dt.date, actor: Actor, is_told: bool = False) -> None:
    """Cancel one day of a series; the others stay. Raises Refusal."""
    _leave_out(event, on)
    audit.record(actor, "agenda.cancel_one", event, on=on.isoformat())
    if is_told and not event.is_personal:
        title = _("Annulé : %(event)s, %(when)s") % {"event": event.title, "when": when(on, event.starts_at)}
        tell(EVENT, event, title, actor=actor)
    see_again(event)


def tell_council(event: Event, held_on: dt.date | None) -> None:
    """Have the rooms above follow the day of the council of a class; nothing for any other event."""
    if event.kind != Event.Kind.COUNCIL:
        return
    meeting = event.meetings.first()
    if meeting is not None and meeting.group_id is not None and meeting.term_id is not None:
        carry_out(CouncilDated(event.establishment_id, meeting.group_id, meeting.term_id, held_on))


def bounded(facts: EventFacts) -> EventFacts:
    """The facts with the end that their recurrence has: the one asked for, the school year at the latest. Raises Refusal."""
    if facts.ends_on < facts.starts_on:
        raise Refusal(_("La fin vient avant le début. Changez l’un des deux jours."))
    if facts.starts_at and facts.ends_at and facts.starts_on == facts.ends_on and facts.ends_at <= facts.starts_at:
        raise Refusal(_("La fin vient avant le début. Changez l’une des deux heures."))
    if facts.ends_on - facts.starts_on > LONGEST:
        raise Refusal(_("Un évènement dure 60 jours au plus."))
    if abs(facts.starts_on - clock.today()) > FURTHEST:
        raise Refusal(_("Choisissez un jour à moins de deux ans d’aujourd’hui."))
    if not facts.rule:
        return replace(facts, repeats_until_on=None)
    if not is_known(facts.rule):
        raise Refusal(_("Cette répétition n’est pas comprise. Choisissez chaque jour, chaque semaine ou chaque mois."))
    last = last_day_of_year(facts.starts_on)
    until = min(facts.repeats_until_on or last, last)
    if until < facts.starts_on:
        raise Refusal(_("La répétition s’arrête avant de commencer. Changez le dernier jour."))
    return replace(facts, repeats_until_on=until)


def _check_open(event: Event) -> None:
    if event.cancelled_at is not None:
        raise Refusal(_("Cet évènement est annulé : il ne change plus."))


def _leave_out(event: Event, on: dt.date) -> None:
    _check_open(event)
    locked = Event.objects.select_for_update().get(pk=event.pk)
    if not locked.rule or not Occurrence.objects.filter(event=event, starts_on=on).exists():
        raise Refusal(_("Cet évènement n’a pas lieu ce jour-là. Rechargez la page."))
    locked.skipped_days = sorted({*locked.skipped_days, on})
    locked.save(update_fields=["skipped_days"])
    Occurrence.objects.filter(event=event, starts_on=on).delete()
    event.skipped_days = locked.skipped_days


def _write(event: Event, facts: EventFacts) -> None:
    for name in ("kind", "title", "starts_on", "ends_on", "starts_at", "ends_at", "place", "text", "rule"):
        setattr(event, name, getattr(facts, name))
    event.repeats_until_on, event.open_days_only = facts.repeats_until_on, facts.open_days_only
    event.is_personal, event.remind_minutes = facts.is_personal, facts.remind_minutes
    event.changed_at = clock.now()
    event.save()
    address(event, () if facts.is_personal else facts.audience)
    if not write_occurrences(event):
        raise Refusal(_("Aucun jour ne reste : ils tombent tous pendant les vacances. Changez les jours."))
