"""Who may see and do what. Whoever manages the calendar sees all of it but what is personal."""

from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL

from pupitre.agenda.models import AgendaFeed, Event, ImportedCalendar, Outing, Participant
from pupitre.agenda.sql import Reader, seen
from pupitre.directory.guardians import links_to
from pupitre.directory.profiles import STAFF, Profile
from pupitre.foundation import clock
from pupitre.foundation.access import EVERYONE, NOBODY, policy
from pupitre.foundation.actor import Actor

MANAGE, APPROVE = "agenda.manage", "agenda.approve_outing"
WORKING = frozenset(STAFF) - {Profile.ACADEMY_ADMIN}


def works_here(actor: Actor) -> bool:
    """Whether the actor works in the school: they may write for others."""
    return bool(WORKING & actor.profiles)


def has_calendar(actor: Actor) -> bool:
    """Everyone of the school but the academy's people, who see no one's business here."""
    return actor.profiles != frozenset({Profile.ACADEMY_ADMIN})


def reader_of(actor: Actor) -> Reader:
    """The actor as SQL: numbers and names of this house, so that they may stand in any statement."""
    profiles = ", ".join(f"'{Profile(each).value}'" for each in sorted(actor.profiles))
    return Reader(
        person=str(int(actor.person_id)),
        school=str(int(actor.establishment_id)),
        today=f"'{clock.today().isoformat()}'::date",
        now=f"'{clock.now().isoformat()}'::timestamptz",
        profiles=f"array[{profiles}]::text[]",
    )


def _seen(actor: Actor) -> Q:
    reader = reader_of(actor)
    rows = f"select e.id from agenda_event e where e.establishment_id = {reader.school} and {seen(reader)}"  # noqa: S608
    return Q(pk__in=RawSQL(rows, ()))  # noqa: S611 # nosec B611 - numbers and dates of ours


@policy("agenda.view_event", Event)
def view_event(actor: Actor) -> Q:
    """Its author; those it is for; whoever manages the calendar, but what is personal."""
    manager = Q(is_personal=False) if actor.has(MANAGE) else NOBODY
    return Q(author_id=actor.person_id) | manager | _seen(actor)


@policy("agenda.edit_event", Event)
def edit_event(actor: Actor) -> Q:
    """Its author, as long as they belong there; whoever manages the calendar, but what is personal."""
    mine = Q(author_id=actor.person_id)
    if not works_here(actor):
        mine &= Q(is_personal=True)
    return mine | (Q(is_personal=False) if actor.has(MANAGE) else NOBODY)


@policy("agenda.accompany", Event)
def accompany(actor: Actor) -> Q:
    """Who goes along, who wrote it, who manages: the emergency sheet, the list on the spot, the meals."""
    if not works_here(actor):
        return NOBODY
    along = Participant.objects.filter(event=OuterRef("pk"), person=actor.person_id, role=Participant.Role.STAFF)
    mine = Q(author_id=actor.person_id) | Q(Exists(along))
    return (mine | Q(is_personal=False) if actor.has(MANAGE) else mine) & Q(kind=Event.Kind.OUTING)


@policy("agenda.approve_outing", Outing)
def approve_outing(actor: Actor) -> Q:
    """The head, or whoever was given the right."""
    return EVERYONE if actor.has(APPROVE) else NOBODY


@policy("agenda.answer", Participant)
def answer(actor: Actor) -> Q:
    """One's own invitation, once it was sent, until it is cancelled."""
    return Q(person=actor.person_id, event__visible_at__isnull=False, event__cancelled_at=None)


@policy("agenda.consent", Participant)
def consent(actor: Actor) -> Q:
    """A guardian, for their child, once the head has approved an outing that asks it and families are told."""
    asked = Outing.objects.filter(event=OuterRef("event"), state=Outing.State.APPROVED, is_optional=True)
    told = Q(role=Participant.Role.STUDENT, event__visible_at__lte=clock.now(), event__cancelled_at=None)
    return told & Q(Exists(asked)) & Q(Exists(links_to(actor, "person")))


@policy("agenda.close_feed", AgendaFeed)
def close_feed(actor: Actor) -> Q:
    """One's own."""
    return Q(reader=actor.person_id)


@policy("agenda.manage_calendar", ImportedCalendar)
def manage_calendar(actor: Actor) -> Q:
    """One's own; whoever manages the calendar, those that are the school's."""
    shared = Q(is_personal=False) if actor.has(MANAGE) else NOBODY
    return Q(owner=actor.person_id) | shared
