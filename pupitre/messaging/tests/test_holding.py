"""Quiet hours and everything that holds a message back: night, new device, unusual sends, pupils, suspensions, crowds."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.test import Client

from pupitre.directory.tests.factories import PersonFactory, enrol, make_guardian
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.messaging.models import MailboxEntry, Message, MessagingSuspension, SchoolMessaging
from pupitre.messaging.parties import Party, Scope
from pupitre.messaging.refusals import MassNotAllowed, Suspended, TooLate
from pupitre.messaging.screens import arrival
from pupitre.messaging.services.delivery import deliver_in_batches
from pupitre.messaging.services.moderating import let_leave, refuse
from pupitre.messaging.services.ruling import review_pupils, set_rule
from pupitre.messaging.services.suspending import resume, suspend
from pupitre.messaging.services.withdrawing import change, may_change, may_withdraw, take_back
from pupitre.messaging.tests.letters import actor_of, answer, post, received_by
from pupitre.notifications.models import Notification
from tests.cast import TUESDAY, Cast

FRIDAY_NIGHT, MONDAY_BEFORE, MONDAY = "2026-11-27T21:30", "2026-11-30T06:59", "2026-11-30T07:00"
NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture
def college(cast: Cast) -> Iterator[Cast]:
    """Everything here happens in the college."""
    with scope(cast.college.pk), clock.at(TUESDAY):
        yield cast


def seen_by(cast: Cast, slug: str) -> int:
    """How many letters somebody can read now."""
    rows = allowed(actor_of(cast, slug), "messaging.view_entry", MailboxEntry.objects.all())
    return rows.exclude(role="author").count()


def fill(cast: Cast, families: int) -> None:
    """A class of this many families more."""
    for number in range(families):
        child = PersonFactory(last_name=f"ENFANT{number}")
        enrol(child, cast.groups["6C"])
        make_guardian(PersonFactory(last_name=f"PARENT{number}"), child, cast.college)


def test_written_on_friday_night_families_read_it_on_monday_at_seven(college):
    with clock.at(FRIDAY_NIGHT):
        message = post(college, "enseignante", "parents-4B", "v@cpe")
        assert arrival(message.visible_at) == f"lundi à 7{NBSP}h"
        assert (seen_by(college, "parent"), seen_by(college, "cpe")) == (0, 1)
        told = Notification.objects.get(person=college.people["parent"])
        assert told.visible_at >= message.visible_at
    with clock.at(MONDAY_BEFORE):
        assert seen_by(college, "parent") == 0
    with clock.at(MONDAY):
        assert seen_by(college, "parent") == 1


def test_staff_write_to_each_other_at_any_hour(college):
    with clock.at(FRIDAY_NIGHT):
        message = post(college, "enseignante", "p@collegue")
        assert message.visible_at == clock.now()
        assert seen_by(college, "collegue") == 1


def test_a_family_writes_at_night_and_the_answer_waits(college):
    with clock.at(FRIDAY_NIGHT):
        asked = post(college, "parent", "p@enseignante", about="eleve")
        assert seen_by(college, "enseignante") == 1
        answer(college, "enseignante", asked, "Oui.")
        assert seen_by(college, "parent") == 0


def test_urgent_passes_at_night(college):
    with clock.at(FRIDAY_NIGHT):
        post(college, "principal", "parents-4B", is_urgent=True)
        assert seen_by(college, "parent") == 1


def test_until_it_arrives_it_can_be_changed_and_nobody_knows(college):
    with clock.at(FRIDAY_NIGHT):
        message = post(college, "enseignante", "parents-4B", body="Jeudi")
    with clock.at(MONDAY_BEFORE):
        assert may_change(message)
        change(message, body="Vendredi", actor=actor_of(college, "enseignante"))
    [entry] = received_by(college, "parent")
    message.refresh_from_db()
    assert (entry.preview, message.edited_at) == ("Vendredi", None)
    with clock.at(MONDAY), pytest.raises(TooLate, match=f"arrivé à 7{NBSP}h"):
        change(message, body="Samedi", actor=actor_of(college, "enseignante"))


def test_until_it_arrives_it_can_be_stopped_and_leaves_no_trace(college):
    with clock.at(FRIDAY_NIGHT):
        message = take_back(post(college, "enseignante", "parents-4B"), actor=actor_of(college, "enseignante"))
    assert message.state == Message.State.CANCELLED
    assert received_by(college, "parent") == []
    assert not Notification.objects.filter(person=college.people["parent"]).exists()


def test_within_two_minutes_a_message_is_corrected_and_marked(college):
    message = post(college, "enseignante", "parents-4B", body="Jeudi")
    with clock.at("2026-11-24T10:21"):
        assert change(message, body="Vendredi", actor=actor_of(college, "enseignante")).edited_at is not None
    with clock.at("2026-11-24T10:23"), pytest.raises(TooLate):
        change(message, body="Samedi", actor=actor_of(college, "enseignante"))


def test_within_an_hour_a_message_is_recalled_and_says_so(college):
    message = post(college, "enseignante", "parents-4B", body="Une erreur")
    with clock.at("2026-11-24T11:19"):
        assert may_withdraw(message)
        take_back(message, actor=actor_of(college, "enseignante"))
    [entry] = received_by(college, "parent")
    assert (entry.state, entry.preview) == (Message.State.RECALLED, "")
    assert not allowed(actor_of(college, "parent"), "messaging.view_message", Message.objects.all()).exists()


def test_after_an_hour_it_is_too_late_to_recall(college):
    message = post(college, "enseignante", "parents-4B")
    with clock.at("2026-11-24T11:21"), pytest.raises(TooLate, match="60 minutes"):
        take_back(message, actor=actor_of(college, "enseignante"))


def test_many_people_from_a_new_device_wait_ten_minutes(college):
    fill(college, 50)
    message = post(college, "enseignante", "parents-6C", confirmed=True, new_device=True)
    assert (message.state, message.hold) == (Message.State.WAITING, Message.Hold.DEVICE)
    assert message.leaves_at == clock.now() + dt.timedelta(minutes=10)
    deliver_in_batches(message.pk, college.college.pk)
    assert received_by(college, "parent") == []
    with clock.at("2026-11-24T10:30"):
        deliver_in_batches(message.pk, college.college.pk)
    message.refresh_from_db()
    assert (message.state, message.delivered_count) == (Message.State.SENT, 51)


def test_what_waits_is_stopped_for_good(college):
    fill(college, 50)
    message = post(college, "enseignante", "parents-6C", confirmed=True, new_device=True)
    take_back(message, actor=actor_of(college, "enseignante"))
    with clock.at("2026-11-24T10:30"):
        deliver_in_batches(message.pk, college.college.pk)
    assert received_by(college, "parent") == []


def test_few_people_from_a_new_device_do_not_wait(college):
    assert post(college, "enseignante", "parents-6C", new_device=True).state == Message.State.SENT


def test_above_five_hundred_people_it_needs_the_right_and_leaves_by_batches(college):
    fill(college, 500)
    with pytest.raises(MassNotAllowed, match="501 personnes"):
        post(college, "cpe", "parents-6C", confirmed=True)
    message = post(college, "principal", "parents-6C", confirmed=True)
    assert (message.state, message.hold) == (Message.State.WAITING, Message.Hold.QUEUE)
    deliver_in_batches(message.pk, college.college.pk)
    deliver_in_batches(message.pk, college.college.pk)
    message.refresh_from_db()
    assert (message.state, message.delivered_count) == (Message.State.SENT, 501)
    assert MailboxEntry.objects.filter(message_id=message.pk).exclude(role="author").count() == 501


def test_many_messages_in_an_hour_are_read_first(college):
    fill(college, 49)
    post(college, "enseignante", "parents-6C", confirmed=True)
    set_rule(sender=Party.GUARDIAN, recipient=Party.GUARDIAN, scope=Scope.CLASS, actor=actor_of(college, "principal"))
    post(college, "parent", "parents-6C", about="frere", confirmed=True)
    held = post(college, "parent", "parents-6C", about="frere", confirmed=True, body="Encore")
    assert (held.state, held.hold) == (Message.State.REVIEW, Message.Hold.MASS)
    assert not MailboxEntry.objects.filter(message_id=held.pk).exclude(role="author").exists()
    let_leave(held, actor=actor_of(college, "cpe"))
    assert MailboxEntry.objects.filter(message_id=held.pk).exclude(role="author").count() == 49


def test_what_a_student_writes_to_the_class_is_read_first(college):
    head = actor_of(college, "principal")
    set_rule(sender=Party.STUDENT, recipient=Party.STUDENT, scope=Scope.CLASS, actor=head)
    enrol(lina := PersonFactory(last_name="MOREL"), college.groups["4B"])
    college.people["lina"] = lina
    held = post(college, "eleve", "eleves-4B", body="Qui a le cours ?")
    assert (held.state, held.hold) == (Message.State.REVIEW, Message.Hold.PUPILS)
    refuse(held, actor=actor_of(college, "cpe"))
    assert received_by(college, "lina") == []
    assert MailboxEntry.objects.get(message_id=held.pk).state == Message.State.REFUSED
    review_pupils(False, actor=head)
    assert not SchoolMessaging.objects.get().reviews_pupils
    assert post(college, "eleve", "eleves-4B").state == Message.State.SENT


def test_a_class_is_suspended_its_families_too_its_teachers_not(college):
    cpe = actor_of(college, "cpe")
    suspend(group=college.groups["4B"], reason="Trop de messages le soir.", actor=cpe, name="Karim Bensaïd")
    with pytest.raises(Suspended, match="Trop de messages le soir"):
        post(college, "eleve", "p@enseignante")
    with pytest.raises(Suspended, match="pour la classe 4B"):
        post(college, "parent", "p@enseignante", about="eleve")
    # Elias is in another class.
    assert post(college, "parent", "p@enseignante", about="frere").state == Message.State.SENT
    assert post(college, "enseignante", "eleves-4B").state == Message.State.SENT


def test_a_school_is_suspended_but_for_those_who_look_after_it_and_safety(college):
    suspension = suspend(group=None, reason="Comptes volés", actor=actor_of(college, "principal"), name="Anne Vasseur")
    for slug in ("enseignante", "eleve"):
        with pytest.raises(Suspended, match="dans l’établissement"):
            post(college, slug, "v@cpe")
    assert post(college, "cpe", "p@enseignante").state == Message.State.SENT
    resume(suspension, actor=actor_of(college, "principal"))
    assert post(college, "enseignante", "v@cpe").state == Message.State.SENT
    assert MessagingSuspension.objects.get().ended_by_id == college.people["principal"].pk


def test_a_safety_alert_passes_everything_and_a_drill_says_it_is_one(college):
    suspend(group=None, reason="Comptes volés", actor=actor_of(college, "principal"), name="Anne Vasseur")
    rights = ("notifications.urgent",)
    with clock.at(FRIDAY_NIGHT):
        alert = post(college, "referent", "parents-4B", "eleves-4B", kind="safety", body="Confinement", rights=rights)
        assert alert.state == Message.State.SENT
        assert seen_by(college, "parent") == 1
    told = Notification.objects.filter(person=college.people["parent"]).get()
    assert (told.kind, told.is_urgent) == ("messaging.safety", True)
    drill = post(college, "referent", "parents-4B", kind="drill", body="Exercice", rights=rights)
    assert drill.state == Message.State.SENT


@pytest.mark.parametrize(
    ("evening", "morning", "utc"),
    [
        ("2026-10-23T21:30", "2026-10-26T07:00", "2026-10-26T06:00+00:00"),
        ("2027-03-26T21:30", "2027-03-29T07:00", "2027-03-29T05:00+00:00"),
    ],
    ids=["winter", "summer"],
)
def test_seven_is_seven_the_week_end_when_the_hour_changes(college, evening, morning, utc):
    with clock.at(evening):
        message = post(college, "enseignante", "parents-4B")
    assert message.visible_at == dt.datetime.fromisoformat(utc)
    with clock.at(message.visible_at - dt.timedelta(minutes=1)):
        client = college.sign_in(Client(), "parent")
        assert message.subject not in client.get("/messages/").text
    with clock.at(morning):
        assert message.subject in client.get("/messages/").text
