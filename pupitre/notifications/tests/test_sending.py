"""From a notice to a mail, a push, an SMS: real servers on this machine, the jobs done in place."""

import datetime as dt

import pytest
from django.db import connection

from pupitre.accounts.models import Session, User
from pupitre.directory.models import Guardianship, Person
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.notifications.models import Channel, DeliveryFailure, Envelope, Notification, PushSubscription, Rhythm
from pupitre.notifications.quiet_hours import Opening
from pupitre.notifications.services.browsers import UnknownPushService, subscribe
from pupitre.notifications.services.choices import choose_rhythms, choose_times, mute
from pupitre.notifications.services.posting import Recipient, notify
from pupitre.notifications.services.reading import mark_read
from pupitre.notifications.services.school import set_hours, set_rhythms
from pupitre.notifications.services.sweeping import sweep
from pupitre.notifications.tests.conftest import accept, give_address
from pupitre.notifications.tests.factories import actor_of, paris
from tests.jobs import run_jobs


def tell(cast, slug, child="", kind="try.meeting", **facts):
    recipient = Recipient(cast.people[slug].pk, cast.people[child].pk if child else None)
    facts = {"title": "Rendez-vous avec Mme Roussel", "url": "/messages/1/", **facts}
    notify(kind, [recipient], establishment_id=cast.college.pk, **facts)


def a_minute(at):
    """What the worker does at that minute."""
    with clock.at(at):
        sweep()
        run_jobs()


def choose(cast, slug, channel, rhythm, kind="try.meeting", child=""):
    child_id = cast.people[child].pk if child else None
    choose_rhythms(person_id=cast.people[slug].pk, child_id=child_id, rhythms={(kind, channel): rhythm})


def failures(cast):
    with scope(cast.college.pk):
        return list(DeliveryFailure.objects.filter(settled_at=None))


def test_a_mail_names_the_child_says_what_and_leads_to_the_site(reachable, mail, tuesday):
    tell(reachable, "parent", "eleve", body="Jeudi à 17 h, salle 204")
    assert run_jobs() == ["notifications.route", "notifications.send"]
    (message,) = mail.received
    notice = Notification.objects.get()
    assert message["Subject"] == "Inès\N{NO-BREAK SPACE}: Rendez-vous avec Mme Roussel"
    assert message["To"] == "parent@famille.invalid"
    assert "Collège Sophie-Germain" in str(message["From"])
    text = message.get_content()
    assert f"https://ent.invalid/notifications/{notice.pk}/" in text
    assert "Jeudi à 17 h, salle 204" in text
    assert "https://ent.invalid/notifications/preferences/" in text
    assert message["Auto-Submitted"] == "auto-generated"
    envelope = Envelope.objects.get()
    assert message["Message-ID"] == f"<pupitre-{envelope.pk}@ent.invalid>"
    assert envelope.state == Envelope.State.SENT
    assert envelope.sent_at is not None
    assert run_jobs() == []
    a_minute("2026-11-24T10:21")
    assert len(mail.received) == 1


def test_nothing_leaves_in_the_evening_and_everything_in_the_morning(reachable, mail):
    with clock.at("2026-11-24T21:00"):
        tell(reachable, "parent", "eleve")
    for at in ("2026-11-24T21:01", "2026-11-25T06:59"):
        a_minute(at)
    assert mail.received == []
    a_minute("2026-11-25T08:00")
    assert mail.subjects == ["Inès\N{NO-BREAK SPACE}: Rendez-vous avec Mme Roussel"]


def test_what_was_late_is_looked_at_again_when_the_evening_has_come(reachable, mail):
    with clock.at("2026-11-24T19:59"):
        tell(reachable, "parent", "eleve")
    a_minute("2026-11-24T20:01")
    assert mail.received == []
    a_minute("2026-11-25T07:00")
    assert len(mail.received) == 1


def test_three_in_half_an_hour_are_two_messages(reachable, mail, tuesday):
    collapse = ("%(count)s rendez-vous", "%(count)s rendez-vous proposés")
    tell(reachable, "parent", "eleve", collapse=collapse)
    run_jobs()
    with clock.at("2026-11-24T10:30"):
        tell(reachable, "parent", "eleve", collapse=collapse)
        run_jobs()
    with clock.at("2026-11-24T10:40"):
        tell(reachable, "parent", "eleve", collapse=collapse)
        tell(reachable, "parent", "frere", collapse=collapse)
        run_jobs()
    # Another child is another matter.
    assert mail.subjects == [
        "Inès\N{NO-BREAK SPACE}: Rendez-vous avec Mme Roussel",
        "Elias\N{NO-BREAK SPACE}: Rendez-vous avec Mme Roussel",
    ]
    a_minute("2026-11-24T10:49")
    assert len(mail.received) == 2
    a_minute("2026-11-24T10:51")
    assert mail.subjects[2:] == ["Inès\N{NO-BREAK SPACE}: 2 rendez-vous proposés"]


