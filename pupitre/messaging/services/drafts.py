"""Letters being written: kept every few seconds, never lost, even open on two devices (MSG-2)."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.messaging.models import BODY_LENGTH, SUBJECT_LENGTH, Draft, Message

_MOST = 100


class AlreadySent(ValueError):
    """The letter has left: what a page still had to save of it is not a draft any more."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a draft: the row that holds this text now; `is_beside` when another device had written over it."""

    draft: Draft
    is_beside: bool = False


@transaction.atomic
def save_draft(
    *,
    key: UUID,
    version: int,
    subject: str,
    body: str,
    content: dict[str, Any],
    actor: Actor,
    device: str,
    reply_to_id: int | None = None,
) -> Saved:
    """Keep a letter as it is on a page. `version` is the one that the page knows, 0 for a new letter.

    When another device has saved since, its text stays and this one is kept beside, as a draft of its own. Raises
    AlreadySent.
    """
    if Message.objects.filter(author_id=actor.person_id, key=key).exists():
        raise AlreadySent
    facts = {
        "subject": subject[:SUBJECT_LENGTH],
        "body": body[:BODY_LENGTH],
        "content": content,
        "device": device[:80],
        "saved_at": clock.now(),
    }
    new = {"establishment_id": actor.establishment_id, "reply_to_id": reply_to_id, **facts}
    draft, created = Draft.objects.select_for_update().get_or_create(person_id=actor.person_id, key=key, defaults=new)
    if created:
        _forget_oldest(actor.person_id)
        return Saved(draft)
    if draft.version != version and (draft.body, draft.subject) != (facts["body"], facts["subject"]):
        beside = Draft.objects.create(person_id=actor.person_id, key=uuid4(), **new)
        return Saved(beside, is_beside=True)
    for name, value in facts.items():
        setattr(draft, name, value)
    draft.version += 1
    draft.save()
    return Saved(draft)


def drop_draft(person_id: int, key: UUID) -> None:
    """The letter was sent, or given up."""
    Draft.objects.filter(person_id=person_id, key=key).delete()


def _forget_oldest(person_id: int) -> None:
    """A hundred drafts are enough for anybody."""
    old = Draft.objects.filter(person_id=person_id).order_by("-saved_at").values_list("pk", flat=True)[_MOST:]
    Draft.objects.filter(pk__in=list(old)).delete()
