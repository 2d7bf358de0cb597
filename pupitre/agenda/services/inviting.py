"""Who takes part: named one by one, or a whole class at a time."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from pupitre.agenda.models import Event, Outing, Participant
from pupitre.agenda.policies import MANAGE
from pupitre.agenda.refusals import Refusal
from pupitre.agenda.services.addressing import groups_to_address
from pupitre.agenda.services.outings import publish_who_goes
from pupitre.agenda.services.telling import CALLED, OUTING, named, recipients_of, see_again, tell
from pupitre.directory.models import Affiliation, Group, Membership
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import STAFF, Profile
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.notifications.services.posting import Recipient

Role = Participant.Role
MOST = 400
"""People of one event: beyond, it is an audience that is meant."""


@transaction.atomic
def invite(*, event: Event, person_ids: Sequence[int], actor: Actor) -> int:
    """Name people in an event, as what they are in the school; how many are new. Raises Refusal.

    A student or a family may only be named by those who answer for one of their groups. Once the event is published, those
    who are added are told, but the students of an outing: their families answer.
    """
    if event.cancelled_at is not None:
        raise Refusal(_("Cet évènement est annulé : il ne change plus."))
    roles = _roles(event, person_ids)
    _check_reach([pk for pk, role in roles.items() if role in (Role.STUDENT, Role.DELEGATE)], actor)
    return _add(event, roles, actor)


@transaction.atomic
def invite_group(*, event: Event, group: Group, actor: Actor) -> int:
    """Name all the students of a class or a group; how many are new. Raises Refusal."""
    if group.pk not in {each.pk for each in groups_to_address(actor)}:
        raise Refusal(_("Cette classe n’est pas l’une des vôtres : demandez à la vie scolaire de l’ajouter."))
    rows = Membership.objects.filter(held_on(clock.today()), group=group).values_list("student__person_id", flat=True)
    return _add(event, dict.fromkeys(rows, Role.STUDENT), actor)


@transaction.atomic
def remove(*, participant: Participant, actor: Actor) -> None:
    """Take somebody off an event, with what they or their family answered."""
    event = participant.event
    audit.record(actor, "agenda.remove", event, person=participant.person_id)
    participant.delete()
    _tell_above(event)
    see_again(event)


def _roles(event: Event, person_ids: Sequence[int]) -> dict[int, str]:
    """As what each person of the school is named: one that is not of it is left out; one statement."""
    here = Affiliation.objects.filter(
        held_on(clock.today()), establishment=current_establishment_id(), person__in=list(person_ids)
    )
    held: dict[int, set[str]] = {}
    for person, profile in here.values_list("person_id", "profile"):
        held.setdefault(person, set()).add(profile)
    return {person: _role(event, profiles) for person, profiles in held.items()}


def _role(event: Event, profiles: Iterable[str]) -> str:
    held = set(profiles)
    if held & STAFF:
        return Role.STAFF
    if Profile.STUDENT in held and event.kind == Event.Kind.OUTING:
        return Role.STUDENT
    if held & {Profile.STUDENT, Profile.GUARDIAN} and event.kind == Event.Kind.COUNCIL:
        return Role.DELEGATE
    return Role.INVITED


def _check_reach(person_ids: Sequence[int], actor: Actor) -> None:
    if not person_ids or actor.has(MANAGE):
        return
    groups = [each.pk for each in groups_to_address(actor)]
    rows = Membership.objects.filter(held_on(clock.today()), group__in=groups, student__person__in=person_ids)
    if set(person_ids) - set(rows.values_list("student__person_id", flat=True)):
        raise Refusal(_("Un élève choisi n’est pas de vos classes : demandez à la vie scolaire de l’ajouter."))


def _add(event: Event, roles: dict[int, str], actor: Actor) -> int:
    known = set(Participant.objects.filter(event=event).values_list("person_id", flat=True))
    new = {person: role for person, role in roles.items() if person not in known}
    if len(known) + len(new) > MOST:
        raise Refusal(
            _("Cela fait plus de %(most)s personnes. Écrivez plutôt l’évènement pour leurs classes.") % {"most": MOST}
        )
    Participant.objects.bulk_create(
        Participant(establishment_id=event.establishment_id, event=event, person_id=person, role=role)
        for person, role in new.items()
    )
    audit.record(actor, "agenda.invite", event, people=len(new))
    if event.visible_at is not None:
        told = [Recipient(person) for person, role in new.items() if role != Role.STUDENT]
        tell(CALLED, event, _("Invitation : %(event)s") % {"event": named(event)}, people=told, actor=actor)
        _tell_families(event, {person for person, role in new.items() if role == Role.STUDENT})
        _tell_above(event)
    see_again(event)
    return len(new)


def _tell_families(event: Event, students: set[int]) -> None:
    """Families of those who join an outing that was approved already."""
    people = [each for each in recipients_of(event) if each.child_id in students] if students else []
    if people:
        tell(OUTING, event, _("Votre réponse est attendue : %(event)s") % {"event": named(event)}, people=people)


def _tell_above(event: Event) -> None:
    outing = Outing.objects.filter(event=event, state=Outing.State.APPROVED).select_related("event").first()
    if outing is not None:
        publish_who_goes(outing)
