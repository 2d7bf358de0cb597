"""Pages of bookings: the day, what is free, what was typed comes back, what one has."""

import pytest

from pupitre.booking.models import Booking, Equipment
from pupitre.booking.tests.factories import THURSDAY, booked, minibus, room
from pupitre.establishments.scope import scope

FORM = {"jour": "2026-11-26", "de": "10:10", "a": "11:05", "objet": "Exposés de la 4e B"}


def test_a_booking_goes_from_a_free_hour_to_mine_and_back(college, client_of, at):
    helene, bruno = client_of("enseignante"), client_of("collegue")
    page = helene.get(at("day") + "?jour=2026-11-26").text
    link = f"?ressource={room().key}&jour=2026-11-26&de=10:10&a=11:05"
    assert link in page
    form = helene.get(at("create") + link).text
    assert f'value="{room().key}" selected' in form
    assert 'value="10:10"' in form
    done = helene.post(at("create"), {**FORM, "ressource": room().key})
    assert done["Location"] == at("mine") + "?dit=reserve"
    assert "C’est réservé" in helene.get(done["Location"]).text
    assert "Mme Roussel" in bruno.get(at("day") + "?jour=2026-11-26").text
    pk = Booking.objects.get().pk
    assert bruno.post(at("cancel", pk)).status_code == 404
    assert helene.post(at("cancel", pk))["Location"] == at("mine") + "?dit=annule"
    assert link in bruno.get(at("day") + "?jour=2026-11-26").text


def test_what_was_typed_is_still_there_when_it_is_taken(college, client_of, at):
    booked(college, "collegue")
    page = client_of("enseignante").post(at("create"), {**FORM, "ressource": room().key})
    assert page.status_code == 422
    assert "réservation de M. Lemoine" in page.text
    assert 'value="Exposés de la 4e B"' in page.text
    assert "Réserver les jours libres" not in page.text


def test_the_rest_of_a_series_is_booked_only_when_one_says_so(college, client_of, at):
    booked(college, "collegue")
    helene = client_of("enseignante")
    asked = {**FORM, "ressource": room().key, "jusquau": "2026-12-10"}
    page = helene.post(at("create"), asked)
    assert "Réserver les jours libres (2)" in page.text
    assert Booking.objects.count() == 1
    assert helene.post(at("create"), {**asked, "libres": "1"}).status_code == 302
    assert Booking.objects.count() == 3


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"de": "demain"}, "Écrivez l’heure ainsi"),
        ({"a": "09:00"}, "La fin vient après le début"),
        ({"jour": "32/11"}, "Écrivez le jour ainsi"),
        ({"ressource": "s999999"}, "de la liste"),
        ({"objet": "x" * 81}, "80 lettres au plus"),
    ],
)
def test_bad_input_comes_back_with_a_sentence(college, client_of, at, typed, said):
    page = client_of("enseignante").post(at("create"), {**FORM, "ressource": room().key, **typed})
    assert page.status_code == 422
    assert said in page.text


def test_now_is_what_is_proposed_first(college, client_of, at):
    page = client_of("enseignante").get(at("free")).text
    # A lesson is held in 112 and in 205 at 10:20; nobody is in 204.
    assert "10\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}20" in page
    assert "Salle\N{NO-BREAK SPACE}204" in page
    assert "Salle\N{NO-BREAK SPACE}112" not in page
    assert "La fin vient après le début" in client_of("enseignante").get(at("free") + "?de=11:00&a=10:00").text


def test_equipment_is_added_changed_and_withdrawn_by_the_office(college, client_of, at):
    office = client_of("secretaire")
    assert office.post(at("equipment"), {"nom": "Chariot", "lieu": "CDI", "heures": "2"}).status_code == 302
    pk = Equipment.objects.get().pk
    twice = office.post(at("equipment"), {"nom": "chariot", "lieu": "Salle 3"})
    assert twice.status_code == 422
    assert 'value="Salle 3"' in twice.text
    office.post(at("edit", pk), {"nom": "Chariot A", "lieu": "CDI"})
    assert "Chariot A" in client_of("enseignante").get(at("day") + "?genre=m").text
    office.post(at("withdraw", pk), {"mot": "En panne"})
    assert "Aucun matériel" in client_of("enseignante").get(at("day") + "?genre=m").text
    assert office.get(at("edit", pk)).status_code == 404


def test_the_office_cancels_the_booking_of_another_from_the_day(college, client_of, at):
    (row,) = booked(college)
    page = client_of("principal").get(at("detail", row.pk)).text
    assert "en sera averti" in page
    assert "Annuler" not in client_of("collegue").get(at("detail", row.pk)).text.partition("<main")[2]
    done = client_of("principal").post(at("cancel", row.pk), {"mot": "Examen"})
    assert done["Location"] == at("day") + f"?dit=annule&genre=s&jour={THURSDAY}"
    assert "réservation est annulée" in client_of("enseignante").get("/notifications/").text


def test_a_booking_outside_the_hours_of_lessons_has_its_column(college, client_of, at):
    bus = minibus(college)
    asked = {**FORM, "ressource": f"m{bus.pk}", "de": "18:00", "a": "20:00", "objet": "Théâtre"}
    assert client_of("enseignante").post(at("create"), asked).status_code == 302
    page = client_of("enseignante").get(at("day") + "?genre=m&jour=2026-11-26").text
    assert "Autres heures" in page
    assert "Théâtre" in page


def test_addresses_that_say_nothing_show_today(college, client_of, at):
    page = client_of("enseignante").get(at("day") + "?jour=hier&genre=x").text
    assert "Mardi 24\N{NO-BREAK SPACE}novembre" in page
    with scope(college.college.pk):
        assert client_of("enseignante").get(at("create") + "?jour=hier&ressource=x&de=z").status_code == 200
