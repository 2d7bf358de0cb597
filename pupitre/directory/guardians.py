"""The links by which an adult sees a child: one rule, for every room.

Level 3 (contact) and links that the head has shut give no access. Source: SIECLE, NIVEAU_RESPONSABILITE.
"""

import datetime as dt

from django.db.models import OuterRef, Q, QuerySet

from pupitre.directory.models import Guardianship
from pupitre.directory.periods import held_on
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor


def open_on(day: dt.date) -> Q:
    """The guardianships that open a child to an adult on a day: legal or in charge, not shut."""
    return held_on(day) & Q(level__lt=Guardianship.Level.CONTACT, is_restricted=False)


def links_to(actor: Actor, student: str) -> QuerySet[Guardianship]:
    """Those that open to the actor, here and today, the child whose person the outer query names `student`; for `Exists`."""
    return Guardianship.objects.filter(
        open_on(clock.today()),
        student=OuterRef(student),
        guardian=actor.person_id,
        establishment=actor.establishment_id,
    )
