"""Reading a calendar from a file: what it would change is shown first, then applied; the same file again changes nothing."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pupitre.agenda.audiences import Audience, parse_all
from pupitre.agenda.models import Event, EventAudience, ImportedCalendar, Occurrence
from pupitre.agenda.reader import ReadEvent, Reading, Time, read, vars_of
from pupitre.agenda.refusals import Refusal
from pupitre.agenda.services.addressing import check_audience
from pupitre.agenda.services.occurring import last_day_of_year
from pupitre.directory.models import Person
from pupitre.establishments.models import SchoolYear
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.stamps import person_audience, raise_stamps, school_audience
from pupitre.notifications.services.publication import release_time


@dataclass(frozen=True, slots=True)
class Target:
    """Where a file goes: a calendar by its name, for oneself or for an audience, as events of one kind."""

    name: str
    kind: str = Event.Kind.OTHER
    is_personal: bool = True
    audience: tuple[Audience, ...] = ()


@transaction.atomic
def analyse(chunks: Iterable[bytes], *, target: Target, actor: Actor) -> ImportedCalendar:
    """Read a file and keep what it would change in the calendar of that name; nothing changes yet. Raises Refusal."""
    if not target.is_personal:
        check_audience(target.audience, actor)
    today = clock.today()
    year = SchoolYear.objects.filter(starts_on__lte=today, ends_on__gte=today).first()
    last = last_day_of_year(today)
    first = year.starts_on if year else dt.date(last.year - 1, 9, 1)
    reading = read(chunks, first, last)
    calendar, _is_new = ImportedCalendar.objects.select_for_update().get_or_create(
        establishment_id=actor.establishment_id,
        owner_id=actor.person_id,
        name=target.name or reading.name or _("Agenda importé"),
        defaults={"is_personal": target.is_personal},
    )
    calendar.pending = _differences(calendar, reading, target, last)
    calendar.pending_at = clock.now()
    calendar.save(update_fields=["pending", "pending_at"])
    audit.record(actor, "agenda.analyse_calendar", calendar, events=len(reading.events))
    return calendar


def _differences(calendar: ImportedCalendar, reading: Reading, target: Target, last: dt.date) -> dict[str, Any]:
    known = dict(Event.objects.filter(calendar=calendar).values_list("uid", "digest"))
    fates = [(_fate(each, known), each) for each in reading.events]
    gone = set(known) - {each.uid for each in reading.events}
    titles = Event.objects.filter(calendar=calendar, uid__in=gone).order_by("starts_on")
    return {
        "kind": target.kind,
        "is_personal": target.is_personal,
        "audience": [each.token for each in target.audience],
        "last": str(last),
        "same": sum(fate == "same" for fate, _each in fates),
        "events": [_as_json(fate, each) for fate, each in fates if fate != "same"],
        "gone": list(titles.values_list("uid", "title")),
        "left_out": dict(reading.left_out),
    }


def _fate(event: ReadEvent, known: dict[str, str]) -> str:
    if event.uid not in known:
        return "new"
    return "same" if known[event.uid] == event.digest else "changed"


def _as_json(fate: str, event: ReadEvent) -> dict[str, Any]:
    return {
        "fate": fate,
        "uid": event.uid,
        "title": event.title,
        "place": event.place,
        "text": event.text,
        "digest": event.digest,
        "was_cut": event.was_cut,
        "times": [[str(part) if part is not None else None for part in vars_of(each)] for each in event.times],
    }


def times_of(row: dict[str, Any]) -> list[Time]:
    """The times of an event that waits, as they were read."""
    return [
        Time(
            dt.date.fromisoformat(starts_on),
            dt.date.fromisoformat(ends_on),
            dt.time.fromisoformat(starts_at) if starts_at else None,
            dt.time.fromisoformat(ends_at) if ends_at else None,
        )
        for starts_on, ends_on, starts_at, ends_at in row["times"]
    ]


@transaction.atomic
def apply(*, calendar: ImportedCalendar, actor: Actor) -> int:
    """Do what was shown; how many events were written or removed. Raises Refusal when nothing waits."""
    locked = ImportedCalendar.objects.select_for_update().get(pk=calendar.pk)
    pending = locked.pending
    if pending is None:
        raise Refusal(_("Rien n’attend plus : cet agenda est à jour. Déposez un nouveau fichier."))
    audience = parse_all(pending["audience"])
    if not pending["is_personal"]:
        check_audience(audience, actor)
    uids = [row["uid"] for row in pending["events"]] + [uid for uid, _title in pending["gone"]]
    Event.objects.filter(calendar=locked, uid__in=uids).delete()
    _write(locked, pending, audience, actor)
    locked.is_personal, locked.audience = pending["is_personal"], pending["audience"]
    locked.pending, locked.pending_at, locked.read_at = None, None, clock.now()
    locked.save(update_fields=["is_personal", "audience", "pending", "pending_at", "read_at"])
    audit.record(actor, "agenda.apply_calendar", locked, events=len(uids))
    mine = locked.is_personal
    raise_stamps([person_audience(actor.person_id) if mine else school_audience(actor.establishment_id)])
    return len(uids)


def _write(calendar: ImportedCalendar, pending: dict[str, Any], audience: Sequence[Audience], actor: Actor) -> None:
    school, now = actor.establishment_id, clock.now()
    name = Person.objects.values_list("formal_name", flat=True).get(pk=actor.person_id)
    visible_at = release_time(establishment_id=school)
    rows = [(row, times_of(row)) for row in pending["events"]]
    events = Event.objects.bulk_create(
        Event(
            establishment_id=school,
            kind=pending["kind"],
            title=row["title"],
            place=row["place"],
            text=row["text"],
            starts_on=times[0].starts_on,
            ends_on=times[0].ends_on,
            starts_at=times[0].starts_at,
            ends_at=times[0].ends_at,
            is_personal=pending["is_personal"],
            visible_at=visible_at,
            author_id=actor.person_id,
            author_name=name,
            created_at=now,
            changed_at=now,
            calendar=calendar,
            uid=row["uid"],
            digest=row["digest"],
        )
        for row, times in rows
    )
    Occurrence.objects.bulk_create(
        (
            Occurrence(establishment_id=school, event=event, starts_on=each.starts_on, ends_on=each.ends_on,
                       starts_at=each.starts_at, ends_at=each.ends_at)
            for event, (_row, times) in zip(events, rows, strict=True)
            for each in times
        ),
        batch_size=1000,
    )  # fmt: skip
    EventAudience.objects.bulk_create(
        EventAudience(establishment_id=school, event=event, party=each.party, group_id=each.group_id)
        for event in events
        for each in audience
    )


@transaction.atomic
def forget(*, calendar: ImportedCalendar, actor: Actor) -> None:
    """Remove an imported calendar, with all its events."""
    audit.record(actor, "agenda.forget_calendar", calendar)
    mine = calendar.is_personal
    Event.objects.filter(calendar=calendar).delete()
    calendar.delete()
    raise_stamps([person_audience(actor.person_id) if mine else school_audience(actor.establishment_id)])
