"""Invented archives, and a college that is open and empty."""

from pathlib import Path

import pytest

from pupitre.establishments.services import open_establishment

SAMPLES = Path(__file__).parents[1] / "samples"
UAI = "0999910J"


@pytest.fixture
def school(db):
    return open_establishment(uai=UAI, name="Collège Les Tilleuls", kind="college", academy="15")


@pytest.fixture
def complete():
    return SAMPLES / "complet"


@pytest.fixture
def delta():
    return SAMPLES / "delta"
