"""Who is who: the same student under another number, twins, homonyms, letters that were lost."""

import datetime as dt

import pytest

from pupitre.directory.models import Affiliation, ExternalId, Person, Student
from pupitre.establishments.scope import scope
from pupitre.establishments.services import open_establishment
from pupitre.integrations.exchange.records import LinkRecord, OutsideId
from pupitre.integrations.imports.kinds import Kind
from pupitre.integrations.imports.tests import samples
from pupitre.integrations.imports.tests.engine import Engine, changed

INE = OutsideId("ine", "national", "099000001AB")


def siecle(number: str, uai: str = samples.UAI) -> OutsideId:
    return OutsideId("siecle_student", uai, number)


def test_a_new_number_with_the_same_ine_keeps_the_account(engine: Engine) -> None:
    engine.applied(samples.readings())
    ines, *others = samples.students()
    moved = changed(ines, key="901", who__ids=(siecle("901"), *ines.who.ids[1:]))
    links = [changed(each, student="901") if each.student == "1" else each for each in samples.links()]
    outcome = engine.applied(samples.readings(students=[moved, *others], links=links))
    assert outcome.told(Kind.CHANGED_ID) == [("Inès Belkacem, 5A", "Identifiant", "", "901")]
    assert outcome.kinds == {Kind.CHANGED_ID: 1}
    assert Person.objects.filter(first_name="Inès").count() == 1
    assert ExternalId.objects.filter(person__first_name="Inès", source="siecle_student").count() == 2


def test_a_new_ine_is_kept_beside_the_old_one(engine: Engine) -> None:
    engine.applied(samples.readings())
    ines, *others = samples.students()
    new = changed(ines, ine="110000001AB", who__ids=(*ines.who.ids, OutsideId("ine", "national", "110000001AB")))
    engine.applied(samples.readings(students=[new, *others]))
    assert ExternalId.objects.filter(person__first_name="Inès", source="ine").count() == 2
    # Either of them is enough, with the birth date, when the base is made again.
    again = changed(ines, key="77", who__ids=(siecle("77"), INE))
    links = [changed(each, student="77") if each.student == "1" else each for each in samples.links()]
    outcome = engine.analysed(samples.readings(students=[again, *others], links=links))
    assert outcome.told(Kind.CHANGED_ID) == [("Inès Belkacem, 5A", "Identifiant", "", "77")]
    assert Kind.NEW_STUDENT not in outcome.kinds


def test_two_people_with_one_number_are_left_aside(engine: Engine) -> None:
    engine.applied(samples.readings())
    other = samples.student(1, "AUTRE", "Personne", birth=dt.date(2011, 2, 3))
    outcome = engine.analysed(samples.readings(students=[other, *samples.students()[1:]]))
    (finding,) = outcome.found("two_people_one_id")
    assert (finding.severity, finding.record) == (2, "Personne Autre, 5A")
    assert "Inès Belkacem" in finding.reason
    # The student known under that number is not declared gone, nor her links.
    assert outcome.kinds == {}
    assert outcome.job.verdict == "quarantine"


def test_an_ine_alone_never_identifies(engine: Engine) -> None:
    engine.applied(samples.readings())
    stranger = samples.student(50, "AUTRE", "Personne", birth=dt.date(2011, 2, 3))
    stranger = changed(stranger, ine=INE.value, who__ids=(siecle("50"), INE))
    outcome = engine.applied(samples.readings(students=[*samples.students(), stranger]))
    assert outcome.kinds == {Kind.NEW_STUDENT: 1}
    assert len(outcome.found("ine_twice")) == 2
    assert ExternalId.objects.filter(source="ine", value=INE.value).count() == 2


@pytest.mark.parametrize("is_first", [True, False])
def test_twins_who_bear_one_ine_stay_two(engine: Engine, is_first: bool) -> None:
    engine.applied(samples.readings())
    ines = samples.students()[0]
    twin = changed(samples.student(60, "BELKACEM", "Lina"), ine=INE.value,
                   who__ids=(siecle("60"), INE), who__birth_date=ines.who.birth_date)  # fmt: skip
    pupils = [twin, *samples.students()] if is_first else [*samples.students(), twin]
    outcome = engine.applied(samples.readings(students=pupils))
    assert outcome.kinds == {Kind.NEW_STUDENT: 1}
    assert {"Inès", "Lina"} <= set(Person.objects.values_list("first_name", flat=True))


