"""Telling people something: the only door through which other rooms do it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from pupitre.directory.models import Affiliation
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import STAFF, Profile
from pupitre.establishments.scope import scope
from pupitre.foundation import clock, jobs, live
from pupitre.foundation.actor import Actor
from pupitre.notifications.kinds import kind_of
from pupitre.notifications.queries import hours_of
from pupitre.notifications.quiet_hours import release_at, share_of
from pupitre.notifications.services.publication import record_urgent
from pupitre.notifications.sql import WRITE

ROUTE = "notifications.route"
BATCH = 500
"""Notices that one job puts in envelopes."""

# Lengths of the columns: a sentence that a room made too long is cut, never refused.
_TITLE, _BODY = 200, 1000


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody to tell; for a guardian, the child that it is about, who is named in the title."""

    person_id: int
    child_id: int | None = None


@transaction.atomic
def notify(
    kind: str,
    recipients: Iterable[Recipient],
    *,
    establishment_id: int,
    title: str,
    url: str,
    body: str = "",
    urgent: bool = False,
    visible_at: datetime | None = None,
    group_key: str = "",
    collapse: tuple[str, str] | None = None,
    actor: Actor | None = None,
    author: tuple[int, str] | None = None,
) -> None:
    """Tell people something, in the caller's transaction; nothing leaves when it is rolled back.

    Families see it at `visible_at` at the earliest, and when the quiet hours of the school allow, each at their place in
    the spread; people who work there see it at once in their list, and are reached at their own hours. `urgent` passes
    all of them: with an `actor`, their right is checked and the use journalled (raises NotUrgent). `title` is a sentence
    without the child's name; `body` a detail that is never shown on a locked screen; neither holds a mark. `url` is a path
    of ours. Notices of one `group_key` are one line in the list. `collapse`: one and many, with « %(count)s »
    (« %(count)s nouvelle note », « %(count)s nouvelles notes »). `author`: the person, and their name, whose gesture
    it is. Eight statements whatever the number of recipients; one job for five hundred. Raises UnknownKind.
    """
    declared = kind_of(kind)
    people = list(dict.fromkeys(recipients))
    if not people:
        return
    if urgent and actor is not None:
        record_urgent(actor, kind=kind, recipients=len(people))
    now = clock.now()
    asked = max(now, visible_at or now)
    is_urgent = urgent or declared.urgent
    with scope(establishment_id):
        rules = hours_of(establishment_id)
    # Quiet hours protect families: who works there finds it in their list at once, unless it is about their own child.
    waiting: set[Recipient] = set() if is_urgent else set(people) - _told_as_staff(establishment_id, people)
    instants = [
        release_at(rules, asked, share_of(establishment_id, each.person_id)) if each in waiting else asked
        for each in people
    ]
    one, many = collapse or ("", "")
    facts = {
        "establishment": establishment_id, "kind": kind, "title": title[:_TITLE], "body": body[:_BODY], "url": url,
        "group_key": group_key, "one": one, "many": many, "is_urgent": is_urgent, "now": now,
        "author": author[0] if author else None, "author_name": author[1] if author else "",
    }  # fmt: skip
    _write(facts, people, instants)
    _leave_now([each.person_id for each, at in zip(people, instants, strict=True) if at <= now])


def _told_as_staff(establishment_id: int, people: Sequence[Recipient]) -> set[Recipient]:
    ids = [each.person_id for each in people if each.child_id is None]
    if not ids:
        return set()
    here = Affiliation.objects.filter(held_on(clock.today()), establishment=establishment_id, person__in=ids)
    return set(map(Recipient, here.filter(profile__in=STAFF | {Profile.GUEST}).values_list("person_id", flat=True)))


def _write(facts: dict[str, Any], people: Sequence[Recipient], instants: Sequence[datetime]) -> None:
    arrays: dict[str, Any] = {
        "people": [each.person_id for each in people],
        "children": [each.child_id for each in people],
        "instants": list(instants),
    }
    with connection.cursor() as cursor:
        cursor.execute(WRITE, {**facts, **arrays})


def _leave_now(person_ids: Sequence[int]) -> None:
    """What is held is found by the sweep of every minute; the rest leaves with the transaction."""
    if not person_ids:
        return
    live.tell(person_ids)
    jobs.enqueue_many(ROUTE, [{} for _job in range(-(-len(person_ids) // BATCH))])
