"""One event as its reader sees it: who takes part, what is answered, what they may do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Prefetch, QuerySet, Subquery

from pupitre.agenda.kinds import MET
from pupitre.agenda.models import Consent, Event, EventAudience, Meeting, Occurrence, Outing, Participant
from pupitre.agenda.policies import works_here
from pupitre.directory.models import Group, Membership, Student
from pupitre.directory.periods import held_on
from pupitre.foundation import clock
from pupitre.foundation.access import allowed, rule_of
from pupitre.foundation.actor import Actor

Role = Participant.Role
LISTED = 60
"""Days of a series that its page lists."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody named in an event. `consent` of a student's family: yes, no, waiting, or nothing when it is not asked."""

    participant: Participant
    division: str
    consents: Sequence[Consent]
    consent: str

    @property
    def name(self) -> str:
        return self.participant.person.display_name


@dataclass(frozen=True, slots=True)
class EventPage:
    """An event with all its page shows. `members` are those the reader may know of."""

    event: Event
    outing: Outing | None
    meeting: Meeting | None
    occurrences: Sequence[Occurrence]
    members: Sequence[Member]
    may_edit: bool
    may_accompany: bool
    sees_everyone: bool
    mine: Participant | None

    def of(self, *roles: str) -> list[Member]:
        """The members with one of these roles."""
        return [each for each in self.members if each.participant.role in roles]

    @property
    def students(self) -> list[Member]:
        return self.of(Role.STUDENT)

    @property
    def adults(self) -> list[Member]:
        return self.of(Role.STAFF, Role.DELEGATE, Role.INVITED)

    @property
    def consents(self) -> dict[str, int]:
        """How many families agreed, refused, have not answered."""
        found = [each.consent for each in self.students]
        return {state: found.count(state) for state in ("yes", "no", "waiting")}

    @property
    def answers(self) -> dict[str, int]:
        """How many of those invited come, do not, have not said."""
        found = [each.participant.answer or "waiting" for each in self.adults]
        return {state: found.count(state) for state in ("yes", "no", "waiting")}

    @property
    def reads_minutes(self) -> bool:
        """Whether the reader is among those for whom the minutes were published, or runs the meeting."""
        if self.meeting is None or not self.meeting.minutes:
            return False
        return self.may_edit or (self.meeting.published_at is not None and self.mine is not None)


def with_rights(rows: QuerySet[Event], actor: Actor) -> QuerySet[Event]:
    """Events with `may_edit` and `may_accompany`, asked with the rest."""
    rights = {"may_edit": "agenda.edit_event", "may_accompany": "agenda.accompany"}
    return rows.annotate(
        **{
            name: ExpressionWrapper(rule_of(verb)[1](actor), output_field=BooleanField())
            for name, verb in rights.items()
        }
    )


def events_seen(actor: Actor) -> QuerySet[Event]:
    """The events that the actor may see, with their rights; no query is run."""
    audience = Prefetch("audience", EventAudience.objects.select_related("group"))
    rows = with_rights(allowed(actor, "agenda.view_event", Event.objects.all()), actor)
    return rows.prefetch_related(audience)


def page_of(event: Event, actor: Actor, *, wards: Sequence[int] = ()) -> EventPage:
    """The page of an event that the actor may see; one to three statements, by kind, besides those of `events_seen`.

    Whoever works there knows everyone; families know the adults, and their own.
    """
    may_edit, may_accompany = bool(vars(event)["may_edit"]), bool(vars(event)["may_accompany"])
    everyone = works_here(actor)
    outing = event.outings.first() if event.kind == Event.Kind.OUTING else None
    meeting = event.meetings.first() if event.kind in MET else None
    is_asked = outing is not None and outing.is_optional
    members = [_member(each, is_asked) for each in participants_of(event, with_consents=is_asked)]
    several = event.is_series or event.calendar_id is not None
    mine = next((each.participant for each in members if each.participant.person_id == actor.person_id), None)
    if not everyone:
        own = {actor.person_id, *wards}
        shown = (Role.STAFF, Role.DELEGATE)
        members = [each for each in members if each.participant.role in shown or each.participant.person_id in own]
    return EventPage(
        event=event,
        outing=outing,
        meeting=meeting,
        occurrences=list(event.occurrences.order_by("starts_on")[:LISTED]) if several else (),
        members=members,
        may_edit=may_edit,
        may_accompany=may_accompany,
        sees_everyone=everyone,
        mine=mine,
    )


def participants_of(event: Event, *, with_consents: bool) -> list[Participant]:
    """Those named in an event by name, with their class; and what their guardians answered, in a second statement."""
    rows = Participant.objects.filter(event=event).select_related("person").annotate(division=division_of("person"))
    if with_consents:
        consents = Consent.objects.select_related("guardian").order_by("answered_at")
        rows = rows.prefetch_related(Prefetch("consents", consents))
    return list(rows.order_by("person__sort_key"))


def division_of(person: str) -> Subquery:
    """The class of today of the person that an outer query names."""
    held = Membership.objects.filter(
        held_on(clock.today()), student__person=OuterRef(person), group__kind=Group.Kind.DIVISION
    )
    return Subquery(held.values("group__label")[:1])


def _member(participant: Participant, is_asked: bool) -> Member:
    asked = is_asked and participant.role == Role.STUDENT
    consents = list(participant.consents.all()) if asked else []
    return Member(participant, vars(participant)["division"] or "", consents, consent_of(consents) if asked else "")


def consent_of(consents: Sequence[Consent]) -> str:
    """What a family answers: one refusal is a refusal, else one agreement is enough.

    Source: Code civil, article 372-2 (each parent is presumed to act with the agreement of the other).
    """
    if any(not each.agrees for each in consents):
        return "no"
    return "yes" if consents else "waiting"


def wards_of(actor: Actor, event: Event) -> list[Participant]:
    """The actor's children who are named in an event and whose outing they answer for; one statement."""
    rows = allowed(actor, "agenda.consent", Participant.objects.filter(event=event))
    own = Prefetch("consents", Consent.objects.filter(guardian=actor.person_id), to_attr="own")
    return list(rows.select_related("person").prefetch_related(own).order_by("person__sort_key"))


def boarding_of(person_ids: Sequence[int]) -> dict[int, str]:
    """How students of the open school eat and sleep, by person; one statement."""
    rows = Student.objects.filter(person__in=list(person_ids))
    found: dict[int, Any] = dict(rows.values_list("person_id", "boarding_code"))
    return found
