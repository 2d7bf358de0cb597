"""Staff: who comes, who leaves, who is perhaps known already; head teachers."""

import datetime as dt

import pytest

from pupitre.directory.models import Affiliation, ExternalId, FormTeacher, Person
from pupitre.establishments.scope import scope
from pupitre.establishments.services import open_establishment
from pupitre.integrations.exchange.records import Identity, OutsideId, StaffRecord
from pupitre.integrations.imports.kinds import Kind
from pupitre.integrations.imports.models import Decision
from pupitre.integrations.imports.tests import samples
from pupitre.integrations.imports.tests.engine import Engine, changed, only
from pupitre.timetable.models import CourseTeacher


@pytest.mark.parametrize(
    ("function", "profile"),
    [("ENS", "teacher"), ("DIR", "head"), ("EDU", "school_life"), ("DOC", "teacher"), ("ADF", "administrative"),
     ("INF", "health"), ("AES", "support"), ("", "teacher"), ("XYZ", "teacher")],
)  # fmt: skip
def test_functions_are_roles(engine: Engine, function: str, profile: str) -> None:
    engine.applied(samples.readings(staff=[samples.staff()[0], changed(samples.staff()[1], function=function)]))
    assert Affiliation.objects.get(person__last_name="PERRIN").profile == profile


def test_someone_who_left_loses_access_and_keeps_the_account(engine: Engine) -> None:
    engine.applied(samples.readings())
    outcome = engine.applied(samples.readings(staff=samples.staff()[:1]))
    assert outcome.told(Kind.LEFT_STAFF) == [("Hugo Perrin", "", "Assistant d’éducation", "")]
    assert Affiliation.objects.get(person__last_name="PERRIN").ends_on == dt.date(2026, 9, 15)
    assert Person.objects.get(last_name="PERRIN").user is not None
    assert engine.analysed(samples.readings(staff=samples.staff()[:1])).kinds == {}


def test_someone_who_comes_back_is_the_same_person(engine: Engine) -> None:
    engine.applied(samples.readings())
    engine.applied(samples.readings(staff=samples.staff()[:1]))
    assert engine.applied(samples.readings()).kinds == {Kind.NEW_STAFF: 1}
    assert Affiliation.objects.get(person__last_name="PERRIN").ends_on is None


def test_people_given_a_role_by_hand_are_not_the_business_of_stsweb(engine: Engine) -> None:
    engine.applied(samples.readings())
    Affiliation.objects.filter(person__last_name="PERRIN").update(source="pupitre")
    assert engine.analysed(samples.readings(staff=samples.staff()[:1])).kinds == {}


def test_two_people_with_one_number_are_left_aside(engine: Engine) -> None:
    engine.applied(samples.readings())
    stranger = changed(samples.staff()[0], who__last_name="AUTRE", who__first_name="Jean")
    outcome = engine.analysed(samples.readings(staff=[stranger, samples.staff()[1]]))
    (finding,) = outcome.found("two_people_one_id")
    assert "Claire Roussel" in finding.reason
    assert Kind.LEFT_STAFF not in outcome.kinds


def test_those_left_aside_while_reading_keep_role_class_and_lessons(engine: Engine) -> None:
    engine.applied(samples.readings())
    readings = samples.readings(staff=samples.staff()[1:])
    readings[4].aside = [OutsideId("sts_epp", "99", "71001")]
    assert engine.analysed(readings).kinds == {}


def test_the_same_names_are_proposed_as_one_person(engine: Engine) -> None:
    """Typed by the school in September, known of the academy in October."""
    engine.applied(samples.readings())
    epp = OutsideId("sts_epp", "99", "72000")
    known = StaffRecord("epp:72000", Identity((epp,), "PERRIN", "Hugo", birth_date=dt.date(1999, 1, 2)), "AED", "AED")
    outcome = engine.analysed(samples.readings(staff=[samples.staff()[0], known]))
    assert outcome.kinds == {Kind.NEW_STAFF: 1, Kind.LEFT_STAFF: 1, Kind.SAME_PERSON: 1}
    engine.decide(outcome, Decision.APPLY, kind=Kind.SAME_PERSON)
    engine.apply(outcome)
    hugo = Person.objects.get(last_name="PERRIN")
    assert ExternalId.objects.filter(person=hugo).count() == 2
    assert Affiliation.objects.get(person=hugo).ends_on is None
    again = engine.analysed(samples.readings(staff=[samples.staff()[0], known]))
    assert set(again.kinds) <= {Kind.CHANGED_IDENTITY, Kind.CHANGED_STAFF}


def test_a_teacher_of_two_schools_is_one_person(engine: Engine) -> None:
    engine.applied(samples.readings())
    other = Engine(open_establishment(uai="0999930F", name="Lycée des Essais", kind="lycee"))
    readings = only(samples.readings(staff=samples.staff()[:1]), "sts_emp")
    other.applied([changed(each, uai="0999930F") for each in readings])
    claire = Person.objects.get(last_name="ROUSSEL")
    assert Affiliation.objects.filter(person=claire).count() == 2


def test_a_head_teacher_comes_and_goes(engine: Engine) -> None:
    engine.applied(samples.readings())
    claire, hugo = samples.staff()
    outcome = engine.applied(samples.readings(staff=[changed(claire, head_of=()), changed(hugo, head_of=("5A",))]))
    assert set(outcome.told(Kind.FORM_TEACHER)) == {
        ("Hugo Perrin", "Professeur principal", "", "5e A"),
        ("Claire Roussel", "Professeur principal", "5e A", "(aucun)"),
    }
    with scope(engine.school.pk):
        assert FormTeacher.objects.get(ends_on=None).person.last_name == "PERRIN"


def test_a_head_teacher_of_an_unknown_class_is_told(engine: Engine) -> None:
    outcome = engine.analysed(
        samples.readings(staff=[changed(samples.staff()[0], head_of=("9Z",)), samples.staff()[1]])
    )
    assert outcome.found("unknown_group")[0].record == "Claire Roussel"


def test_a_new_function_is_told_with_the_old_one(engine: Engine) -> None:
    engine.applied(samples.readings())
    outcome = engine.applied(
        samples.readings(staff=[changed(samples.staff()[0], trade="Physique"), samples.staff()[1]])
    )
    assert outcome.told(Kind.CHANGED_STAFF) == [("Claire Roussel", "Fonction", "Mathématiques", "Physique")]


def test_a_lighter_file_of_one_name_contradicts_nothing(engine: Engine) -> None:
    married = changed(samples.staff()[0], who__last_name="ORTOLAN", who__usage_name="ROUSSEL")
    engine.applied(samples.readings(staff=[married, samples.staff()[1]]))
    assert engine.analysed(samples.readings()).kinds == {}


def test_a_course_follows_its_teachers(engine: Engine) -> None:
    engine.applied(samples.readings())
    readings = samples.readings(lessons=[samples.lesson(teachers=("local:7",))])
    readings[4].courses = [changed(readings[4].courses[0], teachers=("local:7",))]  # type: ignore[index]
    assert engine.applied(readings).kinds == {Kind.CHANGED_COURSE: 1, Kind.CHANGED_LESSON: 1}
    with scope(engine.school.pk):
        assert CourseTeacher.objects.get(ends_on=None).person.last_name == "PERRIN"
    assert engine.analysed(readings).kinds == {}
