from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from pupitre.establishments.services import open_establishment
from pupitre.foundation import clock
from pupitre.integrations.imports.tests import samples
from pupitre.integrations.imports.tests.engine import Engine
from pupitre.integrations.imports.tests.factories import SAMPLES_DAY, open_empty_school
from pupitre.integrations.imports.tests.office import Office
from tests.cast import TUESDAY, Cast


@pytest.fixture
def office(cast: Cast, settings: Any, django_capture_on_commit_callbacks: Any) -> Iterator[Office]:
    """The referent of the invented school of the samples, where nothing was imported yet."""
    settings.IMPORTS_IN_REQUEST = True
    with clock.at(SAMPLES_DAY):
        school = open_empty_school(cast.people["referent"])
        yield Office(cast.sign_in(Client(), "referent"), school, django_capture_on_commit_callbacks)


@pytest.fixture
def college(cast: Cast, settings: Any, django_capture_on_commit_callbacks: Any) -> Iterator[Office]:
    """The referent of the college of the cast, for imports made by `make_job`."""
    settings.IMPORTS_IN_REQUEST = True
    with clock.at(TUESDAY):
        yield Office(cast.sign_in(Client(), "referent"), cast.college, django_capture_on_commit_callbacks)


@pytest.fixture
def engine(db: None) -> Iterator[Engine]:
    """The invented school of `samples.py`, empty, in September."""
    with clock.at("2026-09-16T08:00"):
        yield Engine(open_establishment(uai=samples.UAI, name="Collège des Essais", kind="college"))
