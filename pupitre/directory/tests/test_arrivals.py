import datetime as dt
from dataclasses import replace

import pytest
from django.urls import reverse

from pupitre.accounts.models import User
from pupitre.directory.activation import accounts_of_people, accounts_of_staff
from pupitre.directory.duplicates import Typed, look_alikes
from pupitre.directory.models import Affiliation, Person
from pupitre.directory.profiles import Profile, capabilities_of
from pupitre.directory.reach import is_kept_elsewhere, out_of_reach
from pupitre.directory.roles import JOINED, TYPED, givable_profiles, typed_roles
from pupitre.directory.services.arrivals import (
    AlreadyHeld,
    NewRole,
    NotGivable,
    add_person,
    end_role,
    join_person,
    renew_roles,
)
from pupitre.directory.tests.factories import PersonFactory
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.models import AuditEntry

TODAY, END = dt.date(2026, 11, 24), dt.date(2027, 8, 31)
ODILE = Typed("MARCEAU", "Odile", sex="F", birth_date=dt.date(1984, 3, 31), email="odile@exemple.invalid")


@pytest.fixture
def college(cast, tuesday):
    with scope(cast.college.pk):
        yield cast


def actor(cast, slug: str, profile: str) -> Actor:
    profiles = frozenset({profile})
    person = cast.people[slug]
    return Actor(person.user_id, person.pk, cast.college.pk, cast.college.uai, profiles, capabilities_of(profiles))


def head(cast) -> Actor:
    return actor(cast, "principal", Profile.HEAD)


def nurse(**changed) -> NewRole:
    return replace(NewRole(Profile.HEALTH, "Infirmière", TODAY, END), **changed)


def known(slug: str, cast, **facts) -> Person:
    Person.objects.filter(pk=cast.people[slug].pk).update(**facts)
    return cast.people[slug]


def test_a_person_added_has_a_role_with_an_end_and_an_account_to_activate(college):
    odile = add_person(ODILE, nurse(), actor=head(college))
    assert (odile.display_name, odile.formal_name) == ("Odile Marceau", "Mme Marceau")
    role = Affiliation.objects.get(person=odile)
    assert (role.profile, role.source, role.ends_on) == ("health", TYPED, END)
    assert odile.user is not None
    assert (odile.user.username, odile.user.state, odile.user.is_staff_account) == ("odile.marceau", "created", True)
    assert odile.pk in {row.person.pk for row in accounts_of_staff()}
    assert AuditEntry.objects.get(verb="directory.give_role").detail["profile"] == "health"


def test_a_guest_is_no_staff(college):
    guest = add_person(ODILE, nurse(profile=Profile.GUEST), actor=head(college))
    assert guest.user is not None
    assert not guest.user.is_staff_account


def test_somebody_who_begins_on_monday_receives_a_sheet_today(college):
    odile = add_person(ODILE, nurse(starts_on=dt.date(2026, 11, 30)), actor=head(college))
    [row] = accounts_of_people([odile])
    assert (row.kind, row.is_shut_out) == ("staff", False)
    assert "à partir du lundi 30 novembre" in row.about.replace("\N{NO-BREAK SPACE}", " ")


def test_a_role_is_given_by_whoever_could_do_all_it_allows(college):
    everything = set(givable_profiles(head(college)))
    assert {Profile.HEAD, Profile.LOCAL_ADMIN, Profile.GUEST} <= everything
    assert not everything & {Profile.STUDENT, Profile.GUARDIAN, Profile.ACADEMY_ADMIN}
    assert set(givable_profiles(actor(college, "referent", Profile.LOCAL_ADMIN))) == everything - {Profile.HEAD}
    office = actor(college, "secretaire", Profile.ADMINISTRATIVE)
    assert set(givable_profiles(office)) == everything - {Profile.HEAD, Profile.LOCAL_ADMIN}
    assert givable_profiles(actor(college, "cpe", Profile.SCHOOL_LIFE)) == ()
    with pytest.raises(NotGivable):
        add_person(ODILE, nurse(profile=Profile.HEAD), actor=office)


