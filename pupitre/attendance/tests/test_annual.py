"""The report of the year: rates from stored half-days over the half-days students had, its files and what it costs."""

import csv
import datetime as dt
import io
import zipfile
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from pupitre.attendance.charts import columns, lines
from pupitre.attendance.models import AbsenteeismAlert, AlertStep, CountedHalfDay
from pupitre.attendance.queries.annual import Annual, annual_report
from pupitre.attendance.services.following import take_step
from pupitre.attendance.tests.factories import fill_class, student
from pupitre.directory.models import Programme, Student
from pupitre.establishments.models import SchoolYear
from pupitre.foundation import clock
from pupitre.foundation.spreadsheets import Sheet, as_csv, as_ods
from tests.statements import statements_of


def missed(who, month, day, standing=2, half="am", **more):
    CountedHalfDay.objects.create(
        student=who, missed_on=dt.date(2026, month, day), half=half, gross=1, by_lesson=1, computed="0.5", missed=1, lessons=1,
        is_full=True, standing=standing, counted_at=clock.now(), **more,
    )  # fmt: skip


def whole() -> Annual:
    report = annual_report(None)
    assert report is not None
    return report


def shown(response):
    return " ".join(unescape(response.content.decode()).split()).replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def ines(college):
    return student(college.people["eleve"])


def test_the_rate_is_missed_half_days_over_those_with_lessons(college, ines):
    """Inès has lessons on Tuesdays (morning, afternoon) and Wednesdays (morning)."""
    missed(ines, 11, 3)
    missed(ines, 11, 4, standing=0)
    missed(ines, 10, 6, standing=1)
    report = whole()
    fourth = next(row for row in report.divisions if row.label == "4B")
    year = SchoolYear.objects.get()
    days = [year.starts_on + dt.timedelta(days=n) for n in range((report.until - year.starts_on).days + 1)]
    # Nothing is known of September: no register was taken, no absence was taken over. It is left out, and said.
    assert [month.month for month in report.silent] == [9]
    days = [day for day in days if day.month > 9]
    due = sum({2: 2, 3: 1}.get(day.isoweekday(), 0) for day in days)
    assert fourth.sums.due == due
    assert (fourth.sums.students, fourth.sums.missed) == (1, {0: 1.0, 1: 1.0, 2: 1.0})
    assert fourth.sums.rate() == pytest.approx(300 / due)
    assert fourth.sums.rate(2) == pytest.approx(100 / due)
    assert [row.label for row in report.above] == ["4B"]
    assert [month.first.month for month in report.months] == [10, 11]
    assert sum(month.sums.due for month in report.months) == report.whole.due


def test_the_share_is_that_of_the_survey(college, ines):
    fill_class(college, "4B", 8)
    for day in (3, 4, 10, 11):
        missed(ines, 11, day)
    report = whole()
    november = report.months[-1]
    assert (november.over, november.sums.students) == (1, 10)
    assert november.share == 10.0
    assert report.references[0].share == 4.2


def test_the_rule_of_the_school_is_read(college, ines):
    from pupitre.attendance.models import AttendanceRules

    AttendanceRules.objects.create(method="computed")
    missed(ines, 11, 3)
    assert whole().whole.missed[2] == 0.5


def test_levels_come_from_what_students_follow(college, ines):
    missed(ines, 11, 3)
    Programme.objects.create(mef="10310019110", label="4EME")
    Student.objects.filter(pk=ines.pk).update(mef="10310019110")
    report = whole()
    assert [(row.label, row.sums.students) for row in report.levels] == [("4EME", 1)]


def test_steps_of_the_year_are_counted(college, ines, head):
    alert = AbsenteeismAlert.objects.create(student=ines, month_on="2026-11-01", threshold=1, raised_at=clock.now())
    for kind in (AlertStep.Kind.REPORT, AlertStep.Kind.REPORT, AlertStep.Kind.COMMISSION, AlertStep.Kind.CALL):
        take_step(alerts=[alert], kind=kind, done_on=clock.today(), text="", actor=head)
    assert whole().steps == {"team": 0, "report": 2, "commission": 1, "prosecutor": 0}


def test_the_page_says_its_formula_and_the_year_of_what_it_compares_with(college, ines):
    missed(ines, 11, 3)
    text = shown(college.sign_in(Client(), "principal").get(reverse("attendance:annual", args=[college.college.uai])))
    assert "Formule de l’enquête du ministère" in text
    assert "collèges, 2021-2022 : 4,2 % (DEPP 23.14)" in text
    assert "1 classe au-dessus de la moyenne de l’établissement" in text


def test_registers_taken_make_a_month_known_and_those_forgotten_are_said(college, ines, head):
    from pupitre.attendance.services.finishing import finish_roll_call
    from pupitre.attendance.tests.factories import register

    with clock.at("2026-11-17T10:20"):
        finish_roll_call(register("4B", "08:05", dt.date(2026, 11, 17)).pk, [], actor=head)
    report = whole()
    assert [month.first.month for month in report.months] == [11]
    assert (report.whole.rate(), report.missing) == (0.0, 3)
    text = shown(college.sign_in(Client(), "cpe").get(reverse("attendance:annual", args=[college.college.uai])))
    assert "Compte incomplet : 3 appels n’ont pas été faits" in text
    assert "laissés hors du compte : septembre 2026, octobre 2026." in text


def test_it_costs_the_same_for_one_student_as_for_twenty(college, ines):
    missed(ines, 11, 3)
    with_one = statements_of(lambda: annual_report(None))
    for each in fill_class(college, "4B", 20):
        missed(each, 11, 3)
    assert len(statements_of(lambda: annual_report(None))) == len(with_one) == 5


def test_a_year_that_has_not_begun_has_nothing_to_tell(college):
    with clock.at("2026-08-20T10:00"):
        assert annual_report(None) is None


def test_the_files_hold_the_same_figures(college, ines):
    missed(ines, 11, 3)
    client = college.sign_in(Client(), "cpe")
    text = client.get(reverse("attendance:annual_csv", args=[college.college.uai])).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert ["Par classe"] in rows
    assert next(row for row in rows if row[:1] == ["4B"])[4:6] == ["0", "1"]
    data = client.get(reverse("attendance:annual_ods", args=[college.college.uai])).content
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.namelist()[0] == "mimetype"
        content = package.read("content.xml").decode()
    assert content.count("<table:table ") == 5
    assert "4B" in content


def test_cells_that_a_spreadsheet_would_run_are_shown_as_text():
    sheet: Sheet = ("=titre", [["=1+1", 2, 0.5, None]])
    assert as_csv([sheet]).decode("utf-8-sig") == "'=titre\r\n'=1+1;2;0,5;\r\n"
    with zipfile.ZipFile(io.BytesIO(as_ods([sheet]))) as package:
        assert 'office:value="0.5"' in package.read("content.xml").decode()


def test_bars_are_as_high_as_what_they_say():
    chart = columns([("sept.", (1.0, 1.0)), ("oct.", (4.0, 0.0))], ("bar", "bar--2"), reference=2.0)
    first, second = chart.bars
    assert first.parts[0].height == first.parts[1].height
    assert second.parts[0].height == pytest.approx(4 * first.parts[0].height, abs=0.2)
    assert (second.value, second.parts[1].height) == (4.0, 0)
    assert chart.reference == pytest.approx(first.top, abs=0.1)
    drawn = lines([("4B", 6.0), ("6C", 2.0)], 4.0)
    assert [line.is_above for line in drawn.lines] == [True, False]
    assert columns([], ("bar",)).bars == ()
