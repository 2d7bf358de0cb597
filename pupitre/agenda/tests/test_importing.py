"""A calendar read from a file: shown, applied, read again; nothing twice."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pupitre.agenda.audiences import Audience
from pupitre.agenda.models import Event, ImportedCalendar, Occurrence
from pupitre.agenda.refusals import Refusal
from pupitre.agenda.retention import forget_old
from pupitre.agenda.services.importing import Target, analyse, apply, forget
from pupitre.agenda.tests.factories import mine
from pupitre.agenda.tests.files import calendar_file, event
from pupitre.foundation import clock
from pupitre.foundation.access import allowed

OWN = Target("Réseau", "meeting")


def analysed(actor, *events, target=OWN):
    return analyse([calendar_file(*events)], target=target, actor=actor)


def fates(calendar):
    return {row["uid"]: row["fate"] for row in calendar.pending["events"]}


def test_nothing_changes_before_it_is_applied(college, teacher):
    calendar = analysed(teacher)
    assert fates(calendar) == {"a@reseau": "new"}
    assert not Event.objects.exists()
    assert apply(calendar=calendar, actor=teacher) == 1
    row = Event.objects.get()
    assert (row.title, row.kind, row.is_personal, row.starts_at) == ("Réunion du réseau", "meeting", True, dt.time(17))
    with pytest.raises(Refusal, match="Rien n’attend"):
        apply(calendar=calendar, actor=teacher)


def test_the_same_file_changes_nothing_and_another_shows_the_difference(college, teacher):
    first = event(uid="a"), event(uid="b"), event("SUMMARY:Chaque semaine", "RRULE:FREQ=WEEKLY;COUNT=3", uid="c")
    apply(calendar=analysed(teacher, *first), actor=teacher)
    again = analysed(teacher, *first)
    assert (fates(again), again.pending["same"], again.pending["gone"]) == ({}, 3, [])
    moved = event(uid="a", start="20261204T170000", end="20261204T180000")
    calendar = analysed(teacher, moved, event(uid="d"), first[2])
    assert fates(calendar) == {"a": "changed", "d": "new"}
    assert [uid for uid, _title in calendar.pending["gone"]] == ["b"]
    assert apply(calendar=calendar, actor=teacher) == 3
    assert set(Event.objects.values_list("uid", flat=True)) == {"a", "c", "d"}
    assert Event.objects.get(uid="a").starts_on == dt.date(2026, 12, 4)
    assert Occurrence.objects.filter(event__uid="c").count() == 3


def test_a_school_wide_calendar_is_for_those_who_manage(college, teacher, head, parent):
    wide = Target("Conseil départemental", "committee", is_personal=False, audience=(Audience("guardians"),))
    with pytest.raises(Refusal, match="C’est trop large"):
        analysed(teacher, target=wide)
    apply(calendar=analysed(head, target=wide), actor=head)
    assert allowed(parent, "agenda.view_event", Event.objects.all()).count() == 1


def test_it_is_removed_with_its_events_alone(college, teacher, student):
    mine(college)
    calendar = analysed(teacher)
    apply(calendar=calendar, actor=teacher)
    assert not allowed(student, "agenda.manage_calendar", ImportedCalendar.objects.all()).exists()
    forget(calendar=calendar, actor=teacher)
    assert Event.objects.get().title == "Piscine"


def test_a_file_is_dropped_looked_at_and_applied(college, client_of, at):
    client = client_of("enseignante")
    sent = {"nom": "Réseau", "nature": "meeting", "pour": "moi"}
    file = SimpleUploadedFile("agenda.ics", calendar_file(event("SUMMARY:Sans fin", "RRULE:FREQ=WEEKLY")))
    answer = client.post(at("import"), {**sent, "fichier": file})
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "Sans fin" in page
    assert "répétition coupée à la fin de l’année" in page
    assert client.post(answer["Location"]).status_code == 302
    assert max(Occurrence.objects.values_list("starts_on", flat=True)).year == 2027
    assert "Lu " in client.get(at("import")).content.decode()
    assert "Rien n’attend" in client.get(answer["Location"]).content.decode()


def test_a_file_that_is_none_is_said_and_the_name_stays(college, client_of, at):
    file = SimpleUploadedFile("photo.ics", b"\x89PNG")
    answer = client_of("enseignante").post(
        at("import"), {"nom": "Réseau", "nature": "other", "pour": "moi", "fichier": file}
    )
    assert answer.status_code == 422
    assert "n’est pas un agenda" in answer.content.decode()
    assert 'value="Réseau"' in answer.content.decode()


def test_what_nobody_applied_is_forgotten_and_old_years_too(college, teacher):
    calendar = analysed(teacher)
    mine(college)
    Event.objects.update(starts_on=dt.date(2024, 11, 1), ends_on=dt.date(2024, 11, 1))
    Occurrence.objects.update(starts_on=dt.date(2024, 11, 1), ends_on=dt.date(2024, 11, 1))
    with clock.at("2026-12-03T02:00"):
        assert forget_old() == 1
    calendar.refresh_from_db()
    assert calendar.pending is None
