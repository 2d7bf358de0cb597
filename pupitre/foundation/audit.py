"""The journal: who did what, where and when."""

from typing import Any

from django.db.models import Model

from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.models import AuditEntry


def record(actor: Actor | None, verb: str, target: Model | None = None, **detail: Any) -> None:
    """Write one line of the journal, in the transaction of the act itself. `actor` is None for the system.

    `detail` holds objective facts only (numbers, codes): never free text, a password or a code.
    """
    AuditEntry.objects.create(
        at=clock.now(),
        user_id=actor.user_id if actor else None,
        person_id=actor.person_id if actor else None,
        establishment_id=actor.establishment_id if actor else detail.pop("establishment_id", None),
        verb=verb,
        target=target._meta.label_lower if target else "",
        target_id=target.pk if target else None,
        detail=detail,
    )
