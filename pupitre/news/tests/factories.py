"""News for tests, made inside an open scope, through the services."""

from typing import Any

from pupitre.directory.models import Affiliation
from pupitre.directory.profiles import capabilities_of
from pupitre.establishments.models import Establishment
from pupitre.foundation.actor import Actor
from pupitre.news.models import News
from pupitre.news.services.publishing import accept, send
from pupitre.news.services.writing import Asked, Audience, Words, write
from tests.cast import Cast


def actor_of(cast: Cast, slug: str, school: Establishment | None = None) -> Actor:
    """One of the cast acting in a school, the college unless told."""
    person, school = cast.people[slug], school or cast.college
    profiles = frozenset(
        Affiliation.objects.filter(person=person, establishment=school).values_list("profile", flat=True)
    )
    return Actor(person.user_id or 0, person.pk, school.pk, school.uai, profiles, capabilities_of(profiles))


def draft(cast: Cast, slug: str, audience: Audience, asked: Asked | None = None, **words: Any) -> News:
    """A draft of somebody."""
    facts = {"title": "Portes ouvertes samedi", "body": "De 9 h à 12 h, venez nombreux.", **words}
    return write(
        words=Words(**facts), asked=asked or Asked(), audience=audience, uploads=(), actor=actor_of(cast, slug)
    )


def published(
    cast: Cast, audience: Audience, asked: Asked | None = None, slug: str = "principal", **words: Any
) -> News:
    """News that its readers see."""
    row = send(news=draft(cast, slug, audience, asked, **words), actor=actor_of(cast, slug))
    return row if row.state == News.State.PUBLISHED else accept(news=row, actor=actor_of(cast, "principal"))


def of_class(cast: Cast, code: str = "4B", *profiles: str) -> Audience:
    """The students and guardians of a class, unless told."""
    return Audience(profiles or ("student", "guardian"), [cast.groups[code].pk])
