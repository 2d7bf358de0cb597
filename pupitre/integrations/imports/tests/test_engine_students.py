"""Students who change, leave, come back, or are no longer named."""

import datetime as dt

import pytest

from pupitre.directory.models import Affiliation, Guardianship, Membership, Person, Student
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.integrations.exchange.records import OutsideId
from pupitre.integrations.exchange.verdicts import Finding, Severity
from pupitre.integrations.imports.kinds import Kind
from pupitre.integrations.imports.models import Decision
from pupitre.integrations.imports.services.application import NotAppliable
from pupitre.integrations.imports.tests import samples
from pupitre.integrations.imports.tests.engine import Engine, changed


def test_each_change_is_told_with_its_old_value(engine: Engine) -> None:
    engine.applied(samples.readings())
    ines, tom, *others = samples.students()
    pupils = [changed(ines, boarding_code="21", who__usage_name="BENALI"), changed(tom, groups=()), *others]
    outcome = engine.analysed(samples.readings(students=pupils))
    assert {(each.kind, each.record, each.old, each.new) for each in outcome.differences} == {
        (Kind.CHANGED_REGIME, "Inès Benali, 5A", "Externe libre (0)", "Demi-pensionnaire (21)"),
        (Kind.CHANGED_IDENTITY, "Inès Benali, 5A", "(aucun)", "BENALI"),
        (Kind.CHANGED_GROUPS, "Tom Belkacem, 5A", "Latin 5e", "(aucune)"),
    }


def test_corrected_names_change_what_is_shown_and_keep_the_account(engine: Engine) -> None:
    engine.applied(samples.readings())
    user = Person.objects.get(first_name="Inès").user
    ines, *others = samples.students()
    engine.applied(
        samples.readings(students=[changed(ines, who__usage_name="BENALI", who__first_name="Inaya"), *others])
    )
    person = Person.objects.get(usage_name="BENALI")
    assert (person.display_name, person.formal_name, person.sort_key) == ("Inaya Benali", "Mme Benali", "benali inaya")
    assert person.user == user
    assert person.user.display_name == "Inaya Benali"  # type: ignore[union-attr]
    assert person.user.username == user.username  # type: ignore[union-attr]


def test_a_declined_difference_is_not_written(engine: Engine) -> None:
    engine.applied(samples.readings())
    ines, *others = samples.students()
    outcome = engine.analysed(
        samples.readings(students=[changed(ines, boarding_code="21", mef="10110001120"), *others])
    )
    engine.decide(outcome, Decision.SKIP, kind=Kind.CHANGED_REGIME)
    engine.apply(outcome)
    with scope(engine.school.pk):
        student = Student.objects.get(person__first_name="Inès")
        assert (student.boarding_code, student.mef) == ("0", "10110001120")


def test_a_change_of_class_ends_one_seat_and_opens_another(engine: Engine) -> None:
    groups = [*samples.groups(), samples.group("5B")]
    engine.applied(samples.readings(groups=groups))
    ines, *others = samples.students()
    outcome = engine.applied(samples.readings(groups=groups, students=[changed(ines, division="5B"), *others]))
    assert outcome.told(Kind.CHANGED_CLASS) == [("Inès Belkacem, 5B", "Classe", "5e A", "5B")]
    with scope(engine.school.pk):
        seats = Membership.objects.filter(student__person__first_name="Inès").order_by("starts_on")
        assert [(each.group.code, each.ends_on) for each in seats] == [("5A", dt.date(2026, 9, 15)), ("5B", None)]
    assert Affiliation.objects.get(person__first_name="Inès").function == "5B"


def test_two_divisions_in_the_file_leave_the_class_as_it_is(engine: Engine) -> None:
    engine.applied(samples.readings())
    ines, *others = samples.students()
    readings = samples.readings(students=[changed(ines, division="", boarding_code="21"), *others])
    finding = Finding(Severity.QUARANTINE, "two_divisions", "Inès Belkacem", "Deux classes.", old="5A, 5B")
    readings[2].findings = [finding]
    outcome = engine.analysed(readings)
    assert outcome.kinds == {Kind.CHANGED_REGIME: 1}
    assert outcome.job.verdict == "quarantine"


def test_a_file_made_before_classes_are_given_is_held(engine: Engine) -> None:
    engine.applied(samples.readings())
    outcome = engine.analysed(samples.readings(students=[changed(each, division="") for each in samples.students()]))
    assert outcome.job.verdict == "hold"
    assert "4 élèves sur 4 n’ont plus de classe" in outcome.job.reasons[0]


