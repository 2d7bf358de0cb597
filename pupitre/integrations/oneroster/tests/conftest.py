import pytest


@pytest.fixture(autouse=True)
def _tuesday(tuesday: object) -> None:
    """A school morning."""
