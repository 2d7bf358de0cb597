"""Making a file, by a job: the school is read in one transaction, written with none open, kept in another."""

import datetime as dt
import hashlib
import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from pupitre.establishments.scope import scope
from pupitre.foundation import audit, clock
from pupitre.integrations.oneroster.choosing import Roster
from pupitre.integrations.oneroster.columns import COLUMNS, Content, Row
from pupitre.integrations.oneroster.deltas import changes
from pupitre.integrations.oneroster.models import Receiver, RosterFile
from pupitre.integrations.oneroster.queries import last_taken
from pupitre.integrations.oneroster.rows import Rows
from pupitre.integrations.oneroster.sealing import seal, unseal
from pupitre.integrations.oneroster.services.asking import Cannot
from pupitre.integrations.oneroster.services.gathering import Gathered, gather
from pupitre.integrations.oneroster.writer import Writer, rows_in
from pupitre.integrations.services.models import Service
from pupitre.integrations.services.services.naming import pseudonyms_at, users_at

_log = logging.getLogger(__name__)
State = RosterFile.State
_KINDS = {"students": ("student",), "guardians": ("parent", "guardian")}


@dataclass(frozen=True, slots=True)
class Work:
    """What is written, once it was read. `before`: the last file that was taken, of a delta."""

    rows: Rows
    gathered: Gathered
    with_ine: bool
    at: dt.datetime
    before: bytes | None


def make_file(establishment_id: int, file_id: int) -> None:
    """Make a file that was asked for. Whatever happens is written in it, nothing is raised."""
    try:
        with scope(establishment_id):
            found = RosterFile.objects.filter(pk=file_id, state=State.MAKING).first()
            work = _read(found) if found is not None else None
        if found is not None and work is not None:
            _write(found, work)
    except Cannot as no:
        _failed(establishment_id, file_id, no.code)
    except Exception:  # noqa: BLE001 - the page must not wait for ever
        _log.exception("oneroster: file %s", file_id)
        _failed(establishment_id, file_id, "broken")


def _read(file: RosterFile) -> Work:
    """Eight statements at most whatever the size of the school. Raises Cannot."""
    receiver: Receiver = Receiver.objects.select_related("connector__service").get(pk=file.receiver_id)
    service: Service = receiver.connector.service
    gathered = gather(receiver)
    roster = gathered.roster
    has_own_name = service.identifier != Service.Identifier.PSEUDONYM
    rows = Rows(
        roster, key=bytes(receiver.key), numbers=pseudonyms_at(service, list(roster.people)),
        names=users_at(service, list(roster.people)) if has_own_name else {},
        with_ine=receiver.with_ine, life=_("Vie de classe"), groups=_("Groupes"),
    )  # fmt: skip
    return Work(rows, gathered, receiver.with_ine, clock.now(), _before(file, receiver))


def _before(file: RosterFile, receiver: Receiver) -> bytes | None:
    if file.content == RosterFile.Content.BULK:
        return None
    last = last_taken(receiver).first()
    if last is None:
        raise Cannot("no_base")
    return unseal(last.whole or last.data or b"")


def _write(file: RosterFile, work: Work) -> None:
    content: Content = "delta" if file.content == RosterFile.Content.DELTA else "bulk"
    data, counts = _zip(work, content, file)
    whole = _zip(work, "bulk")[0] if content == "delta" else None
    with scope(file.establishment_id):
        if not RosterFile.objects.select_for_update().filter(pk=file.pk, state=State.MAKING).exists():
            # What it tells was changed meanwhile, or its receiver was removed.
            return
        file.state, file.ended_at, file.done = State.READY, clock.now(), len(COLUMNS)
        roster = work.gathered.roster
        file.people, file.grounds = _people(roster, with_ine=work.with_ine), work.gathered.grounds
        file.counts = counts | {kind: len(people) for kind, people in file.people.items()}
        file.left_out = [each[:220] for each in sorted(roster.left_out)]
        file.size, file.sha256, file.data = len(data), hashlib.sha256(data).hexdigest(), seal(data)
        file.whole = seal(whole) if whole is not None else None
        file.save()
        audit.record(
            None, "oneroster.make_file", file, counts=counts, sha256=file.sha256, establishment_id=file.establishment_id
        )


def _zip(work: Work, content: Content, file: RosterFile | None = None) -> tuple[bytes, dict[str, int]]:
    """The bytes of a zip; `file` is told how far it is."""
    out = io.BytesIO()
    writer = Writer(out, at=timezone.localtime(work.at))
    for done, name in enumerate(COLUMNS, 1):
        writer.add(name, _rows(work, name, content))
        if file is not None:
            with scope(file.establishment_id):
                RosterFile.objects.filter(pk=file.pk).update(done=done)
    writer.close(content)
    return out.getvalue(), writer.counts


def _rows(work: Work, name: str, content: Content) -> Iterator[Row]:
    now = work.rows.of(name)
    if content == "bulk" or work.before is None:
        return now
    return changes(rows_in(io.BytesIO(work.before), name), now, at=work.at)


def _people(roster: Roster, *, with_ine: bool) -> dict[str, list[int]]:
    """Who is told of: a teacher who is a parent too is of the staff, and of a family."""
    found: dict[str, list[int]] = {"students": [], "guardians": [], "staff": []}
    for person, roles in roster.roles.items():
        found[next((kind for kind, words in _KINDS.items() if roles[0] in words), "staff")].append(person)
    found["family"] = sorted({*roster.guardians, *roster.wards})
    found["ine"] = [person for person in roster.of_role("student") if roster.people[person].ine] if with_ine else []
    return found


def _failed(establishment_id: int, file_id: int, code: str) -> None:
    with scope(establishment_id):
        going = RosterFile.objects.filter(pk=file_id, state=State.MAKING)
        going.update(state=State.FAILED, why=code, ended_at=clock.now())
