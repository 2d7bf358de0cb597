"""A zip of portraits: each file finds its student, or the report says why it did not."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import IO

from django.db import transaction

from pupitre.foundation import audit
from pupitre.foundation.actor import Actor
from pupitre.portraits.archive import photos_in
from pupitre.portraits.matching import Pupils, Unmatched
from pupitre.portraits.models import Portrait
from pupitre.portraits.queries import pupils_of_today
from pupitre.portraits.report import Fate, Line, Report
from pupitre.portraits.services.photos import put_square
from pupitre.portraits.squares import squares_of

_AT_ONCE, _BYTES_AT_ONCE = 60, 60 * 1024 * 1024
Photo = tuple[str, bytes]
"""The path of a file in a zip, and what it holds."""


@transaction.atomic
def receive_archive(stream: IO[bytes], *, actor: Actor) -> Report:
    """Keep the portraits of a zip whose families said yes; of two files of one student the first is kept.

    Raises BadArchive: nothing is kept then.
    """
    pupils, report = Pupils.of(pupils_of_today()), Report()
    for batch in batches(photos_in(stream)):
        report.lines += keep_batch(batch, pupils, report.settled, actor=actor)
    audit.record(actor, "portraits.receive_archive", None, kept=report.kept, read=report.read)
    return report


@transaction.atomic
def keep_batch(batch: Sequence[Photo], pupils: Pupils, settled: Collection[int], *, actor: Actor) -> list[Line]:
    """Keep some photographs of a zip; one line a file, in order. `settled`: students whose photograph came before."""
    found = [(PurePosixPath(path).name, pupils.match(path), data) for path, data in batch]
    asked = _allowed({who for _name, who, _data in found if isinstance(who, int)})
    firsts: dict[int, bytes] = {}
    for _name, who, data in found:
        if isinstance(who, int) and who in asked and who not in settled:
            firsts.setdefault(who, data)
    squares = dict(zip(firsts, squares_of(list(firsts.values())), strict=True))
    # Asked again and held: a family may have withdrawn its word while photographs were cut.
    portraits, seen = _allowed(squares, held=True), set(settled)
    lines = []
    for name, who, _data in found:
        fate = _settle(who, squares, portraits, seen, actor)
        student = who if isinstance(who, int) else None
        lines.append(Line(name, fate, student, pupils.shown.get(student or 0, "")))
    return lines


def batches(photos: Iterator[Photo]) -> Iterator[list[Photo]]:
    """Some at a time: memory never holds a whole zip."""
    held: list[Photo] = []
    for photo in photos:
        held.append(photo)
        if len(held) >= _AT_ONCE or sum(len(data) for _name, data in held) > _BYTES_AT_ONCE:
            yield held
            held = []
    if held:
        yield held


def _settle(
    who: int | Unmatched, squares: Mapping[int, bytes], portraits: Mapping[int, Portrait], seen: set[int], actor: Actor
) -> Fate:
    if isinstance(who, Unmatched):
        return Fate(who.value)
    if who in seen:
        return Fate.TWICE
    if who not in portraits:
        return Fate.NOT_ALLOWED
    seen.add(who)
    if not squares[who]:
        return Fate.UNREADABLE
    put_square(portraits[who], squares[who], actor=actor)
    return Fate.KEPT


def _allowed(students: Collection[int], *, held: bool = False) -> dict[int, Portrait]:
    """The portraits of those whose family said yes."""
    rows = Portrait.objects.filter(student__in=list(students), consent=Portrait.Consent.GIVEN)
    return {each.student_id: each for each in (rows.select_for_update() if held else rows)}
