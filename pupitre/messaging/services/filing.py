"""What people do with their own letters: read, put away, throw away. All their letters of a discussion go together."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Case, Q, QuerySet, Value, When

from pupitre.foundation import clock, live
from pupitre.foundation.stamps import person_audience, raise_stamps
from pupitre.messaging.models import Category, Folder, MailboxEntry
from pupitre.messaging.services.notices import seen

Place = MailboxEntry.Place
_RECEIVED = ~Q(role=MailboxEntry.Role.AUTHOR)
MOST_FOLDERS = 30
COLOURS = ("m-bleu", "m-vert", "m-orange", "m-violet", "m-turquoise", "m-rose", "m-brun", "m-gris")


@transaction.atomic
def mark_read(person_id: int, thread_id: int) -> list[int]:
    """Note that somebody has opened a discussion; the messages that were new. Two statements, three when some were."""
    now = clock.now()
    unread = MailboxEntry.objects.filter(
        person_id=person_id, thread_id=thread_id, read_at=None, visible_at__lte=now
    ).select_for_update()
    new = list(unread.values_list("pk", "message_id"))
    if new:
        MailboxEntry.objects.filter(pk__in=[pk for pk, _message in new]).update(read_at=now)
        live.tell([person_id])
        seen(person_id, [message for _pk, message in new])
    return [message for _pk, message in new]


def mark_unread(person_id: int, thread_ids: Collection[int]) -> None:
    """The last letter received of each discussion is new again."""
    last = (
        _letters(person_id, thread_ids)
        .filter(_RECEIVED, visible_at__lte=clock.now())
        .order_by("thread_id", "-visible_at", "-pk")
        .distinct("thread_id")
    )
    MailboxEntry.objects.filter(pk__in=list(last.values_list("pk", flat=True))).update(read_at=None)
    live.tell([person_id])


def mark_all_read(person_id: int, thread_ids: Collection[int]) -> None:
    """Nothing of these discussions is new any more."""
    for thread_id in thread_ids:
        mark_read(person_id, thread_id)


def throw_away(person_id: int, thread_ids: Collection[int]) -> None:
    """To the bin, for thirty days."""
    letters = _letters(person_id, thread_ids).exclude(place=Place.TRASH)
    letters.update(place=Place.TRASH, trashed_at=clock.now())
    _changed(person_id)


def take_out(person_id: int, thread_ids: Collection[int]) -> None:
    """Out of the bin, back where each letter was."""
    back = Case(
        When(role=MailboxEntry.Role.AUTHOR, then=Value(Place.SENT)),
        When(folder_id__isnull=False, then=Value(Place.FOLDER)),
        default=Value(Place.INBOX),
    )
    _letters(person_id, thread_ids).filter(place=Place.TRASH).update(place=back, trashed_at=None)
    _changed(person_id)


def put_away(person_id: int, thread_ids: Collection[int], folder: Folder | None) -> None:
    """In a folder of one's own, or back among received letters; what one sent stays among sent ones."""
    letters = _letters(person_id, thread_ids).filter(_RECEIVED)
    letters.update(
        place=Place.FOLDER if folder else Place.INBOX, folder_id=folder.pk if folder else None, trashed_at=None
    )


def categorise(person_id: int, thread_ids: Collection[int], category: Category | None) -> None:
    """Put a category on discussions, or take theirs off."""
    _letters(person_id, thread_ids).update(category_id=category.pk if category else None)


@transaction.atomic
def make_folder(person_id: int, name: str) -> Folder | None:
    """A folder of that name, the one that is there already when it is; None when there are too many."""
    if Folder.objects.filter(person_id=person_id).count() >= MOST_FOLDERS:
        return Folder.objects.filter(person_id=person_id, name=name).first()
    return Folder.objects.get_or_create(person_id=person_id, name=name)[0]


@transaction.atomic
def remove_folder(folder: Folder) -> None:
    """Its letters go back among received ones."""
    kept = MailboxEntry.objects.filter(person_id=folder.person_id, folder_id=folder.pk)
    kept.filter(place=Place.FOLDER).update(place=Place.INBOX)
    kept.update(folder_id=None)
    folder.delete()


@transaction.atomic
def make_category(person_id: int, name: str) -> Category | None:
    """A category of that name, with a colour of its own while there are some left."""
    mine = Category.objects.filter(person_id=person_id)
    count = mine.count()
    if count >= MOST_FOLDERS:
        return mine.filter(name=name).first()
    colour = COLOURS[count % len(COLOURS)]
    return Category.objects.get_or_create(person_id=person_id, name=name, defaults={"colour": colour})[0]


@transaction.atomic
def remove_category(category: Category) -> None:
    """Discussions lose it."""
    MailboxEntry.objects.filter(person_id=category.person_id, category_id=category.pk).update(category_id=None)
    category.delete()


def _changed(person_id: int) -> None:
    """What the home and the menu of somebody show is no longer true."""
    raise_stamps([person_audience(person_id)])
    live.tell([person_id])


def _letters(person_id: int, thread_ids: Collection[int]) -> QuerySet[MailboxEntry]:
    return MailboxEntry.objects.filter(person_id=person_id, thread_id__in=thread_ids)
