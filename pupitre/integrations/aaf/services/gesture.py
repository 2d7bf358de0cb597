"""A whole archive in one gesture, for the command line: read it, compare it school by school, apply it."""

from itertools import count
from pathlib import Path

from pupitre.foundation import clock
from pupitre.integrations.aaf.models import Batch, SchoolPart
from pupitre.integrations.aaf.services.applying import apply_school, end_if_done
from pupitre.integrations.aaf.services.comparing import compare_schools, list_schools
from pupitre.integrations.aaf.services.reading import Tell, digest_of, read_batch
from pupitre.integrations.exchange.verdicts import Rejected

State = Batch.State


def import_archive(
    path: Path,
    *,
    academy: str = "",
    apply: bool = False,
    confirmed: bool = False,
    may_open: bool = False,
    tell: Tell | None = None,
) -> Batch:
    """Read an archive and compare it with each school; apply those that are ready, and those held when `confirmed`.

    Run again after an interruption, it goes on with what is left: a school that took its part is not asked twice.
    """
    say: Tell = tell or (lambda _line: None)
    batch = _again(path) or _read(path, academy, say)
    if batch.state == State.REJECTED:
        return batch
    parts = list_schools(batch, may_open=may_open)
    here = [part for part in parts if part.establishment_id is not None]
    number = count(1)
    compare_schools(here, batch, tell=lambda part: say(f"Comparaison {next(number)}/{len(here)} : {part.name}"))
    batch.state, batch.alive_at = State.READY, clock.now()
    batch.save(update_fields=["state", "alive_at"])
    if apply:
        _apply(batch, here, confirmed=confirmed, say=say)
    return batch


def _read(path: Path, academy: str, say: Tell) -> Batch:
    size = path.stat().st_size if path.is_file() else 0
    batch = Batch.objects.create(
        academy=academy,
        name=path.name[:200],
        size=size,
        state=State.READING,
        created_at=clock.now(),
        alive_at=clock.now(),
    )
    try:
        return read_batch(batch, path, academy=academy, tell=say)
    except Rejected as why:
        return reject(batch, str(why))


def reject(batch: Batch, why: str) -> Batch:
    """Refuse an archive: a sentence, and nothing else of it."""
    batch.refresh_from_db(fields=["feed", "academy"])
    batch.state, batch.why, batch.ended_at = State.REJECTED, why, clock.now()
    batch.save(update_fields=["state", "why", "digest", "ended_at"])
    return batch


def _again(path: Path) -> Batch | None:
    """The same archive, read already, when nothing was read after it: it is not read twice."""
    batch = Batch.objects.filter(digest=digest_of(path)).exclude(state=State.REJECTED).order_by("-pk").first()
    if batch is None or batch.feed is None:
        return None
    newer = Batch.objects.filter(feed=batch.feed, pk__gt=batch.pk).exclude(state=State.REJECTED)
    return None if newer.exists() else batch


def _apply(batch: Batch, parts: list[SchoolPart], *, confirmed: bool, say: Tell) -> None:
    batch.state = State.APPLYING
    batch.save(update_fields=["state"])
    for number, part in enumerate(parts, 1):
        say(f"Application {number}/{len(parts)} : {part.name}")
        if part.state != SchoolPart.State.HELD or confirmed:
            apply_school(part, confirmed=confirmed)
    end_if_done(batch)
