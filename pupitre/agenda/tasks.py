"""The jobs of this room. Each does what is due and nothing else: lost or come twice, it changes nothing."""

from procrastinate.contrib.django import app

from pupitre.agenda.services.meetings import remind_marks_everywhere
from pupitre.agenda.services.outings import chase_everywhere
from pupitre.agenda.services.reminding import remind_everywhere


@app.periodic(cron="*/10 6-21 * * *")
@app.task(name="agenda.remind")
def remind(timestamp: int) -> None:
    """Send the reminders of events that are due."""
    remind_everywhere()


@app.periodic(cron="10 17 * * 1-5")
@app.task(name="agenda.chase")
def chase(timestamp: int) -> None:
    """Remind families of outings to answer, and teams of marks to enter."""
    chase_everywhere()
    remind_marks_everywhere()