def test_who_reads_marks_by_their_function_is_named_by_whoever_may_give_rights(college):
    assistant, counsellor = (nurse(profile=Profile.SCHOOL_LIFE, function=word) for word in ("AED", "cpe"))
    office = actor(college, "secretaire", Profile.ADMINISTRATIVE)
    with pytest.raises(NotGivable):
        add_person(ODILE, counsellor, actor=office)
    assert add_person(ODILE, assistant, actor=office)
    assert add_person(replace(ODILE, first_name="Odette"), counsellor, actor=head(college))


def test_a_future_head_is_already_out_of_reach(college):
    odile = add_person(ODILE, nurse(profile=Profile.HEAD, starts_on=dt.date(2027, 1, 4)), actor=head(college))
    office = actor(college, "secretaire", Profile.ADMINISTRATIVE)
    assert out_of_reach(office, [odile.pk]) == {odile.pk}


def test_the_same_names_or_address_in_the_school_are_proposed(college):
    parent = known("parent", college, email="nadia@exemple.invalid")
    [found] = look_alikes(Typed("Belkacem", "nadia"))
    assert (found.person, found.is_here, found.roles) == (parent, True, ("Responsable",))
    assert found.agrees == ("nom", "prénom")
    [found] = look_alikes(Typed("Benali", "Nadia", email="NADIA@exemple.invalid"))
    assert found.agrees == ("prénom", "adresse électronique")
    assert look_alikes(Typed("Benali", "Nadia")) == []
    assert look_alikes(Typed("Belkacem", "Nora")) == []


def test_somebody_of_another_school_is_proposed_to_whoever_knows_them_already(college):
    hardy = known("enseignante-voisine", college, birth_date=dt.date(1979, 6, 2), email="claire@exemple.invalid")
    assert look_alikes(Typed("HARDY", "Claire")) == []
    assert look_alikes(Typed("HARDY", "Claire", birth_date=dt.date(1979, 6, 3))) == []
    assert look_alikes(Typed("AUTRE", "Claire", email="claire@exemple.invalid")) == []
    for typed in (
        Typed("Hardy", "Claire", birth_date=dt.date(1979, 6, 2)),
        Typed("Hardy", "Claire", email="claire@exemple.invalid"),
    ):
        [found] = look_alikes(typed)
        assert (found.person, found.is_here, found.roles) == (hardy, False, ())


def test_a_parent_who_is_hired_keeps_one_account(college):
    parent = college.people["parent"]
    join_person(parent, nurse(), actor=head(college))
    roles = Affiliation.objects.filter(person=parent, establishment=college.college)
    assert {(role.profile, role.source) for role in roles} == {("guardian", "test"), ("health", TYPED)}
    parent.user.refresh_from_db()
    assert parent.user.is_staff_account
    assert not is_kept_elsewhere(head(college), parent)
    with pytest.raises(AlreadyHeld):
        join_person(parent, nurse(), actor=head(college))


def test_joining_somebody_of_another_school_gives_no_hold_on_their_account(college):
    hardy = college.people["enseignante-voisine"]
    assert hardy.pk not in out_of_reach(head(college), [hardy.pk])
    join_person(hardy, nurse(), actor=head(college))
    assert Affiliation.objects.get(person=hardy, establishment=college.college).source == JOINED
    assert is_kept_elsewhere(head(college), hardy)
    assert out_of_reach(head(college), [hardy.pk]) == {hardy.pk}
    Affiliation.objects.filter(person=hardy, establishment=college.neighbour).update(ends_on="2026-11-01")
    assert out_of_reach(head(college), [hardy.pk]) == frozenset()


def test_an_account_closed_for_want_of_a_role_is_given_back(college):
    parent = college.people["parent"]
    User.objects.filter(pk=parent.user_id).update(state=User.State.CLOSED, activated_at=clock.now())
    parent.user.refresh_from_db()
    join_person(parent, nurse(), actor=head(college))
    assert User.objects.get(pk=parent.user_id).state == User.State.ACTIVE


