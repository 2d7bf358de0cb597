"""Files and the rows that refer to them. The caller has checked that the actor may write the row."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Max, Model

from pupitre.files.models import FileReference, StoredFile
from pupitre.files.queries import label_of, owner_of
from pupitre.files.refusals import TooLarge, TooMany, Vanished
from pupitre.files.services.removing import remove_unused
from pupitre.files.words import MEGA
from pupitre.foundation.actor import Actor


@transaction.atomic
def attach(*, upload_ids: Sequence[int], target: Model, actor: Actor) -> list[StoredFile]:
    """Let `target` refer to files that the actor deposited, in this order; a file already there stays as it is.

    `upload_ids` are what the picker posts. Raises Vanished, TooLarge, TooMany (all `Refusal`, a sentence for the person),
    LookupError when no `FileOwner` was declared for the model. Four statements.
    """
    wanted = list(dict.fromkeys(upload_ids))
    if not wanted:
        return []
    owner = owner_of(target)
    # Locked, so that nobody deletes them meanwhile.
    rows = StoredFile.objects.filter(pk__in=wanted, owner=actor.person_id).select_related("blob")
    found = {file.pk: file for file in rows.select_for_update(of=("self",))}
    if len(found) < len(wanted):
        raise Vanished
    for file in found.values():
        if file.size > owner.largest_mb * MEGA:
            raise TooLarge(file.name, file.size, owner.largest_mb * MEGA)
    label = label_of(target)
    there = FileReference.objects.filter(target=label, target_id=target.pk)
    held = set(there.values_list("file_id", flat=True))
    new = [pk for pk in wanted if pk not in held]
    if len(held) + len(new) > owner.most:
        raise TooMany(len(held) + len(new), owner.most)
    last = there.aggregate(last=Max("position"))["last"] or 0
    FileReference.objects.bulk_create(
        FileReference(
            establishment_id=actor.establishment_id,
            file_id=pk,
            target=label,
            target_id=target.pk,
            position=last + place,
        )
        for place, pk in enumerate(new, 1)
    )
    return [found[pk] for pk in wanted]


@transaction.atomic
def detach(*, file: StoredFile, target: Model) -> None:
    """Let `target` no longer refer to a file; the file goes when nothing else does."""
    _detach(FileReference.objects.filter(target=label_of(target), target_id=target.pk, file=file))


@transaction.atomic
def detach_all(*, target: Model) -> None:
    """Let `target` refer to nothing any more, before it is deleted; files go when nothing else refers to them."""
    _detach(FileReference.objects.filter(target=label_of(target), target_id=target.pk))


def _detach(references: Iterable[FileReference]) -> None:
    rows = list(references)
    FileReference.objects.filter(pk__in=[row.pk for row in rows]).delete()
    remove_unused([row.file_id for row in rows])
