import datetime as dt
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from pupitre.accounts.models import ActivationCode, User
from pupitre.directory.models import Guardianship, Person
from pupitre.directory.tests.factories import PersonFactory, UserFactory, enrol, make_group, make_guardian
from pupitre.establishments.scope import scope
from pupitre.foundation.models import AuditEntry

BORN = dt.date(2013, 3, 31)
EVERYONE = {"qui": "tous", "public": "", "compris": "on"}


@pytest.fixture
def college(cast, tuesday):
    """The college, none of whose families has opened an account yet."""
    families = ("eleve", "frere", "parent")
    User.objects.filter(person__in=[cast.people[slug] for slug in families]).update(state="created", password="!")
    Person.objects.filter(pk=cast.people["eleve"].pk).update(birth_date=BORN)
    Person.objects.filter(pk=cast.people["frere"].pk).update(birth_date="2015-06-02")
    with scope(cast.college.pk):
        yield cast


def address(cast, name: str, *args: object) -> str:
    return reverse(f"accounts_of_school:{name}", args=[cast.college.uai, *args])


def sheets_of(cast, code: str) -> str:
    return address(cast, "print_division", cast.groups[code].pk)


def pages_of(response) -> list[str]:
    """The text of each page, its lines joined as they are read."""
    assert response.status_code == 200, response.content.decode()[:400]
    reader = PdfReader(io.BytesIO(response.content))
    return [" ".join(page.extract_text().replace("\N{NO-BREAK SPACE}", " ").split()) for page in reader.pages]


def code_on(page: str) -> str:
    found = re.search(r"[TV]o(?:n|tre) code ([0-9A-Z]{4}-[0-9A-Z]{4})", page)
    assert found, page
    return found[1]


@pytest.fixture
def head(college, client):
    return college.sign_in(client, "principal")


def test_a_class_receives_one_page_per_person_with_their_own_words(college, head):
    response = head.post(sheets_of(college, "4B"), EVERYONE)
    student, guardian = pages_of(response)
    assert response["Cache-Control"] == "no-store"
    assert response["Content-Disposition"] == 'attachment; filename="fiches-4b.pdf"'
    assert response["Content-Type"] == "application/pdf"
    assert "Inès, ouvre ton compte Pupitre" in student
    assert "Fiche d’élève · 4B" in student
    assert college.people["eleve"].user.username in student
    assert "Donne ta date de naissance" in student
    assert "Mme Belkacem, ouvrez votre compte Pupitre" in guardian
    assert college.people["parent"].user.username in guardian
    # The children of this school, with their classes; nothing of the one at the lycée.
    assert "Elias Belkacem (6C)" in guardian
    assert "Inès Belkacem (4B)" in guardian
    assert "Sarah" not in guardian
    assert "testserver/activation" in guardian
    assert "Collège Sophie-Germain" in guardian
    for page in (student, guardian):
        assert re.search(r"jusqu’au \w+ \d+ \w+ 202[67]", page)


def test_the_journal_keeps_how_many_and_never_the_codes(college, head):
    pages = pages_of(head.post(sheets_of(college, "4B"), EVERYONE))
    [entry] = AuditEntry.objects.filter(verb="accounts.print_codes")
    assert entry.detail == {"count": 2, "large": False, "student": 1, "guardian": 1}
    assert (entry.target, entry.target_id) == ("directory.group", college.groups["4B"].pk)
    assert entry.person_id == college.people["principal"].pk
    assert code_on(pages[0]) not in str(entry.detail)


def test_the_proof_is_a_date_the_owner_knows(college, head):
    head.post(sheets_of(college, "4B"), EVERYONE)
    student = ActivationCode.objects.get(user__person=college.people["eleve"])
    guardian = ActivationCode.objects.get(user__person=college.people["parent"])
    assert (student.proof_dates, student.proof_is_child) == ([BORN], False)
    assert (guardian.proof_dates, guardian.proof_is_child) == ([BORN, dt.date(2015, 6, 2)], True)


def test_by_default_the_sheet_printed_with_another_class_stays_good(college, head):
    first = pages_of(head.post(sheets_of(college, "4B"), {"qui": "sans-fiche"}))
    second = pages_of(head.post(sheets_of(college, "6C"), {"qui": "sans-fiche"}))
    assert (len(first), len(second)) == (2, 1)
    assert "Elias, ouvre ton compte" in second[0]
    again = head.post(sheets_of(college, "6C"), {"qui": "sans-fiche"})
    assert again.status_code == 422
    assert "Personne ne reçoit de fiche avec ce choix" in again.content.decode()
    assert len(pages_of(head.post(sheets_of(college, "6C"), {"qui": "a-activer", "compris": "on"}))) == 2


