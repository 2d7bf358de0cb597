"""A person's mailbox, over all their schools: one statement a page, whatever it holds. Search asks each school in turn.

The list shows discussions: of each, the last letter of the place that is looked at.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import msgspec
from django.db import connection

from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.messaging.models import MailboxEntry
from pupitre.messaging.parties import FAMILIES, STAFF_PARTIES, Party
from pupitre.messaging.retention import MAILBOX, NOTICE

A_PAGE = 30
FOUND = 40
Place = MailboxEntry.Place


class Row(msgspec.Struct, frozen=True, gc=False):
    """A line of the list. `at` is when it arrived; `is_waiting`: its author expects an answer that has not come."""

    id: int
    thread: int
    school: int
    role: str
    at: dt.datetime
    is_read: bool
    children: str
    author: str
    about: str
    party: str
    addressed_to: str
    subject: str
    preview: str
    state: str
    has_files: bool
    is_waiting: bool
    is_urgent: bool
    category: str | None
    colour: str | None

    @property
    def is_mine(self) -> bool:
        return self.role == MailboxEntry.Role.AUTHOR

    @property
    def name(self) -> str:
        """Who stands at the head of the line: the author, or the recipients of what one sent."""
        return self.addressed_to if self.is_mine else self.author


class FolderLine(msgspec.Struct, frozen=True, gc=False):
    """A folder of one's own."""

    id: int
    name: str
    unread: int


class CategoryLine(msgspec.Struct, frozen=True, gc=False):
    """A category of one's own."""

    id: int
    name: str
    colour: str


class ChildLine(msgspec.Struct, frozen=True, gc=False):
    """A child by whom a guardian may sort."""

    id: int
    name: str


