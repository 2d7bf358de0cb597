from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pupitre.files.places import files_storage
from pupitre.files.tests.senders import BOARD, Sender
from pupitre.foundation import registry
from tests.cast import Cast


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Path) -> Path:
    """An empty folder of its own for the bytes of each test."""
    settings.STORAGES = {**settings.STORAGES, "default": files_storage({}, tmp_path)}
    return tmp_path / "files"


@pytest.fixture(autouse=True)
def board(monkeypatch: pytest.MonkeyPatch) -> None:
    """The only row that files can be attached to: a class, seen by its students, their guardians and the staff."""
    others = {name: each for name, each in registry._offered.items() if name[0] is not registry.FileOwner}
    offered = {**others, (registry.FileOwner, BOARD.key): BOARD}
    monkeypatch.setattr(registry, "_offered", offered)


@pytest.fixture
def teacher(cast: Cast, tuesday: object, django_capture_on_commit_callbacks: Any) -> Iterator[Sender]:
    """The teacher of the college, on a school morning, in front of the class 4B."""
    with Sender(cast, "enseignante", django_capture_on_commit_callbacks) as sender:
        yield sender


@pytest.fixture
def student(cast: Cast, tuesday: object, django_capture_on_commit_callbacks: Any) -> Iterator[Sender]:
    """A student of 4B."""
    with Sender(cast, "eleve", django_capture_on_commit_callbacks) as sender:
        yield sender
