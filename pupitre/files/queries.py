"""What is stored, where it is used, and how much room it takes."""

from collections.abc import Iterable

from django.db.models import Model

from pupitre.files.models import FileReference, StoredFile
from pupitre.foundation.registry import FileOwner, offered


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
