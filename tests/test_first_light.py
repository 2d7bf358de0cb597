"""The main job, whole: a school's files go in, everyone signs in with a printed code and sees their day."""

import io
import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from pupitre.accounts.codes import hash_of
from pupitre.accounts.models import ActivationCode
from pupitre.directory.models import Group, Guardianship, Person
from pupitre.directory.profiles import Profile
from pupitre.directory.services.affiliations import affiliate
from pupitre.directory.tests.factories import EstablishmentFactory, PersonFactory
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from tests.cast import session_of

TUESDAY = "2025-09-16T10:20"
INTEGRATIONS = Path(__file__).parents[1] / "pupitre" / "integrations"
SIECLE = ("Nomenclature", "Structures", "Communs", "ElevesAvecAdresses", "ResponsablesAvecAdresses")
FILES = [
    *(INTEGRATIONS / "siecle" / "samples" / f"{name}.xml" for name in SIECLE),
    *sorted((INTEGRATIONS / "sts" / "samples").glob("*.xml")),
]
PASSWORD = "trois mots bien choisis"
STUDENTS, GUARDIANS, STAFF = 22, 27, 13
# A contact sees no child; the head, the CPE, the documentalist and an assistant teach nothing.
SEE_NO_LESSON = [
    "guardian Fatma Ouadjani",
    "staff Isabelle Clairval-Dumontet",
    "staff Margot Jouvenelle",
    "staff Melanie Zetofrey",
    "staff Thierry Fontarabie",
]


@pytest.fixture
def school(settings, db):
    """An empty collège and its digital referent, on a Tuesday of the year of the files."""
    settings.IMPORTS_IN_REQUEST = True
    with clock.at(TUESDAY):
        college = EstablishmentFactory(uai="0999910J", name="Collège des Tilleuls", kind="college")
        affiliate(person=PersonFactory(first_name="Aurore"), establishment=college, profile=Profile.LOCAL_ADMIN)
        yield college


@pytest.fixture
def referent(school: Establishment) -> Client:
    client = Client()
    client.cookies["pupitre_session"] = session_of(Person.objects.get(first_name="Aurore"))
    return client


def import_everything(referent: Client, uai: str, committed: Callable[..., Any]) -> None:
    files = [SimpleUploadedFile(path.name, path.read_bytes()) for path in FILES]
    with committed(execute=True):
        answer = referent.post(reverse("imports:receive", args=[uai]), {"uploads": files})
        job = answer["Location"]
    with committed(execute=True):
        referent.post(f"{job}appliquer/", {"verified": "oui"})
    assert "STS appliqué" in referent.get(job).content.decode()


def printed(referent: Client, uai: str) -> list[str]:
    """The text of every sheet of the school, one page a person."""
    prints = [reverse("accounts_of_school:print_staff", args=[uai])]
    with scope(Establishment.objects.get(uai=uai).pk):
        divisions = Group.objects.filter(kind=Group.Kind.DIVISION).values_list("pk", flat=True)
        prints += [reverse("accounts_of_school:print_division", args=[uai, pk]) for pk in divisions]
    pages: list[str] = []
    for address in prints:
        answer = referent.post(address, {"qui": "sans-fiche", "public": "", "compris": "on"})
        assert answer.status_code == 200, answer.content.decode()
        pages += [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]
    return pages


def open_account(sheet: str) -> tuple[Client, Person]:
    """Whoever holds the sheet opens the account with it, as on a phone."""
    found = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}", sheet)
    assert found, sheet
    code = ActivationCode.objects.get(code_hash=hash_of(found[0]))
    assert code.user.username in sheet
    client = Client()
    assert client.post("/activation/", {"code": found[0]})["Location"] == "/activation/verification/"
    client.post("/activation/verification/", _proof(code))
    answer = client.post("/activation/mot-de-passe/", {"password": PASSWORD})
    assert answer["Location"] == "/", answer.content.decode()
    return client, Person.objects.get(user=code.user)


def _proof(code: ActivationCode) -> dict[str, str]:
    """The birth date that the owner of the sheet knows: here, the one that the files give."""
    if not code.proof_dates:
        return {}
    known: date = code.proof_dates[0]
    return {"birth_day": str(known.day), "birth_month": str(known.month), "birth_year": str(known.year)}


def seen_by(client: Client, person: Person, uai: str) -> set[str]:
    """What the day and the week tell this person: the names of their children, or that they have lessons."""
    home = client.get("/").content.decode()
    with scope(Establishment.objects.get(uai=uai).pk):
        children = Guardianship.objects.filter(guardian=person, level__lt=Guardianship.Level.CONTACT)
        names = {link.student.first_name.title() for link in children.select_related("student")}
    if names:
        return {name for name in names if name in home.replace("’", "'").title()}
    week = client.get(reverse("timetable:week", args=[uai]))
    return set(re.findall(r'class="ev[ "]', week.content.decode()))


def test_everyone_of_the_school_opens_their_account_and_sees_their_real_week(
    referent, school, django_capture_on_commit_callbacks
):
    import_everything(referent, school.uai, django_capture_on_commit_callbacks)
    sheets = printed(referent, school.uai)
    kinds = Counter(_kind(sheet) for sheet in sheets)
    assert kinds == {"student": STUDENTS, "guardian": GUARDIANS, "staff": STAFF}
    blind = []
    for sheet in sheets:
        client, person = open_account(sheet)
        if not seen_by(client, person, school.uai):
            blind.append(f"{_kind(sheet)} {person}")
    assert sorted(blind) == SEE_NO_LESSON


def _kind(sheet: str) -> str:
    if "Fiche d’élève" in sheet:
        return "student"
    return "staff" if "Fiche de personnel" in sheet else "guardian"
