"""Closing and reopening an account of the school; the person's devices are signed out at once."""

import datetime as dt
from dataclasses import dataclass

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from pupitre.accounts.models import Session, User
from pupitre.directory.models import Affiliation, Person
from pupitre.directory.periods import held_on
from pupitre.directory.reach import out_of_reach
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.models import AuditEntry
from pupitre.foundation.stamps import person_audience, raise_stamps


class SuspensionReason(models.TextChoices):
    """Why an account is suspended: a fact for the journal, which keeps no free text."""

    LOST_DEVICE = "lost_device", _("Téléphone ou ordinateur perdu ou volé")
    KNOWN_PASSWORD = "known_password", _("Mot de passe connu de quelqu’un d’autre")
    MISUSE = "misuse", _("Usage contraire à la charte")
    LEAVING = "leaving", _("Départ de l’établissement")
    DECISION = "decision", _("Décision de la direction")


class NotYourAccount(ValueError):
    """One's own account, that of somebody who can do more, or of somebody who has left."""


@dataclass(frozen=True, slots=True)
class Suspension:
    """When, why and by whom (empty for the system) the account was last suspended in this school."""

    at: dt.datetime
    reason: str
    by: str


def may_suspend(actor: Actor, person: Person) -> bool:
    """Whether the actor may close and reopen this person's account; three statements.

    Not one's own, nor that of somebody who can do more, nor that of somebody who has left the school.
    """
    here = Affiliation.objects.filter(held_on(clock.today()), person=person, establishment=actor.establishment_id)
    return person.pk != actor.person_id and here.exists() and not out_of_reach(actor, [person.pk])


@transaction.atomic
def suspend(*, person: Person, reason: SuspensionReason, actor: Actor) -> bool:
    """Close an account to its owner, end their sessions and void the codes and links that would open it again.

    The account is one for all the schools of the person. False when there is nothing to suspend. Raises NotYourAccount.
    """
    user = _reached(actor, person)
    if user is None or user.state not in (User.State.CREATED, User.State.ACTIVE):
        return False
    user.state = User.State.SUSPENDED
    user.save(update_fields=["state"])
    signed_out = Session.objects.filter(user=user).delete()[0]
    user.activation_codes.filter(used_at=None).delete()
    user.password_resets.filter(used_at=None).delete()
    raise_stamps([person_audience(person.pk)])
    audit.record(actor, "accounts.suspend", user, reason=reason.value, sessions=signed_out)
    return True


@transaction.atomic
def reopen(*, person: Person, actor: Actor) -> bool:
    """Give a suspended account back as it was: active with its password, or still to be activated.

    False when it was not suspended. Raises NotYourAccount.
    """
    user = _reached(actor, person)
    if user is None or user.state != User.State.SUSPENDED:
        return False
    user.state = User.State.ACTIVE if user.activated_at or user.has_usable_password() else User.State.CREATED
    user.save(update_fields=["state"])
    raise_stamps([person_audience(person.pk)])
    audit.record(actor, "accounts.reopen", user)
    return True


def suspension_of(user: User) -> Suspension | None:
    """The last suspension written in this school's journal, or None when another school did it; two statements."""
    written = AuditEntry.objects.filter(establishment_id=current_establishment_id(), verb="accounts.suspend")
    last = written.filter(target="accounts.user", target_id=user.pk).order_by("-at").first()
    if last is None:
        return None
    by = Person.objects.filter(pk=last.person_id or 0).values_list("formal_name", flat=True).first()
    return Suspension(last.at, str(SuspensionReason(last.detail["reason"]).label), by or "")


def _reached(actor: Actor, person: Person) -> User | None:
    if not may_suspend(actor, person):
        raise NotYourAccount(person.pk)
    return User.objects.select_for_update(of=("self",)).filter(person=person).first()
