"""Who may write to whom: the defaults of Pupitre and the rules of a school, on the cast."""

import pytest
from django.test import Client
from django.urls import reverse

from pupitre.directory.models import FormTeacher, Guardianship
from pupitre.directory.profiles import Profile
from pupitre.directory.tests.factories import PersonFactory, affiliate, enrol, make_guardian
from pupitre.establishments.scope import scope
from pupitre.messaging.matrix import DEFAULTS
from pupitre.messaging.models import WritingRule
from pupitre.messaging.parties import Party, Scope
from pupitre.messaging.queries.people import Candidate, Sender, candidates_among, everyone_reached, find_people
from pupitre.messaging.services.ruling import drop_class_rule, name_delegate, set_rule
from pupitre.messaging.tests.letters import actor_of
from tests.cast import Cast


@pytest.fixture(autouse=True)
def college(cast: Cast, tuesday: object):
    """Everything here happens in the college."""
    with scope(cast.college.pk):
        yield


def sender(cast: Cast, slug: str, *parties: Party) -> Sender:
    return Sender(cast.people[slug].pk, parties)


def reached(cast: Cast, slug: str, party: Party) -> set[str]:
    """Whom somebody may write to, by the slugs of the cast."""
    slugs = {person.pk: name for name, person in cast.people.items()}
    return {slugs[each.person_id] for each in everyone_reached(sender(cast, slug, party), 500)}


def verdict(cast: Cast, slug: str, party: Party, other: str) -> list[str]:
    return sorted(
        each.reason for each in candidates_among(sender(cast, slug, party), [cast.people[other].pk])
        if each.person_id == cast.people[other].pk
    )  # fmt: skip


def names(found: list[Candidate]) -> list[str]:
    return [f"{each.name} ({each.about})" for each in found]


def test_a_teacher_finds_the_parents_of_their_students_by_the_name_of_the_child(cast):
    found = find_people(sender(cast, "enseignante", Party.TEACHER), "ines")
    assert names(found) == ["Inès Belkacem (élève, 4B)", "Nadia Belkacem (mère d’Inès, 4B)"]


def test_a_parent_of_two_children_stands_once_for_each(cast):
    found = find_people(sender(cast, "cpe", Party.SCHOOL_LIFE), "nadia")
    assert names(found) == ["Nadia Belkacem (mère d’Elias, 6C)", "Nadia Belkacem (mère d’Inès, 4B)"]


def test_colleagues_write_to_each_other_and_teachers_to_their_own_classes(cast):
    staff = {"enseignante", "cpe", "principal", "secretaire", "referent"}
    assert reached(cast, "collegue", Party.TEACHER) == staff | {"eleve", "parent"}
    assert verdict(cast, "collegue", Party.TEACHER, "frere") == ["not_theirs"]


def test_a_student_writes_to_their_teachers_and_to_the_school_life_office(cast):
    assert reached(cast, "eleve", Party.STUDENT) == {"enseignante", "collegue", "cpe"}
    assert verdict(cast, "eleve", Party.STUDENT, "principal") == ["never"]
    assert verdict(cast, "eleve", Party.STUDENT, "frere") == ["never"]


def test_a_parent_writes_to_the_teachers_of_their_children_and_to_those_who_run_the_school(cast):
    assert reached(cast, "parent", Party.GUARDIAN) == {
        "enseignante", "collegue", "cpe", "principal", "secretaire", "referent",
    }  # fmt: skip
    # About Elias, who is not his student, French is not reached.
    about_elias = Sender(cast.people["parent"].pk, (Party.GUARDIAN,), cast.people["frere"].pk)
    assert [each.reason for each in candidates_among(about_elias, [cast.people["collegue"].pk])] == ["not_theirs"]


def test_nobody_of_another_school_is_reached(cast):
    assert not reached(cast, "principal", Party.HEAD) & {
        "parent-voisin",
        "eleve-voisin",
        "enseignante-voisine",
        "soeur",
    }


def test_the_academy_and_guests_take_no_part(cast):
    guest = PersonFactory(last_name="INVITÉ")
    affiliate(guest, cast.college, Profile.GUEST)
    assert candidates_among(sender(cast, "principal", Party.HEAD), [guest.pk, cast.people["academie"].pk]) == []


