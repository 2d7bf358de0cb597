from collections.abc import Iterator

import pytest

from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.establishments.services import open_establishment


@pytest.fixture
def college(db: None) -> Establishment:
    return open_establishment(uai="0990001N", name="Collège Sophie-Germain", kind="college")


@pytest.fixture
def neighbour(db: None) -> Establishment:
    return open_establishment(uai="0990003R", name="Lycée agricole du Val-Fleuri", kind="lycee_agricole")


@pytest.fixture
def inside(college: Establishment) -> Iterator[Establishment]:
    """The college, open."""
    with scope(college.pk):
        yield college
