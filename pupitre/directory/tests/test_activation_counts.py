import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pupitre.accounts.models import User
from pupitre.directory.activation import (
    Share,
    accounts_of_division,
    accounts_of_people,
    accounts_of_staff,
    activation_of_school,
    find_accounts,
    named,
    person_of_school,
)
from pupitre.directory.models import Guardianship, Person
from pupitre.directory.tests.factories import PersonFactory, enrol, make_group, make_guardian
from pupitre.establishments.scope import scope
from pupitre.foundation import clock

CREATED, SUSPENDED = User.State.CREATED, User.State.SUSPENDED


def put(person: Person, state: str) -> None:
    User.objects.filter(person=person).update(state=state)


@pytest.fixture
def college(cast, tuesday):
    with scope(cast.college.pk):
        yield cast


def test_a_class_counts_its_students_and_each_guardian_once(college):
    twin = PersonFactory(last_name="BELKACEM", first_name="Yanis", user=None)
    enrol(twin, college.groups["4B"])
    make_guardian(college.people["parent"], twin, college.college)
    put(college.people["parent"], CREATED)
    state = activation_of_school()
    assert [(each.label, each.students, each.guardians) for each in state.divisions] == [
        ("4B", Share(2, 1, 1), Share(1, 0, 1)),
        ("6C", Share(1, 1, 0), Share(1, 0, 1)),
    ]
    assert (state.students, state.guardians) == (Share(3, 2, 1), Share(1, 0, 1))
    assert state.divisions[0].students.never_rate == 50


def test_the_academy_is_not_the_staff_of_the_school_and_a_suspended_account_is_not_unopened(college):
    put(college.people["cpe"], SUSPENDED)
    put(college.people["collegue"], CREATED)
    assert activation_of_school().staff == Share(6, 4, 1)
    people = [row.person.display_name for row in accounts_of_staff()]
    assert len(people) == 6
    assert "Denis Keller" not in people
    assert person_of_school(college.people["academie"].pk) is None


def test_a_guardian_shut_out_or_whose_link_has_ended_is_not_counted(college):
    Guardianship.objects.filter(student=college.people["eleve"]).update(is_restricted=True)
    Guardianship.objects.filter(student=college.people["frere"]).update(ends_on="2026-11-23")
    assert [each.guardians for each in activation_of_school().divisions] == [Share(), Share()]
    [student, guardian] = accounts_of_division(college.groups["4B"])
    assert (student.kind, guardian.kind, guardian.is_shut_out, guardian.about) == ("student", "guardian", True, "")


def test_contacts_have_an_account_and_a_student_who_answers_for_themselves_has_one_line(college):
    contact = PersonFactory(last_name="DURAND")
    make_guardian(contact, college.people["eleve"], college.college, level=3)
    make_guardian(college.people["eleve"], college.people["eleve"], college.college, relation="70")
    rows = accounts_of_division(college.groups["4B"])
    assert [(row.person.last_name, row.kind) for row in rows] == [
        ("BELKACEM", "student"),
        ("BELKACEM", "guardian"),
        ("DURAND", "guardian"),
    ]
    assert activation_of_school().divisions[0].guardians.total == 2


def test_people_are_found_by_name_or_username_in_their_own_school_only(college):
    assert [row.person.first_name for row in find_accounts("belkacem")] == ["Elias", "Inès", "Nadia"]
    assert find_accounts("ines")[0].kind == "student"
    username = college.people["parent"].user.username
    assert next(row.person.first_name for row in find_accounts(username)) == "Nadia"
    assert find_accounts("grandidier") == []
    assert find_accounts("keller") == []
    assert find_accounts("  ") == []
    rows = accounts_of_division(college.groups["4B"])
    assert [row.kind for row in named(rows, "ines nadia")] == ["guardian"]
    assert [row.kind for row in named(rows, "Nadia BELK")] == ["guardian"]


def test_someone_who_works_here_is_staff_before_being_a_parent(college):
    make_guardian(college.people["enseignante"], college.people["eleve"], college.college)
    assert [row.kind for row in accounts_of_people([college.people["enseignante"]])] == ["staff"]


def statements(call) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        call()
    return len(seen)


def test_the_number_of_statements_does_not_follow_the_number_of_people(college):
    calls = [activation_of_school, lambda: accounts_of_division(college.groups["4B"]), lambda: find_accounts("e")]
    calls.append(accounts_of_staff)
    before = [statements(call) for call in calls]
    for number in range(5):
        group = make_group(college.college, f"3{number}")
        for _each in range(4):
            child = PersonFactory()
            enrol(child, group, college.groups["4B"])
            make_guardian(PersonFactory(), child, college.college)
    assert [statements(call) for call in calls] == before == [2, 3, 4, 2]


def test_the_year_that_is_over_is_not_shown(college):
    with clock.at("2027-10-01T08:00"):
        assert activation_of_school().divisions == ()
