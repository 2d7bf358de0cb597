"""The demonstration as its visitors find it: what was built, and its doors. One file, for it is built once for each."""

from datetime import date

import pytest
from django.contrib.auth.hashers import check_password
from django.test import Client

from demo.accounts import PASSWORD, person_of
from demo.build import files_folder
from demo.cast import CAST, CastMember, member
from demo.identifiers import COLLEGE, EMPTY_COLLEGE, LYCEE
from demo.model import Region
from demo.schools import SCHOOL_NAMES
from demo.timetable.check import members
from demo.trials import FIRST, LATER, TRIALS
from pupitre.accounts.models import User
from pupitre.attendance.models import AbsenceEntry, ExitRequest, Observation
from pupitre.directory.models import ExternalId, Group, Guardianship, Membership, Person, Student
from pupitre.discipline.models import Detention, Punishment, RegisterEntry, Sanction
from pupitre.discipline.queries.week import alerts_since
from pupitre.establishments.models import Closure, Establishment, Term
from pupitre.establishments.scope import scope
from pupitre.integrations.imports.kinds import Kind
from pupitre.integrations.imports.models import Difference, ImportJob, Verdict
from pupitre.integrations.imports.sealing import unseal
from pupitre.integrations.imports.services.gesture import import_files
from pupitre.integrations.lsu.models import LsuExport
from pupitre.integrations.lsu.tests.schema import IS_THERE, WHY, faults_of
from pupitre.timetable.models import Course, PlacedStudent, TimetableSlot

pytestmark = [pytest.mark.usefixtures("demo_server"), pytest.mark.django_db]


def known(slug: str) -> Person:
    person = person_of(member(slug))
    assert person is not None
    return person


def school(uai: str) -> Establishment:
    return Establishment.objects.get(uai=uai)


def test_each_step_is_told(demo_server: list[str]) -> None:
    assert "Les appels et les absences se remplissent" in demo_server
    assert "Collège Sophie-Germain : 7 fichiers à importer" in demo_server


def test_every_school_holds_what_its_files_say(region: Region) -> None:
    for life in region.schools:
        with scope(school(life.school.uai).pk):
            assert Student.objects.count() == len(life.students)
            assert Group.objects.filter(kind=Group.Kind.DIVISION).count() == len(life.school.divisions)
            assert Group.objects.exclude(kind=Group.Kind.DIVISION).count() == len(life.groups)
            assert Course.objects.count() == len(life.services)
            assert TimetableSlot.objects.count() == len(life.lessons)
            seats = len(life.students) + sum(len(members(life, group.code)) for group in life.groups)
            assert Membership.objects.count() == seats
            links = Guardianship.objects.filter(establishment__uai=life.school.uai)
            assert links.count() == sum(1 for _link in life.links)
            if life.school.in_siecle:
                assert Term.objects.count() == {"T": 3, "S": 2}[life.school.periods]
                assert Closure.objects.count() == len(life.calendar.breaks)


def test_nothing_was_left_aside_by_the_imports(region: Region) -> None:
    for life in region.schools:
        with scope(school(life.school.uai).pk):
            job = ImportJob.objects.get()
            assert (job.state, job.verdict) == (ImportJob.State.APPLIED, Verdict.ACCEPT), job.reasons


@pytest.mark.parametrize("one", CAST, ids=lambda one: one.slug)
def test_each_of_the_cast_is_where_their_card_says_with_an_open_account(one: CastMember) -> None:
    person = known(one.slug)
    assert person.display_name == one.name
    assert set(person.affiliations.values_list("establishment__uai", flat=True)) == set(one.uais)
    assert person.user is not None
    assert person.user.state == User.State.ACTIVE
    assert check_password(PASSWORD, person.user.password)


def test_a_mother_of_two_schools_is_one_person() -> None:
    nadia = known("parent")
    assert Person.objects.filter(email=nadia.email).count() == 1
    assert {link.student.first_name for link in nadia.wards.all()} == {"Inès", "Elias", "Sarah"}
    numbers = nadia.external_ids.filter(source=ExternalId.Source.SIECLE_PERSON)
    assert set(numbers.values_list("namespace", flat=True)) == {COLLEGE, LYCEE}


def test_most_accounts_are_open_but_not_all() -> None:
    opened = User.objects.filter(state=User.State.ACTIVE).count() / User.objects.count()
    assert 0.6 < opened < 0.9


