"""Sending a new letter to whom the rules let write."""

from collections.abc import Sequence

from django.db import transaction

from pupitre.foundation.actor import Actor
from pupitre.messaging.audiences import Audience
from pupitre.messaging.models import Message
from pupitre.messaging.parties import Party
from pupitre.messaging.queries.addressing import Addressed, address
from pupitre.messaging.queries.myself import Myself, myself
from pupitre.messaging.refusals import NeedsChild, NobodyChosen, TooManyChosen, Unreachable
from pupitre.messaging.services.writing import Gesture, Words, already_sent, write

MOST_CHOSEN = 200
"""Addressees chosen one by one: a class is one."""


@transaction.atomic
def send(
    words: Words,
    audiences: Sequence[Audience],
    actor: Actor,
    *,
    about_id: int | None = None,
    gesture: Gesture | None = None,
) -> Message:
    """Send a letter: it leaves now, waits, or is read first; `Message.state` says which. Once only for one `words.key`.

    `about_id`: for a guardian of several children, the one it is about, 0 for none in particular. Raises NotSent.
    """
    if sent := already_sent(actor, words.key):
        return sent
    if not audiences:
        raise NobodyChosen
    if len(audiences) > MOST_CHOSEN:
        raise TooManyChosen(len(audiences), MOST_CHOSEN)
    me = myself(actor)
    about = _about(me, about_id)
    addressed = address(me.sender(about), actor, audiences)
    if problem := next((each.problem for each in addressed if each.problem), ""):
        raise Unreachable(problem)
    party = _spoken_as(me, addressed, about)
    return write(words, addressed, me=me, party=party, about_id=about, actor=actor, gesture=gesture or Gesture())


def _about(me: Myself, about_id: int | None) -> int | None:
    """The child a letter is about: the only one, or the one that was told. Raises NeedsChild."""
    if me.child(about_id):
        return about_id
    if me.is_staff or Party.GUARDIAN not in me.parties or about_id == 0:
        return None
    if len(me.children) > 1:
        raise NeedsChild
    return me.children[0].id


def _spoken_as(me: Myself, addressed: Sequence[Addressed], about_id: int | None) -> Party:
    """The party that the first addressee lets write: it decides what stands beside the name."""
    if about_id is not None and me.child(about_id):
        return Party.GUARDIAN
    return next((each.spoken_as for each in addressed if each.spoken_as), me.parties[0])
