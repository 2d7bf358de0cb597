"""Shutting a guardian out of one child, and letting them in again: decided by the head, for this school only.

Source: Code civil, art. 373-2 and 373-2-1 (a separated parent, and one without authority, keep the right to be told of
schooling): only a decision takes it away. The journal keeps its nature, never its words.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Guardianship, Person
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import audit
from pupitre.foundation.actor import Actor
from pupitre.foundation.models import AuditEntry
from pupitre.foundation.stamps import person_audience, raise_stamps

_SHUT, _LET_IN = "directory.shut_out", "directory.let_in"


class ShutReason(models.TextChoices):
    """Why a guardian is shut out of a child."""

    JUDGE = "judge", _("Décision d’un juge")
    PROTECTION = "protection", _("Mesure de protection de l’enfance")
    WITHDRAWN = "withdrawn", _("Retrait de l’autorité parentale")
    OF_AGE = "of_age", _("Demande de l’élève majeur")
    WRONG_LINK = "wrong_link", _("Lien inexact, en attente de correction dans la base élèves")


class LetInReason(models.TextChoices):
    """Why a guardian is let in again."""

    NEW_DECISION = "new_decision", _("Nouvelle décision d’un juge")
    OVER = "over", _("Fin de la mesure")
    REQUEST = "request", _("Demande de l’élève majeur")
    MISTAKE = "mistake", _("Fermeture faite par erreur")


@dataclass(frozen=True, slots=True)
class Step:
    """One line of what was decided about a link: shut or opened, when, why and by whom (empty for the system)."""

    is_shut: bool
    at: dt.datetime
    reason: str
    by: str


@transaction.atomic
def shut_out(*, link: Guardianship, reason: ShutReason, actor: Actor) -> bool:
    """Close one child to a guardian at once, whatever the level of the link; imports do not open it again.

    False when it was closed already.
    """
    return _set(link, _SHUT, reason.value, actor, is_restricted=True)


@transaction.atomic
def let_in(*, link: Guardianship, reason: LetInReason, actor: Actor) -> bool:
    """Give a guardian back what their link to the child gives. False when nothing was closed."""
    return _set(link, _LET_IN, reason.value, actor, is_restricted=False)


def steps_of(link: Guardianship) -> Sequence[Step]:
    """What was decided about a link in this school, the last first; two statements.

    Looked for by its two people, for an import that is undone and done again makes a new row.
    """
    lines = AuditEntry.objects.filter(
        establishment_id=current_establishment_id(),
        verb__in=(_SHUT, _LET_IN),
        detail__contains={"guardian": link.guardian_id, "student": link.student_id},
    ).order_by("-at", "-pk")
    names = dict(Person.objects.filter(pk__in=[line.person_id for line in lines]).values_list("pk", "formal_name"))
    labels = {_SHUT: dict(ShutReason.choices), _LET_IN: dict(LetInReason.choices)}
    return [
        Step(
            line.verb == _SHUT,
            line.at,
            str(labels[line.verb][line.detail["reason"]]),
            names.get(line.person_id or 0, ""),
        )
        for line in lines
    ]


def _set(link: Guardianship, verb: str, reason: str, actor: Actor, *, is_restricted: bool) -> bool:
    # Asked again under the lock: two heads may decide at the same time.
    changed = Guardianship.objects.filter(pk=link.pk).exclude(is_restricted=is_restricted)
    if not changed.update(is_restricted=is_restricted):
        return False
    link.is_restricted = is_restricted
    raise_stamps([person_audience(link.guardian_id)])
    audit.record(actor, verb, link, reason=reason, guardian=link.guardian_id, student=link.student_id)
    return True
