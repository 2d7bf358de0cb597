"""What the frame and the home of a person say of their messages."""

import datetime as dt

import msgspec
from django.urls import reverse
from django.utils.translation import gettext as _

from pupitre.establishments.asking import ask
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.registry import Action

# What came about a child counts while the child is theirs; what came in a school, while they are of it.
_DAY = "(%(now)s::timestamptz at time zone 'Europe/Paris')::date"
UNREAD = f"""(select count(*) from (
  select from messaging_mailboxentry e
  where e.person_id = p.id and e.read_at is null and e.place in ('inbox', 'folder') and e.visible_at <= %(now)s
    and exists (select from directory_affiliation a where a.person_id = p.id and a.establishment_id = e.establishment_id
      and {_DAY} between a.starts_on and coalesce(a.ends_on, 'infinity'))
    and (e.child_ids = '{{}}' or exists (select from directory_guardianship k
      where k.guardian_id = p.id and k.establishment_id = e.establishment_id and k.student_id = any(e.child_ids)
        and k.level < 3 and not k.is_restricted and {_DAY} between k.starts_on and coalesce(k.ends_on, 'infinity')))
  limit 99) unread)"""  # noqa: S608
"""How many letters a person `p` has not read, 99 at most."""
_UNREAD_HERE = UNREAD.replace(
    "where e.person_id = p.id",
    "where e.person_id = p.id and e.establishment_id = wall.id and e.party = any(%(parties)s::text[])",
)
LAST = """(select coalesce((select e.id from messaging_mailboxentry e
  where e.person_id = p.id and e.place = 'inbox' and e.visible_at <= %(now)s
  order by e.visible_at desc, e.id desc limit 1), 0))"""
"""The last letter that a person `p` may read: a page made before it came is no longer true."""

# As the home shows it: for a guardian what came to the guardian, for the others what came to them at work.
_MINE = """e.person_id = %(person)s and e.establishment_id = wall.id and e.place in ('inbox', 'folder') and e.state = 'sent'
  and e.role <> 'author' and (e.party = 'guardian') = (%(profile)s = 'guardian')
  and e.visible_at <= (%(today)s::date + %(time)s::time) at time zone 'Europe/Paris'
  and (e.child_ids = '{}' or exists (select from directory_guardianship k
    where k.guardian_id = %(person)s and k.establishment_id = wall.id and k.student_id = any(e.child_ids)
      and k.level < 3 and not k.is_restricted and %(today)s between k.starts_on and coalesce(k.ends_on, 'infinity')))"""
LATEST = f"""(select json_build_object('count', count(*), 'thread', (array_agg(u.thread_id order by u.visible_at desc))[1],
  'author', (array_agg(u.author_name order by u.visible_at desc))[1],
  'subject', (array_agg(u.subject order by u.visible_at desc))[1],
  'children', (array_agg(u.children order by u.visible_at desc))[1], 'at', max(u.visible_at))
from (select e.thread_id, e.author_name, e.subject, e.children, e.visible_at from messaging_mailboxentry e
  where {_MINE} and e.read_at is null order by e.visible_at desc limit 99) u having count(*) > 0)"""  # noqa: S608
TO_ANSWER = f"""(select coalesce(json_agg(json_build_object('thread', a.thread_id, 'author', a.author_name,
  'subject', a.subject, 'children', a.children) order by a.visible_at), '[]')
from (select e.thread_id, e.author_name, e.subject, e.children, e.visible_at from messaging_mailboxentry e
  where {_MINE} and e.needs_answer and e.answered_at is null order by e.visible_at desc limit 5) a)"""  # noqa: S608


class Latest(msgspec.Struct, frozen=True):
    """Unread letters of a school: how many, and the last of them."""

    count: int
    thread: int
    author: str
    subject: str
    children: str
    at: dt.datetime


class ToAnswer(msgspec.Struct, frozen=True):
    """A letter whose author expects an answer."""

    thread: int
    author: str
    subject: str
    children: str


decode_latest = msgspec.json.Decoder(Latest | None).decode
_decode_to_answer = msgspec.json.Decoder(list[ToAnswer]).decode


def answers_expected(raw: msgspec.Raw, uai: str) -> list[Action]:
    """One thing to do a letter."""
    return [
        Action(
            _("Répondre à %(name)s") % {"name": each.author},
            f"{each.children} · {each.subject}" if each.children else each.subject,
            reverse("messages_of_school:thread", args=[uai, each.thread]),
            _("Répondre"),
            "info",
            "lettre",
        )
        for each in _decode_to_answer(raw)
    ]


def unread_of_family(actor: Actor) -> int:
    """How many letters wait for the actor in one school as what they are there, 99 at most; one statement.

    Whoever also works there is asked as a family alone: `actor` then has no other profile.
    """
    facts = {"person": actor.person_id, "now": clock.now(), "parties": sorted(actor.profiles)}
    select = f"(select {_UNREAD_HERE} from directory_person p where p.id = %(person)s)"  # noqa: S608
    return int(ask(actor.establishment_id, select, facts))
