"""A file comes in, and the school says what its columns and its reasons are; it is asked once."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pupitre.attendance.services.reasons import reasons_of_school
from pupitre.directory.models import Subject
from pupitre.directory.names import fold
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import audit, clock, jobs
from pupitre.foundation.actor import Actor
from pupitre.integrations.exchange.csv import Table
from pupitre.integrations.exchange.verdicts import Rejected
from pupitre.integrations.imports.sealing import seal, unseal
from pupitre.integrations.takeover.completeness import missing_of
from pupitre.integrations.takeover.fields import NAMED_RESULTS, NAMES_STUDENT, thing_of
from pupitre.integrations.takeover.models import RESULTS, LineIssue, Remembered, TakeOver, Thing
from pupitre.integrations.takeover.queries import digest_of, remembered_of
from pupitre.integrations.takeover.reader import proposed, read, titles_of

READ, APPLY = "takeover.read", "takeover.apply"
State = TakeOver.State
OPEN = (State.TO_MAP, State.TO_REVIEW, State.FAILED)
"""States in which nothing was taken, and nobody is at work."""


@transaction.atomic
def receive(
    name: str,
    data: bytes,
    *,
    actor: Actor | None,
    thing: str = "",
    said: Mapping[str, Any] | None = None,
    may_results: bool = True,
) -> TakeOver:
    """Keep a file, sealed, with what its columns seem to hold. Raises Rejected: nothing is kept then.

    `thing` and `said`: what the school says of every line, when the file does not; `may_results`: whether marks may be handed over.
    """
    table = read(name, data)
    thing = thing or _thing(name, table)
    if thing in RESULTS and not may_results:
        raise Rejected(_("Les notes, les moyennes et les bulletins se reprennent à la direction ou au secrétariat."))
    take: TakeOver = TakeOver.objects.create(
        name=name[:200],
        size=len(data),
        digest=digest_of(data),
        data=seal(data),
        columns=proposed(table, remembered_of("column"), thing),
        thing=thing,
        said=dict(said or {}),
        author_id=actor.person_id if actor else None,
        created_at=clock.now(),
    )
    audit.record(actor, "takeover.receive", take, establishment_id=take.establishment_id)
    return take


def table_of(take: TakeOver) -> Table:
    """The table of a file that is still kept. Raises Rejected."""
    return read(take.name, unseal(take.data or b""))


def is_complete(take: TakeOver) -> bool:
    """Whether the columns of a file say enough to read it."""
    if take.thing in RESULTS:
        return not missing_of(take.columns, take.thing, take.said, table_of(take))
    names_someone = any(wanted <= take.columns.keys() for wanted in NAMES_STUDENT)
    return names_someone and "starts_on" in take.columns and bool(take.thing or "thing" in take.columns)


@transaction.atomic
def choose_columns(
    take: TakeOver, columns: Mapping[str, int], thing: str, *, actor: Actor, said: Mapping[str, Any] | None = None
) -> None:
    """Say which column holds what, remember it for the next file, and have the file read."""
    if not _is_still_open(take):
        return
    titles = titles_of(table_of(take))
    remember("column", {key: titles[place] for key, place in columns.items()}, actor)
    take.columns, take.thing, take.said = dict(columns), thing, dict(said or {})
    take.save(update_fields=["columns", "thing", "said"])
    have_read(take)


@transaction.atomic
def choose_thing(take: TakeOver, thing: str) -> None:
    """Say that lines tell something else: their columns are looked for again."""
    if not _is_still_open(take):
        return
    take.thing, take.columns = thing, proposed(table_of(take), remembered_of("column"), thing)
    take.state = State.TO_MAP
    take.save(update_fields=["thing", "columns", "state"])


@transaction.atomic
def choose_subjects(take: TakeOver, chosen: Mapping[str, int], *, actor: Actor) -> int:
    """Say which of our subjects theirs are (0: none of ours), remember it, and have the file read again; how many changed."""
    if not _is_still_open(take):
        return 0
    usable = {*Subject.objects.values_list("pk", flat=True), 0}
    known = {each["key"] for each in take.subjects}
    kept = {key: str(value) for key, value in chosen.items() if key in known and value in usable}
    remember("subject", kept, actor)
    have_read(take)
    return len(kept)


@transaction.atomic
def choose_reasons(take: TakeOver, chosen: Mapping[str, int], *, actor: Actor) -> int:
    """Say which of our reasons theirs are (0: none of ours), remember it, and have the file read again; how many changed."""
    if not _is_still_open(take):
        return 0
    usable = {each.pk for each in reasons_of_school()} | {0}
    known = {each["key"] for each in take.reasons}
    kept = {key: str(value) for key, value in chosen.items() if key in known and value in usable}
    remember("reason", kept, actor)
    have_read(take)
    return len(kept)


def _is_still_open(take: TakeOver) -> bool:
    """Lock a file; whether nothing was taken of it since the page was shown: what it gave could not be taken back."""
    rows = TakeOver.objects.select_for_update().filter(pk=take.pk, state__in=OPEN)
    return rows.values_list("pk", flat=True).first() is not None


@transaction.atomic
def have_read(take: TakeOver) -> None:
    """Have a file read beside the page."""
    if not _is_still_open(take):
        return
    take.state = State.ANALYSING
    take.save(update_fields=["state"])
    jobs.enqueue(READ, establishment_id=take.establishment_id, pk=take.pk)


@transaction.atomic
def abandon(take: TakeOver, *, actor: Actor) -> bool:
    """Give a file up: it is removed, nothing was taken. False when it is too late."""
    locked = TakeOver.objects.select_for_update().get(pk=take.pk)
    if locked.state not in OPEN:
        return False
    locked.state, locked.data, locked.ended_at = State.ABANDONED, None, clock.now()
    locked.save(update_fields=["state", "data", "ended_at"])
    LineIssue.objects.filter(take_over=locked).delete()
    audit.record(actor, "takeover.abandon", locked)
    return True


def remember(kind: str, answers: Mapping[str, str], actor: Actor | None) -> None:
    """Keep answers of the school for its next files; one statement."""
    Remembered.objects.bulk_create(
        [
            Remembered(
                establishment_id=current_establishment_id(),
                kind=kind,
                outside=outside[:200],
                value=value[:200],
                decided_by_id=actor.person_id if actor else None,
                decided_at=clock.now(),
            )
            for outside, value in answers.items()
        ],
        update_conflicts=True,
        unique_fields=["establishment", "kind", "outside"],
        update_fields=["value", "decided_by", "decided_at"],
    )


def _thing(name: str, table: Table) -> str:
    """What every line tells, from the name of the file or the titles of its columns; absences when nothing says it."""
    titles = titles_of(table)
    if said := thing_of(fold(name)):
        return said
    if NAMED_RESULTS["mark"].is_named(titles) and NAMED_RESULTS["subject"].is_named(titles):
        return Thing.MARK
    return next((found for title in titles if (found := thing_of(title))), None) or Thing.ABSENCE
