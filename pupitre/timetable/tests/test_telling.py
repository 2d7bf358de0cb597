"""Who is told of a change, once, when, and of what."""

import datetime as dt
from dataclasses import replace

import pytest

from pupitre.directory.models import Guardianship
from pupitre.directory.profiles import Profile
from pupitre.directory.tests.factories import affiliate, enrol
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.notifications.models import Notification
from pupitre.timetable.models import Course, LessonChange
from pupitre.timetable.queries.planned import planned_lesson
from pupitre.timetable.services.changing import change_lesson, restore_lessons
from pupitre.timetable.services.publishing import publish_due
from pupitre.timetable.services.telling import LATER, TODAY, tell_due
from pupitre.timetable.tests.factories import acting

TUESDAY = dt.date(2026, 11, 24)


@pytest.fixture
def college(cast, tuesday):
    with scope(cast.college.pk):
        yield cast


@pytest.fixture
def head(cast):
    return acting(cast, "principal", Profile.HEAD)


def maths(on=TUESDAY, at=dt.time(13, 30)):
    course = Course.objects.get(subject__label="Mathématiques", group__code="4B")
    return planned_lesson(course.pk, on, at)


def change(lesson, actor, **facts):
    change_lesson(lesson=lesson, facts=replace(lesson.facts, **facts), actor=actor)


def run(college):
    publish_due(college.college.pk)
    return tell_due(college.college.pk)


def told(cast):
    rows = Notification.objects.order_by("pk").values_list("person_id", "kind", "title")
    slugs = {person.pk: slug for slug, person in cast.people.items()}
    return [(slugs[person], kind, title.replace("\N{NO-BREAK SPACE}", " ")) for person, kind, title in rows]


def test_a_lesson_of_the_next_hours_is_told_at_once_to_everyone_it_concerns(college, head):
    with clock.at("2026-11-24T12:00"):
        change(maths(), head, state="cancelled")
        assert run(college) == 1
        assert run(college) == 0
    families = "Mathématiques, mardi 24 novembre à 13 h 30 : cours annulé"
    assert sorted(told(college)) == [
        ("eleve", TODAY, families),
        ("enseignante", TODAY, "4B, Mathématiques, mardi 24 novembre à 13 h 30 : cours annulé"),
        ("parent", TODAY, families),
    ]
    assert Notification.objects.filter(child=college.people["eleve"]).count() == 1


def test_a_notice_leads_a_guardian_to_the_child_it_is_about(college, head, client):
    with clock.at("2026-11-24T12:00"):
        change(maths(), head, state="cancelled")
        run(college)
    url = Notification.objects.get(person=college.people["parent"]).url
    page = college.sign_in(client, "parent").get(url, follow=True)
    assert page.request["PATH_INFO"].endswith(f"/enfant/{college.people['eleve'].pk}/")
    assert "Cours annulé" in page.content.decode()
    # The other child of the same school is one touch away.
    assert f"/enfant/{college.people['frere'].pk}/" in page.content.decode()


def test_a_parent_employed_in_the_school_is_led_to_the_child_from_a_notice_about_the_child(college, head, client):
    affiliate(college.people["parent"], college.college, Profile.ADMINISTRATIVE, "Intendance")
    enrol(college.people["eleve-voisin"], college.groups["4B"])
    with clock.at("2026-11-24T12:00"):
        change(maths(), head, state="cancelled")
        run(college)
    url = Notification.objects.get(person=college.people["parent"]).url
    page = college.sign_in(client, "parent").get(url, follow=True)
    assert page.request["PATH_INFO"].endswith(f"/enfant/{college.people['eleve'].pk}/")
    # Their own children beside, and not every student whom the office may see.
    assert f"/enfant/{college.people['frere'].pk}/" in page.content.decode()
    assert f"/enfant/{college.people['eleve-voisin'].pk}/" not in page.content.decode()
    taught = Notification.objects.get(person=college.people["enseignante"]).url
    assert "groupe" not in taught


def test_edits_within_twenty_minutes_are_one_net_notice(college, head):
    tomorrow = dt.date(2026, 11, 25)
    change(maths(tomorrow, dt.time(8, 5)), head, state="cancelled")
    with clock.at("2026-11-24T10:30"):
        change(maths(tomorrow, dt.time(8, 5)), head, state="held", is_test=True)
        assert run(college) == 0
    with clock.at("2026-11-24T10:41"):
        assert run(college) == 1
    assert {(kind, title) for who, kind, title in told(college) if who == "parent"} == {
        (LATER, "Mathématiques, mercredi 25 novembre à 8 h 05 : devoir surveillé")
    }


def test_cancelled_then_restored_is_told_to_nobody(college, head):
    tomorrow = dt.date(2026, 11, 25)
    change(maths(tomorrow, dt.time(8, 5)), head, state="cancelled")
    restore_lessons(lessons=[maths(tomorrow, dt.time(8, 5))], actor=head)
    with clock.at("2026-11-24T11:00"):
        assert run(college) == 0
    assert not Notification.objects.exists()
    assert not LessonChange.objects.exclude(tell_at=None).exists()


def test_what_was_told_and_is_no_more_is_told_again(college, head):
    with clock.at("2026-11-24T12:00"):
        change(maths(), head, state="cancelled")
        run(college)
        restore_lessons(lessons=[maths()], actor=head)
        run(college)
    assert told(college)[-1][2].endswith(": le cours a lieu comme d’habitude")


def test_a_change_far_away_waits_for_its_turn(college, head):
    far = dt.date(2026, 12, 8)
    change(maths(far), head, state="cancelled")
    with clock.at("2026-11-24T11:00"):
        assert run(college) == 0
    with clock.at("2026-12-02T08:00"):
        assert run(college) == 1


def test_a_lesson_that_is_over_is_told_to_nobody(college, head):
    with clock.at("2026-11-24T18:00"):
        change(maths(), head, state="cancelled")
        assert run(college) == 0


def test_who_replaces_and_who_is_replaced_are_told(college, head):
    with clock.at("2026-11-24T12:00"):
        change(maths(), head, teacher_ids=(college.people["collegue"].pk,))
        run(college)
    assert {who for who, _kind, _title in told(college)} == {"eleve", "parent", "enseignante", "collegue"}
    assert "avec M. Lemoine" in told(college)[0][2]


@pytest.mark.parametrize("link", [{"is_restricted": True}, {"level": Guardianship.Level.CONTACT}])
def test_a_guardian_who_does_not_see_the_child_is_not_told(college, head, link):
    Guardianship.objects.filter(student=college.people["eleve"]).update(**link)
    with clock.at("2026-11-24T12:00"):
        change(maths(), head, state="cancelled")
        run(college)
    assert "parent" not in {who for who, _kind, _title in told(college)}
