"""From what the academy says to what each school would change: one import a school, made by the engine of imports."""

import datetime as dt
import logging
from collections.abc import Callable, Iterable, Iterator

import msgspec
from django.db import connection, transaction

from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.establishments.services import open_establishment
from pupitre.foundation import clock
from pupitre.integrations.aaf import sql
from pupitre.integrations.aaf.assembling import assemble
from pupitre.integrations.aaf.grammar import Category
from pupitre.integrations.aaf.kinds import describe
from pupitre.integrations.aaf.models import Batch, Feed, Record, SchoolPart
from pupitre.integrations.aaf.staging import decode
from pupitre.integrations.aaf.waiting import Said, read_waiting
from pupitre.integrations.exchange.verdicts import Severity
from pupitre.integrations.imports.models import ImportJob, Verdict
from pupitre.integrations.imports.services.analysis import analyse_readings
from pupitre.integrations.imports.services.jobs import abandon_replaced

State = SchoolPart.State
OPEN = (State.WAITING, State.READY, State.HELD, State.FAILED, State.UNOPENED)
"""Nothing was taken yet, and something may still be."""
AGRICULTURE = "98"
_PEOPLE = 5_000  # who changed, read at once
_COUNTS = ("students", "guardians", "staff", "leaving")
_log = logging.getLogger(__name__)


@transaction.atomic
def list_schools(batch: Batch, *, may_open: bool = False) -> list[SchoolPart]:
    """The schools that an archive leaves something to take, one part each; those of former archives are replaced.

    `may_open`: schools with students that are not open here are opened, empty.
    """
    feed = batch.feed
    assert feed is not None  # noqa: S101 # nosec B101 - read before
    former = SchoolPart.objects.filter(batch__feed=feed, state__in=OPEN).exclude(batch=batch)
    for part in former.exclude(job=None).select_related("establishment"):
        if part.establishment_id:
            with scope(part.establishment_id):
                abandon_replaced(part.job or 0)
    former.update(state=State.REPLACED, taking=b"")
    batch.parts.all().delete()
    waiting = _waiting(feed)
    described = {
        key: describe(decode(data))
        for key, data in Record.objects.filter(
            feed=feed, category=Category.SCHOOL, key__in=[*waiting], gone_on=None
        ).values_list("key", "data")
    }
    here = Establishment.objects.in_bulk([each.uai for each in described.values() if each.uai], field_name="uai")
    parts = []
    for structure, counts in waiting.items():
        told = described.get(structure)
        part = SchoolPart(batch=batch, structure=structure, counts=counts)
        if told is None:
            part.state, part.why = State.UNOPENED, "L’académie ne décrit pas cette structure : ses fiches attendent."
        else:
            part.uai, part.name = told.uai[:8], told.name
            part.establishment = found = here.get(told.uai)
            if found is not None and found.academy not in ("", _academy_of(feed, told.code)):
                part.establishment, part.why = (
                    None,
                    "Ici, cet établissement est d’une autre académie : ses fiches attendent.",
                )
            if found is None and may_open and told.is_school and counts["students"]:
                part.establishment = open_establishment(
                    uai=told.uai, name=told.name, short_name=told.name[:60], kind=told.kind, town=told.town,
                    academy=feed.academy,
                )  # fmt: skip
            if part.establishment is None:
                part.state = State.UNOPENED
        parts.append(part)
    SchoolPart.objects.bulk_create(parts)
    return parts


def _academy_of(feed: Feed, code: str) -> str:
    """That of the feed. The agricultural one is of no academy: its schools say theirs, and no other archive is believed so."""
    return str(int(code)) if feed.academy == AGRICULTURE and code.isdecimal() else feed.academy


def _waiting(feed: Feed) -> dict[str, dict[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(sql.WAITING, {"feed": feed.pk, "today": clock.today()})
        return {row[0]: dict(zip(_COUNTS, row[1:], strict=True)) for row in cursor.fetchall()}


def compare_schools(
    parts: Iterable[SchoolPart], batch: Batch, tell: Callable[[SchoolPart], None] | None = None
) -> None:
    """Make the import of each school and analyse it. Whatever goes wrong is written on its part: the others go on.

    What waits is read for several schools at once, as many as hold in memory.
    """
    for some in _handfuls(parts):
        said: Said | None = None
        for part in some:
            if tell:
                tell(part)
            try:
                said = said or _read(some, batch)
                _compare(part, batch, said)
            except Exception:  # noqa: BLE001 - the other schools go on, and this one says so
                _log.exception("aaf batch %s, structure %s", batch.pk, part.structure)
                part.state = State.FAILED
                part.why = "La comparaison s’est interrompue, rien n’a changé dans cet établissement. Relancez-la."
                part.save(update_fields=["state", "why"])


def compare_school(part: SchoolPart, batch: Batch) -> SchoolPart:
    """Make the import of one school and analyse it."""
    compare_schools([part], batch)
    return part


def _handfuls(parts: Iterable[SchoolPart]) -> Iterator[list[SchoolPart]]:
    held, people = list[SchoolPart](), 0
    for part in parts:
        here = sum(part.counts.values())
        if held and people + here > _PEOPLE:
            yield held
            held, people = [], 0
        held.append(part)
        people += here
    if held:
        yield held


def _read(parts: Iterable[SchoolPart], batch: Batch) -> Said:
    assert batch.feed is not None  # noqa: S101 # nosec B101 - read before
    return read_waiting(batch.feed, [part.structure for part in parts], clock.today())


def _compare(part: SchoolPart, batch: Batch, said: Said) -> None:
    school, produced_on = part.establishment, batch.produced_on or clock.today()
    assert school is not None  # noqa: S101 # nosec B101 - told by the caller
    made = assemble(said, part.structure, school.uai, produced_on, _named(said.feed, produced_on))
    with scope(school.pk):
        job, plan = analyse_readings([made.reading])
        part.differences = len(plan.changes) if plan else 0
        part.aside = sum(each.severity == Severity.QUARANTINE for each in plan.findings) if plan else 0
        part.job, part.taking = job.pk, msgspec.msgpack.encode(made.taking)
        part.state, part.why = _state(job, part.differences), " ".join(job.reasons)
        part.save()


def _state(job: ImportJob, differences: int) -> str:
    if job.state == ImportJob.State.REJECTED or not job.may_apply:
        return State.FAILED
    if job.verdict == Verdict.HOLD:
        return State.HELD
    return State.READY if differences else State.SAME


def _named(feed: Feed, produced_on: dt.date) -> str:
    return f"Annuaire de l’académie ({feed.degree}), {produced_on:%d/%m/%Y}"
