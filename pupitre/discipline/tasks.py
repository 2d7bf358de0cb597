"""The jobs of this room. Lost or come twice, they change nothing."""

from procrastinate.contrib.django import app

from pupitre.discipline.services.erasing import erase_everywhere
from pupitre.discipline.services.forgetting import forget_everywhere


@app.periodic(cron="25 2 * * *")
@app.task(name="discipline.erase")
def erase_every_night(timestamp: int) -> None:
    """Erase from files the sanctions whose day has come (R511-13, IV)."""
    erase_everywhere()


@app.periodic(cron="35 2 * * *")
@app.task(name="discipline.forget")
def forget_every_night(timestamp: int) -> None:
    """Delete the punishments of the school years that are kept no more."""
    forget_everywhere()
