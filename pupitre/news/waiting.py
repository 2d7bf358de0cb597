"""What the home says of news: how many are unread, those that ask for an answer, and those to be read over."""

import datetime as dt

import msgspec
from django.urls import reverse
from django.utils.translation import gettext as _

from pupitre.foundation.registry import Action
from pupitre.foundation.ui.french import day, plural
from pupitre.news import sql

# Without a policy's « % »: rules are those of `sql`, asked for by the home in its own words.
_MINE = """n.establishment_id = wall.id and n.state = 'published'
  and n.starts_at <= (%(today)s::date + %(time)s::time) at time zone 'Europe/Paris'
  and coalesce(n.ends_on, 'infinity') >= %(today)s and n.author_id <> %(person)s"""


def latest_sql() -> str:
    """Unread news: how many, and the last of them; null when there is none."""
    mine = sql.concerning_me()
    return f"""(select json_build_object('count', count(*), 'id', (array_agg(u.id order by u.starts_at desc))[1],
  'title', (array_agg(u.title order by u.starts_at desc))[1], 'at', max(u.starts_at))
from (select n.id, n.title, n.starts_at from news_news n where {_MINE} and n.id in ({mine})
  and not exists (select from news_newsreading r where r.establishment_id = wall.id and r.news_id = n.id
    and r.person_id = %(person)s) order by n.starts_at desc limit 99) u having count(*) > 0)"""  # noqa: S608


def to_answer_sql() -> str:
    """News that ask for an answer which the person has not given, the most pressing first."""
    mine = sql.concerning_me()
    return f"""(select coalesce(json_agg(json_build_object('id', a.id, 'title', a.title, 'answer', a.answer,
  'last_answer_on', a.last_answer_on) order by a.last_answer_on nulls last, a.id), '[]')
from (select n.id, n.title, n.answer, n.last_answer_on from news_news n where {_MINE} and n.answer <> ''
  and coalesce(n.last_answer_on, 'infinity') >= %(today)s and n.id in ({mine})
  and not exists (select from news_newsreading r where r.establishment_id = wall.id and r.news_id = n.id
    and r.person_id = %(person)s and r.has_answered) order by n.last_answer_on nulls last, n.id limit 5) a)"""  # noqa: S608


TO_REVIEW = """(select count(*) from news_news n where n.establishment_id = wall.id and n.state = 'submitted'
  and n.author_id <> %(person)s)"""


class Latest(msgspec.Struct, frozen=True):
    """Unread news of a school: how many, and the last of them."""

    count: int
    id: int
    title: str
    at: dt.datetime


class ToAnswer(msgspec.Struct, frozen=True):
    """News that ask for an answer."""

    id: int
    title: str
    answer: str
    last_answer_on: dt.date | None


decode_latest = msgspec.json.Decoder(Latest | None).decode
_decode_to_answer = msgspec.json.Decoder(list[ToAnswer]).decode
_count = msgspec.json.Decoder(int).decode


def to_answer(raw: msgspec.Raw, uai: str) -> list[Action]:
    """One thing to do a piece of news."""
    return [
        Action(
            each.title,
            _("Avant le %(day)s.") % {"day": day(each.last_answer_on)} if each.last_answer_on else "",
            reverse("news_of_school:news", args=[uai, each.id]),
            _("Signer") if each.answer == "acknowledge" else _("Répondre"),
            "info",
            "annonce",
        )
        for each in _decode_to_answer(raw)
    ]


def to_review(raw: msgspec.Raw, uai: str) -> list[Action]:
    """News that wait to be read over."""
    count = _count(raw)
    words = _("actualité à relire"), _("actualités à relire")
    url = reverse("news_of_school:manage", args=[uai])
    return [Action(plural(count, *words), "", url, _("Relire"), "info", "annonce")] if count else []
