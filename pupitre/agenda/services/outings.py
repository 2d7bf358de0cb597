"""Outings: written, submitted to the head, approved or not, cancelled; families reminded; who is there noted on the spot."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from pupitre.agenda.events import OutingApproved, OutingCancelled
from pupitre.agenda.models import Consent, Event, Outing, Participant
from pupitre.agenda.refusals import Refusal
from pupitre.agenda.services import scheduling
from pupitre.agenda.services.scheduling import EventFacts
from pupitre.agenda.services.telling import OUTING, named, recipients_of, see_again, tell
from pupitre.directory.models import Affiliation, Person, Student
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import Profile
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import current_establishment_id, scope
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.events import publish
from pupitre.foundation.ui.french import day
from pupitre.notifications.services.posting import Recipient
from pupitre.notifications.services.publication import release_time

State, Role = Outing.State, Participant.Role
CHASED_BEFORE = dt.timedelta(days=2)
"""How long before the last day to answer families are reminded by themselves."""
_ONCE_A = dt.timedelta(hours=20)


@dataclass(frozen=True, slots=True)
class OutingFacts:
    """What an outing adds to its event; money in cents."""

    is_optional: bool = True
    cost_cents: int = 0
    cost_note: str = ""
    insurance_note: str = ""
    transport: str = ""
    meals_cancelled: bool = True
    answer_by_on: dt.date | None = None


@transaction.atomic
def draft(*, facts: EventFacts, outing: OutingFacts, actor: Actor) -> Outing:
    """Write an outing that nobody else sees yet; its author goes along. Raises Refusal."""
    event = scheduling.schedule(facts=facts, actor=actor, is_draft=True)
    made: Outing = Outing.objects.create(event=event, **asdict(outing))
    Participant.objects.create(event=event, person_id=actor.person_id, role=Role.STAFF)
    return made


@transaction.atomic
def rewrite(*, outing: Outing, facts: EventFacts, added: OutingFacts, actor: Actor) -> None:
    """Change an outing. Once approved, families are told, and what they answered stays. Raises Refusal.

    What they agreed to does not change behind their back: neither day, place nor cost of an approved outing.
    """
    event = outing.event
    if outing.state == State.APPROVED:
        before = (event.starts_on, event.ends_on, event.place, outing.cost_cents, outing.is_optional)
        if before != (facts.starts_on, facts.ends_on, facts.place, added.cost_cents, added.is_optional):
            raise Refusal(
                _(
                    "Les familles ont donné leur accord à ce jour, ce lieu et ce coût : annulez la sortie et écrivez-en une autre."
                )
            )
    if outing.state == State.CANCELLED:
        raise Refusal(_("Cette sortie est annulée : elle ne change plus."))
    scheduling.change(event=event, facts=facts, actor=actor)
    for name, value in asdict(added).items():
        setattr(outing, name, value)
    outing.save(update_fields=list(asdict(added)))
    if outing.state == State.APPROVED:
        tell(OUTING, event, _("Changement : %(event)s") % {"event": named(event)}, actor=actor)


@transaction.atomic
def submit(*, outing: Outing, actor: Actor) -> None:
    """Ask the head to approve: somebody must go, and somebody must go along. Raises Refusal."""
    locked = _locked(outing, State.DRAFT, State.REFUSED)
    roles = list(locked.event.participants.values_list("role", flat=True))
    if Role.STUDENT not in roles:
        raise Refusal(_("Ajoutez d’abord les élèves qui partent."))
    if Role.STAFF not in roles:
        raise Refusal(_("Ajoutez d’abord les adultes qui accompagnent."))
    locked.state, locked.submitted_at = State.SUBMITTED, clock.now()
    locked.save(update_fields=["state", "submitted_at"])
    audit.record(actor, "agenda.submit_outing", locked)
    heads = Affiliation.objects.filter(
        held_on(clock.today()), establishment=current_establishment_id(), profile=Profile.HEAD
    )
    people = [Recipient(pk) for pk in heads.values_list("person_id", flat=True)]
    tell(
        OUTING,
        locked.event,
        _("Sortie à autoriser : %(event)s") % {"event": named(locked.event)},
        people=people,
        actor=actor,
    )
    see_again(locked.event)


@transaction.atomic
def approve(*, outing: Outing, note: str = "", actor: Actor) -> None:
    """Let an outing take place: families read it at their hours and answer; rooms above are told. Raises Refusal."""
    locked = _decide(outing, State.APPROVED, note, actor)
    event = locked.event
    event.visible_at = release_time(establishment_id=event.establishment_id)
    event.save(update_fields=["visible_at"])
    text = _("Votre accord est demandé : %(event)s") if locked.is_optional else _("Sortie : %(event)s")
    people = recipients_of(event)
    families = [each for each in people if each.child_id is not None]
    tell(OUTING, event, text % {"event": named(event)}, people=families)
    others = [each for each in people if each.child_id is None]
    tell(OUTING, event, _("Sortie autorisée : %(event)s") % {"event": named(event)}, people=others, actor=actor)
    publish_who_goes(locked)
    see_again(event)


@transaction.atomic
def refuse(*, outing: Outing, note: str, actor: Actor) -> None:
    """Say no to an outing, and why; its author may change it and ask again. Raises Refusal."""
    if not note.strip():
        raise Refusal(_("Dites pourquoi : l’organisateur pourra corriger et soumettre à nouveau."))
    locked = _decide(outing, State.REFUSED, note, actor)
    text = _("Sortie non autorisée : %(event)s") % {"event": named(locked.event)}
    tell(OUTING, locked.event, text, people=[Recipient(locked.event.author_id)])
    see_again(locked.event)


@transaction.atomic
def cancel(*, outing: Outing, actor: Actor) -> None:
    """Cancel an outing; those who were told hear of it, and rooms above too. A draft is deleted. Raises Refusal."""
    locked = _locked(outing, State.DRAFT, State.SUBMITTED, State.REFUSED, State.APPROVED)
    was_approved = locked.state == State.APPROVED
    if not was_approved:
        scheduling.cancel(event=locked.event, actor=actor)
        return
    locked.state = State.CANCELLED
    locked.save(update_fields=["state"])
    scheduling.cancel(event=locked.event, actor=actor)
    tell(OUTING, locked.event, _("Annulée : %(event)s") % {"event": named(locked.event)}, actor=actor)
    publish(OutingCancelled(locked.establishment_id, locked.pk))


@transaction.atomic
def chase(*, outing: Outing, actor: Actor | None) -> int:
    """Remind the guardians of the students about whom nobody has answered; how many were. Raises Refusal.

    Once a day at most: a family that is asked twice an hour reads no more.
    """
    locked = _locked(outing, State.APPROVED)
    now = clock.now()
    if locked.chased_at is not None and now - locked.chased_at < _ONCE_A:
        raise Refusal(_("Les familles ont déjà été relancées aujourd’hui."))
    answered = Consent.objects.filter(participant__event=locked.event).values_list("participant__person_id", flat=True)
    silent = [
        each for each in recipients_of(locked.event) if each.child_id is not None and each.child_id not in set(answered)
    ]
    locked.chased_at = now
    locked.save(update_fields=["chased_at"])
    audit.record(actor, "agenda.chase", locked, establishment_id=locked.establishment_id, people=len(silent))
    by = _(" Réponse avant le %(day)s.") % {"day": day(locked.answer_by_on)} if locked.answer_by_on else ""
    tell(
        OUTING,
        locked.event,
        _("Votre accord est attendu : %(event)s.") % {"event": named(locked.event)} + by,
        people=silent,
    )
    return len(silent)


def chase_due(establishment_id: int) -> int:
    """Remind, once, the families of the outings whose last day to answer is near; how many outings."""
    today = clock.today()
    with scope(establishment_id):
        rows = Outing.objects.filter(
            state=State.APPROVED,
            is_optional=True,
            chased_at=None,
            answer_by_on__range=(today, today + CHASED_BEFORE),
            event__starts_on__gte=today,
        )
        due = list(rows.select_related("event"))
        for outing in due:
            chase(outing=outing, actor=None)
        return len(due)


@transaction.atomic
def note_presence(*, event: Event, presence: Mapping[int, bool], actor: Actor) -> int:
    """Say who is there on the spot, by number of participant; how many were noted. Raises Refusal before the day."""
    if event.starts_on > clock.today():
        raise Refusal(_("La sortie n’a pas commencé : la liste se remplit le jour même."))
    rows = list(Participant.objects.filter(event=event, pk__in=presence, role=Role.STUDENT))
    for row in rows:
        row.attended, row.noted_at = presence[row.pk], clock.now()
    Participant.objects.bulk_update(rows, ["attended", "noted_at"])
    missing = sum(not row.attended for row in rows)
    audit.record(actor, "agenda.note_presence", event, people=len(rows), missing=missing)
    return len(rows)


def publish_who_goes(outing: Outing) -> None:
    """Tell the rooms above who goes on an approved outing, and when."""
    event = outing.event
    named_in = list(event.participants.values_list("role", "person_id"))
    going = event.participants.filter(role=Role.STUDENT)
    if outing.is_optional:
        # One refusal is a refusal, else one agreement is enough.
        going = going.filter(consents__agrees=True).exclude(consents__agrees=False)
    schoolings = dict(
        Student.objects.filter(person__in=[pk for role, pk in named_in if role == Role.STUDENT])
        .order_by("pk")
        .values_list("pk", "person_id")
    )
    agreed = set(going.values_list("person_id", flat=True))
    publish(
        OutingApproved(
            event.establishment_id,
            outing.pk,
            tuple(schoolings),
            tuple(sorted(pk for role, pk in named_in if role == Role.STAFF)),
            dt.datetime.combine(event.starts_on, event.starts_at or dt.time.min, clock.PARIS),
            dt.datetime.combine(event.ends_on, event.ends_at or dt.time(23, 59), clock.PARIS),
            event.title,
            tuple(pk for pk, person in schoolings.items() if person in agreed),
        )
    )


def chase_everywhere() -> int:
    """The outings of every school whose families are to be reminded today."""
    schools = Establishment.objects.filter(is_open=True).values_list("pk", flat=True)
    return sum(chase_due(pk) for pk in schools)


def _decide(outing: Outing, state: str, note: str, actor: Actor) -> Outing:
    locked = _locked(outing, State.SUBMITTED)
    locked.state, locked.decided_at, locked.decision_note = state, clock.now(), note.strip()[:300]
    locked.decided_by_name = Person.objects.values_list("formal_name", flat=True).get(pk=actor.person_id)
    locked.save(update_fields=["state", "decided_at", "decision_note", "decided_by_name"])
    audit.record(actor, "agenda.decide_outing", locked, state=str(state))
    return locked


def _locked(outing: Outing, *states: str) -> Outing:
    """The outing as it is now, held until the end of the gesture. Raises Refusal when it is elsewhere."""
    locked: Outing = Outing.objects.select_for_update(of=("self",)).select_related("event").get(pk=outing.pk)
    if locked.state not in states:
        raise Refusal(
            _("Cette sortie est « %(state)s » : ce geste n’est plus possible. Rechargez la page.")
            % {"state": locked.get_state_display().lower()}
        )
    return locked
