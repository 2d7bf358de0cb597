"""Asking for a file: what prevents it is said at once, the rest is done by a job."""

from django.db import transaction

from pupitre.foundation import audit, clock, jobs
from pupitre.foundation.actor import Actor
from pupitre.integrations.oneroster.models import Receiver, RosterFile
from pupitre.integrations.oneroster.queries import being_made, last_taken, prevented

JOB = "oneroster.make"


class Cannot(ValueError):
    """No file can be made; holds a code of `words.WHY`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def ask_for_file(receiver: Receiver, *, actor: Actor, content: str) -> RosterFile:
    """Have a file made. While one is being made, that one. Raises Cannot."""
    if (going := being_made(receiver)) is not None:
        return going
    if code := prevented(receiver.connector):
        raise Cannot(code)
    if content == RosterFile.Content.DELTA and not last_taken(receiver).exists():
        raise Cannot("no_base")
    made = RosterFile(receiver=receiver, content=content, asked_by_id=actor.person_id, asked_at=clock.now())
    made.save()
    audit.record(actor, "oneroster.ask_for_file", made, content=content)
    jobs.enqueue(JOB, establishment_id=made.establishment_id, file_id=made.pk)
    return made
