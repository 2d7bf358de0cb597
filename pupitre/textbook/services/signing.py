"""The visa of the head, or of the inspector."""

import datetime as dt

from django.db import transaction

from pupitre.directory.models import Person
from pupitre.directory.profiles import Profile
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.textbook.models import Visa
from pupitre.timetable.models import Course


@transaction.atomic
def sign(*, course: Course, read_until_on: dt.date, comment: str = "", actor: Actor) -> Visa:
    """Sign the cahier de textes of a course as read up to a day.

    Source: circulaire 2010-136 du 6 septembre 2010 (visa du chef d'établissement et des corps d'inspection).
    """
    quality = Visa.Quality.HEAD if Profile.HEAD in actor.profiles else Visa.Quality.INSPECTOR
    visa = Visa.objects.create(
        establishment_id=actor.establishment_id,
        course=course,
        signed_by_id=actor.person_id,
        signed_name=Person.objects.get(pk=actor.person_id).formal_name[:120],
        quality=quality,
        read_until_on=min(read_until_on, clock.today()),
        comment=comment.strip(),
        signed_at=clock.now(),
    )
    audit.record(actor, "textbook.sign", visa)
    return visa
