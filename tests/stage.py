"""The cast is written once for the tests that follow one another, in a transaction around theirs.

Writing it takes longer than most tests. Each test undoes what it did, so the next one finds the cast as it was written;
a test that does not ask for it finds the tables empty, and the stage is struck before.
"""

import copy
from collections.abc import Callable, Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from pytest_django.plugin import DjangoDbBlocker

from pupitre.portal.queries import _shared, sleepers
from pupitre.timetable.queries.weeks import _open_days

HOUSE = Path(__file__).parents[1]
# Begun first, so that no test process waits at the end for another that has just taken one of them. The process that has
# nothing left takes what is last of another's: pages, which are many and take a second each.
LONG = (
    "demo/tests/test_build.py",
    "tests/test_query_counts.py",
    "tests/browser/test_[!p]*.py",
    "tests/browser/test_pages.py",
)
# What a process keeps of a school: a stamp that was undone may be given again, for something else.
KEPT_WHILE_THE_STAMP_STANDS = (_shared, _open_days, sleepers)


class Stage:
    """Where the cast stands: a transaction left open between tests."""

    def __init__(self, blocker: DjangoDbBlocker, make: Callable[[], Any]) -> None:
        self._blocker = blocker
        self._make = make
        self._made: Any = None
        self._atomic: transaction.Atomic | None = None
        self._connection: BaseDatabaseWrapper | None = None

    def stand(self) -> None:
        """Write the cast, unless it stands."""
        if self._stands():
            return
        self.strike()
        with self._blocker.unblock():
            self._connection = connections["default"]
            self._atomic = transaction.atomic()
            self._atomic.__enter__()
            self._made = self._make()

    def strike(self) -> None:
        """Leave the tables as they were before."""
        atomic, stood, self._atomic = self._atomic, self._stands(), None
        if atomic is None or self._connection is None:
            return
        with self._blocker.unblock():
            if stood:
                transaction.set_rollback(True)
                atomic.__exit__(None, None, None)
            else:
                # A browser runs an event loop in the thread of the tests, and there Django has another connection: the one of
                # before is left in its transaction, and the next cast would wait for ever for its rows.
                self._connection.in_atomic_block = False
                self._connection.close()

    def _stands(self) -> bool:
        return self._atomic is not None and self._connection is connections["default"] and connection.in_atomic_block

    def cast(self) -> Any:
        """A copy of the cast, which its test may change; nothing is remembered of what the test before did to it."""
        for remembered in KEPT_WHILE_THE_STAMP_STANDS:
            remembered.cache_clear()
        return copy.deepcopy(self._made)


STAGES: list[Stage] = []


@pytest.fixture(scope="session")
def theatre(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Stage]:
    """The stage of this test process."""
    from tests.cast import make_cast

    stage = Stage(django_db_blocker, make_cast)
    STAGES.append(stage)
    yield stage
    STAGES.remove(stage)
    stage.strike()


@pytest.fixture
def stage(theatre: Stage) -> Stage:
    """The stage, with the cast on it. Comes before the transaction of the test: see `pytest_collection_modifyitems`."""
    theatre.stand()
    return theatre


def plays_on_stage(item: pytest.Item) -> bool:
    """Whether a test asks for the cast inside a transaction of its own, which ends with it."""
    names, marker = getattr(item, "fixturenames", ()), item.get_closest_marker("django_db")
    commits = "transactional_db" in names or (marker is not None and marker.kwargs.get("transaction"))
    return "cast" in names and not commits


def _rank(path: Path) -> int:
    name = path.relative_to(HOUSE).as_posix()
    return next((rank for rank, pattern in enumerate(LONG) if fnmatch(name, pattern)), len(LONG))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first; in each file, the tests that need the cast first; the stage before anything else of theirs."""
    paths = dict.fromkeys(item.path for item in items)
    order = {path: (_rank(path), number) for number, path in enumerate(paths)}
    items.sort(key=lambda item: (order[item.path], not plays_on_stage(item)))
    for item in filter(plays_on_stage, items):
        # One list for all the variants of a test. What lasts longer than the test comes first, and may hang up meanwhile.
        names: list[str] = item.fixturenames  # type: ignore[attr-defined]
        if "stage" not in names:
            names.insert(names.index("_django_db_marker"), "stage")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Strike the stage before a test that does not want it."""
    if not plays_on_stage(item):
        for stage in STAGES:
            stage.strike()
