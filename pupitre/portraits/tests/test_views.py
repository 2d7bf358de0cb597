import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from pupitre.directory.models import Student
from pupitre.establishments.scope import scope
from pupitre.portraits.models import Portrait
from pupitre.portraits.tests.doors import secretary
from pupitre.portraits.tests.factories import photo, with_photo, zipped

pytestmark = pytest.mark.usefixtures("tuesday")
ANSWER = {"consent": "given", "told_by": "Fiche signée par Mme Belkacem", "told_on": "2026-09-02"}


@pytest.fixture
def office(cast) -> Client:
    return cast.sign_in(Client(), "secretaire")


def schooling(cast, slug: str = "eleve") -> int:
    with scope(cast.college.pk):
        return Student.objects.get(person=cast.people[slug]).pk


def at(cast, name: str, *args: object) -> str:
    return reverse(f"portraits:{name}", args=[cast.college.uai, *args])


def read(response) -> str:
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_from_the_answer_of_a_family_to_the_face_in_the_class(cast, office):
    pk = schooling(cast)
    assert "l’autorisation de la famille n’est pas notée" in read(office.get(at(cast, "student", pk)))
    assert office.post(at(cast, "consent", pk), ANSWER).status_code == 302
    page = read(office.get(at(cast, "student", pk)))
    assert "Fiche signée par Mme Belkacem, le mercredi 2 septembre." in page
    sent = {"photo": SimpleUploadedFile("moi.jpg", photo(), "image/jpeg")}
    assert office.post(at(cast, "student", pk), sent).status_code == 302
    with scope(cast.college.pk):
        address = at(cast, "photo", pk, Portrait.objects.get().token)
    for slug, page in (("secretaire", "portraits:division"), ("enseignante", "directory:group")):
        shown = read(cast.sign_in(Client(), slug).get(reverse(page, args=[cast.college.uai, cast.groups["4B"].pk])))
        assert f'src="{address}"' in shown
    image = office.get(address)
    assert image["Content-Type"] == "image/webp"
    assert image["Cache-Control"] == "private, no-cache"
    again = office.get(address, headers={"If-None-Match": image["ETag"]})
    assert (again.status_code, again.content, again["Cache-Control"]) == (304, b"", "private, no-cache")
    # Withdrawn, it is shown no more even where a browser keeps it.
    office.post(at(cast, "consent", pk), {**ANSWER, "consent": "refused"})
    assert office.get(address, headers={"If-None-Match": image["ETag"]}).status_code == 404


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (SimpleUploadedFile("a.jpg", b"\xff" * 42_000_000), "Ce fichier pèse 41 Mo, la limite est de 12 Mo."),
        (SimpleUploadedFile("a.jpg", b"bonjour"), "n’est pas une photo que Pupitre sait lire"),
        (SimpleUploadedFile("a.jpg", b""), "Ce fichier est vide"),
        ("", "Aucun fichier n’est choisi"),
    ],
)
def test_what_is_no_photograph_is_said_on_the_page(cast, office, sent, sentence):
    pk = schooling(cast)
    office.post(at(cast, "consent", pk), ANSWER)
    answer = office.post(at(cast, "student", pk), {"photo": sent})
    assert answer.status_code == 422
    assert sentence in read(answer)


def test_an_answer_needs_its_proof_and_keeps_what_was_typed(cast, office):
    pk = schooling(cast)
    answer = office.post(at(cast, "consent", pk), {"consent": "given", "told_by": "", "told_on": "2027-01-01"})
    assert answer.status_code == 422
    assert "il faudra pouvoir le prouver" in read(answer)
    assert "Ce jour n’est pas encore venu" in read(answer)
    assert 'value="2027-01-01"' in read(answer)


def test_a_whole_class_answers_at_once(cast, office):
    page = at(cast, "division", cast.groups["4B"].pk)
    refused = office.post(page, ANSWER)
    assert refused.status_code == 422
    assert "Aucun élève n’est coché" in read(refused)
    assert office.post(page, {**ANSWER, "eleve": [schooling(cast), "x", "999999999"]}).status_code == 302
    with scope(cast.college.pk):
        assert Portrait.objects.get().is_allowed


def test_the_report_of_a_zip_is_the_page(cast, office):
    office.post(at(cast, "consent", schooling(cast)), ANSWER)
    archive = zipped(**{"BELKACEM Inès": photo(), "DUPONT Zoé": photo()})
    page = read(office.post(at(cast, "overview"), {"archive": SimpleUploadedFile("p.zip", archive.getvalue())}))
    assert "1 photo gardée sur 2 fichiers lus." in page
    assert "1 fichier sans élève" in page
    assert "DUPONT Zoé.jpg" in page
    refused = office.post(at(cast, "overview"), {"archive": SimpleUploadedFile("p.zip", b"bonjour")})
    assert refused.status_code == 422
    assert "n’est pas un zip" in read(refused)


def test_a_withdrawn_photograph_is_gone_from_its_address(cast, office):
    with scope(cast.college.pk):
        portrait = with_photo(cast.people["eleve"], secretary(cast))
    address = at(cast, "photo", portrait.student_id, portrait.token)
    teacher = cast.sign_in(Client(), "enseignante")
    assert teacher.get(address).status_code == 200
    office.post(at(cast, "consent", portrait.student_id), {**ANSWER, "consent": "refused"})
    assert teacher.get(address).status_code == 404
    assert office.get(address).status_code == 404


def test_a_guardian_says_yes_then_takes_it_back_for_one_child(cast, client):
    cast.sign_in(client, "parent")
    pk, page = schooling(cast), at(cast, "family")
    first = read(client.get(page))
    assert first.count("Sans réponse, aucune photo n’est gardée.") == 2
    assert (
        client.post(at(cast, "answer", pk), {"reponse": "oui"}, follow=True).redirect_chain[0][0] == f"{page}?dit=fait"
    )
    assert "en ligne, par Mme Belkacem." in read(client.get(page))
    with scope(cast.college.pk):
        with_photo(cast.people["eleve"], secretary(cast))
    client.post(at(cast, "answer", pk), {"reponse": "non"})
    with scope(cast.college.pk):
        portrait = Portrait.objects.get()
    assert (portrait.consent, portrait.file_id) == (Portrait.Consent.REFUSED, None)


def test_a_refusal_is_lifted_by_whoever_gave_it_or_by_the_office(cast, client, office):
    pk = schooling(cast)
    assert office.post(at(cast, "consent", pk), {**ANSWER, "consent": "refused"}).status_code == 302
    cast.sign_in(client, "parent")
    answer = client.post(at(cast, "answer", pk), {"reponse": "oui"})
    assert answer.status_code == 422
    assert "elle seule peut revenir sur son refus ici" in read(answer)
    office.post(at(cast, "consent", pk), ANSWER)
    client.post(at(cast, "answer", pk), {"reponse": "non"})
    assert client.post(at(cast, "answer", pk), {"reponse": "oui"}).status_code == 302


def test_nobody_answers_for_the_child_of_another(cast, client):
    for slug in ("eleve", "enseignante", "parent-voisin", "cpe"):
        assert (
            cast.sign_in(client, slug).post(at(cast, "answer", schooling(cast)), {"reponse": "oui"}).status_code == 404
        )
    with scope(cast.college.pk):
        assert not Portrait.objects.exists()
