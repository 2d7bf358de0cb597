"""A zip of portraits: each file finds its student, or the report says why it did not."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import IO

from django.db import transaction
from django.db.models import Q

from pupitre.directory.models import ExternalId, Membership, Student
from pupitre.directory.periods import held_on
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.portraits.archive import photos_in
from pupitre.portraits.matching import Pupil, Pupils, Unmatched
from pupitre.portraits.models import Portrait
from pupitre.portraits.services.photos import put_square
from pupitre.portraits.squares import squares_of

_AT_ONCE, _BYTES_AT_ONCE = 60, 60 * 1024 * 1024


@dataclass(slots=True)
class Report:
    """What became of the files of a zip: names of files, or of students."""

    kept: int = 0
    unknown: list[str] = field(default_factory=list)
    several: list[str] = field(default_factory=list)
    not_allowed: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)

    @property
    def read(self) -> int:
        """How many files were read."""
        return self.kept + sum(map(len, (self.unknown, self.several, self.not_allowed, self.unreadable, self.twice)))


@transaction.atomic
def receive_archive(stream: IO[bytes], *, actor: Actor) -> Report:
    """Keep the portraits of a zip whose families said yes; of two files of one student the first is kept.

    Raises BadArchive: nothing is kept then.
    """
    pupils = Pupils.of(_pupils())
    allowed = {each.student_id: each for each in Portrait.objects.filter(consent=Portrait.Consent.GIVEN)}
    report, seen = Report(), set[int]()
    for batch in _batches(photos_in(stream)):
        wanted: list[tuple[str, Portrait, bytes]] = []
        for path, data in batch:
            name, found = PurePosixPath(path).name, pupils.match(path)
            if isinstance(found, Unmatched):
                (report.several if found is Unmatched.SEVERAL else report.unknown).append(name)
            elif found not in allowed:
                report.not_allowed.append(name)
            elif found in seen:
                report.twice.append(name)
            else:
                seen.add(found)
                wanted.append((name, allowed[found], data))
        for (name, portrait, _data), square in zip(wanted, squares_of([each[2] for each in wanted]), strict=True):
            if square:
                put_square(portrait, square, actor=actor)
                report.kept += 1
            else:
                report.unreadable.append(name)
    audit.record(actor, "portraits.receive_archive", None, kept=report.kept, read=report.read)
    return report


def _pupils() -> Iterator[Pupil]:
    """The students of today; three statements."""
    today = clock.today()
    rows = Student.objects.filter(Q(left_on=None) | Q(left_on__gte=today)).select_related("person")
    numbers: dict[int, list[str]] = {}
    for person, value in ExternalId.objects.filter(person__in=rows.values("person")).values_list("person", "value"):
        numbers.setdefault(person, []).append(value)
    classes = dict(
        Membership.objects.filter(held_on(today), group__kind="division").values_list("student_id", "group__code")
    )
    for row in rows:
        who = row.person
        families = {name for name in (who.last_name, who.usage_name) if name}
        yield Pupil(
            pk=row.pk,
            numbers=tuple(filter(None, [row.ine, *numbers.get(who.pk, [])])),
            names=tuple(f"{name} {who.first_name}" for name in families),
            division=classes.get(row.pk, ""),
        )


def _batches(photos: Iterator[tuple[str, bytes]]) -> Iterator[list[tuple[str, bytes]]]:
    """Some at a time: memory never holds a whole zip."""
    held: list[tuple[str, bytes]] = []
    for photo in photos:
        held.append(photo)
        if len(held) >= _AT_ONCE or sum(len(data) for _name, data in held) > _BYTES_AT_ONCE:
            yield held
            held = []
    if held:
        yield held
