"""Sessions being typed: kept every few seconds, never lost, even open on two devices (MSG-2)."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.textbook.models import SessionDraft

_MOST = 60


@dataclass(frozen=True, slots=True)
class Saved:
    """The draft as it is kept; `is_beside` when another device had written another text, kept beside."""

    draft: SessionDraft
    is_beside: bool = False


@transaction.atomic
def save_draft(*, place: str, version: int, content: dict[str, Any], actor: Actor, device: str) -> Saved:
    """Keep a page as it is typed. `version` is the one that the page knows, 0 at first; three statements."""
    facts = {"content": content, "device": device[:80], "saved_at": clock.now()}
    draft, is_new = SessionDraft.objects.select_for_update().get_or_create(
        person_id=actor.person_id, place=place[:60], defaults={"establishment_id": actor.establishment_id, **facts}
    )
    if is_new:
        _forget_oldest(actor)
        return Saved(draft)
    text = draft.content.get("body", "")
    is_beside = draft.version != version and bool(text) and text != content.get("body", "")
    if is_beside:
        draft.other = text
    for name, value in facts.items():
        setattr(draft, name, value)
    draft.version += 1
    draft.save()
    return Saved(draft, is_beside)


def _forget_oldest(actor: Actor) -> None:
    """Sixty pages begun are enough for anybody."""
    rows = SessionDraft.objects.filter(person_id=actor.person_id).order_by("-saved_at")
    SessionDraft.objects.filter(pk__in=list(rows.values_list("pk", flat=True)[_MOST:])).delete()
