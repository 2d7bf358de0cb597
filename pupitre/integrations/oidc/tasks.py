from procrastinate.contrib.django import app

from pupitre.integrations.oidc.services.ending import JOB, tell_ended


@app.task(name=JOB)
def backchannel_logout(sessions: list[tuple[int, str, str]]) -> None:
    """Tell the services of a session that it has ended."""
    tell_ended(sessions)
