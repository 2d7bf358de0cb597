import datetime as dt

import pytest
from django.urls import reverse

from pupitre.directory.models import Affiliation, Grant
from pupitre.directory.profiles import Profile, capabilities_of
from pupitre.directory.rights import given_in_school, rights, rights_of, rights_of_school
from pupitre.directory.services.granting import NotGivable, TooLong, end_right, givable, give_right
from pupitre.directory.tests.factories import affiliate, make_guardian
from pupitre.directory.years import last_day_to_give, year_end
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.models import AuditEntry

TODAY = dt.date(2026, 11, 24)
END = dt.date(2027, 8, 31)


@pytest.fixture
def college(cast, tuesday):
    with scope(cast.college.pk):
        yield cast


def actor(cast, slug: str, profile: str, *granted: str) -> Actor:
    profiles = frozenset({profile})
    person = cast.people[slug]
    may = capabilities_of(profiles, frozenset(granted))
    return Actor(person.user_id, person.pk, cast.college.pk, cast.college.uai, profiles, may)


def head(cast) -> Actor:
    return actor(cast, "principal", Profile.HEAD)


def give(cast, slug="collegue", capability="imports.view", by=None, ends_on=END, starts_on=TODAY) -> Grant:
    return give_right(
        person=cast.people[slug], capability=capability, actor=by or head(cast), starts_on=starts_on, ends_on=ends_on
    )


def imports_of(cast, client, slug="collegue") -> int:
    return cast.sign_in(client, slug).get(f"/{cast.college.uai}/imports/").status_code


def test_a_right_opens_its_pages_at_once_and_closes_them_when_it_is_taken_back(college, client):
    assert imports_of(college, client) == 404
    give(college)
    assert imports_of(college, client) == 200
    assert end_right(person=college.people["collegue"], capability="imports.view", actor=head(college))
    assert imports_of(college, client) == 404
    told = [(entry.verb, entry.detail["capability"]) for entry in AuditEntry.objects.order_by("pk")]
    assert told == [("directory.grant", "imports.view"), ("directory.end_grant", "imports.view")]
    assert AuditEntry.objects.earliest("pk").detail["ends_on"] == "2027-08-31"


def test_a_right_holds_from_its_first_day_to_its_last(college, client):
    give(college, starts_on=dt.date(2026, 11, 26), ends_on=dt.date(2026, 11, 27))
    for day, answer in ((25, 404), (26, 200), (27, 200), (28, 404)):
        with clock.at(f"2026-11-{day}T09:00"):
            assert imports_of(college, client) == answer


def test_nobody_gives_what_they_do_not_hold(college):
    referent = actor(college, "referent", Profile.LOCAL_ADMIN)
    assert "directory.restrict" not in givable(referent)
    with pytest.raises(NotGivable):
        give(college, capability="directory.restrict", by=referent)
    with pytest.raises(NotGivable):
        give(college, capability="imports.view", by=actor(college, "secretaire", Profile.ADMINISTRATIVE))
    assert give(college, capability="directory.restrict").person == college.people["collegue"]


def test_nobody_gives_for_longer_than_they_hold(college):
    until = dt.date(2027, 1, 31)
    give(college, capability="directory.grant", ends_on=until)
    give(college, capability="imports.view", ends_on=until)
    deputy = actor(college, "collegue", Profile.TEACHER, "directory.grant", "imports.view")
    assert givable(deputy)["imports.view"] == until
    assert givable(deputy)["directory.search"] is None
    for too_long in (END, None):
        with pytest.raises(TooLong):
            give(college, "cpe", by=deputy, ends_on=too_long)
    assert give(college, "cpe", by=deputy, ends_on=until).ends_on == until


def test_nobody_gives_to_themselves_nor_to_families_nor_to_the_neighbours(college):
    for slug in ("principal", "parent", "eleve", "enseignante-voisine", "academie"):
        with pytest.raises(NotGivable):
            give(college, slug)


def test_giving_again_changes_the_dates(college):
    give(college)
    give(college, ends_on=dt.date(2026, 12, 18))
    assert Grant.objects.get().ends_on == dt.date(2026, 12, 18)


def test_a_right_that_had_not_begun_is_forgotten(college):
    give(college, starts_on=dt.date(2027, 1, 4))
    collegue = college.people["collegue"]
    assert end_right(person=collegue, capability="imports.view", actor=head(college))
    assert not end_right(person=collegue, capability="imports.view", actor=head(college))
    assert not Grant.objects.exists()


