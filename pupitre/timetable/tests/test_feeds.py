"""What a calendar application reads at the address it was given, as another library than ours understands it."""

import datetime as dt
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
import vobject
from django.test import Client
from django.urls import reverse

from pupitre.directory.events import PeopleMerged
from pupitre.directory.models import Affiliation, Guardianship, Membership
from pupitre.directory.profiles import Profile
from pupitre.establishments.models import Closure
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.events import carry_out
from pupitre.foundation.models import AuditEntry
from pupitre.timetable.feeds import address_of, key_of
from pupitre.timetable.models import CalendarFeed, Course
from pupitre.timetable.queries.planned import planned_lesson
from pupitre.timetable.services.changing import change_lesson
from pupitre.timetable.tests.factories import acting, make_feed


@pytest.fixture
def address(cast):
    """The address of the feed of a reader, in the college."""

    def of(slug="parent", student="eleve"):
        with scope(cast.college.pk):
            whose = cast.people[student] if student else None
            return urlsplit(address_of(make_feed(cast.people[slug], whose, cast.college), cast.college.uai)).path

    return of


def read(address, **headers):
    return Client().get(address, headers=headers)


def lessons(answer):
    assert answer.status_code == 200
    (calendar,) = vobject.readComponents(answer.content.decode())
    return [
        (event.dtstart.value.astimezone(clock.PARIS), event.summary.value, getattr(event, "location", None))
        for event in calendar.contents.get("vevent", [])
    ]


def test_a_parent_reads_the_lessons_of_their_child_until_summer(cast, tuesday, address):
    found = lessons(read(address()))
    first = [(f"{at:%Y-%m-%d %H:%M}", subject, room.value) for at, subject, room in found[:4]]
    assert first == [
        ("2026-11-10 08:05", "Mathématiques", "204"),
        ("2026-11-10 10:10", "Français", "112"),
        ("2026-11-10 13:30", "Mathématiques", "204"),
        ("2026-11-11 08:05", "Mathématiques", "204"),
    ]
    assert found[-1][0].date() > dt.date(2027, 6, 1)


def test_the_hour_is_the_school_s_on_both_sides_of_a_change_of_hour(cast, address):
    with clock.at("2026-10-20T08:00"):
        at = [
            each for each, subject, _room in lessons(read(address())) if each.weekday() == 1 and subject == "Français"
        ]
    before, after = dt.date(2026, 10, 20), dt.date(2026, 10, 27)
    assert {
        each.date(): (each.hour, each.minute, each.utcoffset()) for each in at if each.date() in (before, after)
    } == {
        before: (10, 10, dt.timedelta(hours=2)),
        after: (10, 10, dt.timedelta(hours=1)),
    }


def event_of(address, uid):
    """What a calendar application keeps of one lesson: its state, its rank, when it starts."""
    (calendar,) = vobject.readComponents(read(address).content.decode())
    (event,) = [each for each in calendar.vevent_list if each.uid.value == uid]
    at = event.dtstart.value.astimezone(clock.PARIS)
    return event.status.value, int(event.sequence.value), f"{at:%Y-%m-%d %H:%M}"


@pytest.fixture
def maths(cast):
    """Changes one lesson of Tuesday 24 November, 13:30; its UID."""

    def change(**facts):
        with scope(cast.college.pk):
            course = Course.objects.get(subject__label="Mathématiques", group=cast.groups["4B"])
            lesson = planned_lesson(course.pk, dt.date(2026, 11, 24), dt.time(13, 30))
            assert lesson is not None
            if facts:
                head = acting(cast, "principal", Profile.HEAD)
                change_lesson(lesson=lesson, facts=replace(lesson.facts, **facts), actor=head)
            return f"{course.pk}-20261124-1330@{cast.college.uai.lower()}.pupitre"

    return change


def test_a_cancelled_lesson_says_so_under_its_name_with_a_higher_rank(tuesday, address, maths):
    there, uid = address(), maths()
    status, before, at = event_of(there, uid)
    assert (status, at) == ("CONFIRMED", "2026-11-24 13:30")
    maths(state="cancelled", reason="Professeur absent")
    status, after, at = event_of(there, uid)
    assert (status, at) == ("CANCELLED", "2026-11-24 13:30")
    assert after > before
    maths(state="held")
    status, again, _at = event_of(there, uid)
    assert status == "CONFIRMED"
    # Lower, a calendar would go on showing it crossed out.
    assert again > after


def test_a_moved_lesson_keeps_its_name(tuesday, address, maths):
    there, uid = address(), maths()
    _status, before, _at = event_of(there, uid)
    maths(on=dt.date(2026, 11, 26), starts_at=dt.time(14), ends_at=dt.time(14, 55))
    status, after, at = event_of(there, uid)
    assert (status, at) == ("CONFIRMED", "2026-11-26 14:00")
    assert after > before


