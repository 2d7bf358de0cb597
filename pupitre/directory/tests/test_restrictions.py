import pytest
from django.urls import reverse

from pupitre.directory.families import family_of
from pupitre.directory.models import Guardianship
from pupitre.directory.profiles import Profile, capabilities_of
from pupitre.directory.services.proofs import children_of
from pupitre.directory.services.restrictions import LetInReason, ShutReason, let_in, shut_out, steps_of
from pupitre.directory.tests.factories import PersonFactory, affiliate, make_guardian
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor
from pupitre.foundation.models import AuditEntry


@pytest.fixture
def college(cast, tuesday):
    with scope(cast.college.pk):
        yield cast


@pytest.fixture
def link(college):
    return Guardianship.objects.get(guardian=college.people["parent"], student=college.people["eleve"])


def head(cast, slug="principal", profile=Profile.HEAD) -> Actor:
    person, profiles = cast.people[slug], frozenset({profile})
    return Actor(person.user_id, person.pk, cast.college.pk, cast.college.uai, profiles, capabilities_of(profiles))


def address(link, cast, name="access") -> str:
    return reverse(f"accounts_of_school:{name}", args=[cast.college.uai, link.guardian_id, link.student_id])


def week(cast, slug) -> str:
    return reverse("timetable:child_week", args=[cast.college.uai, cast.people[slug].pk])


def test_a_guardian_shut_out_sees_nothing_more_of_that_child_at_once(college, client, link):
    college.sign_in(client, "parent")
    before = client.get("/")
    assert "Inès" in before.text
    assert client.get(week(college, "eleve")).status_code == 200
    assert shut_out(link=link, reason=ShutReason.JUDGE, actor=head(college))
    # The page that the browser kept is no longer true.
    after = client.get("/", headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert "Inès" not in after.text
    assert "Elias" in after.text
    assert client.get(week(college, "eleve")).status_code == 404
    assert client.get(week(college, "frere")).status_code == 200
    [elias] = children_of([college.people["parent"]])[college.people["parent"].pk]
    assert elias.name == "Elias Belkacem"


def test_shutting_and_letting_in_are_kept_in_the_journal(college, link):
    principal = head(college)
    assert shut_out(link=link, reason=ShutReason.PROTECTION, actor=principal)
    assert not shut_out(link=link, reason=ShutReason.JUDGE, actor=principal)
    assert let_in(link=link, reason=LetInReason.OVER, actor=principal)
    assert not let_in(link=link, reason=LetInReason.OVER, actor=principal)
    told = [(step.is_shut, step.reason, step.by) for step in steps_of(link)]
    assert told == [
        (False, "Fin de la mesure", "Mme Vasseur"),
        (True, "Mesure de protection de l’enfance", "Mme Vasseur"),
    ]
    link.refresh_from_db()
    assert not link.is_restricted
    assert {entry.verb for entry in AuditEntry.objects.all()} == {"directory.shut_out", "directory.let_in"}


def test_a_row_made_again_by_an_import_keeps_its_history(college, link):
    shut_out(link=link, reason=ShutReason.JUDGE, actor=head(college))
    link.delete()
    again = make_guardian(college.people["parent"], college.people["eleve"], college.college)
    assert [step.is_shut for step in steps_of(again)] == [True]


def test_only_the_head_decides_and_never_about_their_own_children(college, link):
    links = Guardianship.objects.filter(pk=link.pk)
    verb = "directory.restrict_guardian"
    assert allowed(head(college), verb, links).exists()
    for profile in set(Profile) - {Profile.HEAD}:
        assert not allowed(head(college, "referent", profile), verb, links).exists()
    make_guardian(college.people["principal"], college.people["eleve"], college.college, relation="20")
    assert not allowed(head(college), verb, links).exists()


def test_a_student_of_age_is_not_shut_out_of_themselves(college):
    adult = college.people["eleve"]
    make_guardian(adult, adult, college.college, relation="70")
    assert not allowed(
        head(college), "directory.restrict_guardian", Guardianship.objects.filter(guardian=adult)
    ).exists()
    assert [each.other for each in family_of(adult, head(college)).guardians] == [college.people["parent"]]


def test_a_link_that_ended_is_left_alone_unless_it_is_shut(college, link):
    links = Guardianship.objects.filter(pk=link.pk)
    links.update(ends_on="2026-11-01")
    assert not allowed(head(college), "directory.restrict_guardian", links).exists()
    links.update(is_restricted=True)
    assert allowed(head(college), "directory.restrict_guardian", links).exists()


def test_another_school_decides_for_itself(college, client):
    with scope(college.lycee.pk):
        there = Guardianship.objects.get(establishment=college.lycee)
    assert college.sign_in(client, "principal").get(address(there, college)).status_code == 404


def test_shutting_then_opening_from_the_page(college, client, link):
    college.sign_in(client, "principal")
    person = client.get(reverse("accounts_of_school:person", args=[college.college.uai, link.guardian_id])).text
    assert address(link, college) in person
    assert "Ouvert" in person
    refused = client.post(address(link, college, "shut"), {"raison": "new_decision"})
    assert refused.status_code == 422
    assert "Choisissez une raison dans la liste." in refused.text
    assert client.post(address(link, college, "shut"), {"raison": "judge"}).url == address(link, college)
    page = client.get(address(link, college)).text
    assert "Décision d’un juge" in page
    assert "par Mme Vasseur" in page
    assert "Rouvrir l’accès" in page
    assert client.post(address(link, college, "open_again"), {"raison": "over"}).url == address(link, college)
    assert "Fermer l’accès" in client.get(address(link, college)).text


def test_the_office_is_told_that_access_is_shut_and_not_why(college, client, link):
    shut_out(link=link, reason=ShutReason.JUDGE, actor=head(college))
    college.sign_in(client, "secretaire")
    page = client.get(reverse("accounts_of_school:person", args=[college.college.uai, link.student_id])).text
    assert "Fermé" in page
    assert "juge" not in page
    assert address(link, college) not in page


def test_a_guardian_who_works_here_is_told_to_keep_the_rights_of_the_staff(college, client):
    teacher = PersonFactory(last_name="DURAND")
    affiliate(teacher, college.college, Profile.TEACHER)
    link = make_guardian(teacher, college.people["frere"], college.college)
    page = college.sign_in(client, "principal").get(address(link, college)).text
    assert "travaille aussi dans l’établissement" in page


def test_an_access_reopened_a_day_later_says_when(college, link):
    shut_out(link=link, reason=ShutReason.JUDGE, actor=head(college))
    with clock.at("2026-11-25T09:00"):
        let_in(link=link, reason=LetInReason.MISTAKE, actor=head(college))
    assert [step.at.day for step in steps_of(link)] == [25, 24]
