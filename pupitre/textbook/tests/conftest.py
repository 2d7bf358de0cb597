"""A school morning at the collège of the cast, for the tests of this room."""

from collections.abc import Iterator

import pytest

from pupitre.directory.profiles import Profile
from pupitre.directory.tests.factories import make_group, make_subject
from pupitre.establishments.scope import scope
from pupitre.foundation.actor import Actor
from pupitre.textbook.tests.factories import acting
from pupitre.timetable.tests.factories import make_course, make_slot
from tests.cast import Cast


@pytest.fixture
def college(cast: Cast, tuesday: object) -> Iterator[Cast]:
    """The collège open, on a Tuesday at 10:20."""
    with scope(cast.college.pk):
        yield cast


@pytest.fixture
def sister(college: Cast) -> Cast:
    """Another class of the same teacher and subject: 4D, this afternoon and on Thursday."""
    college.groups["4D"] = make_group(college.college, "4D")
    course = make_course(college.groups["4D"], make_subject(college.college), college.people["enseignante"])
    make_slot(course, 2, "15:30", "16:25", room="204")
    make_slot(course, 4, "10:10", "11:05", room="204")
    return college


@pytest.fixture
def teacher(cast: Cast) -> Actor:
    return acting(cast, "enseignante", Profile.TEACHER)


@pytest.fixture
def colleague(cast: Cast) -> Actor:
    return acting(cast, "collegue", Profile.TEACHER)


@pytest.fixture
def ines(cast: Cast) -> Actor:
    return acting(cast, "eleve", Profile.STUDENT)


@pytest.fixture
def nadia(cast: Cast) -> Actor:
    return acting(cast, "parent", Profile.GUARDIAN)