def test_what_was_given_for_work_does_not_stay_with_the_parent(college, client):
    collegue = college.people["collegue"]
    make_guardian(collegue, college.people["frere"], college.college)
    give(college)
    assert imports_of(college, client) == 200
    Affiliation.objects.filter(person=collegue, profile=Profile.TEACHER).update(ends_on="2026-11-23")
    assert imports_of(college, client) == 404
    assert given_in_school() == []


def test_rights_are_listed_by_group_by_person_and_by_right(college):
    give(college)
    give(college, "cpe", starts_on=dt.date(2027, 1, 4))
    imports = {right.key: right for right in rights_of_school()["Imports"]}
    assert imports["imports.view"].given == 1
    assert imports["imports.view"].profiles == ("Direction", "Administration", "Référent numérique", "Académie")
    assert [(each.grant.person.last_name, each.state) for each in given_in_school("imports.view")] == [
        ("BENSAÏD", "coming"),
        ("LEMOINE", "now"),
    ]
    known = rights_of(college.people["collegue"])
    assert {right.key for right in known.held} == capabilities_of(frozenset({Profile.TEACHER}))
    assert [each.label for each in known.given] == ["Voir les imports"]


def test_every_right_stands_under_a_title():
    assert [right.key for right in rights().values() if right.group == "Autres"] == []


def test_a_right_of_another_school_is_neither_seen_nor_taken_back(college):
    teacher = college.people["enseignante"]
    Grant.objects.create(person=teacher, establishment=college.lycee, capability="imports.view", starts_on=TODAY)
    assert given_in_school() == []
    assert rights_of(teacher).given == ()
    assert not end_right(person=teacher, capability="imports.view", actor=head(college))


def plain(response) -> str:
    return response.text.replace("\N{NO-BREAK SPACE}", " ")


def page(cast, name="person_rights", slug="collegue") -> str:
    return reverse(f"directory:{name}", args=[cast.college.uai, cast.people[slug].pk])


def test_giving_and_taking_back_from_the_page(college, client):
    college.sign_in(client, "principal")
    sent = {"droit": "imports.manage", "debut": "2026-11-24", "fin": "2027-08-31"}
    assert client.post(page(college, "give_right"), sent).url == page(college)
    shown = plain(client.get(page(college)))
    assert "Importer, décider, appliquer et annuler" in shown
    assert "Jusqu’au mardi 31 août 2027" in shown
    assert client.post(page(college, "end_right"), {"droit": "imports.manage"}).url == page(college)
    with clock.at("2026-11-24T18:00"):
        assert "Aucun droit donné" in client.get(page(college)).text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"droit": "directory.search"}, "Choisissez un droit dans la liste"),
        ({"droit": "imports.dream"}, "Choisissez un droit dans la liste"),
        ({"debut": "2026-11-23"}, "Un droit commence aujourd’hui au plus tôt."),
        ({"fin": "2026-11-20"}, "Le dernier jour vient avant le premier."),
        ({"fin": "le 31 février"}, "Il faut un jour qui existe."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(college, client, change, said):
    college.sign_in(client, "principal")
    sent = {"droit": "imports.manage", "debut": "2026-11-24", "fin": "2027-08-31"} | change
    answer = client.post(page(college, "give_right"), sent)
    assert answer.status_code == 422
    assert said in answer.text
    assert not Grant.objects.exists()


def test_a_deputy_is_told_until_when(college, client):
    give(college, capability="directory.grant", ends_on=dt.date(2027, 1, 31))
    affiliate(college.people["collegue"], college.college, Profile.ADMINISTRATIVE)
    college.sign_in(client, "collegue")
    sent = {"droit": "directory.grant", "debut": "2026-11-24", "fin": "2027-08-31"}
    answer = client.post(page(college, "give_right", "cpe"), sent)
    assert answer.status_code == 422
    assert "que jusqu’au dimanche 31 janvier 2027" in plain(answer)


def test_one_s_own_rights_are_not_prolonged(college, client):
    until = dt.date(2027, 1, 31)
    for capability in ("directory.grant", "imports.view"):
        give(college, capability=capability, ends_on=until)
    college.sign_in(client, "collegue")
    assert "Personne ne se donne de droits" in client.get(page(college)).text
    sent = {"droit": "imports.view", "debut": "2026-11-24", "fin": "2027-08-31"}
    assert client.post(page(college, "give_right"), sent).status_code == 404
    assert set(Grant.objects.values_list("ends_on", flat=True)) == {until}


def test_the_year_ends_on_the_last_day_of_august():
    assert year_end(dt.date(2026, 8, 31)) == dt.date(2026, 8, 31)
    assert year_end(dt.date(2026, 9, 1)) == END
    assert last_day_to_give(dt.date(2027, 5, 31)) == END
    assert last_day_to_give(dt.date(2027, 6, 1)) == dt.date(2028, 8, 31)
