"""One line per event of the server, without anything of the people: no address, no value, no error message."""

import logging
import traceback
from types import TracebackType


class LineFormatter(logging.Formatter):
    """`2026-11-24 07:55:01 ERROR django.request timetable:week — IntegrityError pupitre/timetable/services.py:31`.

    An address may hold a code and a database error the row at fault: the route's name and the place in our code tell
    the developer enough.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s", "%Y-%m-%d %H:%M:%S")

    def format(self, record: logging.LogRecord) -> str:
        line = f"{self.formatTime(record, self.datefmt)} {record.levelname} {record.name} {self._subject(record)}"
        if record.exc_info and record.exc_info[0]:
            kind, _, trace = record.exc_info
            line += f" — {kind.__name__} {_place(trace)}"
        return line

    def _subject(self, record: logging.LogRecord) -> str:
        request = getattr(record, "request", None)
        if request is None:
            return record.getMessage().replace("\n", " ")
        match = getattr(request, "resolver_match", None)
        return match.view_name if match else "-"


def _place(trace: TracebackType | None) -> str:
    """The last line of ours that was running, else the last line."""
    frames = traceback.extract_tb(trace)
    ours = [frame for frame in frames if "site-packages" not in frame.filename]
    return next((f"{frame.filename}:{frame.lineno}" for frame in reversed(ours or frames)), "")
