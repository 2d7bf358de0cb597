from typing import Any

import pytest
from django.test import Client

from pupitre.integrations.lti.models import Tool, ToolLink
from pupitre.integrations.lti.tests.factories import make_link, make_tool
from tests.cast import Cast


@pytest.fixture(autouse=True)
def _tuesday(tuesday: object) -> None:
    """A school morning."""


@pytest.fixture(autouse=True)
def _trusted(settings: Any) -> None:
    """The tools of the tests are on this machine."""
    settings.OUTSIDE_TRUSTED_HOSTS = ["127.0.0.1", "localhost"]


@pytest.fixture
def tool(cast: Cast) -> Tool:
    return make_tool(cast)


@pytest.fixture
def link(cast: Cast, tool: Tool) -> ToolLink:
    return make_link(cast, tool)


@pytest.fixture
def ines(cast: Cast) -> Client:
    return cast.sign_in(Client(), "eleve")
