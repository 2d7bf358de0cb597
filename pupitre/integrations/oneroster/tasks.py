"""The jobs of this room. One that comes twice finds its file made, and leaves it."""

from procrastinate.contrib.django import app

from pupitre.integrations.oneroster.services.asking import JOB
from pupitre.integrations.oneroster.services.making import make_file


@app.task(name=JOB)
def make(establishment_id: int, file_id: int) -> None:
    """Make the file that somebody asked for."""
    make_file(establishment_id, file_id)
