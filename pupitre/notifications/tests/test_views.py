import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from pupitre.directory.models import Guardianship
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.models import AuditEntry
from pupitre.notifications.models import (
    DeliveryFailure,
    Mute,
    Notification,
    PersonSchedule,
    Preference,
    PushSubscription,
    SchoolHours,
    SchoolRhythm,
)
from pupitre.notifications.tests.conftest import accept
from pupitre.notifications.tests.factories import paris
from pupitre.notifications.tests.test_posting import tell
from tests.jobs import run_jobs

LIST, PREFERENCES = "/notifications/", "/notifications/preferences/"


@pytest.fixture
def parent(cast, tuesday):
    return cast.sign_in(Client(), "parent")


@pytest.fixture
def head(cast, tuesday):
    return cast.sign_in(Client(), "principal")


def text_of(answer):
    return " ".join(answer.content.decode().split())


def count_in_menu(client):
    return client.get("/evenements/compteurs/").json()["notifications.unread"]


def test_the_list_groups_names_the_child_and_counts_in_the_menu(cast, parent):
    for title in ("Réponse de M. Petit", "Réponse de Mme Roussel"):
        tell(cast, ("parent", "eleve"), title=title, group_key="thread:3",
             collapse=("%(count)s réponse", "%(count)s réponses"))  # fmt: skip
    tell(cast, ("parent", "frere"), title="Sortie au musée")
    page = text_of(parent.get(LIST))
    assert "2 réponses" in page
    assert "Réponse de M. Petit" not in page
    assert "Sortie au musée" in page
    assert "Inès" in page
    assert count_in_menu(parent) == 3
    assert 'data-counter="notifications.unread"' in page


def test_opening_a_notice_reads_its_group_and_leads_to_what_it_tells(cast, parent):
    for _time in range(2):
        tell(cast, ("parent", "eleve"), group_key="thread:3", url="/messages/3/")
    tell(cast, ("parent", "eleve"))
    answer = parent.get(reverse("notifications:open", args=[Notification.objects.earliest("pk").pk]))
    assert answer["Location"] == "/messages/3/"
    assert count_in_menu(parent) == 1


def test_nobody_reads_what_was_told_to_somebody_else(cast, parent):
    (notice,) = tell(cast, ("enseignante",))
    assert parent.get(reverse("notifications:open", args=[notice.pk])).status_code == 404
    assert "Sortie du 12" not in text_of(parent.get(LIST))
    notice.refresh_from_db()
    assert notice.read_at is None


def test_what_is_held_is_nowhere_before_its_hour(cast):
    parent = cast.sign_in(Client(), "parent")
    with clock.at("2026-11-24T21:00"):
        (notice,) = tell(cast, ("parent", "eleve"))
        assert "Sortie du 12" not in text_of(parent.get(LIST))
        assert count_in_menu(parent) == 0
        assert parent.get(reverse("notifications:open", args=[notice.pk])).status_code == 404
    with clock.at("2026-11-25T08:00"):
        assert "Sortie du 12" in text_of(parent.get(LIST))
        assert count_in_menu(parent) == 1


def test_a_guardian_shut_out_sees_nothing_any_more_of_the_child(cast, parent):
    tell(cast, ("parent", "eleve"))
    Guardianship.objects.filter(student=cast.people["eleve"]).update(is_restricted=True)
    assert "Sortie du 12" not in text_of(parent.get(LIST))
    assert count_in_menu(parent) == 0


def test_an_address_that_is_not_ours_leads_nowhere(cast, parent):
    for url in ("https://ailleurs.invalid/", "//ailleurs.invalid/"):
        tell(cast, ("parent", "eleve"), url=url)
        notice = Notification.objects.latest("pk")
        assert parent.get(reverse("notifications:open", args=[notice.pk])).status_code == 404


def test_everything_is_read_at_once(cast, parent):
    tell(cast, ("parent", "eleve"), ("parent", "frere"), ("eleve",))
    assert parent.post("/notifications/lues/")["Location"] == LIST
    assert Notification.objects.filter(read_at=None).get().person == cast.people["eleve"]


def test_the_page_before_the_last_one_is_found_by_its_hour(cast, parent):
    for minute in range(45):
        with clock.at(f"2026-11-24T09:{minute:02}"):
            tell(cast, ("parent", "eleve"), title=f"Message {minute}.")
    first = parent.get(LIST)
    assert "Message 44." in text_of(first)
    assert "Message 4." not in text_of(first)
    older = parent.get(LIST, {"avant": paris("2026-11-24T09:05").isoformat()})
    assert "Message 4." in text_of(older)
    assert "Message 5." not in text_of(older)
    assert parent.get(LIST, {"avant": "demain"}).status_code == 200


