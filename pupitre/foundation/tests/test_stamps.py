import pytest

from pupitre.foundation.models import Stamp
from pupitre.foundation.stamps import person_audience, raise_stamps, school_audience
from tests.statements import statements_of

pytestmark = pytest.mark.django_db


def version(audience: str) -> int:
    return Stamp.objects.get(audience=audience).version


def test_a_stamp_begins_at_one_and_only_rises():
    raise_stamps([person_audience(12)])
    assert version("person:12") == 1
    raise_stamps([person_audience(12)])
    assert version("person:12") == 2


def test_several_audiences_rise_in_one_statement_each_once():
    audiences = [school_audience(3), person_audience(1), person_audience(2), person_audience(1)]
    assert len(statements_of(lambda: raise_stamps(audiences))) == 1
    assert [version(audience) for audience in ("school:3", "person:1", "person:2")] == [1, 1, 1]


def test_nobody_to_tell_costs_nothing():
    assert statements_of(lambda: raise_stamps([])) == []