def test_a_student_with_an_exit_date_leaves_and_loses_access(engine: Engine) -> None:
    engine.applied(samples.readings())
    ines, *others = samples.students()
    gone = changed(ines, left_on=dt.date(2026, 9, 10), exit_reason="10")
    engine.applied(samples.readings(students=[gone, *others]))
    person = Person.objects.get(first_name="Inès")
    assert Affiliation.objects.get(person=person).ends_on == dt.date(2026, 9, 10)
    assert Guardianship.objects.get(student=person).ends_on == dt.date(2026, 9, 10)
    assert person.user is not None
    # Leavers stay in both files: nothing happens any more.
    assert engine.analysed(samples.readings(students=[gone, *others])).kinds == {}


def test_the_last_child_who_leaves_ends_the_role_of_the_guardian(engine: Engine) -> None:
    engine.applied(samples.readings())
    ines, tom, jade, malo = samples.students()
    out = {"left_on": dt.date(2026, 9, 10)}
    engine.applied(samples.readings(students=[changed(ines, **out), tom, changed(jade, **out), malo]), confirmed=True)
    roles = dict(Affiliation.objects.filter(profile="guardian").values_list("person__first_name", "ends_on"))
    assert roles == {"Samia": None, "Paul": dt.date(2026, 9, 15), "Anne": None}


def test_an_exit_told_in_advance_takes_place_on_its_day(engine: Engine) -> None:
    ines, *others = samples.students()
    readings = samples.readings(students=[changed(ines, left_on=dt.date(2026, 11, 30)), *others])
    engine.applied(readings)
    assert Affiliation.objects.get(person__first_name="Inès").ends_on is None
    with clock.at("2026-12-02T08:00"):
        assert engine.applied(readings).kinds == {Kind.LEFT_STUDENT: 1}
        assert engine.analysed(readings).kinds == {}
    assert Affiliation.objects.get(person__first_name="Inès").ends_on == dt.date(2026, 11, 30)


def test_a_student_who_comes_back_finds_everything_again(engine: Engine) -> None:
    engine.applied(samples.readings())
    ines, *others = samples.students()
    engine.applied(samples.readings(students=[changed(ines, left_on=dt.date(2026, 9, 10), exit_reason="10"), *others]))
    engine.applied(samples.readings())
    person = Person.objects.get(first_name="Inès")
    assert Affiliation.objects.get(person=person).ends_on is None
    assert Guardianship.objects.get(student=person).ends_on is None
    with scope(engine.school.pk):
        student = Student.objects.get(person=person)
        assert (student.left_on, student.exit_reason) == (None, "")
        assert Membership.objects.filter(student=student, ends_on=None).count() == 1
    assert engine.analysed(samples.readings()).kinds == {}


def test_a_student_who_had_left_before_gets_no_account(engine: Engine) -> None:
    ines, *others = samples.students()
    outcome = engine.applied(samples.readings(students=[changed(ines, left_on=dt.date(2026, 9, 2)), *others]))
    assert "left_before_known" in outcome.codes
    assert not Person.objects.filter(first_name="Inès").exists()
    # Her mother comes for her other child only, and nothing is told of the link.
    assert "link_without_student" not in outcome.codes


def test_a_student_whom_the_file_no_longer_names_is_told_gone(engine: Engine) -> None:
    engine.applied(samples.readings())
    outcome = engine.applied(samples.readings(students=samples.students()[:3], links=samples.links()[:3]))
    assert outcome.told(Kind.MISSING_STUDENT) == [("Malo Le Galloudec, 5A", "", "5A", "")]
    with scope(engine.school.pk):
        assert Student.objects.get(person__first_name="Malo").left_on == dt.date(2026, 9, 15)
    assert Person.objects.get(first_name="Malo").user is not None


def test_a_student_left_aside_while_reading_is_not_gone(engine: Engine) -> None:
    engine.applied(samples.readings())
    readings = samples.readings(students=samples.students()[1:])
    readings[2].aside = [OutsideId("siecle_student", samples.UAI, "1")]
    outcome = engine.analysed(readings)
    assert (outcome.kinds, outcome.codes & {"link_without_student"}) == ({}, set())


def test_nobody_is_gone_when_a_record_cannot_be_told_whose_it_is(engine: Engine) -> None:
    engine.applied(samples.readings())
    readings = samples.readings(students=samples.students()[1:], links=samples.links()[1:])
    readings[2].is_whole = False
    outcome = engine.analysed(readings)
    assert Kind.MISSING_STUDENT not in outcome.kinds
    assert outcome.found("not_whole")[0].severity == Severity.NOTICE


def test_half_of_the_students_missing_is_held(engine: Engine) -> None:
    engine.applied(samples.readings())
    few = samples.readings(
        students=samples.students()[:2], links=samples.links()[:2], guardians=samples.guardians()[:1]
    )
    outcome = engine.analysed(few)
    assert outcome.job.verdict == "hold"
    with pytest.raises(NotAppliable, match="2 élèves sur 4"):
        engine.apply(outcome)
    engine.apply(outcome, confirmed=True)
    with scope(engine.school.pk):
        assert Student.objects.filter(left_on=None).count() == 2
