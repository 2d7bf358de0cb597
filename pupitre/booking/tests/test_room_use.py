"""A room has one use at a time: whoever moves a lesson sees bookings, whoever books sees councils and evenings."""

import datetime as dt
from typing import Any

import pytest

from pupitre.agenda.audiences import Audience
from pupitre.agenda.tests.factories import scheduled
from pupitre.booking.refusals import AlreadyTaken
from pupitre.booking.tests.factories import THURSDAY, booked
from pupitre.establishments.room_use import place_key, room_uses
from pupitre.establishments.scope import scope
from pupitre.meetings.models import MeetingTeacher
from pupitre.meetings.tests.factories import prepared
from pupitre.timetable.models import Course, LessonChange

COUNCIL: dict[str, Any] = {
    "kind": "meeting",
    "title": "Équipe de 4B",
    "audience": (Audience("staff"),),
    "starts_on": THURSDAY,
    "ends_on": THURSDAY,
}


@pytest.fixture
def office(college, client):
    """The page of the lesson of mathematics of Wednesday, opened and sent by the secretary."""
    college.sign_in(client, "secretaire")
    course = Course.objects.get(subject__label="Mathématiques", group__code="4B")
    address = f"/{college.college.uai}/emploi-du-temps/seance/{course.pk}/2026-11-25/0805/"

    def to(**facts):
        usual = {"etat": "held", "jour": f"{THURSDAY}", "debut": "10:10", "fin": "11:05", "motif": ""}
        return client.post(address, usual | facts)

    return to


def words(answer):
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_whoever_moves_a_lesson_reads_who_booked_its_room_and_may_pass_before(college, office):
    booked(college, "collegue")
    refused = office()
    assert refused.status_code == 422
    assert "La salle est réservée par M. Lemoine (Exposés) de 10 h 10 à 11 h 05." in words(refused)
    assert not LessonChange.objects.exists()
    assert office(debut="11:05", fin="12:00").status_code == 302
    assert office(confirmer="1").status_code == 302
    assert LessonChange.objects.get(is_latest=True).to_starts_at == dt.time(10, 10)


def test_free_hours_are_those_when_the_room_is_not_booked_either(college, office):
    wednesday = dt.date(2026, 11, 25)
    proposed = f"{wednesday}|10:10|11:05"
    assert proposed in words(office(voir="1"))
    booked(college, "collegue", on=wednesday)
    assert proposed not in words(office(voir="1"))


def test_a_room_where_a_meeting_of_the_agenda_is_held_is_not_free(college):
    scheduled(college, **COUNCIL, starts_at=dt.time(10), ends_at=dt.time(12), place="salle 204")
    with pytest.raises(AlreadyTaken, match=r"Salle.204.: prise par l’agenda \(réunion\), de 10.h à 12.h"):
        booked(college)
    assert booked(college, starts_at=dt.time(12), ends_at=dt.time(13))


def test_what_is_personal_cancelled_or_elsewhere_takes_no_room(college):
    scheduled(college, **COUNCIL | {"is_personal": True, "audience": ()}, place="204")
    scheduled(college, **COUNCIL, place="Musée des Beaux-Arts, salle 204")
    gone = scheduled(college, **COUNCIL, place="204")
    gone.cancelled_at = gone.created_at
    gone.save()
    assert booked(college)


def test_rooms_where_teachers_receive_families_are_taken_that_evening(college):
    evening = prepared(college)
    teacher = MeetingTeacher.objects.filter(meeting=evening).first()
    assert teacher
    teacher.room = "204"
    teacher.save()
    with pytest.raises(AlreadyTaken, match=r"prise par la soirée «.Rencontre parents-professeurs.», de 17.h à 19.h"):
        booked(college, on=evening.held_on, starts_at=dt.time(18), ends_at=dt.time(19))


def test_a_school_never_sees_the_rooms_of_another(college):
    booked(college)
    assert len(room_uses(THURSDAY, THURSDAY)) == 1
    with scope(college.neighbour.pk):
        assert room_uses(THURSDAY, THURSDAY) == []


def test_a_place_is_known_by_its_name_however_it_is_typed():
    assert len({place_key(each) for each in ("204", "Salle 204", "salle\N{NO-BREAK SPACE}204", " SALLE  204")}) == 1
    assert place_key("Salle polyvalente") != place_key("Salle 204")