def test_marks_come_once_a_day_at_the_hour_chosen_in_one_mail(reachable, mail, tuesday):
    for child in ("eleve", "eleve", "frere"):
        tell(reachable, "parent", child, kind="try.mark", title="Nouvelle note en mathématiques")
    run_jobs()
    a_minute("2026-11-24T18:29")
    assert mail.received == []
    a_minute("2026-11-24T18:30")
    assert mail.subjects == ["2 nouveautés sur Pupitre (Inès, Elias)"]
    assert "Inès\N{NO-BREAK SPACE}: Notes (2)" in mail.received[0].get_content()


def test_the_hour_of_the_digest_is_the_persons_and_the_week_may_be_enough(reachable, mail, tuesday):
    choose_times(person_id=reachable.people["parent"].pk, daily_at=dt.time(12), weekly_day=3, is_weekly_only=True)
    tell(reachable, "parent", "eleve")
    tell(reachable, "parent", "eleve", kind="try.mark", title="Nouvelle note")
    run_jobs()
    a_minute("2026-11-24T12:01")
    a_minute("2026-11-26T11:59")
    assert mail.received == []
    a_minute("2026-11-26T12:00")
    assert mail.subjects == ["2 nouveautés sur Pupitre (Inès)"]


def test_what_was_read_on_the_site_is_not_sent(reachable, mail, tuesday):
    tell(reachable, "parent", "eleve", kind="try.mark")
    run_jobs()
    mark_read(person_id=reachable.people["parent"].pk)
    a_minute("2026-11-24T18:30")
    assert mail.received == []
    assert Envelope.objects.get().state == Envelope.State.DROPPED


def test_a_choice_about_one_child_counts_for_that_child_only(reachable, mail, tuesday):
    choose(reachable, "parent", Channel.MAIL, Rhythm.NEVER, child="frere")
    tell(reachable, "parent", "frere")
    tell(reachable, "parent", "eleve")
    run_jobs()
    assert mail.subjects == ["Inès\N{NO-BREAK SPACE}: Rendez-vous avec Mme Roussel"]


def test_silence_lasts_its_time_and_the_urgent_passes_it(reachable, mail, tuesday):
    mute(person_id=reachable.people["parent"].pk, until=paris("2026-11-25T10:00"))
    tell(reachable, "parent", "eleve")
    tell(reachable, "parent", "eleve", urgent=True, title="Le car ne passera pas")
    run_jobs()
    assert mail.subjects == ["Inès\N{NO-BREAK SPACE}: Le car ne passera pas"]


def test_a_silence_from_somebody_keeps_their_news_from_leaving(reachable, mail, tuesday):
    teacher, colleague = reachable.people["enseignante"], reachable.people["collegue"]
    mute(person_id=reachable.people["parent"].pk, until=paris("2026-11-25T10:00"), author=(teacher.pk, str(teacher)))
    tell(reachable, "parent", "eleve", author=(teacher.pk, str(teacher)))
    tell(reachable, "parent", "eleve", author=(teacher.pk, str(teacher)), urgent=True, title="Le car ne passera pas")
    tell(reachable, "parent", "frere", author=(colleague.pk, str(colleague)), title="Sortie du 12")
    run_jobs()
    assert sorted(mail.subjects) == [
        "Elias\N{NO-BREAK SPACE}: Sortie du 12",
        "Inès\N{NO-BREAK SPACE}: Le car ne passera pas",
    ]


def test_what_a_school_locks_nobody_changes(reachable, mail, tuesday):
    choose(reachable, "parent", Channel.MAIL, Rhythm.IMMEDIATE, kind="try.mark")
    with scope(reachable.college.pk):
        set_rhythms(audience="guardian", rhythms={"try.mark": ("never", True)}, actor=actor_of(reachable, "principal"))
    tell(reachable, "parent", "eleve", kind="try.mark")
    run_jobs()
    assert not Envelope.objects.exists()


def test_a_guardian_shut_out_over_the_weekend_is_told_nothing(reachable, mail):
    with clock.at("2026-11-28T10:00"):
        tell(reachable, "parent", "eleve")
        tell(reachable, "parent", "frere")
        Guardianship.objects.filter(student=reachable.people["eleve"]).update(is_restricted=True)
    a_minute("2026-11-30T08:00")
    assert mail.subjects == ["Elias\N{NO-BREAK SPACE}: Rendez-vous avec Mme Roussel"]
    assert Notification.objects.get().child_name == "Elias"


