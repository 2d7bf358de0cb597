"""What is booked, refused, given back, withdrawn, and told."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from pupitre.booking.listeners import move_bookings
from pupitre.booking.models import Booking, Equipment
from pupitre.booking.queries.resources import lesson_hours
from pupitre.booking.queries.taken import met_since
from pupitre.booking.refusals import AlreadyTaken, Refusal
from pupitre.booking.services.cancelling import cancel, forget_everywhere
from pupitre.booking.services.lending import lend, withdraw
from pupitre.booking.tests.factories import THURSDAY, WEDNESDAY, actor_of, booked, minibus_thing, room
from pupitre.directory.events import PeopleMerged
from pupitre.establishments.models import Closure
from pupitre.foundation import clock
from pupitre.notifications.models import Notification
from pupitre.timetable.models import Course, LessonChange, TimetableSlot

WEEK = dt.timedelta(days=7)


def test_a_free_room_is_booked_to_the_minute(college):
    (row,) = booked(college)
    assert (row.starts_at, row.ends_at) == (
        dt.datetime(2026, 11, 26, 10, 10, tzinfo=clock.PARIS),
        dt.datetime(2026, 11, 26, 11, 5, tzinfo=clock.PARIS),
    )
    # What follows at once is another's.
    booked(college, "collegue", starts_at=dt.time(11, 5), ends_at=dt.time(12))


def test_two_people_do_not_have_the_same_room(college):
    booked(college)
    with pytest.raises(AlreadyTaken, match=r"Salle.204.: réservation de Mme Roussel, de 10.h.10 à 11.h.05 \(Exposés\)"):
        booked(college, "collegue", starts_at=dt.time(10, 30), ends_at=dt.time(12))


def test_the_database_refuses_two_bookings_at_one_time(college):
    (row,) = booked(college)
    row.pk, row.ends_at = None, row.ends_at + WEEK
    with pytest.raises(IntegrityError, match="one_booking_a_room"), transaction.atomic():
        row.save(force_insert=True)
    (bus,) = booked(college, resource=minibus_thing(college))
    bus.pk = None
    with pytest.raises(IntegrityError, match="one_booking_an_equipment"), transaction.atomic():
        bus.save(force_insert=True)


def test_a_room_that_has_a_lesson_is_not_free(college):
    with pytest.raises(AlreadyTaken, match=r"Salle.204.: cours de Mathématiques, 4B, de 8.h.05 à 9.h\."):
        booked(college, on=WEDNESDAY, starts_at=dt.time(8, 30), ends_at=dt.time(9, 30))


def test_a_lesson_cancelled_leaves_its_room_free(college):
    course = Course.objects.get(subject__label="Mathématiques", group__code="4B")
    _change(course, WEDNESDAY, state="cancelled")
    assert booked(college, on=WEDNESDAY, starts_at=dt.time(8, 5), ends_at=dt.time(9))


def test_a_lesson_moved_takes_the_room_where_it_goes_and_says_so_of_a_booking(college):
    course = Course.objects.get(subject__label="Mathématiques", group__code="4B")
    (row,) = booked(college)
    _change(course, WEDNESDAY, to_held_on=THURSDAY, to_starts_at=dt.time(10, 10), to_ends_at=dt.time(11, 5))
    assert met_since([row]) == {row.pk: "Mathématiques, 4B"}
    with pytest.raises(AlreadyTaken) as refused:
        booked(college, "collegue")
    assert len(refused.value.met) == 2


def test_a_series_leaves_out_closed_days_and_keeps_its_hour_over_the_winter(college):
    Closure.objects.create(establishment=college.college, label="Noël", starts_on="2026-12-19", ends_on="2027-01-03")
    rows = booked(college, until=dt.date(2027, 4, 8))
    days = [row.starts_at.astimezone(clock.PARIS) for row in rows]
    assert {each.strftime("%H:%M") for each in days} == {"10:10"}
    assert not [each for each in days if dt.date(2026, 12, 19) <= each.date() <= dt.date(2027, 1, 3)]
    assert len(rows) == 18
    assert len({row.series for row in rows}) == 1


def test_the_conflicts_of_a_series_are_all_told_and_the_rest_is_booked_when_one_says_so(college):
    booked(college, "collegue", on=THURSDAY + WEEK)
    booked(college, "collegue", on=THURSDAY + 3 * WEEK)
    until = THURSDAY + 4 * WEEK
    with pytest.raises(AlreadyTaken) as refused:
        booked(college, until=until)
    assert [each.on for each in refused.value.met] == [THURSDAY + WEEK, THURSDAY + 3 * WEEK]
    assert refused.value.free == 3
    assert len(booked(college, until=until, only_free=True)) == 3


def test_a_series_stops_with_the_school_year(college):
    with pytest.raises(Refusal, match="jusqu’à la fin de l’année scolaire"):
        booked(college, until=dt.date(2028, 1, 1))
    with pytest.raises(Refusal, match="dans aucune année scolaire"):
        booked(college, on=dt.date(2030, 1, 1))


def test_what_cannot_be_is_told(college):
    Closure.objects.create(establishment=college.college, label="Pont", starts_on=THURSDAY, ends_on=THURSDAY)
    with pytest.raises(Refusal, match=r"\(Pont\)"):
        booked(college)
    with pytest.raises(Refusal, match="Cet horaire est passé"):
        booked(college, on=dt.date(2026, 11, 24), starts_at=dt.time(9), ends_at=dt.time(10))
    with pytest.raises(Refusal, match="finit avant de commencer"):
        booked(college, starts_at=dt.time(11), ends_at=dt.time(10))


def test_an_equipment_is_not_out_longer_than_said(college):
    bus = minibus_thing(college, most_lessons=2)
    with pytest.raises(Refusal, match="2 heures de cours au plus"):
        booked(college, resource=bus, starts_at=dt.time(8), ends_at=dt.time(14, 25))
    assert booked(college, resource=bus, starts_at=dt.time(8), ends_at=dt.time(11, 5))


def test_the_hours_of_lessons_do_not_overlap(college):
    assert [f"{starts:%H:%M}" for starts, _ends in lesson_hours()] == ["08:05", "10:10", "13:30"]
    TimetableSlot.objects.all().delete()
    assert len(lesson_hours()) == 10


def test_the_booker_is_told_when_the_office_cancels_and_not_by_themselves(college):
    first, second = booked(college, until=THURSDAY + WEEK)
    cancel(booking=first, actor=actor_of(college, "enseignante"))
    assert not Notification.objects.exists()
    cancel(booking=second, actor=actor_of(college, "secretaire"), word="Examen blanc")
    (notice,) = Notification.objects.all()
    assert notice.person_id == college.people["enseignante"].pk
    assert notice.title.replace("\N{NO-BREAK SPACE}", " ") == (
        "Votre réservation est annulée : Salle 204, jeudi 3 décembre, de 10 h 10 à 11 h 05"
    )
    assert not Booking.objects.exists()


def test_what_follows_is_cancelled_with_one_notice(college):
    rows = booked(college, until=THURSDAY + 3 * WEEK)
    assert cancel(booking=rows[1], actor=actor_of(college, "principal"), and_after=True) == 3
    assert Booking.objects.get() == rows[0]
    assert Notification.objects.get().title.startswith("3 de vos réservations sont annulées")


def test_an_equipment_withdrawn_is_free_of_bookings_and_lent_again_by_its_name(college):
    bus = minibus_thing(college)
    booked(college, resource=bus)
    booked(college, "collegue", resource=bus, on=THURSDAY + WEEK)
    office = actor_of(college, "secretaire")
    row = Equipment.objects.get()
    assert withdraw(equipment=row, actor=office, word="En panne") == 2
    assert Notification.objects.count() == 2
    assert lend(name="minibus", place="", most_lessons=None, actor=office) == row
    with pytest.raises(Refusal, match="un autre nom"):
        lend(name="MINIBUS", place="", most_lessons=None, actor=office)


def test_bookings_go_with_the_record_that_stays(college):
    booked(college)
    kept, absorbed = college.people["collegue"].pk, college.people["enseignante"].pk
    move_bookings(PeopleMerged(keep_id=kept, absorbed_id=absorbed, establishments=(college.college.pk,)))
    assert Booking.objects.get().booked_by_id == kept


def test_bookings_of_more_than_a_year_are_forgotten(college):
    (row,) = booked(college)
    booked(college, "collegue", on=THURSDAY + WEEK)
    with clock.at(row.ends_at + dt.timedelta(days=366)):
        assert forget_everywhere() == ["       1  réservations de plus d’un an effacées"]
    assert Booking.objects.get().booked_by_id == college.people["collegue"].pk
    assert room().key.startswith("s")


def _change(course, on, **more):
    facts = {"to_held_on": on, "to_starts_at": dt.time(8, 5), "to_ends_at": dt.time(9), "state": "held", **more}
    LessonChange.objects.create(
        establishment=course.establishment,
        course=course,
        held_on=on,
        starts_at=dt.time(8, 5),
        ends_at=dt.time(9),
        changed_at=clock.now(),
        **facts,
    )
