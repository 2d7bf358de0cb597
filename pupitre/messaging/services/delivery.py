"""Putting a message in mailboxes: one statement for everyone, or a batch after the other when there are many."""

from typing import Any

from django.db import connection, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.files.queries import files_of
from pupitre.foundation import clock
from pupitre.foundation.text import preview
from pupitre.messaging import sql
from pupitre.messaging.models import Addressee, MailboxEntry, Message
from pupitre.messaging.parties import FAMILIES, Party
from pupitre.messaging.queries.addressing import recipient_parameters
from pupitre.messaging.services.notices import key_of
from pupitre.notifications.services.posting import Recipient, notify

DELIVER = "messaging.deliver"
BATCH = 500
_EVERYONE = 2**62
Delivered = list[tuple[int, str, list[int]]]
"""Person, party and children of each new entry."""


@transaction.atomic
def deliver(message: Message) -> int:
    """Put a message in the mailbox of everyone, once, and tell them; how many received it. The school is open."""
    delivered = _insert(message, most=_EVERYONE)
    Message.objects.filter(pk=message.pk).update(state=Message.State.SENT, delivered_count=len(delivered))
    message.state, message.delivered_count = Message.State.SENT, len(delivered)
    _tell(message, delivered)
    return len(delivered)


def deliver_in_batches(message_id: int, establishment_id: int) -> None:
    """Deliver a message that waits, when its time has come; may be done twice, and stopped between two batches."""
    is_done = False
    while not is_done:
        with scope(establishment_id):
            is_done = _deliver_batch(message_id)


def _deliver_batch(message_id: int) -> bool:
    """One batch, in its own transaction; whether it was the last one."""
    message = Message.objects.select_for_update().filter(pk=message_id).first()
    if message is None or message.state != Message.State.WAITING or (message.leaves_at or clock.now()) > clock.now():
        return True
    delivered = _insert(message, most=BATCH)
    # Counted with the rows, in the same transaction: a batch done twice gives nothing the second time.
    message.delivered_count += len(delivered)
    if len(delivered) < BATCH:
        message.state, message.hold = Message.State.SENT, ""
        # Everyone else's came as sent: their rows are not written again.
        author = MailboxEntry.objects.filter(message_id=message.pk, role=MailboxEntry.Role.AUTHOR)
        author.update(state=Message.State.SENT)
    message.save(update_fields=["delivered_count", "state", "hold"])
    _tell(message, delivered)
    return len(delivered) < BATCH


def post_to_author(message: Message, about_id: int | None, *, has_files: bool) -> None:
    """Put a message among what its author sent."""
    is_guardian = message.author_party == Party.GUARDIAN and about_id is not None
    with connection.cursor() as cursor:
        cursor.execute(_POST_TO_AUTHOR, {
            **_copied(message, has_files=has_files), "author": message.author_id, "now": message.written_at,
            "state": message.state, "child_ids": [about_id] if is_guardian else [],
        })  # fmt: skip


def _insert(message: Message, *, most: int) -> Delivered:
    addressees = list(Addressee.objects.filter(message=message).order_by("pk"))
    parameters = recipient_parameters(message.author_id, addressees)
    copied = _copied(message, has_files=bool(files_of([message])[message.pk]))
    with connection.cursor() as cursor:
        cursor.execute(
            _DELIVER.replace("{recipients}", sql.recipients()),
            {
                **parameters,
                **copied,
                "families_at": message.visible_at,
                "now": clock.now(),
                "most": most,
            },
        )
        return cursor.fetchall()


def _copied(message: Message, *, has_files: bool) -> dict[str, Any]:
    """What the lists show of a message."""
    return {
        "school": message.establishment_id, "thread": message.thread_id, "message": message.pk,
        "author": message.author_id, "author_name": message.author_name, "author_about": message.author_about,
        "author_party": message.author_party, "addressed_to": message.addressed_to, "subject": message.subject,
        "preview": preview(message.body), "has_files": has_files, "needs_answer": message.needs_answer,
        "is_urgent": message.is_urgent,
    }  # fmt: skip


def _tell(message: Message, delivered: Delivered) -> None:
    """A notice to each: people of the school now, families when they can read."""
    uai = Establishment.objects.values_list("uai", flat=True).get(pk=message.establishment_id)
    facts: dict[str, Any] = {
        "establishment_id": message.establishment_id,
        "title": _("%(author)s : %(subject)s") % {"author": message.author_name, "subject": message.subject},
        "url": reverse("messages_of_school:thread", args=[uai, message.thread_id]),
        "group_key": key_of(message.pk),
        "collapse": (_("%(count)s nouveau message"), _("%(count)s nouveaux messages")),
        "urgent": message.is_urgent,
        "author": (message.author_id, message.author_name),
    }
    kind = "messaging.message"
    if message.kind != Message.Kind.ORDINARY:
        kind = "messaging.safety"
    elif message.needs_answer:
        kind = "messaging.to_answer"
    staff = [Recipient(person) for person, party, _children in delivered if party not in FAMILIES]
    families = [
        Recipient(person, children[0] if children else None)
        for person, party, children in delivered
        if party in FAMILIES
    ]
    notify(kind, staff, **facts)
    notify(kind, families, visible_at=message.visible_at, **facts)


_COPIED = """author_id, author_name, author_about, author_party, addressed_to, subject, preview, has_files,
  needs_answer, is_urgent"""
_VALUES = """%(author)s, %(author_name)s, %(author_about)s, %(author_party)s, %(addressed_to)s, %(subject)s, %(preview)s,
  %(has_files)s, %(needs_answer)s, %(is_urgent)s"""
_DELIVER = f"""
insert into messaging_mailboxentry (person_id, establishment_id, thread_id, message_id, role, place, visible_at, party,
  child_ids, children, state, {_COPIED})
select r.person, %(school)s, %(thread)s, %(message)s, r.role, 'inbox',
  case when r.party in ('student', 'guardian') then %(families_at)s::timestamptz else %(now)s::timestamptz end, r.party,
  r.child_ids, left(r.children, 120), 'sent', {_VALUES}
from ({{recipients}}) r
where not exists (select from messaging_mailboxentry e
  where e.person_id = r.person and e.thread_id = %(thread)s and e.message_id = %(message)s)
order by r.person limit %(most)s::bigint
on conflict (person_id, thread_id, message_id) do nothing
returning person_id, party, child_ids"""  # noqa: S608
_POST_TO_AUTHOR = f"""
insert into messaging_mailboxentry (person_id, establishment_id, thread_id, message_id, role, place, visible_at, read_at,
  party, child_ids, children, state, {_COPIED})
select %(author)s, %(school)s, %(thread)s, %(message)s, 'author', 'sent', %(now)s, %(now)s, %(author_party)s,
  %(child_ids)s::bigint[],
  coalesce((select string_agg(first_name, ', ') from directory_person where id = any(%(child_ids)s::bigint[])), ''),
  %(state)s, {_VALUES}
on conflict (person_id, thread_id, message_id) do nothing"""  # noqa: S608
