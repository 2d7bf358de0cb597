"""News sent, read over, published at its hour, withdrawn; and those it is for told once, when it begins."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from pupitre.directory.models import Affiliation, Grant
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import CAPABILITIES
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import current_establishment_id, scope
from pupitre.foundation import audit, clock, jobs, live
from pupitre.foundation.actor import Actor
from pupitre.foundation.stamps import person_audience, raise_stamps, school_audience
from pupitre.news.models import News, NewsRules
from pupitre.news.policies import MODERATE, PUBLISH
from pupitre.news.queries.following import Reader, readers_of
from pupitre.news.refusals import Refusal
from pupitre.notifications.models import Notification
from pupitre.notifications.services.posting import Recipient, notify

TELL = "news.tell"
NEWS, TO_SIGN, REVIEW, DECIDED = "news.published", "news.to_sign", "news.review", "news.decided"
State = News.State


def reads_over() -> bool:
    """Whether the school reads news over first; it does unless it said otherwise. One statement."""
    found = NewsRules.objects.values_list("reads_over", flat=True).first()
    return True if found is None else found


@transaction.atomic
def set_rules(*, reads_over: bool, actor: Actor) -> None:
    """Say whether news of those who write for their classes are read over first."""
    NewsRules.objects.update_or_create(establishment_id=actor.establishment_id, defaults={"reads_over": reads_over})
    audit.record(actor, "news.set_rules", None, reads_over=reads_over)


@transaction.atomic
def send(*, news: News, actor: Actor) -> News:
    """Publish one's news, or have it read over when the school wants it so. Raises Refusal."""
    if news.state == State.WITHDRAWN:
        raise Refusal(_("Cette actualité a été retirée : écrivez-en une nouvelle."))
    if actor.has(PUBLISH) or not reads_over():
        return news if news.state == State.PUBLISHED else _publish(news, actor)
    news.state, news.refusal = State.SUBMITTED, ""
    news.save(update_fields=["state", "refusal"])
    audit.record(actor, "news.submit", news)
    watchers = [Recipient(pk) for pk in _moderators() if pk != actor.person_id]
    _notify(REVIEW, watchers, news, _("Une actualité à relire"))
    raise_stamps([person_audience(each.person_id) for each in watchers])
    return news


@transaction.atomic
def accept(*, news: News, actor: Actor) -> News:
    """Publish what waited. The caller has checked `news.decide_news`."""
    _publish(news, actor)
    _notify(DECIDED, [Recipient(news.author_id)], news, _("Votre actualité est acceptée"))
    return news


@transaction.atomic
def refuse(*, news: News, reason: str, actor: Actor) -> None:
    """Send back what waited, with a sentence for its author. Raises Refusal without one."""
    if not reason.strip():
        raise Refusal(_("Dites à l’auteur ce qu’il faut changer."))
    news.state, news.refusal, news.decided_by_id = State.REFUSED, reason.strip()[:300], actor.person_id
    news.save(update_fields=["state", "refusal", "decided_by"])
    audit.record(actor, "news.refuse", news)
    _notify(DECIDED, [Recipient(news.author_id)], news, _("Votre actualité est à reprendre"))
    raise_stamps([school_audience(current_establishment_id())])


def _publish(news: News, actor: Actor) -> News:
    now = clock.now()
    news.state, news.decided_by_id = State.PUBLISHED, actor.person_id
    news.starts_at = max(news.starts_at or now, now)
    news.save(update_fields=["state", "decided_by", "starts_at"])
    audit.record(actor, "news.publish", news)
    # In its own time, so that whoever has arrived since is told, and whoever has left is not.
    jobs.enqueue(TELL, at=news.starts_at, news=news.pk, establishment=news.establishment_id)
    raise_stamps([school_audience(news.establishment_id)])
    return news


@transaction.atomic
def withdraw(*, news: News, actor: Actor) -> None:
    """Take news back: nobody reads it any more, nor is told of it. A second call changes nothing."""
    if news.state == State.WITHDRAWN:
        return
    news.state = State.WITHDRAWN
    news.save(update_fields=["state"])
    audit.record(actor, "news.withdraw", news)
    told = Notification.objects.filter(group_key=key_of(news.pk))
    people = list(told.filter(read_at=None).values_list("person_id", flat=True))
    told.filter(routed_at=None).delete()
    told.filter(read_at=None).update(read_at=clock.now())
    raise_stamps([school_audience(news.establishment_id)])
    live.tell(people)


def tell(news_id: int, establishment_id: int) -> int:
    """Tell those it is for that news has begun, once; how many. Nothing when it was withdrawn or put off meanwhile."""
    with scope(establishment_id):
        found = News.objects.select_for_update().filter(pk=news_id, state=State.PUBLISHED, told_at=None).first()
        if found is None or found.starts_at > clock.now():
            return 0
        found.told_at = clock.now()
        found.save(update_fields=["told_at"])
        readers = [each for each in readers_of(found) if each.person_id != found.author_id]
        tell_readers(found, readers, found.title)
        raise_stamps([school_audience(establishment_id)])
    return len(readers)


def tell_readers(news: News, readers: list[Reader], title: str) -> None:
    """Tell some of those it is for; by the kind that waits for an answer when one is asked."""
    kind = TO_SIGN if news.answer else NEWS
    _notify(kind, [Recipient(each.person_id, each.child_id) for each in readers], news, title)


def _notify(kind: str, people: list[Recipient], news: News, title: str) -> None:
    uai = Establishment.objects.values_list("uai", flat=True).get(pk=news.establishment_id)
    notify(
        kind,
        people,
        establishment_id=news.establishment_id,
        title=title,
        body=news.summary,
        url=reverse("news_of_school:news", args=[uai, news.pk]),
        group_key=key_of(news.pk),
    )


def key_of(news_id: int) -> str:
    """Under which key people are told of news."""
    return f"news:{news_id}"


def _moderators() -> list[int]:
    """Who reads news over: by their profile, or by a right that was given to them."""
    today, here = clock.today(), current_establishment_id()
    profiles = [profile for profile, held in CAPABILITIES.items() if MODERATE in held]
    roles = Affiliation.objects.filter(held_on(today), establishment=here, profile__in=profiles)
    grants = Grant.objects.filter(held_on(today), establishment=here, capability=MODERATE)
    return sorted({*roles.values_list("person_id", flat=True), *grants.values_list("person_id", flat=True)})
