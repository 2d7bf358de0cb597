"""Who may use a service, by which of their schools; what it is told of them."""

import pytest

from pupitre.directory.identity import Identity, identify
from pupitre.directory.models import ExternalId, Guardianship
from pupitre.directory.profiles import Profile
from pupitre.directory.services.merging import merge_people
from pupitre.directory.tests.factories import PersonFactory
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.integrations.services.addresses import parse_address
from pupitre.integrations.services.models import Disclosure, Pseudonym, Service
from pupitre.integrations.services.queries import admissions, services_at
from pupitre.integrations.services.releases import releases, told_of
from pupitre.integrations.services.services.outcomes import NotHere, disclose
from pupitre.integrations.services.services.registering import (
    NobodyChosen,
    set_connector,
    switch_connector,
    withdraw_service,
)
from pupitre.integrations.services.tests.factories import MOODLE, admin_of, make_service, open_service
from tests.cast import Cast


def who(cast: Cast, slug: str) -> Identity:
    found = identify(cast.session_of(slug), now=clock.now(), today=clock.today())
    assert found is not None
    return found


def schools(cast: Cast, slug: str, address: str = MOODLE) -> list[str]:
    return [each.actor.uai for each in admissions(who(cast, slug), services_at(parse_address(address)))]


def test_a_service_is_for_the_chosen_profiles_of_its_school(cast):
    open_service(cast, profiles=[Profile.STUDENT, Profile.TEACHER])
    assert schools(cast, "eleve") == [cast.college.uai]
    assert schools(cast, "enseignante") == [cast.college.uai]
    assert schools(cast, "cpe") == []
    assert schools(cast, "parent") == []
    assert schools(cast, "soeur") == []
    assert schools(cast, "enseignante-voisine") == []


def test_in_chosen_classes_students_and_their_guardians_only(cast):
    open_service(cast, groups=[cast.groups["4B"]])
    assert schools(cast, "eleve") == [cast.college.uai]
    assert schools(cast, "frere") == []
    assert schools(cast, "parent") == [cast.college.uai]
    assert schools(cast, "cpe") == [cast.college.uai]
    Guardianship.objects.filter(student=cast.people["eleve"]).update(is_restricted=True)
    assert schools(cast, "parent") == []


def test_the_academy_offers_and_each_school_opens(cast):
    service = make_service(cast, for_academy=True)
    assert schools(cast, "enseignante") == []
    for place in ("college", "lycee"):
        open_service(cast, place, service=service, profiles=[Profile.TEACHER])
    assert set(schools(cast, "enseignante")) == {cast.college.uai, cast.lycee.uai}
    with scope(cast.lycee.pk):
        switch_connector(service, actor=admin_of(cast, "lycee"), is_on=False)
    assert schools(cast, "enseignante") == [cast.college.uai]
    withdraw_service(service, actor=admin_of(cast))
    assert schools(cast, "enseignante") == []


def test_two_schools_may_each_register_a_service_that_they_share(cast):
    open_service(cast)
    open_service(cast, "neighbour", name="Moodle du lycée")
    assert schools(cast, "eleve") == [cast.college.uai]
    assert schools(cast, "eleve-voisin") == [cast.neighbour.uai]


def test_the_longest_path_says_which_service_it_is(cast):
    make_service(cast, address="https://outils.exemple.example/")
    inner = make_service(cast, address="https://outils.exemple.example/notes/")
    assert services_at(parse_address("https://outils.exemple.example/notes/x")) == [inner]
    assert services_at(parse_address("https://outils.exemple.example:8443/notes/x")) == []


def test_a_service_is_not_opened_before_one_knows_to_whom(cast):
    service = make_service(cast)
    with scope(cast.college.pk):
        for gesture in (
            lambda: switch_connector(service, actor=admin_of(cast), is_on=True),
            lambda: set_connector(service, actor=admin_of(cast), is_on=True, profiles=[], groups=[], withheld=[]),
        ):
            with pytest.raises(NobodyChosen):
                gesture()


def test_what_is_told_follows_the_model_less_what_the_school_keeps(cast):
    connector = open_service(cast, withheld=["login", "displayName"])
    person = cast.people["eleve"]
    with scope(cast.college.pk):
        told = disclose(connector, person_id=person.pk)
        again = disclose(connector, person_id=person.pk)
        line = Disclosure.objects.get()
    assert told == again
    assert dict(told.attributes) == {
        "lastName": ["BELKACEM"],
        "firstName": ["Inès"],
        "profile": ["student"],
        "uai": [cast.college.uai],
        "classes": ["4B"],
    }
    assert told.user == Pseudonym.objects.get(person=person).value
    assert (line.times, line.names) == (2, ["lastName", "firstName", "profile", "uai", "classes"])


def test_each_service_has_its_own_number_when_it_should(cast):
    one = open_service(cast, release="none")
    other = open_service(cast, release="moodle", address="https://autre.exemple.example/")
    with scope(cast.college.pk):
        first, second = (disclose(each, person_id=cast.people["eleve"].pk) for each in (one, other))
    assert first.user != second.user
    assert first.attributes == ()
    assert dict(second.attributes)["email"] == [f"{second.user}@utilisateurs.invalid"]


def test_pronote_is_told_its_categories_and_a_french_date(cast):
    person = cast.people["eleve"]
    person.birth_date = "2013-03-31"
    person.save()
    with scope(cast.college.pk):
        told = disclose(open_service(cast, release="pronote"), person_id=person.pk)
        staff = disclose(open_service(cast, release="pronote"), person_id=cast.people["enseignante"].pk)
    assert dict(told.attributes) == {
        "nom": ["BELKACEM"],
        "prenom": ["Inès"],
        "dateNaissance": ["31/03/2013"],
        "categories": ["National_1"],
    }
    assert dict(staff.attributes)["categories"] == ["National_3"]


def test_nothing_is_told_of_somebody_who_has_left_or_whose_account_is_suspended(cast):
    connector = open_service(cast)
    person = cast.people["eleve"]
    with scope(cast.college.pk):
        person.affiliations.update(ends_on="2026-11-01")
        with pytest.raises(NotHere):
            disclose(connector, person_id=person.pk)
        with pytest.raises(NotHere):
            disclose(connector, person_id=cast.people["eleve-voisin"].pk)


def test_a_merged_person_keeps_the_numbers_that_services_know(cast):
    connector = open_service(cast)
    keep, absorb = cast.people["eleve"], PersonFactory(user=None)
    service = Service.objects.get(pk=connector.service_id)
    Pseudonym.objects.create(person=absorb, service=service, value="autrefois")
    ExternalId.objects.create(person=absorb, source="csv", namespace="x", value="1")
    merge_people(keep, absorb)
    assert Pseudonym.objects.get(service=service).person_id == keep.pk


def test_every_model_of_release_reads_facts_that_exist(cast):
    from pupitre.integrations.services.facts import facts_of

    with scope(cast.college.pk):
        facts = facts_of(cast.people["eleve"].pk, service_id=0)
    assert facts is not None
    for model in releases().values():
        told = told_of(facts, identifier="login_uai", attributes=model.attributes, withheld=[])
        assert told.user.endswith(f"@{cast.college.uai}")
