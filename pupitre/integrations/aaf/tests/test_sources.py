"""A school that was filled by SIECLE and STS, then follows the directory of its academy."""

import pytest

from pupitre.directory.models import Affiliation, ExternalId, Guardianship, Person, Student
from pupitre.directory.profiles import Profile
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.integrations.aaf.models import Placement, SchoolPart
from pupitre.integrations.aaf.services.gesture import import_archive
from pupitre.integrations.imports.models import Difference, ImportJob
from pupitre.integrations.imports.services.gesture import import_files
from pupitre.integrations.imports.services.undoing import undo
from pupitre.integrations.imports.tests.factories import SAMPLES, SAMPLES_DAY

UAI = "0999910J"


@pytest.fixture(autouse=True)
def autumn():
    with clock.at(SAMPLES_DAY):
        yield


@pytest.fixture
def fed(school):
    """The college, as SIECLE and STS tell it."""
    job = import_files(establishment=school, paths=SAMPLES, apply=True, confirmed=True)
    assert job.state == ImportJob.State.APPLIED
    return school


def people_of(school, profile):
    return set(
        Affiliation.objects.filter(establishment=school, profile=profile, ends_on=None).values_list("person", flat=True)
    )


def test_everybody_is_recognised(fed, complete):
    before = {profile: people_of(fed, profile) for profile in (Profile.STUDENT, Profile.GUARDIAN)}
    links = Guardianship.objects.filter(establishment=fed, ends_on=None).count()
    import_archive(complete, apply=True, confirmed=True)
    for profile, people in before.items():
        assert people_of(fed, profile) == people
    assert Guardianship.objects.filter(establishment=fed, ends_on=None).count() == links
    assert ExternalId.objects.filter(source="aaf").count() == 22 + 27 + 13


def test_letters_lost_by_the_base_are_found_again(fed, complete):
    import_archive(complete, apply=True, confirmed=True)
    assert Person.objects.filter(last_name="Szcześniakowski").exists()


def test_the_base_no_longer_contradicts_the_directory(fed, complete):
    import_archive(complete, apply=True, confirmed=True)
    with scope(fed.pk):
        ana = Student.objects.get(person__first_name="Zoé", person__last_name="Aubrenelle").person
    Person.objects.filter(pk=ana.pk).update(last_name="Autre-Nom")
    links = Guardianship.objects.filter(establishment=fed, ends_on=None).count()
    job = import_files(establishment=fed, paths=SAMPLES, apply=True, confirmed=True)
    with scope(fed.pk):
        assert not Difference.objects.filter(job=job, record__contains="Zoé", kind="changed_identity").exists()
    ana.refresh_from_db()
    assert ana.last_name == "Autre-Nom"
    assert Guardianship.objects.filter(establishment=fed, ends_on=None).count() == links


def test_taken_back_everything_is_looked_at_again(school, complete):
    part = import_archive(complete, apply=True, confirmed=True).parts.get()
    assert part.job is not None
    undo(part.job, school.pk)
    part.refresh_from_db()
    assert part.state == SchoolPart.State.REPLACED
    assert not Placement.objects.exclude(taken=None).exists()
    again = import_archive(complete, apply=True, confirmed=True)
    assert again.parts.get().state == SchoolPart.State.APPLIED
    with scope(school.pk):
        assert Student.objects.filter(left_on=None).count() == 22


def test_a_command_that_was_killed_goes_on(school, complete, monkeypatch):
    from pupitre.integrations.aaf.services import gesture

    def killed(*_args, **_options):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(gesture, "apply_school", killed)
        with pytest.raises(KeyboardInterrupt):
            import_archive(complete, apply=True, confirmed=True)
    assert not Affiliation.objects.filter(establishment=school).exists()
    batch = import_archive(complete, apply=True, confirmed=True)
    assert batch.parts.get().state == SchoolPart.State.APPLIED
    assert Establishment.objects.get().uai == UAI