def test_a_closed_account_receives_no_mail(reachable, mail, tuesday):
    User.objects.filter(person=reachable.people["parent"]).update(state=User.State.CREATED)
    tell(reachable, "parent", "eleve")
    run_jobs()
    assert mail.received == []


def test_who_works_is_reached_at_their_own_hours(reachable, mail):
    teacher = reachable.people["enseignante"]
    choose_rhythms(person_id=teacher.pk, child_id=None, rhythms={("try.message", Channel.MAIL): Rhythm.IMMEDIATE.value})
    choose_times(
        person_id=teacher.pk, daily_at=None, weekly_day=4, is_weekly_only=False,
        opens_at=dt.time(9), closes_at=dt.time(17), working_days=[1, 3],
    )  # fmt: skip
    with clock.at("2026-11-24T18:00"):
        tell(reachable, "enseignante", kind="try.message")
        run_jobs()
    assert Notification.objects.get().visible_at == paris("2026-11-24T18:00")
    for at in ("2026-11-25T10:00", "2026-11-26T08:59"):
        a_minute(at)
    assert mail.received == []
    a_minute("2026-11-26T09:00")
    assert len(mail.received) == 1


def test_a_push_is_read_by_its_browser_alone_and_shows_no_mark(reachable, push, tuesday):
    browser = accept(reachable, push, "parent")
    choose(reachable, "parent", Channel.PUSH, Rhythm.IMMEDIATE, kind="try.mark")
    tell(reachable, "parent", "eleve", kind="try.mark", title="14,5/20 en mathématiques", body="Moyenne 12")
    run_jobs()
    (shown,) = browser.shown
    notice = Notification.objects.get()
    assert shown["title"] == "Inès\N{NO-BREAK SPACE}: Notes"
    assert shown["url"] == f"/notifications/{notice.pk}/"
    assert not any("14,5" in str(value) or "Moyenne" in str(value) for value in shown.values())
    assert push.headers[0]["TTL"] == "86400"
    assert push.headers[0]["Topic"] == shown["tag"]
    assert push.refused == []


def test_three_marks_are_one_push(reachable, push, tuesday):
    browser = accept(reachable, push, "parent")
    choose(reachable, "parent", Channel.PUSH, Rhythm.IMMEDIATE, kind="try.mark")
    for _time in range(3):
        tell(
            reachable, "parent", "eleve", kind="try.mark", title="Nouvelle note",
            collapse=("%(count)s nouvelle note", "%(count)s nouvelles notes"),
        )  # fmt: skip
    run_jobs()
    assert [shown["title"] for shown in browser.shown] == ["Inès\N{NO-BREAK SPACE}: 3 nouvelles notes"]


def test_a_browser_that_is_gone_is_forgotten_and_the_others_are_told(reachable, push, tuesday):
    gone, here = accept(reachable, push, "parent"), accept(reachable, push, "parent")
    gone.status = 410
    tell(reachable, "parent", "eleve")
    run_jobs()
    assert len(here.shown) == 1
    assert PushSubscription.objects.get().endpoint == here.endpoint
    assert Envelope.objects.filter(channel=Channel.PUSH).get().state == Envelope.State.SENT


def test_signing_out_ends_the_pushes_of_a_device(reachable, push, tuesday):
    browser = accept(reachable, push, "parent")
    Session.objects.filter(user__person=reachable.people["parent"]).delete()
    tell(reachable, "parent", "eleve")
    run_jobs()
    assert browser.shown == []
    assert not PushSubscription.objects.exists()


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://169.254.169.254/latest",
        "https://fcm.googleapis.com.evil.example/x",
        "https://evil@fcm.googleapis.com/x",
        "https://localhost/x",
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com:8080/x",
    ],
)
def test_only_the_push_services_of_browsers_are_called(reachable, tuesday, endpoint):
    with pytest.raises(UnknownPushService):
        subscribe(
            person_id=reachable.people["parent"].pk, session_key=reachable.session_of("parent"),
            endpoint=endpoint, p256dh="x", auth="y",
        )  # fmt: skip


@pytest.mark.parametrize("endpoint", ["https://fcm.googleapis.com/x", "https://web.push.apple.com/x"])
def test_those_of_browsers_are_known(reachable, tuesday, endpoint):
    assert subscribe(
        person_id=reachable.people["parent"].pk, session_key=reachable.session_of("parent"),
        endpoint=endpoint, p256dh="x", auth="y",
    ).pk  # fmt: skip


