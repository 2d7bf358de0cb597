"""Guardians: their rights follow the links of the last file, and nothing else."""

import datetime as dt

import pytest

from pupitre.accounts.models import User
from pupitre.directory.models import Affiliation, ExternalId, Guardianship, Person
from pupitre.establishments.services import open_establishment
from pupitre.integrations.exchange.records import Identity, LinkRecord, OutsideId
from pupitre.integrations.imports.kinds import Kind
from pupitre.integrations.imports.models import Decision
from pupitre.integrations.imports.services.application import NotAppliable
from pupitre.integrations.imports.tests import samples
from pupitre.integrations.imports.tests.engine import Engine, changed, only


def test_a_removed_link_takes_the_right_away_at_once(engine: Engine) -> None:
    engine.applied(samples.readings())
    outcome = engine.applied(samples.readings(links=samples.links()[1:]))
    assert outcome.told(Kind.REMOVED_LINK) == [("Inès Belkacem", "Mère", "Samia Belkacem", "(aucun)")]
    assert Guardianship.objects.get(student__first_name="Inès").ends_on == dt.date(2026, 9, 15)
    # The mother keeps her role: her other child is still here.
    assert Affiliation.objects.get(person__first_name="Samia").ends_on is None
    assert outcome.found("no_legal_guardian")[0].record == "Inès Belkacem, 5A"


def test_the_last_link_that_is_removed_ends_the_role(engine: Engine) -> None:
    engine.applied(samples.readings())
    guardians = [samples.guardians()[0], samples.guardians()[2]]
    engine.applied(
        samples.readings(guardians=guardians, links=[each for each in samples.links() if each.guardian != "12"])
    )
    assert Affiliation.objects.get(person__first_name="Paul").ends_on == dt.date(2026, 9, 15)
    assert Person.objects.get(first_name="Paul").user is not None


def test_many_links_removed_at_once_are_held(engine: Engine) -> None:
    engine.applied(samples.readings())
    outcome = engine.analysed(samples.readings(links=samples.links()[:1]))
    assert outcome.job.verdict == "hold"
    assert "3 liens de responsabilité sur 4" in outcome.job.reasons[0]
    with pytest.raises(NotAppliable):
        engine.apply(outcome)


def test_levels_and_relations_change_one_by_one(engine: Engine) -> None:
    engine.applied(samples.readings())
    links = [changed(samples.links()[0], level=3, relation="38", contact_first=True), *samples.links()[1:]]
    outcome = engine.applied(samples.readings(links=links))
    label = "Samia Belkacem, Ascendant de Inès Belkacem, 5A"
    assert set(outcome.told(Kind.CHANGED_LINK)) == {
        (label, "Niveau de responsabilité", "1", "3"),
        (label, "Lien", "10", "38"),
        (label, "À contacter en priorité", "non", "oui"),
    }
    link = Guardianship.objects.get(student__first_name="Inès")
    assert (link.level, link.relation, link.contact_first) == (3, "38", True)


def test_what_a_link_does_not_say_is_kept(engine: Engine) -> None:
    said = changed(samples.links()[0], pays_fees=True, lodges=True, contact_first=True)
    engine.applied(samples.readings(links=[said, *samples.links()[1:]]))
    light = changed(samples.links()[0], relation="", pays_fees=None, lodges=None, contact_first=None)
    assert engine.analysed(samples.readings(links=[light, *samples.links()[1:]])).kinds == {}
    no_longer = changed(said, lodges=False)
    assert engine.analysed(samples.readings(links=[no_longer, *samples.links()[1:]])).kinds == {Kind.CHANGED_LINK: 1}


def test_an_address_follows_the_source_until_its_owner_has_confirmed_one(engine: Engine) -> None:
    engine.applied(samples.readings())
    User.objects.filter(person__first_name="Paul").update(state=User.State.ACTIVE, email="paul@maison.invalid")
    adults = [changed(each, who__email=f"nouvelle.{each.key}@exemple.invalid") for each in samples.guardians()]
    engine.applied(samples.readings(guardians=adults))
    addresses = dict(Person.objects.filter(affiliations__profile="guardian").values_list("first_name", "user__email"))
    assert addresses == {
        "Samia": "nouvelle.11@exemple.invalid", "Paul": "paul@maison.invalid", "Anne": "nouvelle.13@exemple.invalid",
    }  # fmt: skip


def test_a_court_order_outlives_imports(engine: Engine) -> None:
    engine.applied(samples.readings())
    Guardianship.objects.filter(student__first_name="Inès").update(is_restricted=True)
    engine.applied(samples.readings(links=samples.links()[1:]))
    engine.applied(samples.readings())
    link = Guardianship.objects.get(student__first_name="Inès")
    assert (link.is_restricted, link.ends_on) == (True, None)


def test_a_link_left_aside_while_reading_keeps_what_is_known(engine: Engine) -> None:
    engine.applied(samples.readings())
    readings = samples.readings(links=samples.links()[1:])
    readings[3].aside_links = [("1", "11")]
    assert engine.analysed(readings).kinds == {}


def test_an_adult_left_aside_while_reading_keeps_what_is_known(engine: Engine) -> None:
    engine.applied(samples.readings())
    readings = samples.readings(guardians=samples.guardians()[1:], links=samples.links()[2:])
    readings[3].aside = [OutsideId("siecle_person", samples.UAI, "11")]
    assert engine.analysed(readings).kinds == {}


