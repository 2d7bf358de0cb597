"""Who is away, and what they say to whoever writes to them."""

from collections.abc import Collection, Iterable

from pupitre.directory.periods import held_on
from pupitre.foundation import clock
from pupitre.messaging.audiences import Audience, Kind
from pupitre.messaging.models import AutoAnswer


def away_among(person_ids: Collection[int]) -> list[AutoAnswer]:
    """What those of these people who are away today say, by name; one statement, none for nobody."""
    if not person_ids:
        return []
    return list(AutoAnswer.objects.filter(held_on(clock.today()), person_id__in=person_ids).order_by("name"))


def people_named(audiences: Iterable[Audience]) -> list[int]:
    """The people of whom each is addressed by name: a class is not told that its parents are away."""
    return [each.target for each in audiences if each.kind == Kind.PERSON]


def auto_answer_of(person_id: int) -> AutoAnswer | None:
    """One's own, whether it has begun or not; what is over counts no more. One statement."""
    return AutoAnswer.objects.filter(person_id=person_id, ends_on__gte=clock.today()).first()
