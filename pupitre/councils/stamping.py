"""Whose open screens read themselves again when something of a council changes."""

from collections.abc import Iterable

from pupitre.councils.models import Member, Sitting
from pupitre.councils.models.members import DELEGATES
from pupitre.foundation import live
from pupitre.foundation.stamps import raise_stamps

CHANGES = """coalesce((select s.version from foundation_stamp s where s.audience = 'council:' || p.id), 0)"""
"""The number that an open screen compares: it moves when the council that somebody sits in changes."""


def council_audience(person_id: int) -> str:
    """What somebody sees of the councils they sit in."""
    return f"council:{person_id}"


def see_again(sitting: Sitting, people: Iterable[int] = ()) -> None:
    """Have the screens of those who sit, delegates left out, read themselves again at the commit; three statements."""
    seats = Member.objects.filter(sitting=sitting).exclude(role__in=DELEGATES).values_list("person_id", flat=True)
    audience = {*seats, *people}
    raise_stamps(map(council_audience, audience))
    live.tell(audience)
