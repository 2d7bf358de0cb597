"""A complete and a delta of one college, from the archive to the school."""

import pytest

from pupitre.directory.models import Affiliation, ExternalId, Guardianship, Membership, Student
from pupitre.directory.profiles import Profile
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.integrations.aaf.models import Batch, Placement, SchoolPart
from pupitre.integrations.aaf.services.gesture import import_archive
from pupitre.integrations.aaf.tests.writing import write_archive
from pupitre.integrations.imports.models import Difference, ImportJob

State = SchoolPart.State


@pytest.fixture
def september(monkeypatch):
    """The samples are of September 2025."""
    import datetime as dt

    monkeypatch.setattr(clock, "today", lambda: dt.date(2025, 9, 23))


def part_of(batch):
    return batch.parts.get()


def classes():
    held = Membership.objects.filter(ends_on=None, group__kind="division", student__left_on=None)
    return sorted(held.values_list("group__code", flat=True))


def test_a_complete_fills_a_college(school, complete, september):
    batch = import_archive(complete, apply=True)
    assert (batch.state, batch.academy, batch.is_complete) == (Batch.State.DONE, "15", True)
    assert part_of(batch).state == State.APPLIED
    with scope(school.pk):
        assert Student.objects.count() == 22
        assert classes() == ["3D"] * 5 + ["4C"] * 5 + ["5B"] * 6 + ["6A"] * 6
    here = Affiliation.objects.filter(establishment=school, ends_on=None)
    assert here.filter(profile=Profile.GUARDIAN).count() == 27
    assert here.filter(profile=Profile.TEACHER).count() == 10
    assert Guardianship.objects.filter(establishment=school).count() == 38
    assert ExternalId.objects.filter(source="aaf", namespace="15").count() == 22 + 27 + 13


def test_the_same_complete_again_changes_nothing(school, complete, september, tmp_path):
    import_archive(complete, apply=True)
    assert not Placement.objects.exclude(taken__isnull=False).exists()
    again = import_archive(write_archive(tmp_path / "copie.zip", complete), apply=True)
    assert list(again.parts.all()) == []
    assert import_archive(complete).pk != again.pk


def test_a_delta_brings_moves_and_removes(school, complete, delta, september):
    import_archive(complete, apply=True)
    batch = import_archive(delta)
    part = part_of(batch)
    assert (part.state, part.counts) == (State.READY, {"students": 2, "guardians": 1, "staff": 0, "leaving": 1})
    with scope(school.pk):
        told = {(each.kind, each.record) for each in Difference.objects.filter(job=part.job)}
        assert {kind for kind, _record in told} == {
            "new_student", "new_link", "changed_class", "changed_schooling", "missing_student", "changed_contact",
        }  # fmt: skip
    import_archive(delta, apply=True)
    with scope(school.pk):
        assert classes() == ["3D"] * 4 + ["4C"] * 5 + ["5B"] * 8 + ["6A"] * 5
        newcomer = Student.objects.get(person__last_name="N'Diagaye-Mortreuil", person__first_name="Octave")
    assert Guardianship.objects.filter(student=newcomer.person, ends_on=None).count() == 1


def test_a_delta_given_twice_has_no_effect(school, complete, delta, september):
    import_archive(complete, apply=True)
    import_archive(delta, apply=True)
    again = import_archive(delta, apply=True)
    assert list(again.parts.all()) == []


def test_a_school_applies_from_its_own_page(school, complete, september):
    from pupitre.integrations.imports.services.application import apply

    batch = import_archive(complete)
    part = part_of(batch)
    apply(part.job, school.pk)
    part.refresh_from_db()
    assert part.state == State.APPLIED
    with scope(school.pk):
        assert ImportJob.objects.get(pk=part.job).state == ImportJob.State.APPLIED
    assert not Placement.objects.exclude(taken__isnull=False).exists()
