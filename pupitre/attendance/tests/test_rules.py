"""The rules of a school: read on its page, written with their effects; its reasons, which past absences never lose."""

import datetime as dt
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pupitre.attendance.models import AbsenceReason, AttendanceRules, CountedHalfDay, RollCall
from pupitre.attendance.queries.roll_call import roll_of
from pupitre.attendance.services.deciding import decide
from pupitre.attendance.services.entering import Entered, enter
from pupitre.attendance.services.finishing import finish_roll_call
from pupitre.attendance.services.marking import Told
from pupitre.attendance.services.preparing import prepare_registers
from pupitre.attendance.services.reasons import reasons_of_school
from pupitre.attendance.tests.factories import TUESDAY, absent, register, registers, student
from pupitre.attendance.transitions import Act
from pupitre.establishments.models import Establishment
from pupitre.foundation import clock
from pupitre.timetable.models import TimetableSlot
from tests.cast import Cast
from tests.jobs import run_jobs

TYPED = {
    "half_day_cut": "12:30", "day_opens_at": "08:00", "afternoon_opens_at": "13:30", "day_closes_at": "17:30",
    "method": "by_lesson", "late_becomes_absence_minutes": "30", "carries_absence": "on", "tell_after_minutes": "10",
    "adults_answer": "on", "first_threshold": "4", "second_threshold": "10",
}  # fmt: skip


class HeadPage:
    """The page of the rules, as the head has it."""

    def __init__(self, cast: Cast) -> None:
        self.client = cast.sign_in(Client(), "principal")
        self.url = reverse("attendance:rules", args=[cast.college.uai])

    def __call__(self, **changes: str | None) -> Any:
        return self.client.post(self.url, {name: each for name, each in (TYPED | changes).items() if each is not None})

    def get(self) -> Any:
        return self.client.get(self.url)


@pytest.fixture
def head_page(college):
    return HeadPage(college)


def shown(response):
    text = unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))
    return " ".join(text.split()).replace("\N{NO-BREAK SPACE}", " ")


def test_the_page_shows_what_applies_and_saving_it_changes_nothing(college, head_page):
    page = head_page.get().content.decode()
    for name in ("half_day_cut", "late_becomes_absence_minutes", "tell_after_minutes"):
        assert f'name="{name}" value="{TYPED[name]}"' in page
    assert head_page().status_code == 302
    assert not AttendanceRules.objects.exists()


def test_what_is_chosen_is_kept_and_the_year_is_counted_again_when_hours_change(college, cpe, head_page):
    ines = student(college.people["eleve"]).pk
    TimetableSlot.objects.all().delete()
    enter(Entered("absence", TUESDAY, TUESDAY, dt.time(11, 30), dt.time(12, 15)), [ines], actor=cpe)
    assert list(CountedHalfDay.objects.values_list("half", flat=True)) == ["am"]
    head_page(
        half_day_cut="11:30", afternoon_opens_at="11:30", late_becomes_absence_minutes="0", assistants_decide="on"
    )
    rules = AttendanceRules.objects.get()
    assert (rules.late_becomes_absence_minutes, rules.assistants_decide) == (0, True)
    assert Establishment.objects.get(pk=college.college.pk).half_day_cut == dt.time(11, 30)
    assert "attendance.recount_school" in run_jobs()
    assert list(CountedHalfDay.objects.values_list("half", flat=True)) == ["pm"]
    head_page(half_day_cut="11:30", afternoon_opens_at="11:30", adults_answer=None)
    assert not AttendanceRules.objects.get().adults_answer
    assert "attendance.recount_school" not in run_jobs()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"half_day_cut": "07:00"}, "Les heures ne se suivent pas"),
        ({"half_day_cut": "midi"}, "Écrivez l’heure comme 8:05."),
        ({"tell_after_minutes": "20"}, "15"),
        ({"late_becomes_absence_minutes": "beaucoup"}, "Écrivez un nombre entier."),
        ({"second_threshold": "2"}, "Le second seuil vient après le premier."),
    ],
)
def test_what_cannot_be_a_rule_is_said_and_stays(college, head_page, changes, sentence):
    answer = head_page(**changes)
    assert answer.status_code == 422
    assert sentence in shown(answer)
    [typed] = changes.values()
    assert typed in answer.content.decode()


