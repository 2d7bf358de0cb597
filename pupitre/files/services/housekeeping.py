"""The nightly round: what nobody finished, what nothing refers to, what waits for the antivirus, what a crash left behind."""

from dataclasses import dataclass
from datetime import timedelta

from django.apps import apps
from django.db.models import Exists, OuterRef, QuerySet

from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import current_establishment_id, scope
from pupitre.files import shelf
from pupitre.files.models import Blob, FileReference, StoredFile, Upload
from pupitre.files.refusals import StorageDown
from pupitre.files.services.keeping import look_again
from pupitre.files.services.removing import remove_bytes, remove_unused
from pupitre.files.services.uploading import LIFETIME, abandon
from pupitre.foundation import clock
from pupitre.foundation.registry import FileOwner, offered

UNUSED_FOR = timedelta(days=30)
# Strays are looked for among the names of these days: nights may be missed, uploads under way are left alone.
_STRAY_DAYS = range(LIFETIME.days + 1, LIFETIME.days + 9)
_MOST_SCANS = 500


@dataclass(slots=True)
class Tidied:
    """How much was removed: uploads given up, files nothing refers to, objects without an owner; how many still wait."""

    uploads: int = 0
    files: int = 0
    strays: int = 0
    waiting: int = 0


def tidy_files() -> Tidied:
    """The whole round, a school at a time, each in its own transaction. A storage that does not answer waits for tomorrow."""
    total = Tidied()
    for establishment_id in Establishment.objects.values_list("pk", flat=True):
        with scope(establishment_id):
            done = tidy_school()
        total.uploads += done.uploads
        total.files += done.files
        total.strays += done.strays
        total.waiting += done.waiting
    return total


def tidy_school() -> Tidied:
    """The round of the open school."""
    over = list(Upload.objects.filter(expires_at__lte=clock.now()))
    for upload in over:
        abandon(upload)
    unused = remove_unused(_left_alone() | _orphans())
    remove_bytes(set(_shared_by_nobody().values_list("pk", flat=True)))
    try:
        return Tidied(len(over), unused, _sweep(), _scan())
    except StorageDown:
        return Tidied(len(over), unused)


def _left_alone() -> set[int]:
    """Files that were never attached."""
    since = clock.now() - UNUSED_FOR
    bare = ~Exists(FileReference.objects.filter(file=OuterRef("pk")))
    return set(StoredFile.objects.filter(bare, created_at__lt=since).values_list("pk", flat=True))


def _orphans() -> set[int]:
    """Files whose row was deleted without a word: their reference goes now."""
    found: set[int] = set()
    for owner in offered(FileOwner):
        there = apps.get_model(owner.model)._base_manager.filter(pk=OuterRef("target_id"))
        lost = FileReference.objects.filter(~Exists(there), target=owner.model.lower())
        found.update(lost.values_list("file_id", flat=True))
        lost.delete()
    return found


def _shared_by_nobody() -> QuerySet[Blob]:
    return Blob.objects.filter(~Exists(StoredFile.objects.filter(blob=OuterRef("pk"))))


def _scan() -> int:
    """Ask the antivirus again; how many still wait."""
    still = 0
    for blob in Blob.objects.filter(state=Blob.State.PENDING).order_by("pk")[:_MOST_SCANS]:
        file = blob.files.first()
        still += look_again(blob, file.content_type if file else "") == Blob.State.PENDING
    return still


def _sweep() -> int:
    """Remove what lies in the storage under a name that no row knows."""
    swept = 0
    for ago in _STRAY_DAYS:
        day = f"{current_establishment_id()}/{clock.now() - timedelta(days=ago):%Y-%m-%d}"
        names = {f"files/{day}/{name}" for name in shelf.names_in(f"files/{day}")}
        known = set(Blob.objects.filter(key__in=names).values_list("key", "preview"))
        strays = names - {name for pair in known for name in pair}
        # No upload lives that long.
        strays |= {f"parts/{day}/{name}" for name in shelf.names_in(f"parts/{day}")}
        shelf.forget(strays)
        swept += len(strays)
    return swept
