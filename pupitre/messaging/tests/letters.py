"""Letters for tests, sent as pages do: by the services, as one of the cast, in an open school."""

from typing import Any
from uuid import uuid4

from pupitre.directory.models import Affiliation
from pupitre.directory.profiles import capabilities_of
from pupitre.establishments.models import Establishment
from pupitre.foundation.actor import Actor
from pupitre.messaging.audiences import Audience, parse_all
from pupitre.messaging.models import MailboxEntry, Message
from pupitre.messaging.services.replying import reply
from pupitre.messaging.services.sending import send
from pupitre.messaging.services.writing import Gesture, Options, Words
from tests.cast import Cast


def actor_of(cast: Cast, slug: str, school: Establishment | None = None, *granted: str) -> Actor:
    """One of the cast acting in a school, the college unless told."""
    person, school = cast.people[slug], school or cast.college
    profiles = frozenset(
        Affiliation.objects.filter(person=person, establishment=school).values_list("profile", flat=True)
    )
    assert person.user is not None
    rights = capabilities_of(profiles, frozenset(granted))
    return Actor(person.user.pk, person.pk, school.pk, school.uai, profiles, rights)


def words(body: str = "Bonjour, voici un mot.", **facts: Any) -> Words:
    """What is written, under a key of its own; `needs_answer` and the like are options."""
    options = {name: facts.pop(name) for name in list(facts) if name in Options.__dataclass_fields__}
    return Words(body, facts.pop("key", uuid4()), options=Options(**options), **facts)


def post(cast: Cast, slug: str, *tokens: str | Audience, **facts: Any) -> Message:
    """A letter sent to audiences, as tokens: `post(cast, "enseignante", "parents-4B", body="…")`."""
    school = facts.pop("school", None)
    about = facts.pop("about", None)
    gesture = Gesture(facts.pop("confirmed", False), facts.pop("new_device", False))
    rights = facts.pop("rights", ())
    audiences = [each for token in tokens for each in _audiences(cast, token)]
    return send(
        words(**facts), audiences, actor_of(cast, slug, school, *rights),
        about_id=cast.people[about].pk if about else None, gesture=gesture,
    )  # fmt: skip


def answer(cast: Cast, slug: str, message: Message, body: str = "Merci.", **facts: Any) -> Message:
    """An answer by one of the cast."""
    about = facts.pop("about", None)
    to_all = facts.pop("to_all", False)
    return reply(
        message, words(body, **facts), actor_of(cast, slug, facts.pop("school", None)), to_all=to_all,
        about_id=cast.people[about].pk if about else None,
    )  # fmt: skip


def received_by(cast: Cast, slug: str) -> list[MailboxEntry]:
    """What is in somebody's mailbox, but what they wrote; the first one first."""
    mine = MailboxEntry.objects.filter(person_id=cast.people[slug].pk)
    return list(mine.exclude(role=MailboxEntry.Role.AUTHOR).order_by("visible_at", "pk"))


def _audiences(cast: Cast, token: str | Audience) -> list[Audience]:
    """`parents-4B`, `p@enseignante`, `r@parent-eleve` and the like, with the numbers of the cast."""
    if isinstance(token, Audience):
        return [token]
    word, dash, name = token.partition("-")
    if dash and name in cast.groups:
        token = f"{word}-{cast.groups[name].pk}"
    elif word == "famille":
        token = f"{word}-{cast.people[name].pk}"
    elif "@" in token:
        letter, _at, who = token.partition("@")
        slug, _about, child = who.partition("/")
        token = f"{letter}{cast.people[slug].pk}" + (f"-{cast.people[child].pk}" if child else "")
    return parse_all([token])