def test_there_are_no_lessons_on_a_closed_day(cast, tuesday, address):
    armistice = dt.date(2026, 11, 11)
    assert armistice in {at.date() for at, *_rest in lessons(read(address()))}
    with scope(cast.college.pk):
        Closure.objects.create(establishment=cast.college, label="Armistice", starts_on=armistice, ends_on=armistice)
    assert armistice not in {at.date() for at, *_rest in lessons(read(address()))}


def test_a_student_who_changes_class_keeps_each_week_in_its_own(cast, tuesday, address):
    with scope(cast.college.pk):
        Membership.objects.filter(student__person=cast.people["eleve"]).update(ends_on=dt.date(2026, 11, 20))
    assert {at.date() for at, *_rest in lessons(read(address()))} == {
        dt.date(2026, 11, day) for day in (10, 11, 17, 18)
    }


def test_a_teacher_reads_the_lessons_they_teach_and_no_student(cast, tuesday, address):
    answer = read(address("enseignante", None))
    assert {subject for _at, subject, _room in lessons(answer)} >= {"4B, Mathématiques", "6C, Mathématiques"}
    assert "Belkacem" not in answer.content.decode()


def test_applications_that_ask_again_are_answered_in_one_word(cast, tuesday, address):
    there = address()
    first = read(there)
    assert first["Cache-Control"] == "private, max-age=900"
    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    again = read(there, if_none_match=first["ETag"])
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    with scope(cast.college.pk):
        Membership.objects.filter(student__person=cast.people["eleve"]).update(ends_on=dt.date(2026, 12, 1))
    assert read(there, if_none_match=first["ETag"]).status_code == 200


@pytest.mark.parametrize(
    "change", [{"is_restricted": True}, {"level": Guardianship.Level.CONTACT}, {"ends_on": dt.date(2026, 11, 1)}]
)
def test_an_address_tells_nothing_to_who_may_no_longer_see(cast, tuesday, address, change):
    there = address()
    Guardianship.objects.filter(student=cast.people["eleve"], guardian=cast.people["parent"]).update(**change)
    assert read(there).status_code == 404


def test_a_teacher_who_left_reads_nothing_more(cast, tuesday, address):
    there = address("enseignante", None)
    rows = Affiliation.objects.filter(person=cast.people["enseignante"], establishment=cast.college)
    rows.update(ends_on=dt.date(2026, 11, 20))
    assert read(there).status_code == 404


def test_an_address_that_was_changed_by_a_letter_is_nobody_s(cast, tuesday, address):
    there = address()
    for wrong in (
        there.replace(".ics", "x.ics"),
        there.replace("/calendriers/", "/calendriers/x"),
        there[:-30] + ".ics",
    ):
        assert read(wrong).status_code == 404
    with scope(cast.college.pk):
        CalendarFeed.objects.update(nonce="other")
    assert read(there).status_code == 404


def test_a_parent_opens_an_address_and_shuts_it(cast, tuesday):
    client = cast.sign_in(Client(), "parent")
    page = reverse("timetable:subscriptions", args=[cast.college.uai])
    for _twice in range(2):
        client.post(reverse("timetable:subscribe", args=[cast.college.uai, cast.people["eleve"].pk]))
    with scope(cast.college.pk):
        feed = CalendarFeed.objects.get()
    assert f"/calendriers/{cast.college.uai}/{key_of(feed)}.ics" in client.get(page).content.decode()
    there = urlsplit(address_of(feed, cast.college.uai)).path
    assert read(there).status_code == 200
    client.post(reverse("timetable:unsubscribe", args=[cast.college.uai, feed.pk]))
    assert read(there).status_code == 404
    with scope(cast.college.pk):
        journal = AuditEntry.objects.filter(verb__startswith="timetable.").order_by("pk")
        assert [each.verb for each in journal] == ["timetable.open_feed", "timetable.close_feed"]


def test_nobody_shuts_the_address_of_another(cast, tuesday, address):
    there = address()
    with scope(cast.college.pk):
        feed = CalendarFeed.objects.get()
    client = cast.sign_in(Client(), "eleve")
    assert client.post(reverse("timetable:unsubscribe", args=[cast.college.uai, feed.pk])).status_code == 404
    assert read(there).status_code == 200


def test_the_address_of_somebody_known_twice_goes_on_once_they_are_one(cast, tuesday, address):
    first, second = address("enseignante", None), address("collegue", None)
    people = cast.people
    for each in ("enseignante", "collegue"):
        carry_out(PeopleMerged(people["principal"].pk, people[each].pk, (cast.college.pk,)))
    with scope(cast.college.pk):
        kept = CalendarFeed.objects.get()
    # The second address would tell the same week twice: the kept record's stays.
    assert kept.reader_id == people["principal"].pk
    assert key_of(kept) in first
    assert first != second
