"""What stands on every home: unread messages and news, a line each, the buttons that rooms offer, the next events."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from django.urls import reverse

from pupitre.directory.profiles import Profile
from pupitre.foundation.actor import Actor
from pupitre.foundation.registry import HomeAction, offered
from pupitre.portal.cards import Action, EventLine, Home, MailLine, NewsLine
from pupitre.portal.homes.moment import Moment
from pupitre.portal.queries import HomeRows

_PART, _NEWS, _EVENTS = "messaging.latest", "news.latest", "agenda.next"
_SHOWN = 4


def with_head(home: Home, read: Sequence[tuple[Actor, HomeRows, Moment]]) -> Home:
    """The home with its head. In several schools, messages and news are counted together and the last one is shown."""
    actor = read[0][0]
    home = replace(home, mail=_mail(read), news=_news(read), actions=_actions(actor))
    return replace(home, events=_events(read), events_url=_calendar(actor, len(read)))


def _mail(read: Sequence[tuple[Actor, HomeRows, Moment]]) -> MailLine | None:
    found = [(actor.uai, rows.parts[_PART]) for actor, rows, _moment in read if rows.parts.get(_PART)]
    if not found:
        return None
    uai, last = max(found, key=lambda each: each[1].at)
    return MailLine(
        count=sum(each.count for _uai, each in found),
        author=last.author,
        subject=last.subject,
        child=last.children,
        url=reverse("messages_of_school:thread", args=[uai, last.thread]),
        all_url=reverse("messaging:inbox"),
    )


def _news(read: Sequence[tuple[Actor, HomeRows, Moment]]) -> NewsLine | None:
    found = [(actor.uai, rows.parts[_NEWS]) for actor, rows, _moment in read if rows.parts.get(_NEWS)]
    if not found:
        return None
    uai, last = max(found, key=lambda each: each[1].at)
    return NewsLine(
        count=sum(each.count for _uai, each in found),
        title=last.title,
        url=reverse("news_of_school:news", args=[uai, last.id]),
        all_url=reverse("news:feed"),
    )


def _events(read: Sequence[tuple[Actor, HomeRows, Moment]]) -> list[EventLine]:
    """The next events, those of several schools together."""
    found = [each for _actor, rows, _moment in read for each in rows.parts.get(_EVENTS, ())]
    found.sort(key=lambda each: (each.starts_on, each.starts_at or dt.time.min))
    return [
        EventLine(each.title, each.detail, each.url, each.label, each.look.letter, each.look.colour, each.wards)
        for each in found[:_SHOWN]
    ]


def _calendar(actor: Actor, schools: int) -> str:
    """Where the whole calendar is: that of all the children for a guardian."""
    is_family = schools > 1 or actor.profiles == frozenset({Profile.GUARDIAN})
    return reverse("agenda:family") if is_family else reverse("agenda:calendar", args=[actor.uai])


def _actions(actor: Actor) -> list[Action]:
    return [
        Action(str(each.label), reverse(each.route, args=[actor.uai]), each.icon)
        for each in offered(HomeAction)
        if each.profiles & actor.profiles
    ]
