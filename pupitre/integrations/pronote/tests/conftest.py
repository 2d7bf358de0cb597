from typing import Any

import pytest

from pupitre.integrations.pronote.tests.stand import house, pronote  # noqa: F401


@pytest.fixture(autouse=True)
def _tuesday(tuesday: object) -> None:
    """A school morning."""


@pytest.fixture(autouse=True)
def _trusted(settings: Any) -> None:
    """The PRONOTE of the tests is on this machine."""
    settings.OUTSIDE_TRUSTED_HOSTS = ["127.0.0.1", "localhost"]
