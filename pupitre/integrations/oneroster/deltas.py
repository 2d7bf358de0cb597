"""What changed between two files of a receiver. Pure. What is gone is `tobedeleted`, as it was last told."""

import datetime as dt
from collections.abc import Iterable, Iterator

from pupitre.integrations.oneroster.columns import Row


def changes(before: Iterable[Row], now: Iterable[Row], *, at: dt.datetime) -> Iterator[Row]:
    """The rows of a delta, each with its status and the instant (UTC) at which the change was noticed."""
    stamp = at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    known = {each[0]: each for each in before}
    for each in now:
        if known.pop(each[0], None) != each:
            yield (each[0], "active", stamp, *each[3:])
    for each in known.values():
        yield (each[0], "tobedeleted", stamp, *each[3:])
