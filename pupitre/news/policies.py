from django.db.models import Q
from django.db.models.expressions import RawSQL

from pupitre.directory.profiles import Profile
from pupitre.foundation import clock
from pupitre.foundation.access import NOBODY, policy
from pupitre.foundation.actor import Actor
from pupitre.news import sql
from pupitre.news.models import News

PUBLISH, MODERATE = "news.publish", "news.moderate"


def may_write(actor: Actor) -> bool:
    """Teachers write to their classes; those who hold the right, to the whole school."""
    return actor.has(PUBLISH) or Profile.TEACHER in actor.profiles


@policy("news.read_news", News)
def read_news(actor: Actor) -> Q:
    """Whom it is for, from its beginning to its last day."""
    # Written by `sql.for_actor` from numbers and a date of ours.
    return on_show() & Q(pk__in=RawSQL(sql.for_actor(actor, clock.today()), ()))  # noqa: S611 # nosec B611


@policy("news.read_as_family", News)
def read_as_family(actor: Actor) -> Q:
    """Whom it is for as a student or a guardian: neither what one only wrote, nor what is for those who work there."""
    return on_show() & Q(pk__in=RawSQL(sql.for_family(actor, clock.today()), ()))  # noqa: S611 # nosec B611


def on_show() -> Q:
    """News in its time: begun, and not over."""
    begun = Q(state=News.State.PUBLISHED, starts_at__lte=clock.now())
    return begun & (Q(ends_on=None) | Q(ends_on__gte=clock.today()))


@policy("news.view_news", News)
def view_news(actor: Actor) -> Q:
    """Whom it is for; its author, always; those who read news over, all that were sent to them or published."""
    seen = read_news(actor) | Q(author_id=actor.person_id)
    return seen | ~Q(state=News.State.DRAFT) if actor.has(MODERATE) else seen


@policy("news.follow_news", News)
def follow_news(actor: Actor) -> Q:
    """Change it, see who has read it and what was answered, remind, withdraw: its author, while they may write here."""
    if not may_write(actor):
        return NOBODY
    mine = Q(author_id=actor.person_id)
    return mine | ~Q(state=News.State.DRAFT) if actor.has(MODERATE) else mine


@policy("news.decide_news", News)
def decide_news(actor: Actor) -> Q:
    """Publish or send back what waits to be read over; never one's own, unless one publishes for the whole school."""
    if not actor.has(MODERATE):
        return NOBODY
    waiting = Q(state=News.State.SUBMITTED)
    return waiting if actor.has(PUBLISH) else waiting & ~Q(author_id=actor.person_id)