def test_a_link_to_nobody_is_left_aside_with_the_name_of_the_adult(engine: Engine) -> None:
    outcome = engine.analysed(samples.readings(links=[*samples.links(), LinkRecord("999", "11", 1, "10")]))
    (finding,) = outcome.found("link_without_student")
    assert (finding.severity, finding.record) == (2, "Samia Belkacem")
    assert "numéro 999" in finding.reason


def test_an_adult_without_a_link_gets_no_account(engine: Engine) -> None:
    alone = samples.guardian(99, "SEUL", "Luc")
    outcome = engine.applied(samples.readings(guardians=[*samples.guardians(), alone]))
    assert outcome.found("guardian_without_student")[0].record == "Luc Seul"
    assert not Person.objects.filter(first_name="Luc").exists()


def test_the_student_as_own_guardian_has_one_account(engine: Engine) -> None:
    adults = [*samples.guardians(), samples.guardian(99, "D'HAUTCŒUR", "Jade")]
    links = [each for each in samples.links() if each.student != "3"] + [LinkRecord("3", "99", 1, "70")]
    outcome = engine.applied(samples.readings(guardians=[adults[0], *adults[2:]], links=links))
    assert Person.objects.filter(first_name="Jade").count() == 1
    assert "no_legal_guardian" not in outcome.codes


def test_an_adult_whom_nothing_reaches_is_told(engine: Engine) -> None:
    adults = [samples.guardian(11, "BELKACEM", "Samia", email="", mobile=""), *samples.guardians()[1:]]
    (finding,) = engine.analysed(samples.readings(guardians=adults)).found("no_contact")
    assert finding.record == "Samia Belkacem, Mère de Inès Belkacem, 5A, Tom Belkacem, 5A"


def test_an_organisation_keeps_its_own_name(engine: Engine) -> None:
    service = samples.guardian(12, "AIDE SOCIALE A L'ENFANCE", "", email="", mobile="", is_organisation=True)
    engine.applied(samples.readings(guardians=[samples.guardians()[0], service, samples.guardians()[2]]))
    person = Person.objects.get(is_organisation=True)
    assert person.display_name == "AIDE SOCIALE A L'ENFANCE"


def _typed_again() -> list[object]:
    """The mother written a second time for her second child, as offices do."""
    again = changed(samples.guardians()[0], key="99", who__ids=(OutsideId("siecle_person", samples.UAI, "99"),))
    return [*samples.guardians(), again]


def test_the_same_human_typed_again_is_proposed_and_never_merged_alone(engine: Engine) -> None:
    engine.applied(samples.readings())
    links = [each for each in samples.links() if each.student != "2"] + [LinkRecord("2", "99", 1, "10")]
    readings = samples.readings(guardians=_typed_again(), links=links)
    outcome = engine.analysed(readings)
    assert outcome.told(Kind.SAME_PERSON) == [("Samia Belkacem", "Personne", "une nouvelle personne", "Samia Belkacem")]
    assert {each.decision for each in outcome.differences if each.kind == Kind.SAME_PERSON} == {Decision.SKIP}
    engine.decide(outcome, Decision.APPLY, kind=Kind.SAME_PERSON)
    engine.apply(outcome)
    samia = Person.objects.get(first_name="Samia")
    assert ExternalId.objects.filter(person=samia).count() == 2
    assert Guardianship.objects.filter(guardian=samia, ends_on=None).count() == 2
    assert engine.analysed(readings).kinds == {}


def test_a_parent_of_two_schools_is_proposed_as_one_person(engine: Engine) -> None:
    engine.applied(samples.readings())
    lycee = Engine(open_establishment(uai="0999930F", name="Lycée des Essais", kind="lycee"))
    samia = changed(samples.guardians()[0], key="77", who__ids=(OutsideId("siecle_person", "0999930F", "77"),))
    lina = changed(samples.student(50, "BELKACEM", "Lina"), who__ids=(OutsideId("siecle_student", "0999930F", "50"),))
    links = [LinkRecord("50", "77", 1, "10")]
    readings = samples.readings(students=[lina], guardians=[samia], links=links, staff=[], lessons=[])
    outcome = lycee.analysed([changed(each, uai="0999930F") for each in readings])
    lycee.decide(outcome, Decision.APPLY, kind=Kind.SAME_PERSON)
    lycee.apply(outcome)
    assert Person.objects.filter(first_name="Samia").count() == 1
    assert Affiliation.objects.filter(person__first_name="Samia", profile="guardian").count() == 2


def test_names_alone_never_make_one_person(engine: Engine) -> None:
    ids = (OutsideId("siecle_person", samples.UAI, "99"),)
    homonym = changed(
        samples.guardians()[0], key="99", who=Identity(ids, "BELKACEM", "Samia", email="autre@exemple.invalid")
    )
    links = [*samples.links(), LinkRecord("3", "99", 1, "10")]
    outcome = engine.applied(samples.readings(guardians=[*samples.guardians(), homonym], links=links))
    assert Kind.SAME_PERSON not in outcome.kinds
    assert Person.objects.filter(first_name="Samia").count() == 2


def test_guardians_alone_know_the_students_of_former_imports(engine: Engine) -> None:
    engine.applied(samples.readings())
    new = [*samples.guardians(), samples.guardian(14, "NOUVEAU", "Luc")]
    readings = samples.readings(guardians=new, links=[*samples.links(), LinkRecord("3", "14", 2, "42")])
    outcome = engine.applied(only(readings, "siecle_guardians"))
    assert outcome.kinds == {Kind.NEW_GUARDIAN: 1}
    assert Guardianship.objects.get(guardian__first_name="Luc").student.first_name == "Jade"