class Mailbox(msgspec.Struct, frozen=True):
    """What a page of the mailbox shows. `old`: letters that will soon be three years old."""

    rows: list[Row]
    folders: list[FolderLine]
    categories: list[CategoryLine]
    children: list[ChildLine]
    drafts: int
    unread: int
    old: int

    @property
    def page(self) -> list[Row]:
        return self.rows[:A_PAGE]

    @property
    def after(self) -> str:
        """Where the next page begins; empty at the end."""
        return cursor_of(self.rows[A_PAGE - 1]) if len(self.rows) > A_PAGE else ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked at: a place, and of it those unread, of some authors, about a child, of a category, after a line."""

    place: str = Place.INBOX
    folder_id: int | None = None
    is_unread: bool = False
    parties: Collection[str] = ()
    child_id: int | None = None
    category_id: int | None = None
    after: str = ""


PARTIES: Mapping[str, Collection[str]] = {
    "familles": (Party.GUARDIAN,),
    "eleves": (Party.STUDENT,),
    "collegues": tuple(sorted(STAFF_PARTIES)),
    "adultes": tuple(sorted({*Party} - FAMILIES)),
}
"""Authors by whom the list is sorted, by the word in the address."""


def mailbox_of(person_id: int, schools: Collection[int], wanted: Wanted) -> Mailbox:
    """One page of a mailbox, and what stands around it; one statement, outside any school."""
    now = clock.now()
    at, pk = _cursor(wanted.after)
    parameters: dict[str, Any] = {
        "me": person_id, "schools": list(schools), "now": now, "today": clock.today(), "place": wanted.place,
        "folder": wanted.folder_id, "parties": [str(party) for party in wanted.parties], "child": wanted.child_id,
        "category": wanted.category_id, "at": at, "pk": pk, "most": A_PAGE + 1, "old": now - MAILBOX + NOTICE,
    }  # fmt: skip
    shape = (
        wanted.folder_id is not None, wanted.is_unread, bool(wanted.parties), wanted.child_id is not None,
        wanted.category_id is not None, at is not None,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_statement(*shape), parameters)
        return _decode(cursor.fetchone()[0])


@dataclass(slots=True)
class Found:
    """What a search gives, the most recent first; `is_cut` when there was more."""

    rows: list[Row] = field(default_factory=list)
    is_cut: bool = False


def search_mailbox(person_id: int, schools: Collection[int], text: str) -> Found:
    """Letters whose subject, words, author or recipients hold the words of `text`, as French is (accents, plurals).

    One statement a school, opened for it: what was written belongs to the school. The bin is left out.
    """
    found = Found()
    if not text.strip():
        return found
    parameters: dict[str, Any] = {
        "me": person_id, "now": clock.now(), "today": clock.today(), "text": text, "most": FOUND + 1,
    }  # fmt: skip
    for school in schools:
        with scope(school), connection.cursor() as cursor:
            cursor.execute(_SEARCH, {**parameters, "school": school})
            found.rows.extend(_decode_rows(cursor.fetchone()[0]))
    found.rows.sort(key=lambda row: row.at, reverse=True)
    found.is_cut = len(found.rows) > FOUND
    del found.rows[FOUND:]
    return found


def cursor_of(row: Row) -> str:
    """The place of a line, for an address."""
    return f"{int(row.at.timestamp() * 1_000_000)}-{row.id}"


def _cursor(text: str) -> tuple[dt.datetime | None, int]:
    at, _dash, pk = text.partition("-")
    if not (at.isdecimal() and pk.isdecimal() and len(at) < 18 and len(pk) < 19):
        return None, 0
    return dt.datetime.fromtimestamp(0, dt.UTC) + dt.timedelta(microseconds=int(at)), int(pk)


_ROW = """json_build_object('id', e.id, 'thread', e.thread_id, 'school', e.establishment_id, 'role', e.role,
  'at', e.visible_at, 'is_read', e.read_at is not null, 'children', e.children, 'author', e.author_name,
  'about', e.author_about, 'party', e.author_party, 'addressed_to', e.addressed_to, 'subject', e.subject,
  'preview', e.preview, 'state', e.state, 'has_files', e.has_files,
  'is_waiting', e.needs_answer and e.answered_at is null and e.role <> 'author', 'is_urgent', e.is_urgent,
  'category', c.name, 'colour', c.colour)"""
# What came about a child is read while the child is theirs.
_THEIRS = """(e.child_ids = '{}' or exists (select from directory_guardianship k
    where k.guardian_id = %(me)s and k.establishment_id = e.establishment_id and k.student_id = any(e.child_ids)
      and k.level < 3 and not k.is_restricted and %(today)s between k.starts_on and coalesce(k.ends_on, 'infinity')))"""
_LISTED = f"""select coalesce(json_agg(row order by at desc, id desc), '[]') from (
  select {_ROW} as row, e.visible_at as at, e.id
  from messaging_mailboxentry e
  left join messaging_category c on c.id = e.category_id and c.person_id = %(me)s
  where e.person_id = %(me)s and e.place = %(place)s and e.visible_at <= %(now)s
    and e.establishment_id = any(%(schools)s::bigint[]) and {_THEIRS} /* only */
    and not exists (select from messaging_mailboxentry n
      where n.person_id = %(me)s and n.thread_id = e.thread_id and n.place = e.place
        and n.folder_id is not distinct from e.folder_id and n.visible_at <= %(now)s
        and (n.visible_at, n.id) > (e.visible_at, e.id))
  order by e.visible_at desc, e.id desc limit %(most)s) listed"""  # noqa: S608
_PAGE = f"""select json_build_object(
  'rows', ({_LISTED}),
  'folders', (select coalesce(json_agg(json_build_object('id', f.id, 'name', f.name, 'unread', (
      select count(*) from messaging_mailboxentry e where e.person_id = %(me)s and e.folder_id = f.id
        and e.place = 'folder' and e.read_at is null and e.visible_at <= %(now)s)) order by f.name), '[]')
    from messaging_folder f where f.person_id = %(me)s),
  'categories', (select coalesce(json_agg(json_build_object('id', c.id, 'name', c.name, 'colour', c.colour)
    order by c.name), '[]') from messaging_category c where c.person_id = %(me)s),
  'children', (select coalesce(json_agg(json_build_object('id', c.id, 'name', c.first_name) order by c.birth_date, c.id), '[]')
    from (select distinct k.student_id from directory_guardianship k
      where k.guardian_id = %(me)s and k.establishment_id = any(%(schools)s::bigint[]) and k.level < 3
        and not k.is_restricted and %(today)s between k.starts_on and coalesce(k.ends_on, 'infinity')) mine
    join directory_person c on c.id = mine.student_id),
  'drafts', (select count(*) from messaging_draft d
    where d.person_id = %(me)s and d.establishment_id = any(%(schools)s::bigint[])),
  'unread', (select count(*) from (select from messaging_mailboxentry e
    where e.person_id = %(me)s and e.place = 'inbox' and e.read_at is null and e.visible_at <= %(now)s
      and e.establishment_id = any(%(schools)s::bigint[]) and {_THEIRS} limit 99) unread),
  'old', (select count(*) from (select from messaging_mailboxentry e
    where e.person_id = %(me)s and e.place in ('inbox', 'sent', 'folder') and e.visible_at < %(old)s limit 99) old))::text"""  # noqa: S608
_SEARCH = f"""select coalesce(json_agg(row order by at desc), '[]')::text from (
  select {_ROW} as row, e.visible_at as at
  from messaging_mailboxentry e
  join messaging_message m on m.establishment_id = %(school)s and m.id = e.message_id
  left join messaging_category c on c.id = e.category_id and c.person_id = %(me)s
  where e.person_id = %(me)s and e.establishment_id = %(school)s and e.place <> 'trash' and e.visible_at <= %(now)s
    and (e.state = 'sent' or e.role = 'author') and {_THEIRS} and m.search @@ websearch_to_tsquery('fr', %(text)s)
  order by e.visible_at desc limit %(most)s) found"""  # noqa: S608
_FILTERS = (
    "and e.folder_id = %(folder)s",
    "and e.read_at is null",
    "and e.author_party = any(%(parties)s::text[]) and e.role <> 'author'",
    "and e.child_ids @> array[%(child)s::bigint]",
    "and e.category_id = %(category)s",
    "and (e.visible_at, e.id) < (%(at)s::timestamptz, %(pk)s::bigint)",
)
_decode = msgspec.json.Decoder(Mailbox).decode
_decode_rows = msgspec.json.Decoder(list[Row]).decode


@cache
def _statement(*shape: bool) -> str:
    only = " ".join(text for text, is_wanted in zip(_FILTERS, shape, strict=True) if is_wanted)
    return _PAGE.replace("/* only */", only)
