"""What is told to the caller themself in the school of their token: news, the calendar, how many letters wait."""

import datetime as dt

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse

from pupitre.agenda.models import Event as AgendaEvent
from pupitre.agenda.queries.calendar import EventRow, calendar_of
from pupitre.foundation import clock
from pupitre.integrations.api.asked import page_of, span_of
from pupitre.integrations.api.queries.calling import Call
from pupitre.integrations.api.queries.lessons import instant
from pupitre.integrations.api.records import Agenda, Count, DaysOff, Event, News, NewsItem
from pupitre.messaging.queries.home import unread_of_family
from pupitre.news.queries.reading import Line, lines_of_family

_DAYS = 28


def news(call: Call, query: QueryDict) -> News:
    """The news on show that are for the caller as a family, the newest first; one statement. Reading marks nothing as read."""
    shown, after = page_of(query, lines_of_family(call.actor, call.caller.school), _place_of_news, newest_first=True)
    return News([_news(each) for each in shown], after)


def agenda(call: Call, query: QueryDict) -> Agenda:
    """The calendar of some days, the next four weeks unless told; one statement.

    Without what somebody noted for themself, nor what they wrote or go to as one who works there.
    """
    today = clock.today()
    span = span_of(query, today, today + dt.timedelta(days=_DAYS - 1))
    found = calendar_of(call.actor, span.first, span.last)
    told = [each for each in found.events if not (each.is_personal or each.is_draft or _is_of_staff(each))]
    shown, after = page_of(query, told, _place_of_event)
    return Agenda(
        [_event(each) for each in shown],
        after,
        [DaysOff(each.label, each.starts_on, each.ends_on) for each in found.closures],
    )


def messages_count(call: Call, query: QueryDict) -> Count:
    """The letters that wait for the caller in this school, as a family; one statement."""
    return Count(unread_of_family(call.actor))


def _place_of_news(each: Line) -> str:
    return f"{each.begins_at.astimezone(dt.UTC).isoformat()} {each.news.pk:012}"


def _news(each: Line) -> NewsItem:
    row = each.news
    return NewsItem(
        id=str(row.pk),
        title=row.title,
        summary=row.summary,
        text=row.body,
        category=str(row.get_category_display()),
        author=row.author_name,
        published_at=each.begins_at.astimezone(clock.PARIS),
        ends_on=row.ends_on,
        is_read=each.is_read,
        answer_expected=each.is_due,
        url=f"{settings.SITE_URL.rstrip('/')}{reverse('news_of_school:news', args=[each.uai, row.pk])}",
    )


def _is_of_staff(each: EventRow) -> bool:
    """Whether the caller sees it as one who works in the school: families write nothing there but for themselves."""
    return each.is_mine or (each.part is not None and each.part.role == "staff")


def _place_of_event(each: EventRow) -> str:
    return f"{each.starts_on}T{each.starts_at or ''} {each.title} {each.occurrence:012}"


def _event(each: EventRow) -> Event:
    last = each.ends_at or each.starts_at
    return Event(
        id=str(each.occurrence),
        title=each.title,
        kind=str(AgendaEvent.Kind(each.kind).label),
        place=each.place,
        starts_on=each.starts_on,
        ends_on=each.ends_on,
        starts_at=instant(each.starts_on, each.starts_at) if each.starts_at else None,
        ends_at=instant(each.ends_on, last) if last else None,
        is_cancelled=each.is_cancelled,
    )