def test_ending_a_role_closes_its_pages_at_once(college, client):
    guest = college.people["enseignante-voisine"]
    join_person(guest, nurse(), actor=head(college))
    address = f"/{college.college.uai}/annuaire/"
    assert college.sign_in(client, "enseignante-voisine").get(address).status_code == 200
    role = Affiliation.objects.get(person=guest, establishment=college.college)
    end_role(role, last_day=TODAY - dt.timedelta(days=1), actor=head(college))
    assert client.get(address).status_code == 404
    assert AuditEntry.objects.get(verb="directory.end_role").detail["ends_on"] == "2026-11-23"


def test_renewing_waits_for_june_and_lasts_one_year_more(college):
    odile = add_person(ODILE, nurse(), actor=head(college))
    role = Affiliation.objects.get(person=odile)
    assert renew_roles([role], actor=head(college)) == 0
    with clock.at("2027-06-01T08:00"):
        assert renew_roles([role], actor=head(college)) == 1
    role.refresh_from_db()
    assert role.ends_on == dt.date(2028, 8, 31)


def test_only_roles_given_by_hand_are_managed_and_never_one_s_own(college):
    odile = add_person(ODILE, nurse(profile=Profile.LOCAL_ADMIN), actor=head(college))
    managed = [role.affiliation.person for role in typed_roles(head(college))]
    assert managed == [odile]
    assert typed_roles(actor(college, "secretaire", Profile.ADMINISTRATIVE)) == []
    Affiliation.objects.filter(person=college.people["principal"]).update(source=TYPED)
    assert [role.affiliation.person for role in typed_roles(head(college))] == [odile]


SENT = {
    "nom": "Marceau",
    "prenom": "Odile",
    "civilite": "F",
    "naissance_day": "31",
    "naissance_month": "3",
    "naissance_year": "1984",
    "courriel": "odile@exemple.invalid",
    "profil": "health",
    "fonction": "Infirmière",
    "debut": "2026-11-24",
    "fin": "2027-08-31",
}


def address(cast, name: str, *args: object) -> str:
    return reverse(f"accounts_of_school:{name}", args=[cast.college.uai, *args])


def plain(response) -> str:
    return response.text.replace("\N{NO-BREAK SPACE}", " ")


