"""Class councils and meetings: planned, convened, marks asked for in time, minutes written then published."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from pupitre.agenda.audiences import Audience, Party
from pupitre.agenda.models import Event, Meeting, Participant
from pupitre.agenda.refusals import Refusal
from pupitre.agenda.services.addressing import address
from pupitre.agenda.services.scheduling import EventFacts, schedule, tell_council
from pupitre.agenda.services.telling import CALLED, EVENT, named, see_again, tell
from pupitre.directory.group_staff import group_staff_sql
from pupitre.directory.models import Affiliation, Group, Person
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import STAFF, Profile
from pupitre.establishments.models import Establishment, Term
from pupitre.establishments.scope import current_establishment_id, scope
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.ui.french import day
from pupitre.notifications.services.posting import Recipient
from pupitre.notifications.services.publication import release_time

Role = Participant.Role
REMINDED_BEFORE = dt.timedelta(days=2)
"""How long before the last day of marks the team is reminded."""


@dataclass(frozen=True, slots=True)
class Council:
    """A class council to be held. `shows_date`: the class and its families see the day in their calendars."""

    group: Group
    on: dt.date
    starts_at: dt.time
    ends_at: dt.time
    place: str = ""
    term: Term | None = None
    topics: str = ""
    marks_due_on: dt.date | None = None
    shows_date: bool = True


@transaction.atomic
def plan_council(*, council: Council, actor: Actor) -> Event:
    """Plan the council of a class: its team, the head and the CPE are named; nobody is told until it is convened.

    Raises Refusal.
    """
    facts = EventFacts(
        kind=Event.Kind.COUNCIL,
        title=_("Conseil de classe de %(group)s") % {"group": council.group.label},
        starts_on=council.on,
        ends_on=council.on,
        starts_at=council.starts_at,
        ends_at=council.ends_at,
        place=council.place,
        remind_minutes=24 * 60,
    )
    event = schedule(facts=facts, actor=actor, is_draft=True)
    families = (Audience(Party.STUDENTS, council.group.pk), Audience(Party.GUARDIANS, council.group.pk))
    address(event, families if council.shows_date else ())
    Meeting.objects.create(
        event=event,
        group=council.group,
        term=council.term,
        topics=council.topics,
        marks_due_on=council.marks_due_on,
    )
    Participant.objects.bulk_create(
        Participant(establishment_id=event.establishment_id, event=event, person_id=pk, role=Role.STAFF)
        for pk in _who_sits(council.group)
    )
    tell_council(event, council.on)
    return event


def _who_sits(group: Group) -> list[int]:
    """The team of the class, the head and the CPE; two statements."""
    with connection.cursor() as cursor:
        statement = f"select t.person_id from ({group_staff_sql()}) t where t.group_id = %(group)s"  # noqa: S608
        cursor.execute(statement, {"school": current_establishment_id(), "today": clock.today(), "group": group.pk})
        team = {row[0] for row in cursor.fetchall()}
    counsellor = Q(function__istartswith="CPE") | Q(function__istartswith="conseill")
    presiding = Affiliation.objects.filter(
        held_on(clock.today()),
        Q(profile=Profile.HEAD) | (Q(profile=Profile.SCHOOL_LIFE) & counsellor),
        establishment=current_establishment_id(),
    )
    return sorted(team | set(presiding.values_list("person_id", flat=True)))


@transaction.atomic
def convene(*, event: Event, actor: Actor) -> None:
    """Send the convocation: everyone named is told and answers, the class and its families see the day. Raises Refusal."""
    meeting = _locked(event)
    if event.cancelled_at is not None or meeting.convened_at is not None:
        raise Refusal(_("Cette réunion est déjà convoquée, ou annulée. Rechargez la page."))
    if event.starts_on < clock.today():
        raise Refusal(_("Ce jour est passé : changez d’abord la date."))
    meeting.convened_at = clock.now()
    meeting.save(update_fields=["convened_at"])
    event.visible_at = release_time(establishment_id=event.establishment_id)
    event.save(update_fields=["visible_at"])
    audit.record(actor, "agenda.convene", event)
    people = [Recipient(pk) for pk in event.participants.values_list("person_id", flat=True)]
    tell(CALLED, event, _("Convocation : %(event)s") % {"event": named(event)}, people=people, actor=actor)
    see_again(event)


@transaction.atomic
def write_minutes(*, event: Event, topics: str, minutes: str, actor: Actor) -> Meeting:
    """Keep what was on the list and what was said; read by those who run the meeting until it is published. Raises Refusal."""
    meeting = _locked(event)
    if meeting.published_at is not None:
        raise Refusal(_("Ce relevé est publié : il ne change plus. Écrivez une nouvelle réunion pour le compléter."))
    meeting.topics, meeting.minutes = topics, minutes
    meeting.minutes_by_name = Person.objects.values_list("formal_name", flat=True).get(pk=actor.person_id)
    meeting.minutes_written_at = clock.now()
    meeting.save(update_fields=["topics", "minutes", "minutes_by_name", "minutes_written_at"])
    audit.record(actor, "agenda.write_minutes", event)
    return meeting


@transaction.atomic
def publish_minutes(*, event: Event, actor: Actor) -> None:
    """Let everyone named read the minutes, and tell them; what is published does not change. Raises Refusal."""
    meeting = _locked(event)
    if not meeting.minutes.strip():
        raise Refusal(_("Écrivez le relevé avant de le publier."))
    if meeting.published_at is not None:
        raise Refusal(_("Ce relevé est déjà publié."))
    meeting.published_at = clock.now()
    meeting.save(update_fields=["published_at"])
    audit.record(actor, "agenda.publish_minutes", event)
    people = [Recipient(pk) for pk in event.participants.values_list("person_id", flat=True)]
    tell(EVENT, event, _("Relevé publié : %(event)s") % {"event": named(event)}, people=people, actor=actor)
    see_again(event)


def remind_marks(establishment_id: int) -> int:
    """Remind the teams of the councils that are near that marks are to be entered, once; how many councils."""
    today = clock.today()
    with scope(establishment_id), transaction.atomic():
        rows = Meeting.objects.select_for_update(of=("self",)).filter(
            marks_due_on__range=(today, today + REMINDED_BEFORE), marks_reminded_at=None, event__cancelled_at=None
        )
        due: Sequence[Meeting] = list(rows.select_related("event"))
        for meeting in due:
            title = _("Notes et appréciations à saisir avant le %(day)s : %(event)s") % {
                "day": day(meeting.marks_due_on or today),
                "event": meeting.event.title,
            }
            tell(CALLED, meeting.event, title, people=_teaching(meeting.event))
        Meeting.objects.filter(pk__in=[each.pk for each in due]).update(marks_reminded_at=clock.now())
        return len(due)


def remind_marks_everywhere() -> int:
    """The councils of every school whose teams are to be reminded today."""
    schools = Establishment.objects.filter(is_open=True).values_list("pk", flat=True)
    return sum(remind_marks(pk) for pk in schools)


def _teaching(event: Event) -> list[Recipient]:
    teachers = Affiliation.objects.filter(
        held_on(clock.today()), establishment=current_establishment_id(), profile__in=STAFF - {Profile.HEAD}
    )
    named_in = event.participants.filter(role=Role.STAFF, person__in=teachers.values("person_id"))
    return [Recipient(pk) for pk in named_in.values_list("person_id", flat=True)]


def _locked(event: Event) -> Meeting:
    """What a meeting adds to its event, held until the end of the gesture; made at the first gesture."""
    Meeting.objects.get_or_create(establishment_id=event.establishment_id, event=event)
    found: Meeting = Meeting.objects.select_for_update(of=("self",)).get(event=event)
    return found
