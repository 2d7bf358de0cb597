import pytest
from django.urls import reverse

from pupitre.directory.models import Guardianship, Person
from pupitre.establishments.scope import scope
from pupitre.foundation.models import AuditEntry

MOBILE = "+33639980001"


@pytest.fixture
def college(cast, tuesday):
    Person.objects.filter(pk=cast.people["parent"].pk).update(mobile=MOBILE, email="nadia@exemple.invalid")
    with scope(cast.college.pk):
        yield cast


def page(cast, client, reader: str, slug: str = "eleve"):
    address = reverse("directory:person", args=[cast.college.uai, cast.people[slug].pk])
    return cast.sign_in(client, reader).get(address)


def test_the_school_life_office_finds_whom_to_call_and_the_journal_keeps_it(college, client):
    answer = page(college, client, "cpe")
    assert (
        f'href="tel:{MOBILE}">06\N{NO-BREAK SPACE}39\N{NO-BREAK SPACE}98\N{NO-BREAK SPACE}00\N{NO-BREAK SPACE}01<'
        in answer.text
    )
    assert "nadia@exemple.invalid" in answer.text
    assert "4B" in answer.text
    assert reverse("timetable:child_week", args=[college.college.uai, college.people["eleve"].pk]) in answer.text
    [entry] = AuditEntry.objects.filter(verb="directory.view_contacts")
    assert (entry.person_id, entry.target_id) == (college.people["cpe"].pk, college.people["eleve"].pk)


@pytest.mark.parametrize("slug", ["eleve", "parent"])
def test_a_teacher_reads_names_and_no_contacts(college, client, slug):
    answer = page(college, client, "enseignante", slug)
    assert "Nadia Belkacem" in answer.text
    assert MOBILE not in answer.text
    assert "nadia@" not in answer.text
    assert not AuditEntry.objects.exists()


def test_a_guardian_shut_out_is_marked_for_whoever_might_call(college, client):
    Guardianship.objects.filter(student=college.people["eleve"]).update(is_restricted=True)
    assert "Ne rien lui dire" in page(college, client, "cpe").text
    assert "Ne rien lui dire" not in page(college, client, "enseignante").text


def test_children_of_another_school_are_not_told(college, client):
    answer = page(college, client, "cpe", "parent")
    assert "Elias Belkacem" in answer.text
    assert "Sarah" not in answer.text


def test_staff_have_a_page_without_family(college, client):
    answer = page(college, client, "cpe", "collegue")
    assert "Enseignant · Français" in answer.text
    assert "Ses responsables" not in answer.text
    assert not AuditEntry.objects.exists()
