"""Punishments are kept for this school year and the one before."""

import datetime as dt

from pupitre.discipline.models import Detention, Punishment
from pupitre.discipline.services.forgetting import forget_everywhere, forget_old
from pupitre.discipline.tests.factories import detained, punished
from pupitre.establishments.scope import scope


def test_what_is_too_old_goes_with_its_sittings(college):
    old = detained(college).punishment
    Punishment.objects.filter(pk=old.pk).update(happened_on=dt.date(2025, 8, 31))
    last_year, now = punished(college), punished(college)
    Punishment.objects.filter(pk=last_year.pk).update(happened_on=dt.date(2025, 9, 2))
    assert forget_old() == 1
    assert forget_old() == 0
    assert set(Punishment.objects.values_list("pk", flat=True)) == {last_year.pk, now.pk}
    assert not Detention.objects.exists()


def test_every_school_is_gone_through(cast, tuesday):
    with scope(cast.college.pk):
        row = punished(cast)
        Punishment.objects.filter(pk=row.pk).update(happened_on=dt.date(2024, 11, 24))
    assert forget_everywhere() == 1