def test_only_those_who_were_chosen_receive_a_sheet(college, head):
    User.objects.filter(person=college.people["eleve"]).update(state="active")
    assert len(pages_of(head.post(sheets_of(college, "4B"), {"qui": "a-activer", "compris": "on"}))) == 1
    students = pages_of(head.post(sheets_of(college, "4B"), {**EVERYONE, "public": "student"}))
    assert ["ouvre ton" in page for page in students] == [True]
    User.objects.filter(person=college.people["parent"]).update(state="suspended")
    assert len(pages_of(head.post(sheets_of(college, "4B"), EVERYONE))) == 1


def test_someone_shut_out_of_a_child_reads_nothing_of_them(college, head):
    Guardianship.objects.filter(student=college.people["frere"]).update(is_restricted=True)
    assert all("Elias" not in page for page in pages_of(head.post(sheets_of(college, "4B"), EVERYONE)))
    assert len(pages_of(head.post(sheets_of(college, "6C"), EVERYONE))) == 1
    guardian = ActivationCode.objects.get(user__person=college.people["parent"])
    assert guardian.proof_dates == [BORN]


def test_contacts_and_services_have_their_own_words(college, head):
    contact = PersonFactory(last_name="DURAND", user__state="created")
    make_guardian(contact, college.people["eleve"], college.college, level=3)
    service = PersonFactory(last_name="ASE DU VAL", first_name="", is_organisation=True, user__state="created")
    make_guardian(service, college.people["eleve"], college.college, level=2, relation="51")
    PersonFactory(last_name="MUET", user=None)
    pages = pages_of(head.post(sheets_of(college, "4B"), {**EVERYONE, "public": "guardian"}))
    assert "ASE DU VAL : ouvrez le compte Pupitre de votre service" in pages[0]
    assert "Inès Belkacem (contact seulement)" in pages[2]
    assert "(4B)" not in pages[2]


def test_large_print_and_long_names_still_hold_on_one_page(college, head):
    for number in range(9):
        child = PersonFactory(last_name="DE LA TRÉGUIBERT-VALCOURTIÈRE", first_name=f"Marie-Éléonore {number}")
        enrol(child, college.groups["4B"])
        make_guardian(college.people["parent"], child, college.college)
    pages = pages_of(head.post(sheets_of(college, "4B"), {**EVERYONE, "public": "guardian", "grands": "on"}))
    assert len(pages) == 1
    assert code_on(pages[0])


def test_the_staff_receive_theirs_and_the_stronger_do_not(college, client):
    college.sign_in(client, "cpe")
    pages = pages_of(client.post(address(college, "print_staff"), {"qui": "tous", "compris": "on"}))
    assert [page.split(", ouvrez")[0].rsplit(maxsplit=2)[-1] for page in pages] == ["Bensaïd", "Lemoine", "Roussel"]
    assert "Vérifiez que c’est bien votre nom" in pages[1]
    shown = client.get(address(college, "staff")).content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "3 personnes avec plus de droits que vous" in shown
    principal = address(college, "print_person", college.people["principal"].pk)
    assert client.post(principal, {"compris": "on"}).status_code == 422
    assert not ActivationCode.objects.filter(user__person=college.people["principal"]).exists()


def test_one_person_at_the_counter_receives_their_sheet_alone(college, head):
    [page] = pages_of(head.post(address(college, "print_person", college.people["parent"].pk), {"compris": "on"}))
    assert "Mme Belkacem, ouvrez votre compte" in page
    assert ActivationCode.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "Cochez la case"),
        ({"qui": "a-activer"}, "Cochez la case"),
        ({"qui": "tous"}, "Cochez la case"),
        ({"qui": "les-autres", "compris": "on"}, "Choisissez qui reçoit une fiche dans la liste."),
        ({"qui": "tous", "public": "voisins", "compris": "on"}, "Choisissez les élèves, les responsables ou les deux."),
    ],
)
def test_nothing_is_printed_without_what_is_asked(college, head, data, said):
    response = head.post(sheets_of(college, "4B"), data)
    assert response.status_code == 422
    page = response.content.decode()
    assert said in page
    assert "[&#39;" not in page
    assert not ActivationCode.objects.exists()


def test_a_whole_class_is_printed_in_as_many_statements_as_two_people(college, head):
    few = statements(lambda: head.post(sheets_of(college, "4B"), EVERYONE))
    group = make_group(college.college, "5A")
    for number in range(30):
        child = PersonFactory(first_name=f"Élève {number}", birth_date=BORN, user__state="created")
        enrol(child, group)
        for _parent in range(2 if number % 2 else 1):
            make_guardian(PersonFactory(user=UserFactory(state="created")), child, college.college)
    many = statements(lambda: head.post(address(college, "print_division", group.pk), EVERYONE))
    assert ActivationCode.objects.filter(user__person__last_name__startswith="PERSONNE").count() == 75
    assert many == few


def statements(call) -> int:
    with CaptureQueriesContext(connection) as seen:
        call()
    return len(seen)
