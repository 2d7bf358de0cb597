from collections.abc import Iterator

import pytest

from pupitre.directory.models import Student
from pupitre.establishments.scope import scope
from pupitre.integrations.takeover.tests.factories import known
from tests.cast import Cast


@pytest.fixture
def college(cast: Cast, tuesday: object) -> Iterator[Cast]:
    """The collège open, on a Tuesday at 10:20, where Inès and Elias have a birth date, and Inès her INE."""
    with scope(cast.college.pk):
        known(cast.people["eleve"])
        known(cast.people["frere"], "2015-02-03")
        Student.objects.filter(person=cast.people["eleve"]).update(ine="123456789AB")
        yield cast