def test_an_absence_leaves_by_sms_at_once_whatever_the_hour(reachable, sms):
    Person.objects.filter(pk=reachable.people["parent"].pk).update(mobile="06 12 34 56 78", accepts_sms=True)
    with clock.at("2026-11-24T21:00"):
        tell(reachable, "parent", "eleve", kind="try.absence", title="absente à 8 h 05")
        run_jobs()
    (text,) = [path.read_text() for path in sms.iterdir()]
    assert text == "+33612345678\nCollège Sophie-Germain : Inès : absente à 8 h 05\n"


def test_no_sms_leaves_without_consent_nor_for_another_kind(reachable, sms, tuesday):
    Person.objects.filter(pk=reachable.people["parent"].pk).update(mobile="06 12 34 56 78")
    tell(reachable, "parent", "eleve", kind="try.absence")
    run_jobs()
    Person.objects.filter(pk=reachable.people["parent"].pk).update(accepts_sms=True)
    tell(reachable, "parent", "eleve")
    run_jobs()
    assert not sms.exists()


def test_an_address_that_is_refused_becomes_a_task_until_it_is_mended(reachable, mail, tuesday):
    mail.answers["parent@famille.invalid"] = "550 no such user"
    tell(reachable, "parent", "eleve")
    run_jobs()
    (failure,) = failures(reachable)
    assert (failure.person, failure.channel, failure.reason) == (reachable.people["parent"], "mail", "refused")
    assert Envelope.objects.get().state == Envelope.State.FAILED
    give_address(reachable.people["parent"], "neuve@famille.invalid")
    with clock.at("2026-11-24T11:00"):
        tell(reachable, "parent", "eleve")
        run_jobs()
    assert failures(reachable) == []


def test_a_server_that_is_busy_is_asked_again_and_at_last_given_up(reachable, mail):
    mail.answers["parent@famille.invalid"] = "451 try again"
    with clock.at("2026-11-24T08:00"):
        tell(reachable, "parent", "eleve")
        run_jobs()
    assert failures(reachable) == []
    mail.answers.clear()
    a_minute("2026-11-24T08:00:30")
    assert mail.received == []
    a_minute("2026-11-24T08:01")
    assert len(mail.received) == 1
    mail.answers["parent@famille.invalid"] = "451 try again"
    with clock.at("2026-11-24T09:00"):
        tell(reachable, "parent", "eleve")
    for hour in range(9, 19):
        for minute in ("05", "35"):
            a_minute(f"2026-11-24T{hour:02}:{minute}")
    assert [failure.reason for failure in failures(reachable)] == ["unavailable"]


def test_a_mail_server_that_is_down_loses_nothing(reachable, settings, mail, tuesday):
    settings.EMAIL_PORT = 1
    tell(reachable, "parent", "eleve")
    tell(reachable, "eleve", kind="try.message")
    run_jobs()
    settings.EMAIL_PORT = mail.port
    a_minute("2026-11-24T10:22")
    assert len(mail.received) == 2


def test_nobody_to_reach_about_an_absence_is_a_task_too(cast, tuesday):
    tell(cast, "parent", "eleve", kind="try.absence")
    run_jobs()
    assert [failure.reason for failure in failures(cast)] == ["no_address"]


def test_what_a_worker_that_died_had_taken_leaves_after_two_minutes_once(reachable, mail, tuesday):
    tell(reachable, "parent", "eleve")
    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_jobs")
    sweep()
    Envelope.objects.update(state=Envelope.State.SENDING, claimed_at=clock.now())
    run_jobs()
    a_minute("2026-11-24T10:21")
    assert mail.received == []
    a_minute("2026-11-24T10:23")
    a_minute("2026-11-24T10:26")
    assert len(mail.received) == 1


def test_two_runs_share_the_work_and_send_nothing_twice(reachable, mail, tuesday):
    for slug in ("parent", "eleve", "enseignante", "collegue"):
        choose_rhythms(
            person_id=reachable.people[slug].pk, child_id=None, rhythms={("try.meeting", "mail"): "immediate"}
        )
        tell(reachable, slug)
    run_jobs()
    a_minute("2026-11-24T10:21")
    assert sorted(message["To"] for message in mail.received) == sorted(
        f"{slug}@famille.invalid" for slug in ("parent", "eleve", "enseignante", "collegue")
    )


def test_a_table_of_hours_that_changes_holds_what_was_already_waiting(reachable, mail, tuesday):
    tell(reachable, "parent", "eleve", kind="try.mark")
    run_jobs()
    until_six = (*[Opening(dt.time(8), dt.time(18))] * 5, None, None)
    with scope(reachable.college.pk):
        set_hours(week=until_six, actor=actor_of(reachable, "principal"))
    a_minute("2026-11-24T18:30")
    assert mail.received == []
    a_minute("2026-11-25T08:00")
    assert len(mail.received) == 1
