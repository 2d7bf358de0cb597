"""What readers do: open news, and answer what it asks."""

import secrets
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from pupitre.foundation import clock, live
from pupitre.foundation.actor import Actor
from pupitre.foundation.stamps import person_audience, raise_stamps
from pupitre.news.models import News, NewsAnswer, NewsReading
from pupitre.news.queries.reading import answers_open
from pupitre.news.refusals import Refusal
from pupitre.news.services.publishing import key_of
from pupitre.notifications.models import Notification

_LONGEST = 1000
Answer = News.Answer


@transaction.atomic
def note_reading(*, news: News, actor: Actor) -> None:
    """Keep that the actor has opened it, the first time. The caller has checked `news.read_news`. One statement after."""
    rows = NewsReading.objects.filter(news=news, person=actor.person_id)
    if rows.exists():
        return
    NewsReading.objects.get_or_create(
        establishment_id=news.establishment_id, news=news, person_id=actor.person_id, defaults={"read_at": clock.now()}
    )
    if not news.answer:
        _served(news, actor)
    raise_stamps([person_audience(actor.person_id)])


@transaction.atomic
def answer(*, news: News, chosen: Sequence[int], text: str, actor: Actor) -> None:
    """Answer what news asks; a named answer may be changed until the last day, an anonymous one is given once.

    The caller has checked `news.read_news`. Raises Refusal.
    """
    if not answers_open(news):
        raise Refusal(_("Le temps de répondre est passé. Vous pouvez écrire à l’établissement."))
    places = sorted({each for each in chosen if 0 <= each < len(news.choices)})
    text = text.strip()
    _check(news, places, text)
    reading, _created = NewsReading.objects.select_for_update().get_or_create(
        establishment_id=news.establishment_id, news=news, person_id=actor.person_id, defaults={"read_at": clock.now()}
    )
    if news.is_anonymous:
        if reading.has_answered:
            raise Refusal(
                _("Vous avez déjà répondu : une réponse anonyme ne se retrouve pas, et ne se change donc pas.")
            )
        NewsAnswer.objects.create(
            pk=_drawn(), establishment_id=news.establishment_id, news=news, chosen=places, text=text
        )
    else:
        NewsAnswer.objects.update_or_create(
            establishment_id=news.establishment_id,
            news=news,
            person_id=actor.person_id,
            defaults={"answered_at": clock.now(), "chosen": places, "text": text},
        )
    reading.has_answered = True
    reading.save(update_fields=["has_answered"])
    _served(news, actor)
    raise_stamps([person_audience(actor.person_id)])


def _drawn() -> int:
    """A number that tells nothing of when: far above those that the table counts by itself."""
    return (1 << 61) + secrets.randbelow(1 << 61)


def _check(news: News, places: Sequence[int], text: str) -> None:
    if news.answer == Answer.ONE and len(places) != 1:
        raise Refusal(_("Choisissez une réponse, une seule."))
    if news.answer == Answer.SEVERAL and not places:
        raise Refusal(_("Choisissez au moins une réponse."))
    if news.answer == Answer.TEXT and not text:
        raise Refusal(_("Écrivez votre réponse avant de l’envoyer."))
    if len(text) > _LONGEST:
        raise Refusal(_("La réponse est trop longue : 1 000 lettres au plus."))


def _served(news: News, actor: Actor) -> None:
    """The notice that told of it has served."""
    told = Notification.objects.filter(person=actor.person_id, read_at=None, group_key=key_of(news.pk))
    if told.update(read_at=clock.now()):
        live.tell([actor.person_id])
