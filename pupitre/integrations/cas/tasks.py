from procrastinate.contrib.django import app

from pupitre.integrations.cas.services.ending import JOB, tell_ended


@app.task(name=JOB)
def single_logout(ticket_ids: list[int]) -> None:
    """Tell the services of a session that it has ended."""
    tell_ended(ticket_ids)
