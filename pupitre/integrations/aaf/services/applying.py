"""Applying what an archive changes, one school after the other: what one cannot do never stops the others."""

import logging
from collections.abc import Iterable

import msgspec
from django.db import connection, transaction

from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.integrations.aaf import sql
from pupitre.integrations.aaf.models import Batch, SchoolPart
from pupitre.integrations.aaf.waiting import Taken
from pupitre.integrations.imports.models import ImportJob
from pupitre.integrations.imports.services.application import NotAppliable, apply
from pupitre.integrations.imports.services.jobs import abandon_replaced

State = SchoolPart.State
_log = logging.getLogger(__name__)
_TAKEN = msgspec.msgpack.Decoder(list[Taken])


def apply_school(part: SchoolPart, *, actor: Actor | None = None, confirmed: bool = False) -> SchoolPart:
    """Apply the import of one school, all or nothing; what prevents it is written on its part.

    A school where nothing differs has taken what was said. A school that changed meanwhile (a parent written by another
    school of the same archive) takes what that makes now, as long as nothing new must be confirmed.
    """
    if part.establishment_id is None or part.job is None:
        return part
    try:
        if part.state == State.SAME:
            _close_same(part)
        elif part.state in (State.READY, State.HELD, State.FAILED):
            _apply(part, actor, confirmed=confirmed)
            part.refresh_from_db()  # `ImportApplied` noted what was taken
    except NotAppliable as why:
        with scope(part.establishment_id):
            ImportJob.objects.filter(pk=part.job, state=ImportJob.State.APPLYING).update(
                state=ImportJob.State.TO_REVIEW
            )
        part.state, part.why = State.HELD, str(why)
        part.save(update_fields=["state", "why"])
    except Exception:  # noqa: BLE001 - the other schools go on, and this one says so
        _log.exception("aaf part %s", part.pk)
        part.state = State.FAILED
        part.why = "L’application s’est interrompue, rien n’a changé dans cet établissement. Relancez-la."
        part.save(update_fields=["state", "why"])
    return part


@transaction.atomic
def _apply(part: SchoolPart, actor: Actor | None, *, confirmed: bool) -> None:
    """One school of a feed at a time: two of them may bring the same parent."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('pupitre.aaf'), %s)", [part.batch.feed_id])
    apply(part.job or 0, part.establishment_id or 0, actor=actor, confirmed=confirmed, renewed=True)


@transaction.atomic
def _close_same(part: SchoolPart) -> None:
    """Nothing differs: the import of the school is closed, and what was said is taken."""
    assert part.establishment_id is not None  # noqa: S101 # nosec B101 - told by the caller
    with scope(part.establishment_id):
        abandon_replaced(part.job or 0)
    note_taken(part)
    part.job = None
    part.save(update_fields=["job"])


@transaction.atomic
def note_taken(part: SchoolPart) -> None:
    """Note that a school took what its import said: it is not looked at again until the academy says otherwise."""
    taking = _TAKEN.decode(part.taking) if part.taking else []
    with connection.cursor() as cursor:
        values = {"feed": part.batch.feed_id, "structure": part.structure, **_columns(taking)}
        cursor.execute(sql.TAKE, values)
        cursor.execute(sql.TAKE_LEAVING, values)


@transaction.atomic
def forget_taken(part: SchoolPart) -> None:
    """Note that a school took its import back: everything it said is looked at again with the next archive."""
    taking = _TAKEN.decode(part.taking) if part.taking else []
    with connection.cursor() as cursor:
        cursor.execute(sql.LOOK_AGAIN, {"feed": part.batch.feed_id, "structure": part.structure, **_columns(taking)})


def end_if_done(batch: Batch) -> bool:
    """Close an archive of which nothing is left to apply now; True when it is."""
    left = batch.parts.filter(state__in=[State.WAITING, State.READY]).exists()
    if not left and batch.state == Batch.State.APPLYING:
        batch.state, batch.ended_at = Batch.State.DONE, clock.now()
        batch.save(update_fields=["state", "ended_at"])
    return not left


def _columns(taking: Iterable[Taken]) -> dict[str, list[object]]:
    rows = list(taking)
    return {
        "categories": [category for category, _key, _digest in rows],
        "keys": [key for _category, key, _digest in rows],
        "digests": [digest for _category, _key, digest in rows],
    }
