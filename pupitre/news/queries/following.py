"""Who has read a piece of news, who has not, and what was answered."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock
from pupitre.news import sql
from pupitre.news.models import News, NewsAnswer

FEWEST = 5
"""Anonymous answers are told from this many on: below, who answered could be guessed."""

_READERS = """select p.id, p.display_name, coalesce(string_agg(distinct child.display_name, ', '), ''), r.read_at,
  coalesce(r.has_answered, false), min(c.child_id)
from ({concerned}) c
join directory_person p on p.id = c.person_id
left join directory_person child on child.id = c.child_id
left join news_newsreading r on r.establishment_id = %(school)s and r.news_id = %(news)s and r.person_id = p.id
group by p.id, p.display_name, p.sort_key, r.read_at, r.has_answered order by p.sort_key, p.id"""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody a piece of news is for; `children`: of whom, for a guardian."""

    person_id: int
    name: str
    children: str
    read_at: datetime | None
    has_answered: bool
    child_id: int | None


@dataclass(frozen=True, slots=True)
class Said:
    """What one person answered; without a name when the question is anonymous."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Results:
    """What was answered: `counts` by choice, `said` one by one; `is_hidden`: anonymous, and too few to be told."""

    total: int
    counts: Sequence[tuple[str, int]] = ()
    said: Sequence[Said] = ()
    is_hidden: bool = False


def readers_of(news: News) -> list[Reader]:
    """Everyone that it is for today, by name, each once; one statement."""
    concerned = sql.concerned(news="%(news)s", school="%(school)s", day="%(today)s")
    facts: dict[str, Any] = {"news": news.pk, "school": current_establishment_id(), "today": clock.today()}
    with connection.cursor() as cursor:
        cursor.execute(_READERS.format(concerned=concerned), facts)
        return [Reader(*row) for row in cursor.fetchall()]


def missing_of(news: News, readers: Sequence[Reader]) -> list[Reader]:
    """Those who did not answer, when an answer is asked; else those who did not read. The author is not waited for."""
    others = [each for each in readers if each.person_id != news.author_id]
    if news.answer:
        return [each for each in others if not each.has_answered]
    return [each for each in others if each.read_at is None]


def results_of(news: News) -> Results:
    """What was answered; one statement."""
    rows = list(NewsAnswer.objects.filter(news=news).select_related("person").order_by("person__sort_key", "pk"))
    if news.is_anonymous and len(rows) < FEWEST:
        return Results(len(rows), is_hidden=True)
    counted = Counter(place for row in rows for place in row.chosen)
    counts = [(label, counted[place]) for place, label in enumerate(news.choices)]
    said = [Said(row.person.display_name if row.person else "", told(news, row)) for row in rows]
    return Results(len(rows), counts, [each for each in said if each.text])


def told(news: News, row: NewsAnswer) -> str:
    """An answer in words."""
    chosen = ", ".join(news.choices[place] for place in row.chosen if place < len(news.choices))
    return row.text or chosen
