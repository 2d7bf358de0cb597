"""News as those they are for read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from pupitre.files.models import StoredFile
from pupitre.files.queries import files_of
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor
from pupitre.news.models import News, NewsAnswer, NewsReading
from pupitre.news.policies import on_show

SHOWN = 60
"""News shown in a list: what is older has had its time."""


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of news in a list, for one reader."""

    news: News
    uai: str
    school: str
    is_read: bool
    is_due: bool

    @property
    def begins_at(self) -> datetime:
        """When it was first seen."""
        return self.news.starts_at or self.news.written_at


@dataclass(frozen=True, slots=True)
class Reading:
    """One piece of news, whole, for one reader: their answer, when they may see it, and whether they gave one."""

    news: News
    files: Sequence[StoredFile]
    has_answered: bool
    given: NewsAnswer | None

    @property
    def is_open(self) -> bool:
        return answers_open(self.news)


def answers_open(news: News) -> bool:
    """Whether an answer is asked, and its last day is not over."""
    return bool(news.answer) and (news.last_answer_on is None or news.last_answer_on >= clock.today())


def lines_of_family(actor: Actor, school: str = "") -> list[Line]:
    """What is for an actor as a student or a guardian in the open school, the newest first; one statement.

    When they work there besides, neither what they only wrote nor what is for those who work there.
    """
    return _lines(actor, allowed(actor, "news.read_as_family", News.objects.all()), "news.read_as_family", school)


def lines_of(actor: Actor, school: str = "", category: str = "") -> list[Line]:
    """What an actor may read in the open school, the newest first; one statement.

    Whom it is not for, its author or who reads news over, sees it as everyone will, and has nothing to read nor to answer.
    """
    rows = allowed(actor, "news.view_news", News.objects.filter(on_show()))
    if category:
        rows = rows.filter(category=category)
    return _lines(actor, rows, "news.read_news", school)


def _lines(actor: Actor, rows: QuerySet[News], read: str, school: str) -> list[Line]:
    """`read`: the verb of those whom news is for."""
    mine = allowed(actor, read, News.objects.filter(pk=OuterRef("pk")))
    readings = NewsReading.objects.filter(news=OuterRef("pk"), person=actor.person_id)
    rows = rows.annotate(
        is_mine=Exists(mine), is_read=Exists(readings), has_answered=Exists(readings.filter(has_answered=True))
    )
    found = rows.select_related("picture__blob").order_by("-starts_at", "-pk")[:SHOWN]
    return [_line(each, actor, school) for each in found]


def _line(row: Any, actor: Actor, school: str) -> Line:
    is_reader = row.is_mine and row.author_id != actor.person_id
    is_due = is_reader and answers_open(row) and not row.has_answered
    return Line(row, actor.uai, school, row.is_read or not is_reader, is_due)


def reading_of(news: News, actor: Actor) -> Reading:
    """One piece of news with its files, and what the actor answered; three statements."""
    row = NewsReading.objects.filter(news=news, person=actor.person_id).first()
    given = None
    if news.answer and not news.is_anonymous:
        given = NewsAnswer.objects.filter(news=news, person=actor.person_id).first()
    files = [each for each in files_of([news])[news.pk] if each.pk != news.picture_id]
    return Reading(news, files, bool(row and row.has_answered), given)


def written_by(actor: Actor) -> QuerySet[News]:
    """What somebody may follow: their own news, and all those sent when they read news over; the newest first."""
    return allowed(actor, "news.follow_news", News.objects.all()).order_by("-written_at", "-pk")
