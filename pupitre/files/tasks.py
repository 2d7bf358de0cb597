"""The jobs of this room."""

from procrastinate.contrib.django import app

from pupitre.files.services.housekeeping import tidy_files


@app.periodic(cron="40 3 * * *")
@app.task(name="files.tidy")
def tidy_every_night(timestamp: int) -> None:
    """Remove what nobody finished and what nothing refers to; ask the antivirus again."""
    tidy_files()
