"""The log of what deliveries told of people, written once they left; one statement a school."""

import json
from collections.abc import Iterable

from django.db import connection

from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.integrations.gar.models import Delivery
from pupitre.integrations.gar.services.making import Told
from pupitre.integrations.gar.sql import TELL


def note_told(delivery: Delivery, told: Iterable[Told]) -> None:
    """Note what a delivery that has just left told, in every school of its academies: whoever is in it no more is told no more."""
    by_school = {each.school.pk: each.people for each in told}
    for pk in Establishment.objects.filter(academy__in=delivery.access.academies).values_list("pk", flat=True):
        rows = [{"person": person, "facts": facts.keys} for person, facts in by_school.get(pk, {}).items()]
        with scope(pk), connection.cursor() as cursor:
            cursor.execute(TELL, {"school": pk, "told": json.dumps(rows), "now": clock.now()})
