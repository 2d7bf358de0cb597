"""The office's pages and the family's: what is shown to whom, and what is said of bad input."""

import io
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from pupitre.attendance.models import AbsenceCase, Justification
from pupitre.attendance.services.answering import answer
from pupitre.attendance.services.deciding import decide
from pupitre.attendance.services.finishing import finish_roll_call
from pupitre.attendance.services.marking import Told
from pupitre.attendance.services.reasons import reasons_of_school
from pupitre.attendance.tests.factories import absent, fill_class, register, student
from pupitre.attendance.transitions import Act
from pupitre.directory.models import Guardianship
from pupitre.files.models import FileReference
from tests.statements import statements_of


@pytest.fixture
def case(college):
    return absent(college)


@pytest.fixture
def reasons(case):
    return {each.code: each for each in reasons_of_school()}


@pytest.fixture
def client_of(college):
    return lambda slug: college.sign_in(Client(), slug)


def at(cast, name, *args):
    return reverse(f"attendance:{name}", args=[cast.college.uai, *args])


def shown(response):
    return " ".join(unescape(response.content.decode()).split()).replace("\N{NO-BREAK SPACE}", " ")


def photo(size=(40, 30)):
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Telephone"
    Image.new("RGB", size, "white").save(out, "JPEG", exif=exif)
    return SimpleUploadedFile("certificat.jpg", out.getvalue(), "image/jpeg")


def test_a_parent_answers_with_a_photo_that_tells_nothing_of_the_telephone(college, client_of, case):
    response = client_of("parent").post(
        at(college, "justify", case.pk), {"motif": "maladie", "mot": "Fièvre.", "files": photo()}
    )
    assert response.status_code == 302
    said = Justification.objects.get()
    assert (said.reason.code, said.text) == ("maladie", "Fièvre.")
    reference = FileReference.objects.get(target="attendance.justification", target_id=said.pk)
    client = client_of("cpe")
    opened = client.get(reverse("files:open", args=[college.college.uai, reference.file_id]))
    assert opened.status_code == 200
    assert b"Telephone" not in b"".join(opened.streaming_content if opened.streaming else [opened.content])
    text = shown(client.get(at(college, "case", case.pk)))
    assert "certificat.jpg" in text
    assert "« Fièvre. »" in text


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (("notes.docx", b"PK\x03\x04" + b"0" * 200), "« notes.docx » n’est ni une photo ni un PDF"),
        (("photo.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF"), "« photo.jpg » n’est ni une photo ni un PDF"),
        (("photo.jpg", b"\xff\xd8\xff" + b"0" * 40_000_000), "« photo.jpg » pèse"),
        (("facture.pdf", b"%PDF-1.7" + b"0" * 11_000_000), "« facture.pdf » pèse"),
    ],
)
def test_a_document_that_cannot_be_taken_is_said_and_the_answer_stays(college, client_of, case, file, sentence):
    name, data = file
    response = client_of("parent").post(
        at(college, "justify", case.pk), {"motif": "maladie", "mot": "Fièvre.", "files": SimpleUploadedFile(name, data)}
    )
    assert response.status_code == 422
    text = shown(response)
    assert sentence in text
    assert "Fièvre." in text
    assert not Justification.objects.exists()


def test_another_reason_is_told_in_words(college, client_of, case):
    client = client_of("parent")
    response = client.post(at(college, "justify", case.pk), {"motif": "autre", "mot": ""})
    assert "Dites la raison en quelques mots." in shown(response)
    assert client.post(at(college, "justify", case.pk), {"motif": "autre", "mot": "Panne."}).status_code == 302


def test_what_is_decided_is_answered_no_more(college, client_of, case, cpe, reasons):
    decide([case.pk], Act.ENTER_REASON, actor=cpe, reasons={case.pk: reasons["bus"]})
    response = client_of("parent").post(at(college, "justify", case.pk), {"motif": "maladie"})
    assert response.status_code == 422
    assert "La vie scolaire a déjà décidé" in shown(response)


def test_a_guardian_shut_out_finds_no_page(college, client_of, case):
    Guardianship.objects.filter(student=college.people["eleve"]).update(is_restricted=True)
    client = client_of("parent")
    assert client.get(at(college, "justify", case.pk)).status_code == 404
    assert client.get(at(college, "record", case.student_id)).status_code == 404
    assert client.get(at(college, "case", case.pk)).status_code == 404


def test_a_teacher_reads_that_a_reason_is_known_and_not_which_one_when_it_is_health(
    college, client_of, case, cpe, parent, reasons
):
    answer(case=case, reason=reasons["rdv_medical"], text="Cardiologue.", actor=parent)
    decide([case.pk], Act.ACCEPT, actor=cpe)
    for page in (at(college, "case", case.pk), at(college, "record", case.student_id)):
        text = shown(client_of("enseignante").get(page))
        assert "Motif connu de la vie scolaire" in text
        assert "Rendez-vous médical" not in text
        assert "Cardiologue" not in text
        assert "Rendez-vous médical" in shown(client_of("cpe").get(page))


