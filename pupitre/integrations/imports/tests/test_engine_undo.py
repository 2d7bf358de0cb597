"""Taking back the last import, for seven days."""

import datetime as dt

import pytest

from pupitre.accounts.models import User
from pupitre.directory.models import Affiliation, ExternalId, Guardianship, Person, Student
from pupitre.establishments.models import Closure, SchoolYear
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.integrations.imports.models import ImportJob
from pupitre.integrations.imports.services.application import NotAppliable
from pupitre.integrations.imports.services.undoing import may_undo, undo
from pupitre.integrations.imports.tests import samples
from pupitre.integrations.imports.tests.engine import Engine, changed


def test_undoing_puts_everything_back(engine: Engine) -> None:
    engine.applied(samples.readings())
    before = engine.everything()
    ines, tom, jade, malo = samples.students()
    pupils = [
        changed(ines, boarding_code="21", who__usage_name="BENALI"),
        changed(tom, groups=()),
        changed(jade, left_on=dt.date(2026, 9, 10)),
        samples.student(9, "NOUVELLE", "Zoé"),
    ]
    adults = [changed(samples.guardians()[0], who__mobile="+33639980001"), *samples.guardians()[1:]]
    readings = samples.readings(students=pupils, guardians=adults, staff=samples.staff()[:1], links=samples.links()[1:],
                                lessons=[samples.lesson(weekday=3)])  # fmt: skip
    job = engine.applied(readings, confirmed=True).job
    assert engine.everything() != before
    assert malo.who.first_name == "Malo"
    assert undo(job.pk, engine.school.pk) == 0
    assert engine.everything() == before
    with pytest.raises(NotAppliable):
        undo(job.pk, engine.school.pk)


def test_undoing_a_first_import_leaves_an_empty_school(engine: Engine) -> None:
    before = engine.everything()
    job = engine.applied(samples.readings()).job
    assert undo(job.pk, engine.school.pk) == 0
    assert engine.everything() == before
    assert not User.objects.exists()
    with scope(engine.school.pk):
        assert not SchoolYear.objects.exists()
        assert not Closure.objects.exists()
        assert ImportJob.objects.get(pk=job.pk).state == ImportJob.State.UNDONE


def test_the_same_files_may_come_again_after(engine: Engine) -> None:
    job = engine.applied(samples.readings()).job
    everything = engine.everything()
    undo(job.pk, engine.school.pk)
    engine.applied(samples.readings())
    assert {name: len(rows) for name, rows in engine.everything().items()} == {
        name: len(rows) for name, rows in everything.items()
    }


def test_whoever_came_in_since_keeps_the_account(engine: Engine) -> None:
    job = engine.applied(samples.readings()).job
    User.objects.filter(person__first_name="Samia").update(state=User.State.ACTIVE)
    assert undo(job.pk, engine.school.pk) > 0
    assert [person.first_name for person in Person.objects.all()] == ["Samia"]
    assert Person.objects.get().user is not None
    assert not Affiliation.objects.exists()
    # Imported again, she is the same person.
    engine.applied(samples.readings())
    assert Person.objects.filter(first_name="Samia").count() == 1


def test_a_guardian_shut_out_since_stays_shut_out(engine: Engine) -> None:
    job = engine.applied(samples.readings()).job
    link = Guardianship.objects.filter(establishment=engine.school).first()
    assert link
    Guardianship.objects.filter(pk=link.pk).update(is_restricted=True)
    assert undo(job.pk, engine.school.pk) >= 1
    engine.applied(samples.readings(), confirmed=True)
    assert Guardianship.objects.get(guardian=link.guardian_id, student=link.student_id, ends_on=None).is_restricted


def test_what_somebody_changed_since_is_left(engine: Engine) -> None:
    engine.applied(samples.readings())
    adults = [changed(samples.guardians()[0], who__mobile="+33639980001"), *samples.guardians()[1:]]
    job = engine.applied(samples.readings(guardians=adults)).job
    Person.objects.filter(first_name="Samia").update(mobile="+33639980002")
    assert undo(job.pk, engine.school.pk) == 1
    assert Person.objects.get(first_name="Samia").mobile == "+33639980002"


def test_what_something_else_leans_on_is_left(engine: Engine) -> None:
    job = engine.applied(samples.readings()).job
    ines = Person.objects.get(first_name="Inès")
    ExternalId.objects.create(person=ines, source="aaf", namespace="99", value="1")
    assert undo(job.pk, engine.school.pk) >= 1
    assert Person.objects.filter(pk=ines.pk).exists()


def test_only_the_last_one_may_be_taken_back_and_for_seven_days(engine: Engine) -> None:
    first = engine.applied(samples.readings()).job
    with clock.at("2026-09-16T09:00"):
        second = engine.applied(
            samples.readings(students=[*samples.students(), samples.student(9, "NOUVELLE", "Zoé")])
        ).job
        with scope(engine.school.pk):
            assert (may_undo(first), may_undo(second)) == (False, True)
        with pytest.raises(NotAppliable, match="dernier import"):
            undo(first.pk, engine.school.pk)
        undo(second.pk, engine.school.pk)
    with scope(engine.school.pk):
        assert may_undo(first)
    with clock.at("2026-09-23T07:59"), scope(engine.school.pk):
        assert may_undo(first)
    with clock.at("2026-09-23T08:01"), pytest.raises(NotAppliable, match="7 jours"):
        undo(first.pk, engine.school.pk)
    with scope(engine.school.pk):
        assert Student.objects.count() == 4