def test_names_and_birth_date_find_somebody_whose_numbers_changed(engine: Engine) -> None:
    engine.applied(samples.readings())
    ines, *others = samples.students()
    again = changed(ines, key="77", ine="", who__ids=(siecle("77"),))
    links = [changed(each, student="77") if each.student == "1" else each for each in samples.links()]
    assert engine.applied(samples.readings(students=[again, *others], links=links)).kinds == {Kind.CHANGED_ID: 1}
    assert Person.objects.filter(first_name="Inès").count() == 1


@pytest.mark.parametrize("is_first", [True, False])
def test_two_sheets_of_one_student_count_once(engine: Engine, is_first: bool) -> None:
    engine.applied(samples.readings())
    ines, *others = samples.students()
    double = changed(ines, key="77", ine="", who__ids=(siecle("77"),))
    pupils = [double, ines, *others] if is_first else [ines, double, *others]
    outcome = engine.analysed(samples.readings(students=pupils))
    assert outcome.kinds == {}
    (finding,) = outcome.found("same_student")
    assert (finding.severity, finding.record) == (2, "Inès Belkacem, 5A")


def test_a_student_known_elsewhere_keeps_the_account(engine: Engine) -> None:
    engine.applied(samples.readings())
    lycee = Engine(open_establishment(uai="0999930F", name="Lycée des Essais", kind="lycee"))
    ines = samples.students()[0]
    here = changed(ines, key="5", who__ids=(siecle("5", "0999930F"), INE))
    readings = samples.readings(students=[here], guardians=[], links=[], staff=[], lessons=[])
    outcome = lycee.applied([changed(each, uai="0999930F") for each in readings])
    assert outcome.told(Kind.NEW_STUDENT) == [("Inès Belkacem", "", "", "5e A")]
    assert Person.objects.filter(first_name="Inès").count() == 1
    assert Affiliation.objects.filter(person__first_name="Inès", profile="student").count() == 2
    with scope(lycee.school.pk):
        assert Student.objects.count() == 1


@pytest.mark.parametrize("lost", ["SZCZE?NIAKOWSKI", "SZCZE\ufffdNIAKOWSKI", "SZCZEÅ\x9aNIAKOWSKI"])
def test_lost_letters_do_not_replace_the_right_ones(engine: Engine, lost: str) -> None:
    adults = samples.guardians()
    first = samples.guardian(12, "SZCZEŚNIAKOWSKI", "Paul")
    engine.applied(samples.readings(guardians=[adults[0], first, adults[2]]))
    spoilt = samples.guardian(12, lost, "Paul", email=first.who.email)
    assert engine.analysed(samples.readings(guardians=[adults[0], spoilt, adults[2]])).kinds == {}


@pytest.mark.parametrize(
    ("last", "first"), [("D'HAUTC?UR", "J?de"), ("D'HAUTC\ufffdUR", "J\ufffdde"), ("D'HAUTCÅ’UR", "JÃ¢de")]
)
def test_lost_letters_do_not_make_another_student(engine: Engine, last: str, first: str) -> None:
    engine.applied(samples.readings())
    jade = samples.students()[2]
    spoilt = changed(jade, who__last_name=last, who__first_name=first)
    outcome = engine.analysed(samples.readings(students=[*samples.students()[:2], spoilt, samples.students()[3]]))
    assert (outcome.kinds, outcome.codes & {"two_people_one_id"}) == ({}, set())


def test_no_number_and_no_ine_still_make_an_account(engine: Engine) -> None:
    new = samples.student(70, "SANS", "Numéro")
    new = changed(new, ine="", who__ids=(siecle("70"),), who__birth_date=None)
    engine.applied(samples.readings(students=[*samples.students(), new]))
    assert Person.objects.get(last_name="SANS").user is not None
    assert engine.analysed(samples.readings(students=[*samples.students(), new])).kinds == {}


def test_a_link_is_that_of_the_student_of_this_school(engine: Engine) -> None:
    """Another school may have given the same number to somebody who came here since."""
    engine.applied(samples.readings())
    malo = Person.objects.get(first_name="Malo")
    ExternalId.objects.create(person=malo, source="siecle_student", namespace="0999930F", value="1")
    guardians = [each for each in samples.readings(links=[*samples.links(), LinkRecord("1", "13", 2, "38")])
                 if each.guardians is not None]  # fmt: skip
    outcome = engine.analysed(guardians)
    assert outcome.told(Kind.NEW_LINK) == [("Anne Le Galloudec", "Ascendant", "(aucun)", "Inès Belkacem")]
