import datetime as dt
from html import unescape

from django.test import Client
from django.urls import reverse

from pupitre.attendance.models import AbsenteeismAlert, CountedHalfDay
from pupitre.attendance.services.counting import recount_period
from pupitre.attendance.services.nightly import recount_everywhere
from pupitre.attendance.tests.factories import absent, student
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.models import AuditEntry


def test_a_night_finds_nothing_to_mend_when_counts_follow_entries(cast, tuesday):
    with scope(cast.college.pk):
        absent(cast)
    assert recount_everywhere() == []


def test_a_night_mends_what_is_wrong_and_says_so(cast, tuesday):
    with scope(cast.college.pk):
        absent(cast)
        CountedHalfDay.objects.update(missed=7)
        ines = student(cast.people["eleve"])
        for day in (2, 3, 4, 5):
            CountedHalfDay.objects.create(
                student=ines, missed_on=dt.date(2026, 11, day), half="am", gross=1, by_lesson=1, computed=1, missed=1,
                lessons=1, is_full=True, standing=2, counted_at=clock.now(),
            )  # fmt: skip
    [line] = recount_everywhere()
    assert line.startswith("0990001N")
    assert "5 demi-journées" in line
    with scope(cast.college.pk):
        assert [(each.missed_on.day, each.missed) for each in CountedHalfDay.objects.all()] == [(24, 1)]
        assert AuditEntry.objects.get(verb="attendance.recount").detail == {"differences": 5}
        assert not AbsenteeismAlert.objects.exists()
    assert recount_everywhere() == []


def test_the_office_reads_what_each_night_found(cast, tuesday):
    with scope(cast.college.pk):
        absent(cast)
    recount_everywhere()
    with scope(cast.college.pk):
        CountedHalfDay.objects.update(standing=0)
    recount_everywhere()
    client = cast.sign_in(Client(), "cpe")
    page = client.get(reverse("attendance:recounts", args=[cast.college.uai])).content.decode()
    text = " ".join(unescape(page).split()).replace("\N{NO-BREAK SPACE}", " ")
    assert "1 demi-journée vérifiée, aucune différence." in text
    assert "Inès Belkacem, 24 novembre, matin : notée « Justifiée », corrigée en « Injustifiée »." in text


def test_counting_whole_gives_what_was_counted_on_the_way(cast, tuesday):
    with scope(cast.college.pk):
        absent(cast)
        before = list(CountedHalfDay.objects.values_list("student_id", "missed_on", "half", "missed", "standing"))
        CountedHalfDay.objects.all().delete()
        assert recount_period(dt.date(2026, 9, 1), dt.date(2027, 7, 1)) == len(before)
        after = list(CountedHalfDay.objects.values_list("student_id", "missed_on", "half", "missed", "standing"))
    assert after == before
