"""What stands at the head of every home: unread messages and news, a line each, and the buttons that rooms offer there."""

from collections.abc import Sequence
from dataclasses import replace

from django.urls import reverse

from pupitre.foundation.actor import Actor
from pupitre.foundation.registry import HomeAction, offered
from pupitre.portal.cards import Action, Home, MailLine, NewsLine
from pupitre.portal.homes.moment import Moment
from pupitre.portal.queries import HomeRows

_PART, _NEWS = "messaging.latest", "news.latest"


def with_head(home: Home, read: Sequence[tuple[Actor, HomeRows, Moment]]) -> Home:
    """The home with its head. In several schools, messages and news are counted together and the last one is shown."""
    return replace(home, mail=_mail(read), news=_news(read), actions=_actions(read[0][0]))


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


def _actions(actor: Actor) -> list[Action]:
    return [
        Action(str(each.label), reverse(each.route, args=[actor.uai]), each.icon)
        for each in offered(HomeAction)
        if each.profiles & actor.profiles
    ]
