"""Saying that one is away, and that one is back."""

import datetime as dt

from django.db import transaction

from pupitre.messaging.models import AutoAnswer


@transaction.atomic
def say_away(person_id: int, *, name: str, text: str, starts_on: dt.date, ends_on: dt.date) -> AutoAnswer:
    """Tell whoever writes to somebody that they are away, and what they ask; takes the place of what was said before."""
    return AutoAnswer.objects.update_or_create(
        person_id=person_id, defaults={"name": name, "text": text, "starts_on": starts_on, "ends_on": ends_on}
    )[0]


def say_back(person_id: int) -> None:
    """Nothing is told any more."""
    AutoAnswer.objects.filter(person_id=person_id).delete()