def test_adding_somebody_from_the_page(college, client):
    college.sign_in(client, "secretaire")
    answer = client.post(address(college, "add"), SENT)
    odile = Person.objects.get(first_name="Odile", last_name="Marceau")
    assert answer.url == address(college, "person", odile.pk)
    page = plain(client.get(answer.url))
    assert "Santé et social · Infirmière" in page
    assert "Jusqu’au mardi 31 août 2027 · ajouté ici" in page
    assert "Imprimer la fiche" in page
    assert "Odile Marceau" in plain(client.get(address(college, "typed")))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"nom": ""}, "Il manque le nom de famille."),
        ({"profil": "head"}, "Choisissez dans la liste ce que cette personne est ici."),
        ({"naissance_month": "13"}, "Il faut un jour, un mois et une année qui existent, ou rien."),
        ({"naissance_year": ""}, "Il faut un jour, un mois et une année qui existent, ou rien."),
        ({"courriel": "odile"}, "Cette adresse électronique n’est pas complète."),
        ({"fin": ""}, "Il manque le jour."),
        ({"fin": "2026-11-20"}, "Le dernier jour vient avant le premier."),
        ({"fin": "2028-08-31"}, "Au plus tard le mardi 31 août 2027"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(college, client, change, said):
    college.sign_in(client, "secretaire")
    answer = client.post(address(college, "add"), SENT | change)
    assert answer.status_code == 422
    assert said in plain(answer)
    assert "Infirmière" in answer.text
    assert not Person.objects.filter(first_name="Odile", last_name="Marceau").exists()


def test_a_known_person_is_proposed_first_then_used(college, client):
    college.sign_in(client, "secretaire")
    sent = SENT | {"nom": "Belkacem", "prenom": "Nadia"}
    asked = client.post(address(college, "add"), sent)
    assert asked.status_code == 200
    assert "C’est Nadia Belkacem" in asked.text
    assert 'name="nom" value="Belkacem"' in asked.text
    parent = college.people["parent"]
    refused = client.post(address(college, "add"), sent | {"qui": str(college.people["cpe"].pk)})
    assert refused.status_code == 422
    assert "Dites si c’est l’une de ces personnes" in refused.text
    answer = client.post(address(college, "add"), sent | {"qui": str(parent.pk)})
    assert answer.url == address(college, "person", parent.pk)
    again = client.post(address(college, "add"), sent | {"qui": str(parent.pk)})
    assert again.status_code == 422
    assert "est déjà « Santé et social » ici" in plain(again)
    new = client.post(address(college, "add"), sent | {"qui": "nouvelle"})
    assert new.url != answer.url
    assert Person.objects.filter(sort_key="belkacem nadia").count() == 2


def test_another_school_is_not_told_of(college, client):
    known("enseignante-voisine", college, birth_date=dt.date(1984, 3, 31), email="secret@exemple.invalid")
    college.sign_in(client, "secretaire")
    asked = client.post(address(college, "add"), SENT | {"nom": "hardy", "prenom": "claire"})
    assert "C’est une personne déjà connue dans un autre établissement" in asked.text
    for secret in (
        college.neighbour.name,
        "secret@",
        "Anglais",
        "Claire Hardy",
        college.people["enseignante-voisine"].user.username,
    ):
        assert secret not in asked.text


def test_somebody_kept_by_another_school_receives_no_sheet_here(college, client):
    hardy = join_person(college.people["enseignante-voisine"], nurse(), actor=head(college))
    college.sign_in(client, "principal")
    page = client.get(address(college, "person", hardy.pk)).text
    assert "Son compte est tenu par un autre établissement" in page
    assert "Imprimer" not in page
    assert client.post(address(college, "print_person", hardy.pk), {"compris": "on"}).status_code == 422


def test_the_last_day_is_changed_from_the_page(college, client):
    odile = add_person(ODILE, nurse(), actor=head(college))
    college.sign_in(client, "secretaire")
    page = address(college, "role", odile.pk, "health")
    assert 'value="2027-08-31"' in client.get(page).text
    late = client.post(page, {"fin": "2029-08-31"})
    assert late.status_code == 422
    assert "Au plus tard le mardi 31 août 2027" in plain(late)
    assert client.post(page, {"fin": "2026-12-18"}).url == address(college, "person", odile.pk)
    assert Affiliation.objects.get(person=odile).ends_on == dt.date(2026, 12, 18)


def test_people_are_renewed_together(college, client):
    add_person(ODILE, nurse(), actor=head(college))
    guest = add_person(Typed("COLLIN", "Jean"), nurse(profile=Profile.GUEST), actor=head(college))
    with clock.at("2027-06-15T10:00"):
        college.sign_in(client, "secretaire")
        assert "Reconduire les personnes cochées" in client.get(address(college, "typed")).text
        role = Affiliation.objects.get(person=guest)
        assert client.post(address(college, "renew"), {"role": [str(role.pk)]}).status_code == 302
    ends = dict(Affiliation.objects.filter(source=TYPED).values_list("person__first_name", "ends_on"))
    assert ends == {"Odile": END, "Jean": dt.date(2028, 8, 31)}


def test_a_homonym_typed_anew_is_a_person_of_their_own(college):
    twin = PersonFactory(last_name="MARCEAU", first_name="Odile")
    odile = add_person(ODILE, nurse(), actor=head(college))
    assert odile.pk != twin.pk
    assert odile.user is not None
    assert odile.user.pk != twin.user_id
