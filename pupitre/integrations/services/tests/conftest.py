import pytest

from pupitre.integrations.services.tests.stands import service  # noqa: F401


@pytest.fixture(autouse=True)
def _tuesday(tuesday: object) -> None:
    """A school morning."""
