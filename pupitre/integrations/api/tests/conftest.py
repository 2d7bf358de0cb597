import pytest

from pupitre.integrations.api.services import noting
from pupitre.integrations.api.tests.factories import make_app
from pupitre.integrations.oidc.models import Client
from tests.cast import Cast


@pytest.fixture(autouse=True)
def _tuesday(tuesday: object) -> None:
    """A school morning."""


@pytest.fixture(autouse=True)
def _first_call() -> None:
    """What a process remembers of the journal does not outlive the rows of a test."""
    noting._noted.clear()


@pytest.fixture
def app(cast: Cast) -> Client:
    """An application that the collège opens wholly to its families."""
    return make_app(cast)