def test_the_screen_tells_when_the_school_delivers(cast, parent):
    assert "distribue de 7\xa0h à 20\xa0h, du lundi au vendredi" in parent.get(PREFERENCES).content.decode()


def test_choices_are_kept_for_one_child_and_shown_again(cast, parent):
    address = f"{PREFERENCES}?enfant={cast.people['eleve'].pk}"
    fields = {f"mail:{kind}": "daily" for kind in kinds_on(parent, address)} | {"mail:try.message": "weekly"}
    answer = parent.post(address, {**fields, "push:try.message": "on"})
    assert answer["Location"].startswith(address)
    kept = Preference.objects.filter(kind="try.message").values_list("child_id", "channel", "rhythm")
    ines = cast.people["eleve"].pk
    assert set(kept) == {(ines, "mail", "weekly"), (ines, "push", "immediate")}
    assert '<option value="weekly" selected>' in parent.get(address).content.decode()
    parent.post(address, {"reset": "1"})
    assert not Preference.objects.exists()


def kinds_on(client, address):
    lines = client.get(address).content.decode().split('name="mail:')[1:]
    return [line.partition('"')[0] for line in lines]


def test_a_choice_that_does_not_exist_comes_back(cast, parent):
    answer = parent.post(PREFERENCES, {"mail:try.message": "sometimes"})
    assert answer.status_code == 422
    assert "à corriger" in text_of(answer)


def test_nobody_chooses_about_the_child_of_somebody_else(cast, parent):
    assert parent.get(f"{PREFERENCES}?enfant={cast.people['eleve-voisin'].pk}").status_code == 404


def test_a_lock_of_the_school_has_no_field(cast, parent):
    with scope(cast.college.pk):
        SchoolRhythm.objects.create(kind="try.mark", audience="guardian", rhythm="never", is_locked=True)
    page = parent.get(f"{PREFERENCES}?enfant={cast.people['eleve'].pk}").content.decode()
    assert 'name="mail:try.mark"' not in page
    assert "Décidé par l’établissement" in page


def test_hours_of_ones_own_are_for_those_who_work(cast, parent, tuesday):
    teacher = cast.sign_in(Client(), "enseignante")
    assert 'name="opens_at"' in teacher.get(PREFERENCES).content.decode()
    assert 'name="opens_at"' not in parent.get(PREFERENCES).content.decode()
    times = {"daily_at": "18:30", "weekly_day": "4", "opens_at": "08:00", "closes_at": "18:00"}
    assert teacher.post("/notifications/preferences/heures/", times).status_code == 422
    assert teacher.post("/notifications/preferences/heures/", {**times, "working_days": ["0", "1"]}).status_code == 302
    kept = PersonSchedule.objects.get()
    assert (kept.opens_at, kept.closes_at, kept.working_days) == (dt.time(8), dt.time(18), [0, 1])


def test_a_silence_is_asked_for_shown_and_ended(cast, parent):
    parent.post("/notifications/silence/", {"hours": "24", "child": cast.people["eleve"].pk, "kind": "try.mark"})
    silence = Mute.objects.get()
    assert silence.until_at == paris("2026-11-25T10:20")
    assert "Notes · Inès" in text_of(parent.get(PREFERENCES))
    stranger = cast.sign_in(Client(), "cpe")
    stranger.post(reverse("notifications:end_silence", args=[silence.pk]))
    assert Mute.objects.exists()
    parent.post(reverse("notifications:end_silence", args=[silence.pk]))
    assert not Mute.objects.exists()


def test_a_browser_gives_its_address_and_takes_it_back(cast, parent, push):
    browser = push.browser()
    given = {"endpoint": browser.endpoint, "p256dh": browser.p256dh, "auth": browser.auth}
    assert parent.post("/notifications/appareils/", given).status_code == 204
    kept = PushSubscription.objects.get()
    assert kept.session_id == parent.cookies["pupitre_session"].value
    elsewhere = {**given, "endpoint": "https://ailleurs.invalid/push"}
    assert parent.post("/notifications/appareils/", elsewhere).status_code == 422
    cast.sign_in(Client(), "cpe").post(reverse("notifications:forget", args=[kept.pk]))
    assert PushSubscription.objects.exists()
    parent.post(reverse("notifications:forget", args=[kept.pk]))
    assert not PushSubscription.objects.exists()


