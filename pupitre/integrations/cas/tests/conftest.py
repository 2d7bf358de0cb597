from typing import Any

import pytest

from pupitre.integrations.services.tests.stands import ines, service  # noqa: F401


@pytest.fixture(autouse=True)
def _tuesday(tuesday: object) -> None:
    """A school morning."""


@pytest.fixture(autouse=True)
def _trusted(settings: Any) -> None:
    """The services of the tests are on this machine."""
    settings.OUTSIDE_TRUSTED_HOSTS = ["127.0.0.1", "localhost"]
