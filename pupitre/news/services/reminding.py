"""Reminders to those who have not answered, or not read: asked by the author, and two days before the last day."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.ui.french import day, hour
from pupitre.news.models import News
from pupitre.news.queries.following import missing_of, readers_of
from pupitre.news.queries.reading import answers_open
from pupitre.news.refusals import Refusal
from pupitre.news.services.publishing import tell_readers

_APART = dt.timedelta(hours=20)
_BEFORE = dt.timedelta(days=2)


@transaction.atomic
def remind(*, news: News, actor: Actor) -> int:
    """Tell again those who are missing; how many. Once a day at most. Raises Refusal."""
    if news.told_at is None or news.state != News.State.PUBLISHED:
        raise Refusal(_("Cette actualité n’est pas encore publiée : il n’y a personne à relancer."))
    if news.answer and not answers_open(news):
        raise Refusal(_("Le temps de répondre est passé : une relance ne servirait à rien."))
    if news.reminded_at and clock.now() - news.reminded_at < _APART:
        when = {"when": hour(news.reminded_at)}
        raise Refusal(_("Une relance est partie à %(when)s : la suivante pourra partir demain.") % when)
    count = _again(news)
    audit.record(actor, "news.remind", news, people=count)
    return count


def _again(news: News) -> int:
    missing = missing_of(news, readers_of(news))
    news.reminded_at = clock.now()
    news.save(update_fields=["reminded_at"])
    title = _("Rappel : %(title)s") % {"title": news.title}
    if news.last_answer_on:
        title = _("À répondre avant le %(day)s : %(title)s") % {"day": day(news.last_answer_on), "title": news.title}
    tell_readers(news, missing, title)
    return len(missing)


def remind_before_the_end() -> list[str]:
    """Two days before the last day to answer, remind those who are missing; once, in every school."""
    count, last = 0, clock.today() + _BEFORE
    for school in Establishment.objects.filter(is_open=True):
        with scope(school.pk):
            due = News.objects.filter(
                state=News.State.PUBLISHED, told_at__isnull=False, reminded_at=None, last_answer_on=last
            ).exclude(answer="")
            count += sum(_again(each) for each in due)
    return [_("%(count)8s  personnes relancées pour une actualité") % {"count": count}] if count else []