def test_a_trial_reaches_the_browsers_of_the_person(cast, parent, push):
    browser, other = accept(cast, push, "parent"), accept(cast, push, "cpe")
    parent.post("/notifications/appareils/essai/")
    run_jobs()
    assert [shown["title"] for shown in browser.shown] == ["Cet appareil est bien prévenu."]
    assert other.shown == []


def test_the_worker_speaks_for_the_whole_site_and_only_of_pushes(parent):
    answer = parent.get("/sw.js")
    assert answer["Content-Type"].startswith("text/javascript")
    script = answer.content.decode()
    assert 'addEventListener("push"' in script
    assert 'addEventListener("fetch"' not in script


def test_live_numbers_by_polling(cast, parent):
    tell(cast, ("parent", "eleve"))
    answer = parent.get("/evenements/")
    assert answer["Content-Type"] == "text/event-stream"
    assert answer.content.startswith(b"retry: 15000\ndata: {")
    assert b'"notifications.unread":1' in answer.content
    assert Client().get("/evenements/").status_code == 204


def hours_of_a_week(opens="08:00", closes="18:30"):
    return {f"{end}_{day}": hour for day in range(5) for end, hour in (("opens", opens), ("closes", closes))}


def test_the_head_gives_the_school_its_own_hours(cast, head):
    address = reverse("school_notifications:hours", args=[cast.college.uai])
    answer = head.post(address, hours_of_a_week())
    assert answer.status_code == 302
    assert "de 8\xa0h à 18\xa0h\xa030, du lundi au vendredi" in head.get(address).content.decode()
    with scope(cast.college.pk):
        assert SchoolHours.objects.get().opens[5] is None
        assert AuditEntry.objects.filter(verb="notifications.set_hours").count() == 1
    head.post(address, hours_of_a_week("07:00", "20:00"))
    with scope(cast.college.pk):
        assert not SchoolHours.objects.exists()


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ({}, "au moins un jour"),
        (hours_of_a_week("18:00", "08:00"), "après l’heure de début"),
        ({"opens_0": "08:00"}, "Donnez les deux heures"),
        ({"opens_0": "huit", "closes_0": "18:00"}, "à corriger"),
    ],
)
def test_hours_that_do_not_hold_come_back_with_what_to_do(cast, head, hours, said):
    answer = head.post(reverse("school_notifications:hours", args=[cast.college.uai]), hours or {"x": "1"})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    with scope(cast.college.pk):
        assert not SchoolHours.objects.exists()


def test_a_school_decides_a_rhythm_and_gives_it_back(cast, head):
    address = reverse("school_notifications:rhythms", args=[cast.college.uai])
    decided = {"audience": "guardian", "rhythm:try.mark": "weekly", "locked:try.mark": "on"}
    assert head.post(address, decided).status_code == 302
    with scope(cast.college.pk):
        row = SchoolRhythm.objects.get()
        assert (row.kind, row.audience, row.rhythm, row.is_locked) == ("try.mark", "guardian", "weekly", True)
    head.post(address, {"audience": "guardian"})
    with scope(cast.college.pk):
        assert not SchoolRhythm.objects.exists()


def test_what_could_not_be_delivered_waits_on_the_home_of_those_who_follow_it(cast, head):
    with scope(cast.college.pk):
        failure = DeliveryFailure.objects.create(
            person=cast.people["parent"], channel="mail", reason="refused", kind="try.mark", failed_at=clock.now()
        )
    assert "1 personne n’a pas pu être prévenue" in text_of(head.get("/"))
    assert "Nadia Belkacem" in text_of(head.get(reverse("school_notifications:failures", args=[cast.college.uai])))
    head.post(reverse("school_notifications:settle", args=[cast.college.uai, failure.pk]))
    assert "n’a pas pu être prévenue" not in text_of(head.get("/"))


def test_somebody_who_wrote_lately_can_be_left_alone_for_a_time(cast, parent):
    teacher = cast.people["enseignante"]
    tell(cast, ("parent", "eleve"), author=(teacher.pk, str(teacher)))
    page = parent.get(PREFERENCES, {"auteur": teacher.pk}).content.decode()
    assert f'<option value="{teacher.pk}" selected>Hélène Roussel</option>' in page
    parent.post("/notifications/silence/", {"hours": "24", "author": teacher.pk})
    silence = Mute.objects.get()
    assert (silence.author_id, silence.author_name, silence.kind) == (teacher.pk, "Hélène Roussel", "")
    assert "Tout, sauf l’urgent · de Hélène Roussel" in text_of(parent.get(PREFERENCES))
    stranger = cast.people["enseignante-voisine"]
    assert parent.post("/notifications/silence/", {"hours": "24", "author": stranger.pk}).status_code == 422
