"""The jobs of this room. Each drains what is due, so that one that is lost, or comes twice, changes nothing."""

from procrastinate.contrib.django import app


@app.task(name="notifications.route")
def route() -> None:
    """Put in envelopes what may be seen from now on, and send what is due."""
