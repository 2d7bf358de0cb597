"""The file of the year, that the family reads, and the letters of the thresholds."""

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from pupitre.attendance.models import AbsenteeismAlert, AlertStep, CountedHalfDay
from pupitre.attendance.services.deciding import decide
from pupitre.attendance.services.entering import note_contact
from pupitre.attendance.services.following import take_step
from pupitre.attendance.services.reasons import reasons_of_school
from pupitre.attendance.tests.factories import absent
from pupitre.attendance.transitions import Act
from pupitre.directory.models import Guardianship
from pupitre.foundation import clock


@pytest.fixture
def case(college):
    return absent(college)


@pytest.fixture
def alert(college, case, cpe):
    found = AbsenteeismAlert.objects.create(
        student_id=case.student_id, month_on="2026-11-01", threshold=1, raised_at=clock.now()
    )
    take_step(alerts=[found], kind=AlertStep.Kind.TEAM, done_on=clock.today(), text="Sommeil.", actor=cpe)
    take_step(alerts=[found], kind=AlertStep.Kind.NOTE, done_on=clock.today(), text="Entre nous.", actor=cpe)
    return found


def shown(response):
    return " ".join(unescape(response.content.decode()).split()).replace("\N{NO-BREAK SPACE}", " ")


def at(cast, name, *args):
    return reverse(f"attendance:{name}", args=[cast.college.uai, *args])


def page(college, slug, case):
    return college.sign_in(Client(), slug).get(at(college, "year_file", case.student_id))


def test_the_file_holds_absences_contacts_and_measures(college, case, alert, cpe):
    reasons = {each.code: each for each in reasons_of_school()}
    note_contact(case=case, kind="call_made", reached=False, note="Répondeur.", actor=cpe)
    decide([case.pk], Act.ENTER_REASON, actor=cpe, reasons={case.pk: reasons["rdv_medical"]})
    text = shown(page(college, "cpe", case))
    for said in (
        "Mardi 24 novembre, de 8 h 05 à 9 h", "Rendez-vous médical", "Motivée", "Appel passé, mardi 24 novembre, 10 h 20",
        "La famille n’a pas été jointe. Répondeur.", "Par M. Bensaïd.", "Réunion de l’équipe éducative, mardi 24 novembre 2026",
        "Sommeil. Signé par M. Bensaïd.", "Entre nous.",
    ):  # fmt: skip
        assert said in text


def test_the_family_reads_it_without_the_notes_of_the_office(college, case, alert):
    for slug in ("parent", "eleve"):
        text = shown(page(college, slug, case))
        assert "Sommeil." in text
        assert "Entre nous." not in text


def test_teachers_and_guardians_shut_out_do_not(college, case):
    assert page(college, "enseignante", case).status_code == 404
    Guardianship.objects.filter(student=college.people["eleve"]).update(is_restricted=True)
    assert page(college, "parent", case).status_code == 404


def test_letters_name_the_guardians_the_half_days_and_who_signs(college, alert):
    CountedHalfDay.objects.update(standing=2)
    client = college.sign_in(Client(), "cpe")
    response = client.post(
        at(college, "alerts"),
        {"alerte": alert.pk, "courriers": "1", "demarche": "letter", "mois": "2026-11"},
        follow=True,
    )
    text = shown(response)
    assert "À l’attention de Mme Belkacem" in text
    assert "En novembre 2026, Inès Belkacem a manqué 1 demi-journée sans motif accepté" in text
    assert "mardi 24 novembre, matin" in text
    assert "M. Bensaïd" in text
    report = shown(client.get(f"{at(college, 'letters')}?alerte={alert.pk}&mois=2026-11&modele=report"))
    assert "Signalement d’absences" in report
    assert "Réunion de l’équipe éducative, M. Bensaïd" in report


def test_somebody_is_watched_until_the_day_chosen(college, alert):
    client = college.sign_in(Client(), "cpe")
    sent = {"alerte": alert.pk, "suivre": "1", "mois": "2026-11"}
    response = client.post(at(college, "alerts"), {**sent, "jusqu": "2026-11-01"})
    assert response.status_code == 422
    assert "Le suivi va jusqu’à un jour à venir." in shown(response)
    client.post(at(college, "alerts"), {**sent, "jusqu": "2026-12-18"})
    alert.refresh_from_db()
    assert (alert.watched_by_id, f"{alert.watched_until_on}") == (college.people["cpe"].pk, "2026-12-18")
    assert "Suivi par M. Bensaïd jusqu’au 18 décembre." in shown(client.get(at(college, "alerts")))