def test_a_teacher_reads_a_reason_that_is_no_health(college, client_of, case, cpe, reasons):
    decide([case.pk], Act.ENTER_REASON, actor=cpe, reasons={case.pk: reasons["bus"]})
    assert "Retard du bus" in shown(client_of("enseignante").get(at(college, "case", case.pk)))


def test_the_number_of_half_days_says_why(college, client_of, case, cpe, parent, reasons):
    from pupitre.foundation import clock

    with clock.at("2026-11-24T10:20"):
        finish_roll_call(register("4B", "10:10").pk, [Told(case.student_id, "absent")], actor=cpe)
    first = AbsenceCase.objects.get()
    text = shown(client_of("cpe").get(at(college, "record", case.student_id)))
    assert "Mardi 24 novembre, matin : 1" in text
    assert "2 cours manqués sur 2 (8 h 05, 10 h 10)" in text
    answer(case=first, reason=reasons["maladie"], actor=parent)
    text = shown(client_of("parent").get(at(college, "record", case.student_id)))
    assert "0 (+1 en attente)" in text


def test_a_count_with_registers_missing_says_so(college, client_of, case):
    text = shown(client_of("cpe").get(at(college, "record", case.student_id)))
    assert "Compte incomplet" not in text
    from pupitre.foundation import clock

    with clock.at("2026-11-24T17:00"):
        text = shown(client_of("cpe").get(at(college, "record", case.student_id)))
    assert "Compte incomplet : 2 de ses cours n’ont pas eu d’appel." in text


def test_two_standings_in_one_half_day_are_explained(college, client_of, case, cpe, reasons):
    decide([case.pk], Act.ENTER_REASON, actor=cpe, reasons={case.pk: reasons["bus"]})
    finish_roll_call(register("4B", "10:10").pk, [Told(case.student_id, "absent")], actor=cpe)
    text = shown(client_of("cpe").get(at(college, "record", case.student_id)))
    assert "la demi-journée entière compte comme telle" in text


def test_the_list_costs_the_same_for_one_absence_as_for_twenty(college, client_of, cpe, case):
    client = client_of("cpe")
    client.get(at(college, "cases"))
    few = len(statements_of(lambda: client.get(at(college, "cases"))))
    others = [each.pk for each in fill_class(college, "4B", 20)]
    finish_roll_call(register("4B", "10:10").pk, [Told(pk, "absent") for pk in others], actor=cpe)
    assert len(statements_of(lambda: client.get(at(college, "cases")))) == few


def test_the_office_accepts_what_is_ticked(college, client_of, case, parent, reasons):
    answer(case=case, reason=reasons["maladie"], actor=parent)
    client = client_of("cpe")
    text = shown(client.get(at(college, "cases") + "?filtre=reponses"))
    assert "« Maladie »" in text
    response = client.post(
        at(college, "treat"), {"case": case.pk, "action": "accepter", "filtre": "reponses"}, follow=True
    )
    assert "1 motif accepté." in shown(response)
    case.refresh_from_db()
    assert case.state == "accepted"


def test_nothing_ticked_is_said(college, client_of, case):
    response = client_of("cpe").post(at(college, "treat"), {"action": "accepter"})
    assert response.status_code == 422
    assert "Cochez au moins une absence" in shown(response)


def test_a_refusal_without_a_reason_comes_back(college, client_of, case, parent, reasons):
    answer(case=case, reason=reasons["maladie"], actor=parent)
    response = client_of("cpe").post(at(college, "treat"), {"case": case.pk, "action": "refuser"})
    assert response.status_code == 422
    assert "Inès Belkacem : Dites pourquoi en une phrase" in shown(response)


def test_the_office_enters_an_absence_for_a_student_it_looks_for(college, client_of):
    client = client_of("cpe")
    text = shown(client.get(at(college, "enter") + "?q=belk"))
    assert "Belkacem" in text
    pk = student(college.people["eleve"]).pk
    typed = {"eleve": pk, "q": "belk", "nature": "absence", "du": "2026-11-24"}
    assert client.post(at(college, "enter"), {**typed, "du": ""}).status_code == 422
    assert client.post(at(college, "enter"), {**typed, "au": "2026-11-20"}).status_code == 422
    assert client.post(at(college, "enter"), typed).status_code == 302
    assert AbsenceCase.objects.get().student_id == pk


def test_registers_of_the_day_say_which_are_missing_and_remind(college, client_of):
    from pupitre.foundation import clock
    from pupitre.notifications.models import Notification

    register("4B", "08:05")
    client = client_of("cpe")
    text = shown(client.get(at(college, "registers")))
    assert "1 appel manque" in text
    assert "Mme Roussel" in text
    response = client.post(at(college, "remind"), follow=True)
    assert "Les professeurs sont relancés." in shown(response)
    notice = Notification.objects.get(kind="attendance.register_missing")
    assert notice.person_id == college.people["enseignante"].pk
    assert clock.is_shifted()
