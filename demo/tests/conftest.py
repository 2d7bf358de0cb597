from datetime import date

import pytest

from demo.model import Region
from demo.region import demo_region

TUESDAY = date(2026, 11, 24)


@pytest.fixture(scope="session")
def region() -> Region:
    """The region of an ordinary Tuesday."""
    return demo_region(TUESDAY)
