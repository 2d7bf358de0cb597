"""What messages do when they hear news from the directory."""

from django.db.models import F, Func, Value

from pupitre.directory.events import PeopleMerged
from pupitre.directory.handing_over import hand_over
from pupitre.establishments.scope import scope
from pupitre.foundation.events import follow
from pupitre.messaging.models import (
    Addressee,
    AutoAnswer,
    Category,
    ClassDelegate,
    Draft,
    Folder,
    MailboxEntry,
    Message,
    MessagingSuspension,
    Report,
    Thread,
)


@follow(PeopleMerged)
def move_letters(event: PeopleMerged) -> None:
    """Mailbox, folders and drafts belong to the record that stays; what others hold names it."""
    _join_places(Folder, "folder_id", event)
    _join_places(Category, "category_id", event)
    hand_over(Draft.objects.all(), "person_id", event, unlike=("key",))
    if not AutoAnswer.objects.filter(person_id=event.keep_id).exists():
        hand_over(AutoAnswer.objects.all(), "person_id", event)
    AutoAnswer.objects.filter(person_id=event.absorbed_id).delete()
    hand_over(MailboxEntry.objects.all(), "person_id", event, unlike=("thread_id", "message_id"))
    hand_over(MailboxEntry.objects.all(), "author_id", event)
    about = MailboxEntry.objects.filter(child_ids__contains=[event.absorbed_id])
    about.update(
        child_ids=Func(F("child_ids"), Value(event.absorbed_id), Value(event.keep_id), function="array_replace")
    )
    for establishment_id in event.establishments:
        with scope(establishment_id):
            _move_of_school(event)


def _join_places(model: type[Folder] | type[Category], field: str, event: PeopleMerged) -> None:
    """Of two folders of one name, the kept record's stays and receives the letters of the other."""
    rows = model._default_manager
    held = dict(rows.filter(person_id=event.keep_id).values_list("name", "pk"))
    for pk, name in rows.filter(person_id=event.absorbed_id, name__in=held).values_list("pk", "name"):
        letters = MailboxEntry.objects.filter(person_id=event.absorbed_id, **{field: pk})
        letters.update(**{field: held[name]})
    hand_over(rows.all(), "person_id", event, unlike=("name",))


def _move_of_school(event: PeopleMerged) -> None:
    hand_over(Message.objects.all(), "author_id", event)
    hand_over(Thread.objects.all(), "started_by_id", event)
    hand_over(Thread.objects.all(), "about_id", event)
    like = ("message_id", "kind", "party", "about_id")
    hand_over(Addressee.objects.filter(kind__in=("person", "family")), "target_id", event, unlike=like)
    hand_over(Addressee.objects.all(), "about_id", event, unlike=("message_id", "kind", "party", "target_id"))
    hand_over(ClassDelegate.objects.all(), "person_id", event, unlike=("group_id",))
    hand_over(Report.objects.all(), "reported_by_id", event, unlike=("message_id",))
    hand_over(MessagingSuspension.objects.all(), "started_by_id", event)
    hand_over(MessagingSuspension.objects.all(), "ended_by_id", event)