def test_a_guardian_shut_out_is_not_reached_nor_reaches(cast):
    Guardianship.objects.filter(student=cast.people["eleve"]).update(is_restricted=True)
    assert verdict(cast, "collegue", Party.TEACHER, "parent") == ["not_theirs"]
    assert verdict(cast, "parent", Party.GUARDIAN, "collegue") == ["not_theirs"]
    # Elias is still open to her.
    assert verdict(cast, "enseignante", Party.TEACHER, "parent") == ["theirs"]


def test_a_contact_is_no_parent(cast):
    Guardianship.objects.filter(guardian=cast.people["parent"]).update(level=3)
    assert candidates_among(sender(cast, "cpe", Party.SCHOOL_LIFE), [cast.people["parent"].pk]) == []


def test_a_school_decides_otherwise_and_comes_back(cast):
    head = actor_of(cast, "principal")
    set_rule(sender=Party.STUDENT, recipient=Party.HEAD, scope=Scope.ANY, actor=head)
    assert verdict(cast, "eleve", Party.STUDENT, "principal") == ["anyone"]
    set_rule(sender=Party.STUDENT, recipient=Party.HEAD, scope=DEFAULTS[Party.STUDENT][Party.HEAD], actor=head)
    assert verdict(cast, "eleve", Party.STUDENT, "principal") == ["never"]
    assert not WritingRule.objects.exists()


def test_one_class_may_be_an_exception_both_ways(cast):
    head, fourth = actor_of(cast, "principal"), cast.groups["4B"]
    enrol(lina := PersonFactory(last_name="MOREL", first_name="Lina"), fourth)
    cast.people["lina"] = lina
    set_rule(sender=Party.STUDENT, recipient=Party.STUDENT, scope=Scope.CLASS, group=fourth, actor=head)
    assert verdict(cast, "eleve", Party.STUDENT, "lina") == ["class_yes"]
    assert verdict(cast, "eleve", Party.STUDENT, "frere") == ["never"]
    set_rule(sender=Party.STUDENT, recipient=Party.TEACHER, scope=Scope.NONE, group=fourth, actor=head)
    assert verdict(cast, "eleve", Party.STUDENT, "collegue") == ["class_no"]
    drop_class_rule(WritingRule.objects.get(recipient=Party.TEACHER), actor=head)
    assert verdict(cast, "eleve", Party.STUDENT, "collegue") == ["theirs"]


def test_a_delegate_writes_to_the_parents_of_their_class_alone(cast):
    other = PersonFactory(last_name="MOREL", first_name="Denis", sex="M")
    enrol(child := PersonFactory(last_name="MOREL", first_name="Lina"), cast.groups["4B"])
    make_guardian(other, child, cast.college, relation="20")
    cast.people["autre"] = other
    assert verdict(cast, "parent", Party.GUARDIAN, "autre") == ["not_delegate"]
    name_delegate(cast.groups["4B"], cast.people["parent"].pk, actor=actor_of(cast, "principal"))
    assert verdict(cast, "parent", Party.GUARDIAN, "autre") == ["delegate"]
    assert verdict(cast, "autre", Party.GUARDIAN, "parent") == ["not_delegate", "not_delegate"]


def test_every_pair_of_parties_has_a_default():
    assert {(a, b) for a in Party for b in Party} == {(a, b) for a, row in DEFAULTS.items() for b in row}


def test_a_form_teacher_is_of_the_class(cast):
    affiliate(teacher := PersonFactory(last_name="CICÉRON"), cast.college, Profile.TEACHER, "Latin")
    cast.people["latin"] = teacher
    assert verdict(cast, "latin", Party.TEACHER, "eleve") == ["not_theirs"]
    FormTeacher.objects.create(group=cast.groups["4B"], person=teacher, starts_on="2026-09-01")
    assert verdict(cast, "latin", Party.TEACHER, "eleve") == ["theirs"]


def test_everyone_who_writes_reads_the_rules_and_only_those_named_change_them(cast, tuesday):
    address = reverse("messages_of_school:rules", args=[cast.college.uai])
    with scope(cast.college.pk):
        set_rule(sender=Party.STUDENT, recipient=Party.HEAD, scope=Scope.ANY, actor=actor_of(cast, "principal"))
    student = cast.sign_in(Client(), "eleve")
    page = student.get(address).text
    assert "établissement" in page
    assert "Changer une règle" not in page
    assert student.post(address, {"sender": "student", "recipient": "head", "scope": "none"}).status_code == 404
    assert "Changer une règle" in cast.sign_in(Client(), "principal").get(address).text
    assert address in student.get(reverse("messaging:inbox")).text
    assert address in student.get(reverse("messages_of_school:write", args=[cast.college.uai])).text
