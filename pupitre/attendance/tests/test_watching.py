"""The school's own alerts: once a half-day and rule, two levels, set back to zero with their history."""

import datetime as dt
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from pupitre.attendance.models import AbsenceEntry, CountedHalfDay, Indicator, WatchReset, WatchRule
from pupitre.attendance.queries.watching import watched_students
from pupitre.attendance.services.watching import reset_alerts
from pupitre.attendance.tests.factories import fill_class, student
from pupitre.foundation import clock
from tests.statements import statements_of


def late(who, day, starts="08:05", kind="lateness", month=11):
    AbsenceEntry.objects.create(
        student=who, kind=kind, away_on=dt.date(2026, month, day), starts_at=starts, ends_at="18:00", origin="office",
        counts=False, noted_at=clock.now(),
    )  # fmt: skip


def missed(who, day, standing=2):
    CountedHalfDay.objects.create(
        student=who, missed_on=dt.date(2026, 11, day), half="am", gross=1, by_lesson=1, computed=1, missed=1, lessons=1,
        is_full=True, standing=standing, counted_at=clock.now(),
    )  # fmt: skip


def shown(response):
    return " ".join(unescape(response.content.decode()).split()).replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def ines(college):
    return student(college.people["eleve"])


def alerts(actor):
    return [(each.rule.indicator, each.level, len(each.half_days)) for each in watched_students(actor)]


def test_three_latenesses_in_a_month_show_a_student_and_six_show_them_higher(ines, cpe):
    for day in (3, 10):
        late(ines, day)
    assert alerts(cpe) == []
    late(ines, 17)
    assert alerts(cpe) == [("lateness", 1, 3)]
    for day in (4, 5, 6):
        late(ines, day)
    assert alerts(cpe) == [("lateness", 2, 6)]


def test_a_half_day_counts_once(ines, cpe):
    late(ines, 3)
    late(ines, 3, "10:10")
    late(ines, 3, "13:30")
    assert alerts(cpe) == []
    late(ines, 4)
    assert alerts(cpe) == [("lateness", 1, 3)]


def test_what_is_old_or_cancelled_does_not_count(ines, cpe):
    for day in (3, 10):
        late(ines, day)
    late(ines, 10, month=9)
    assert alerts(cpe) == []
    late(ines, 17)
    AbsenceEntry.objects.filter(away_on="2026-11-17").update(cancelled_at=clock.now())
    assert alerts(cpe) == []


def test_absences_are_those_without_an_accepted_reason(ines, cpe):
    for day in (3, 4, 10, 11):
        missed(ines, day)
    missed(ines, 17, standing=0)
    assert alerts(cpe) == []
    missed(ines, 18)
    assert alerts(cpe) == [("absences", 1, 5)]


def test_set_back_to_zero_it_counts_from_the_next_day_and_keeps_its_history(ines, cpe):
    for day in (3, 10, 17):
        late(ines, day)
    reset_alerts(watched_students(cpe), note="Vu avec la famille.", actor=cpe)
    assert alerts(cpe) == []
    kept = WatchReset.objects.get()
    assert (kept.count, kept.level, kept.note, kept.author_name) == (3, 1, "Vu avec la famille.", "M. Bensaïd")
    with clock.at("2026-11-27T10:20"):
        for day in (25, 26, 27):
            late(ines, day)
        [again] = watched_students(cpe)
        assert (len(again.half_days), again.last_reset) == (3, kept)


def test_a_school_chooses_its_levels_or_looks_away(college, ines, cpe):
    client = college.sign_in(Client(), "principal")
    typed = {
        f"{each}_{name}": value
        for each in Indicator.values
        for name, value in (("active", "on"), ("premier", "2"), ("second", "3"), ("jours", "15"))
    }
    address = reverse("attendance:watch_levels", args=[college.college.uai])
    wrong = client.post(address, {**typed, "lateness_second": "1"})
    assert wrong.status_code == 422
    assert "Le second niveau ne peut pas être plus bas que le premier." in shown(wrong)
    assert client.post(address, typed).status_code == 302
    late(ines, 17)
    late(ines, 18)
    assert alerts(cpe) == [("lateness", 1, 2)]
    WatchRule.objects.filter(indicator="lateness").update(is_active=False)
    assert alerts(cpe) == []


def test_the_page_sets_what_is_ticked_back_to_zero(college, ines, cpe):
    for day in (3, 10, 17):
        late(ines, day, kind="infirmary")
    client = college.sign_in(Client(), "cpe")
    page = reverse("attendance:watching", args=[college.college.uai])
    text = shown(client.get(page))
    assert (
        "Passages à l’infirmerie : 3 demi-journées sur 30 jours (3 novembre matin, 10 novembre matin, 17 novembre matin)."
        in text
    )
    reset = reverse("attendance:watch_reset", args=[college.college.uai])
    assert "Cochez au moins une alerte." in shown(client.post(reset, {"note": "Rien."}))
    text = shown(client.post(reset, {"alerte": f"{ines.pk}-infirmary", "note": "Vu."}, follow=True))
    assert "Aucune alerte" in text
    assert "3 demi-journées comptées, le mardi 24 novembre, 10 h 20, par M. Bensaïd. Vu." in text


def test_it_costs_the_same_for_one_student_as_for_twenty(college, ines, cpe):
    for day in (3, 10, 17):
        late(ines, day)
    few = len(statements_of(lambda: watched_students(cpe)))
    for each in fill_class(college, "4B", 20):
        for day in (3, 10, 17):
            late(each, day)
    assert len(statements_of(lambda: watched_students(cpe))) == few
