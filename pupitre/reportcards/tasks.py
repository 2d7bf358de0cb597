"""The jobs of this room."""

from procrastinate.contrib.django import app

from pupitre.reportcards.services.publishing import JOB
from pupitre.reportcards.services.running import run


@app.task(name=JOB)
def print_run(establishment_id: int, run_id: int, user_id: int) -> None:
    """Give the validated bulletins of a class, or of a school, to families."""
    run(establishment_id, run_id, user_id)
