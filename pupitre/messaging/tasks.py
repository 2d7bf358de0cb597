"""The jobs of this room: each may be done twice."""

from procrastinate.contrib.django import app

from pupitre.messaging.services.delivery import DELIVER, deliver_in_batches


@app.task(name=DELIVER)
def deliver(message: int, establishment: int) -> None:
    """Put a message that waited in the mailboxes of its recipients."""
    deliver_in_batches(message, establishment)
