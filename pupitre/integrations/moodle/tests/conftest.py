from collections.abc import Iterator
from typing import Any

import pytest

from pupitre.integrations.moodle.tests.stand import Stand, standing


@pytest.fixture
def moodle(settings: Any) -> Iterator[Stand]:
    """A stand-in for a Moodle, on this machine."""
    settings.OUTSIDE_TRUSTED_HOSTS = ["127.0.0.1"]
    with standing() as stand:
        yield stand