def test_the_empty_school_takes_its_first_files() -> None:
    empty = school(EMPTY_COLLEGE)
    job = import_files(establishment=empty, paths=[files_folder() / FIRST.name], apply=True)
    assert (job.state, job.verdict) == (ImportJob.State.APPLIED, Verdict.ACCEPT), job.reasons
    with scope(empty.pk):
        assert Student.objects.count() == 96


def test_the_college_a_little_later_shows_what_happened() -> None:
    college = school(COLLEGE)
    job = import_files(establishment=college, paths=[files_folder() / LATER.name], apply=False)
    with scope(college.pk):
        found = list(Difference.objects.filter(job=job).values_list("kind", flat=True))
    assert job.verdict == Verdict.ACCEPT, job.reasons
    assert found.count(Kind.NEW_STUDENT) == 1
    assert found.count(Kind.CHANGED_CONTACT) == 3
    assert 4 < len(found) < 15


def test_the_same_files_again_change_nothing() -> None:
    college = school(COLLEGE)
    paths = sorted((files_folder() / COLLEGE).iterdir())
    job = import_files(establishment=college, paths=paths, apply=False)
    with scope(college.pk):
        assert list(Difference.objects.filter(job=job)) == []


def test_school_life_has_something_to_follow() -> None:
    with scope(school(COLLEGE).pk):
        assert set(Punishment.objects.values_list("kind", flat=True)) == set(Punishment.Kind.values)
        assert set(Detention.objects.values_list("state", flat=True)) == {"planned", "done", "missed"}
        missed = Detention.objects.filter(state="missed")
        assert missed.exists()
        assert AbsenceEntry.objects.filter(comment="Retenue non faite").exists()
        assert Sanction.objects.count() == RegisterEntry.objects.count() == 8
        assert [count for _student, count in alerts_since(date(2026, 9, 1))] == [3]
        waiting = Punishment.objects.filter(student__person=known("frere"), acknowledgements=None)
        assert waiting.count() == 1


def test_school_life_has_something_of_each_kind(region: Region) -> None:
    with scope(school(COLLEGE).pk):
        assert set(Observation.objects.values_list("kind", flat=True)) >= {"praise"}
        assert ExitRequest.objects.filter(student__person=known("frere")).exists()
        agreements = set(PlacedStudent.objects.values_list("agreement", flat=True))
        assert {"signed", "to_find"} <= agreements
        expelled = Sanction.objects.get(kind="expulsion")
        assert expelled.by_council
        assert expelled.notified_on


def test_the_office_made_a_file_of_the_bulletins_that_are_given() -> None:
    with scope(school(COLLEGE).pk):
        made = LsuExport.objects.get(term__isnull=False)
        assert made.reports > 20
        assert made.left_aside
        if not IS_THERE:
            pytest.skip(WHY)
        assert faults_of(unseal(made.data or b"")) == []


@pytest.fixture
def client() -> Client:
    return Client()


def test_the_page_presents_everybody_with_a_button(client: Client) -> None:
    page = client.get("/demo/").content.decode()
    for one in CAST:
        assert one.name in page
        assert f'action="/demo/{one.slug}"' in page
    assert "demo-pupitre-2026" in page
    assert all(name in page for name in SCHOOL_NAMES.values())
    assert page.count("Identifiant :") == len(CAST)


@pytest.mark.parametrize("one", CAST, ids=lambda one: one.slug)
def test_a_button_leads_home(client: Client, one: CastMember) -> None:
    answer = client.post(f"/demo/{one.slug}", follow=True)
    assert answer.redirect_chain[0] == ("/", 302)
    assert answer.status_code == 200
    assert one.name in answer.content.decode()


def test_one_may_become_somebody_else(client: Client) -> None:
    client.post("/demo/eleve")
    assert "Karim Bensaïd" in client.post("/demo/cpe", follow=True).content.decode()


def test_nobody_enters_by_reading(client: Client) -> None:
    assert client.get("/demo/eleve").status_code == 405
    assert client.post("/demo/personne").status_code == 404


def test_the_files_to_try_are_handed_out_and_no_other(client: Client) -> None:
    for trial in TRIALS:
        answer = client.get(f"/demo/fichiers/{trial.name}")
        assert answer.status_code == 200
        assert b"".join(answer.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]
    assert client.get("/demo/fichiers/secret.key").status_code == 404
