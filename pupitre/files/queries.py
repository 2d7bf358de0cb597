"""What is stored, where it is used, and how much room it takes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db.models import Count, Model, Q, QuerySet, Sum

from pupitre.files.models import Blob, FileReference, StoredFile, Upload
from pupitre.files.words import MEGA, weight
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor
from pupitre.foundation.registry import FileOwner, offered

MOST_WAITING = 8
MOST_AT_ONCE = 20


def files_of(targets: Iterable[Model]) -> dict[int, list[StoredFile]]:
    """The files attached to each row, in the order in which they were chosen: one statement, whatever their number.

    The rows are all of one model, and the caller may see them: files follow. Every row has its list, empty or not.
    """
    rows = list(targets)
    found: dict[int, list[StoredFile]] = {row.pk: [] for row in rows}
    if not rows:
        return found
    references = FileReference.objects.filter(target=label_of(rows[0]), target_id__in=list(found))
    for reference in references.select_related("file__blob").order_by("position", "pk"):
        found[reference.target_id].append(reference.file)
    return found


def files_beside(*targets: Model | None) -> list[list[StoredFile]]:
    """The files attached to each of a few rows of several models, none for a missing one, in the order of `targets`.

    One statement, none without a row; the caller may see the rows.
    """
    rows = [each for each in targets if each is not None]
    found: dict[tuple[str, int], list[StoredFile]] = {(label_of(row), row.pk): [] for row in rows}
    if rows:
        wanted = reduce(or_, (Q(target=label, target_id=pk) for label, pk in found))
        references = FileReference.objects.filter(wanted).select_related("file__blob")
        for reference in references.order_by("position", "pk"):
            found[reference.target, reference.target_id].append(reference.file)
    return [found[label_of(each), each.pk] if each is not None else [] for each in targets]


def label_of(target: Model) -> str:
    """How references name the table of a row."""
    return target._meta.label_lower


def owner_of(target: Model) -> FileOwner:
    """What was declared of a row's table. Raises LookupError: the programmer forgot the `FileOwner`."""
    return _by_model()[label_of(target)]


def owner_named(key: str) -> FileOwner | None:
    """What was declared under this key."""
    return next((each for each in offered(FileOwner) if each.key == key), None)


def _by_model() -> dict[str, FileOwner]:
    return {each.model.lower(): each for each in offered(FileOwner)}


@dataclass(frozen=True, slots=True)
class Room:
    """Bytes used out of those allowed."""

    used: int
    allowed: int

    @property
    def left(self) -> int:
        """Bytes that still fit; zero when a quota was lowered."""
        return max(0, self.allowed - self.used)

    @property
    def used_text(self) -> str:
        """« 240 Ko »."""
        return weight(self.used)

    @property
    def allowed_text(self) -> str:
        """« 5 Go »."""
        return weight(self.allowed)


def room_of(actor: Actor) -> Room:
    """What the actor keeps in this school: the same bytes count once, uploads on their way count whole."""
    mine = StoredFile.objects.filter(owner=actor.person_id).values("blob")
    coming = Upload.objects.filter(owner=actor.person_id, file=None, expires_at__gt=clock.now())
    used = _sum(Blob.objects.filter(pk__in=mine)) + _sum(coming)
    return Room(used, quota_mb_of(actor.profiles) * MEGA)


def school_room() -> Room:
    """What the open school keeps."""
    return Room(_sum(Blob.objects.all()), settings.FILES_SCHOOL_QUOTA_MB * MEGA)


def quota_mb_of(profiles: frozenset[str]) -> int:
    """The largest that one of the profiles gives; whoever works in the school has that of staff."""
    quotas: dict[str, int] = settings.FILES_QUOTA_MB
    return max((quotas.get(profile, quotas["staff"]) for profile in profiles), default=0)


def _sum(rows: Any) -> int:
    return rows.aggregate(total=Sum("size"))["total"] or 0


def waiting_files(actor: Actor, purpose: str) -> list[StoredFile]:
    """What the actor deposited for this purpose, or for none, since yesterday, and attached to nothing yet."""
    since = clock.now() - timedelta(days=1)
    rows = allowed(actor, "files.delete_file", StoredFile.objects.select_related("blob"))
    return list(rows.filter(purpose__in=(purpose, ""), created_at__gt=since).order_by("-pk")[:MOST_WAITING])


def own_files(actor: Actor, pks: Iterable[int]) -> list[StoredFile]:
    """Those of these files that the actor deposited, in the order asked."""
    wanted = list(dict.fromkeys(pks))
    rows = StoredFile.objects.filter(pk__in=wanted, owner=actor.person_id).select_related("blob").in_bulk()
    return [rows[pk] for pk in wanted if pk in rows]


def limits_of(purpose: str) -> tuple[int, int]:
    """The largest file in bytes, and how many, of what is deposited for this purpose."""
    owner = owner_named(purpose)
    return (owner.largest_mb * MEGA, owner.most) if owner else (settings.FILES_LARGEST_MB * MEGA, MOST_AT_ONCE)


def mine_of(actor: Actor) -> QuerySet[StoredFile]:
    """What the actor deposited in this school, the newest first; `uses` counts what refers to each."""
    uses = Count("references")
    return StoredFile.objects.filter(owner=actor.person_id).select_related("blob").annotate(uses=uses).order_by("-pk")
