"""Dossiers put together and taken apart: entries keep their former versions, counts follow, nothing is justified by it."""

import datetime as dt
import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from pupitre.attendance.models import AbsenceCase, AbsenceEntry, CaseEvent, CountedHalfDay, Justification, PastVersion
from pupitre.attendance.refusals import Refusal
from pupitre.attendance.services.answering import answer
from pupitre.attendance.services.deciding import decide
from pupitre.attendance.services.entering import Entered, enter
from pupitre.attendance.services.reasons import reasons_of_school
from pupitre.attendance.services.reshaping import merge_cases, split_case
from pupitre.attendance.tests.factories import TUESDAY, acting, student
from pupitre.attendance.transitions import Act
from pupitre.directory.profiles import Profile

MORNING, AFTERNOON = (dt.time(8), dt.time(12)), (dt.time(13), dt.time(18))


@pytest.fixture
def ines(college):
    return student(college.people["eleve"]).pk


@pytest.fixture
def two(college, cpe, ines):
    """Two dossiers of one day: the morning, the afternoon."""
    for hours in (MORNING, AFTERNOON):
        enter(Entered("absence", TUESDAY, TUESDAY, *hours), [ines], actor=cpe)
    return list(AbsenceCase.objects.order_by("pk").values_list("pk", flat=True))


def half_days():
    return list(CountedHalfDay.objects.order_by("half").values_list("half", "standing"))


def test_two_dossiers_become_one_with_what_was_said_and_how_it_was_before(college, cpe, parent, two):
    first, second = two
    answer(case=AbsenceCase.objects.get(pk=second), reason=None, text="Fièvre.", actor=parent)
    decide([second], Act.REFUSE, actor=cpe, why="Sans papier.")
    merge_cases(kept=first, other=second, actor=cpe)
    kept, gone = AbsenceCase.objects.get(pk=first), AbsenceCase.objects.get(pk=second)
    assert (kept.state, kept.starts_at, kept.ends_at) == ("reported", MORNING[0], AFTERNOON[1])
    assert (gone.state, kept.entries.count(), gone.entries.count()) == ("merged", 2, 0)
    assert Justification.objects.get().case_id == first
    assert half_days() == [("am", 2), ("pm", 2)]
    past = PastVersion.objects.get(table="entry")
    assert (past.facts["case_id"], past.replaced_by_id) == (second, cpe.person_id)
    assert CaseEvent.objects.filter(case=first, act="merge").get().from_state == "reported"
    assert CaseEvent.objects.filter(case=second, act="merge").get().to_state == "merged"


def test_putting_together_never_justifies(college, cpe, two):
    first, second = two
    reason = next(each for each in reasons_of_school() if each.code == "bus")
    decide([first], Act.ENTER_REASON, actor=cpe, reasons={first: reason})
    with pytest.raises(Refusal, match="Décidez d’abord du motif"):
        merge_cases(kept=first, other=second, actor=cpe)


def test_only_dossiers_of_one_student_are_put_together(college, cpe, two, ines):
    brother = student(college.people["frere"]).pk
    enter(Entered("absence", TUESDAY, TUESDAY, *MORNING), [brother], actor=cpe)
    other = AbsenceCase.objects.get(student=brother).pk
    for wrong in (other, two[0], 0):
        with pytest.raises(Refusal, match="une autre absence du même élève"):
            merge_cases(kept=two[0], other=wrong, actor=cpe)


def test_a_dossier_is_taken_apart_and_each_part_may_have_its_reason(college, cpe, two):
    first, second = two
    merge_cases(kept=first, other=second, actor=cpe)
    afternoon = AbsenceEntry.objects.get(case=first, starts_at=AFTERNOON[0])
    new = split_case(case=first, entries=[afternoon.pk], actor=cpe)
    reason = next(each for each in reasons_of_school() if each.code == "bus")
    decide([new.pk], Act.ENTER_REASON, actor=cpe, reasons={new.pk: reason})
    assert half_days() == [("am", 2), ("pm", 0)]
    assert AbsenceCase.objects.get(pk=first).ends_at == MORNING[1]
    afternoon.refresh_from_db()
    assert (afternoon.case_id, afternoon.version) == (new.pk, 3)
    assert [each.act for each in CaseEvent.objects.filter(case=new).order_by("pk")] == ["split", "enter_reason"]


def test_a_part_stays_when_something_leaves(college, cpe, two):
    whole = list(AbsenceEntry.objects.filter(case=two[0]).values_list("pk", flat=True))
    for wrong in (whole, [], [0]):
        with pytest.raises(Refusal, match="laissez-en au moins une partie"):
            split_case(case=two[0], entries=wrong, actor=cpe)


def test_nobody_reshapes_the_dossier_of_their_own_child(college, two):
    mother = acting(college, "parent", Profile.SCHOOL_LIFE)
    with pytest.raises(Refusal):
        merge_cases(kept=two[0], other=two[1], actor=mother)


def shown(response):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_it_is_done_from_the_page_of_a_dossier(college, two):
    client = college.sign_in(Client(), "cpe")
    act = reverse("attendance:act", args=[college.college.uai, two[0]])
    page = reverse("attendance:case", args=[college.college.uai, two[0]])
    assert "Même absence qu’une autre" in shown(client.get(page))
    assert client.post(act, {"action": "reunir", "autre": two[1]}).status_code == 302
    text = shown(client.get(page))
    assert "En faire une autre absence" in text
    assert "Absences réunies" in text
    assert "Même absence qu’une autre" not in text
    refused = client.post(act, {"action": "separer"})
    assert refused.status_code == 422
    assert "Cochez ce qui part" in shown(refused)
    entry = AbsenceEntry.objects.filter(case=two[0]).earliest("pk")
    assert client.post(act, {"action": "separer", "saisie": entry.pk}).status_code == 302
    assert AbsenceCase.objects.exclude(state="merged").count() == 2
