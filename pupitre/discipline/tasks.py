"""The job of this room. Lost or come twice, it changes nothing."""

from procrastinate.contrib.django import app

from pupitre.discipline.services.erasing import erase_everywhere


@app.periodic(cron="25 2 * * *")
@app.task(name="discipline.erase")
def erase_every_night(timestamp: int) -> None:
    """Erase from files the sanctions whose day has come (R511-13, IV)."""
    erase_everywhere()