def test_an_absence_goes_on_to_the_next_lesson_unless_the_school_says_otherwise(college, cpe, colleague, teacher):
    ines = student(college.people["eleve"]).pk
    with clock.at("2026-11-24T08:10"):
        finish_roll_call(register("4B", "08:05").pk, [Told(ines, "absent")], actor=teacher)
    roll = register("4B", "10:10")
    states = []
    for carries in (True, False):
        AttendanceRules.objects.update_or_create(defaults={"carries_absence": carries})
        found = roll_of(colleague, roll.pk)
        assert found is not None
        states += [(each.state, each.before is not None) for each in found.students if each.id == ines]
    assert states == [("absent", True), ("present", True)]


def test_a_long_lesson_has_a_register_an_hour_from_tomorrow_on(college, head_page):
    TimetableSlot.objects.filter(starts_at="13:30").update(ends_at="15:20")
    head_page(splits_long="on")
    next_tuesday = TUESDAY + dt.timedelta(days=7)
    assert [f"{each.starts_at:%H:%M}" for each in registers() if each.group.code == "4B"] == ["08:05", "10:10", "13:30"]
    found = [(f"{each.starts_at:%H:%M}", f"{each.ends_at:%H:%M}", each.part) for each in registers(next_tuesday)]
    assert found[-2:] == [("13:30", "14:25", 1), ("14:25", "15:20", 2)]
    assert prepare_registers(next_tuesday) == 0
    head_page()
    prepare_registers(next_tuesday)
    assert RollCall.objects.filter(held_on=next_tuesday).count() == 4


def test_a_reason_that_was_used_is_replaced_and_past_absences_keep_it(college, cpe, head_page):
    case = absent(college)
    bus = next(each for each in reasons_of_school() if each.code == "bus")
    decide([case.pk], Act.ENTER_REASON, actor=cpe, reasons={case.pk: bus})
    url = reverse("attendance:reason", args=[college.college.uai, bus.pk])
    facts = {"label": "Retard du car", "family": "transport", "is_receivable": "on", "counts": "on"}
    assert head_page.client.post(url, facts).status_code == 302
    bus.refresh_from_db()
    case.refresh_from_db()
    assert (bus.label, bus.is_active, case.reason_id) == ("Retard du bus", False, bus.pk)
    new = AbsenceReason.objects.get(label="Retard du car")
    assert new.is_active
    assert not new.usable_by_families


def test_a_reason_nobody_used_changes_in_its_place_and_can_be_hidden_and_shown(college, head_page):
    reason = next(each for each in reasons_of_school() if each.code == "competition")
    url = reverse("attendance:reason", args=[college.college.uai, reason.pk])
    facts = {"label": "Compétition", "family": "other", "is_receivable": "on", "usable_by_families": "on"}
    head_page.client.post(url, facts)
    reason.refresh_from_db()
    assert (reason.label, reason.usable_by_families, reason.counts) == ("Compétition", True, False)
    head_page.client.post(url, {"masquer": "1"})
    assert "Compétition" not in [each.label for each in reasons_of_school()]
    assert "Compétition" in shown(head_page.get())
    head_page.client.post(url, {"remettre": "1"})
    assert "Compétition" in [each.label for each in reasons_of_school()]


def test_a_reason_is_made_and_two_never_have_the_same_name(college, head_page):
    reasons_of_school()
    url = reverse("attendance:reason", args=[college.college.uai, 0])
    facts = {"label": "Journée défense et citoyenneté", "family": "other", "is_receivable": "on", "counts": "on"}
    assert head_page.client.post(url, facts).status_code == 302
    assert AbsenceReason.objects.filter(label=facts["label"]).count() == 1
    again = head_page.client.post(url, facts | {"label": "journée défense et citoyenneté"})
    assert again.status_code == 422
    assert "Un autre motif porte déjà ce nom" in shown(again)
    assert "journée défense et citoyenneté" in again.content.decode()
