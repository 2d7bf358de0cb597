"""The directory of the academy, received the night before: two schools that are still to be opened here."""

import datetime as dt
from pathlib import Path

from demo.writers.aaf import write_directory
from pupitre.foundation import clock
from pupitre.integrations.aaf.services.gesture import import_archive


def receive_directory(folder: Path) -> None:
    """Write the archive beside the files of the schools, and read it as the command of the night does."""
    import_archive(write_directory(folder / "annuaire", clock.today() - dt.timedelta(days=1)))
