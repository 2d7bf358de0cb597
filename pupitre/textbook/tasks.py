"""The jobs of this room. Each does what is due and nothing else: lost or come twice, it changes nothing."""

from procrastinate.contrib.django import app

from pupitre.foundation.stamps import person_audience, raise_stamps
from pupitre.textbook.services.publishing import APPEAR


@app.task(name=APPEAR)
def appear(people: list[int]) -> None:
    """Something has just become readable: the pages of these people are made again."""
    raise_stamps(map(person_audience, people))
