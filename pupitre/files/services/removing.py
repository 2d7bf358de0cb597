"""What nothing refers to goes: the row first, its bytes once that is certain."""

from collections.abc import Iterable
from functools import partial

from django.db import transaction

from pupitre.files import shelf
from pupitre.files.models import Blob, FileReference, StoredFile, Upload
from pupitre.foundation import audit
from pupitre.foundation.actor import Actor


@transaction.atomic
def delete_file(file: StoredFile, *, actor: Actor) -> bool:
    """Delete a file of one's own; False when something refers to it by now, and then it stays."""
    is_gone = bool(remove_unused([file.pk]))
    if is_gone:
        audit.record(actor, "files.delete_file", file)
    return is_gone


def remove_unused(file_ids: Iterable[int]) -> int:
    """Delete those of the files that nothing refers to, and the bytes that no other file shares; how many files went."""
    # Locked first, looked at after: a condition is not read again once the lock is waited for.
    locked = list(StoredFile.objects.filter(pk__in=list(file_ids)).select_for_update().order_by("pk"))
    used = FileReference.objects.filter(file__in=[file.pk for file in locked])
    still_used = set(used.values_list("file_id", flat=True))
    files = [file for file in locked if file.pk not in still_used]
    pks = [file.pk for file in files]
    Upload.objects.filter(file__in=pks).delete()
    StoredFile.objects.filter(pk__in=pks).delete()
    remove_bytes({file.blob_id for file in files})
    return len(files)


def remove_bytes(blob_ids: set[int]) -> None:
    """Delete those of the blobs that no file shares; their bytes after the commit."""
    locked = list(Blob.objects.filter(pk__in=blob_ids).select_for_update().order_by("pk"))
    shared = set(StoredFile.objects.filter(blob__in=[blob.pk for blob in locked]).values_list("blob_id", flat=True))
    blobs = [blob for blob in locked if blob.pk not in shared]
    Blob.objects.filter(pk__in=[blob.pk for blob in blobs]).delete()
    for blob in blobs:
        names = [blob.key, *([blob.preview] if blob.preview else [])]
        # After the commit: bytes that a row still names must be there.
        transaction.on_commit(partial(shelf.forget, names))
