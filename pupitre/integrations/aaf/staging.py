"""Requests laid in a table of their own by COPY, then compared as sets with what the academy said before.

A record that says what it said is not looked at again: a complete in which little changed costs little. Everything happens in
one transaction, on tables that go with it: an archive that turns out damaged has changed nothing.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

import msgspec
from django.db import connection
from django.db.backends.utils import CursorWrapper

from pupitre.integrations.aaf import sql
from pupitre.integrations.aaf.grammar import Category
from pupitre.integrations.aaf.places import adults_of, places_of
from pupitre.integrations.aaf.requests import ADD, DELETE, Request, Values

_BATCH = 5_000  # requests held in memory
_TYPES = ["int8", "int2", "text", "int8", "bytea", "text[]", "text[]", "bool"]
_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Values)


def encode(values: Values) -> tuple[bytes, int]:
    """The values as kept, and their digest: the same for the same values in any order of attributes."""
    data = _encoder.encode({name: values[name] for name in sorted(values)})
    return data, int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big", signed=True)


def decode(data: bytes | memoryview) -> Values:
    """The values of a record."""
    return _decoder.decode(data)


class Staging:
    """The requests of one archive, in the open transaction. `orphans`: changes asked of somebody who is not known."""

    def __init__(self, feed_id: Callable[[], int]) -> None:
        # Known once a header is read; asked for when a request changes what is known.
        self.feed_id = feed_id
        self.sequence = 0
        self.orphans: list[tuple[str, Category, str]] = []
        with connection.cursor() as cursor:
            _each(cursor, sql.INCOMING, {})

    def take(self, requests: Iterable[Request]) -> None:
        """Lay requests down, in their order."""
        waiting = iter(requests)
        while batch := list(islice(waiting, _BATCH)):
            self._copy(self._resolved(batch) if any(each.action != ADD for each in batch) else self._added(batch))

    def _added(self, batch: list[Request]) -> Iterator[tuple[Category, str, Values | None]]:
        return ((each.category, each.key, each.values) for each in batch)

    def _resolved(self, batch: list[Request]) -> list[tuple[Category, str, Values | None]]:
        """What each request makes of its record: the whole record, or None when it goes."""
        now = self._current({(each.category, each.key) for each in batch if each.action != ADD})
        found: list[tuple[Category, str, Values | None]] = []
        for each in batch:
            name = (each.category, each.key)
            held = now.get(name)
            if each.action == ADD:
                values: Values | None = each.values
            elif held is None:
                self.orphans.append((each.action, each.category, each.key))
                continue
            else:
                values = None if each.action == DELETE else held | each.values
            now[name] = values
            found.append((each.category, each.key, values))
        return found

    def _current(self, wanted: set[tuple[Category, str]]) -> dict[tuple[Category, str], Values | None]:
        categories, keys = [int(each[0]) for each in wanted], [each[1] for each in wanted]
        with connection.cursor() as cursor:
            cursor.execute(sql.CURRENT, {"feed": self.feed_id(), "categories": categories, "keys": keys})
            return {(Category(category), key): decode(data) if data is not None else None
                    for category, key, data in cursor.fetchall()}  # fmt: skip

    def _copy(self, rows: Iterable[tuple[Category, str, Values | None]]) -> None:
        with connection.cursor() as cursor, cursor.copy(sql.COPY) as copy:
            copy.set_types(_TYPES)
            for category, key, values in rows:
                self.sequence += 1
                data, digest = encode(values or {})
                copy.write_row(
                    (
                        self.sequence, int(category), key, digest, data, places_of(category, key, values or {}),
                        adults_of(category, values or {}), values is None,
                    )
                )  # fmt: skip


class Outcome(msgspec.Struct):
    """What an archive changes in what the academy says. `counts`: by category, `read`, `new`, `changed`, `gone`, `same`."""

    counts: dict[str, dict[str, int]]
    doubles: list[tuple[int, str]]
    unspoken: list[int]


def merge(feed_id: int, *, is_complete: bool, today: dt.date, leave_on: dt.date) -> Outcome:
    """Make what was laid down what the academy says now. `leave_on`: from when those left out of a complete are gone.

    A complete that lacks a category does not say that everybody of it is gone.
    """
    feed: dict[str, int | dt.date] = {"feed": feed_id, "today": today, "leave_on": leave_on}
    with connection.cursor() as cursor:
        cursor.execute(sql.READ)
        read = dict(cursor.fetchall())
        doubles: list[tuple[int, str]] = []
        if is_complete:
            cursor.execute(sql.DOUBLES)
            doubles = cursor.fetchall()
        _each(cursor, sql.LAST_ONES, {})
        if is_complete:
            cursor.execute(sql.AS_SETS)
        cursor.execute(sql.TOUCHED, feed)
        unspoken: list[int] = []
        if is_complete:
            cursor.execute(sql.UNSPOKEN, feed)
            unspoken = [category for (category,) in cursor.fetchall()]
            cursor.execute(sql.LEFT_OUT, feed)
        cursor.execute("select category, what, count(*) from aaf_touched group by 1, 2")
        counts = {str(category): {"read": n} for category, n in read.items()}
        for category, what, n in cursor.fetchall():
            counts.setdefault(str(category), {})[what] = n
        for statement in (sql.KEEP, sql.LEAVE, sql.MOVED):
            _each(cursor, statement, feed)
        # Whoever is placed, all students are gone through: nothing is worth looking up one by one.
        cursor.execute(sql.AS_SETS)
        _each(cursor, sql.NOW, feed)
        if not is_complete:
            cursor.execute(sql.ONE_BY_ONE)
        for statement in (sql.PLACE, sql.DISPLACE, sql.FORGET):
            _each(cursor, statement, feed)
        cursor.execute(sql.ONE_BY_ONE)
    return Outcome(counts, doubles, unspoken)


def _each(cursor: CursorWrapper, statements: str, values: dict[str, int | dt.date]) -> None:
    """Several statements, one by one; each takes the values that it names."""
    for statement in statements.split(";\n"):
        cursor.execute(statement, {name: value for name, value in values.items() if f"%({name})s" in statement} or None)
