"""The jobs of this room. Each drains what is due, so that one that is lost, or comes twice, changes nothing."""

from procrastinate.contrib.django import app

from pupitre.notifications.services.browsers import TRY, send_trial
from pupitre.notifications.services.routing import route_due
from pupitre.notifications.services.sending import send_due
from pupitre.notifications.services.sweeping import forget_old, sweep


@app.task(name="notifications.route")
def route() -> None:
    """Put in envelopes what may be seen by now."""
    route_due()


@app.task(name="notifications.send")
def send() -> None:
    """Send the envelopes that are due."""
    send_due()


@app.task(name=TRY)
def try_push(person_id: int) -> None:
    """Send a message of trial to the browsers of a person."""
    send_trial(person_id=person_id)


@app.periodic(cron="* * * * *")
@app.task(name="notifications.sweep")
def sweep_every_minute(timestamp: int) -> None:
    """Release what was held, what digests wait for, and what a worker that died had taken."""
    sweep()


@app.periodic(cron="20 3 * * *")
@app.task(name="notifications.forget_old")
def forget_every_night(timestamp: int) -> None:
    """Delete notices and envelopes past their time."""
    forget_old()
