"""Lists of outings and councils; the emergency sheet; the meals that the kitchen does not make."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from pupitre.agenda.models import Event, Meeting, Outing, Participant
from pupitre.agenda.policies import APPROVE, MANAGE
from pupitre.agenda.queries.event import Member, boarding_of
from pupitre.directory.guardians import open_on
from pupitre.directory.models import Guardianship, Relation
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor

LISTED = 100
EATS = ("2", "3", "4", "5")
"""First letters of boarding codes (SIECLE, CODE_REGIME) of those who eat at the canteen; 0 and 1 do not."""


def outings_seen(actor: Actor) -> QuerySet[Outing]:
    """The outings that the actor runs, goes on, or may approve, with how many go; the next first; one statement."""
    along = Participant.objects.filter(person=actor.person_id, role=Participant.Role.STAFF)
    mine = Q(event__author_id=actor.person_id) | Q(event__in=along.values("event"))
    if actor.has(MANAGE) or actor.has(APPROVE):
        mine = mine | ~Q(state=Outing.State.DRAFT)
    students = Count("event__participants", filter=Q(event__participants__role=Participant.Role.STUDENT))
    rows: QuerySet[Outing] = Outing.objects.filter(mine).select_related("event").annotate(students=students)
    return rows.order_by("-event__starts_on")[:LISTED]


def councils_seen(actor: Actor) -> QuerySet[Meeting]:
    """The class councils that the actor runs or sits in, the next first; one statement."""
    sits = Participant.objects.filter(person=actor.person_id)
    mine = Q(event__author_id=actor.person_id) | Q(event__in=sits.values("event"))
    rows: QuerySet[Meeting] = Meeting.objects.filter(event__kind=Event.Kind.COUNCIL, event__cancelled_at=None)
    rows = rows if actor.has(MANAGE) else rows.filter(mine)
    return rows.select_related("event", "group", "term").order_by("-event__starts_on", "group__label")[:LISTED]


@dataclass(frozen=True, slots=True)
class ToCall:
    """An adult to call about a student, the first one first."""

    name: str
    relation: str
    numbers: Sequence[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What those who go along must have at hand of one student (fiche d’urgence)."""

    member: Member
    guardians: Sequence[ToCall]


def emergency_sheets(students: Sequence[Member]) -> list[Sheet]:
    """Whom to call for each student; one statement. Contacts of the third level are named too: it is an emergency.

    Links that the head has shut are not.
    """
    people = [each.participant.person_id for each in students]
    today = clock.today()
    links = (
        Guardianship.objects.filter(
            open_on(today) | Q(level=Guardianship.Level.CONTACT, is_restricted=False, starts_on__lte=today),
            Q(ends_on=None) | Q(ends_on__gte=today),
            student__in=people,
            establishment=current_establishment_id(),
        )
        .exclude(guardian=F("student"))
        .select_related("guardian")
        .order_by("-contact_first", "level", "guardian__sort_key")
    )
    found: dict[int, list[ToCall]] = {}
    for link in links:
        numbers = [number for number in (link.guardian.mobile, link.guardian.phone) if number]
        relation = str(Relation(link.relation).label) if link.relation else ""
        found.setdefault(link.student_id, []).append(ToCall(link.guardian.display_name, relation, numbers))
    return [Sheet(each, found.get(each.participant.person_id, ())) for each in students]


@dataclass(frozen=True, slots=True)
class Meals:
    """The students who do not eat at the canteen, by class, and those whose boarding is not known."""

    by_class: Sequence[tuple[str, Sequence[Member]]]
    unknown: Sequence[Member]

    @property
    def total(self) -> int:
        return sum(len(members) for _division, members in self.by_class)


def meals_of(students: Sequence[Member]) -> Meals:
    """Who, among those who go, eats at the canteen; one statement. A refusal keeps its student at school, and their meal."""
    going = [each for each in students if each.consent != "no"]
    codes = boarding_of([each.participant.person_id for each in going])
    classes: dict[str, list[Member]] = {}
    unknown = []
    for each in going:
        code = codes.get(each.participant.person_id, "")
        if not code:
            unknown.append(each)
        elif code.startswith(EATS):
            classes.setdefault(each.division, []).append(each)
    return Meals(sorted(classes.items()), unknown)
