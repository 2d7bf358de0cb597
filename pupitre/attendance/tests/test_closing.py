"""A term closed for a class: dossiers locked, nothing entered any more, reopened by the head who says why."""

import datetime as dt
import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from pupitre.attendance.models import AbsenceCase, CaseEvent, ClosedTerm, CountedHalfDay
from pupitre.attendance.refusals import Refusal
from pupitre.attendance.services.closing import close_term, reopen_term
from pupitre.attendance.services.deciding import decide
from pupitre.attendance.services.entering import Entered, enter
from pupitre.attendance.services.finishing import finish_roll_call
from pupitre.attendance.services.marking import Told
from pupitre.attendance.tests.factories import TUESDAY, absent, register, student
from pupitre.attendance.transitions import Act
from pupitre.attendance.words import WHOLE_DAY
from pupitre.establishments.models import SchoolYear, Term
from pupitre.foundation import clock


@pytest.fixture
def term(college):
    year = SchoolYear.objects.get()
    return Term.objects.create(
        school_year=year, code="T1", label="1er trimestre", starts_on=dt.date(2026, 9, 1), ends_on=dt.date(2026, 11, 27)
    )


@pytest.fixture
def december(college, term):
    """An absence of Inès in the term, then some day of December."""
    case = absent(college)
    with clock.at("2026-12-08T10:00"):
        yield case


def close(college, term, head):
    return close_term(term=term, divisions=[college.groups["4B"]], actor=head)


def test_a_term_that_goes_on_is_not_closed(college, term, head):
    with pytest.raises(Refusal, match="n’est pas finie"):
        close(college, term, head)


def test_dossiers_are_locked_and_their_numbers_stay(college, term, head, cpe, december):
    before = list(CountedHalfDay.objects.values("missed_on", "half", "standing"))
    assert close(college, term, head) == 1
    december.refresh_from_db()
    assert (december.state, december.state_before_lock, december.contact_due_at) == ("locked", "reported", None)
    assert list(CountedHalfDay.objects.values("missed_on", "half", "standing")) == before
    decided = decide([december.pk], Act.ENTER_REASON, actor=cpe)
    assert not decided.done
    assert close(college, term, head) == 0


def test_nothing_is_entered_in_a_closed_term(college, term, head, cpe, december):
    close(college, term, head)
    ines = student(college.people["eleve"]).pk
    with pytest.raises(Refusal, match=r"1er trimestre, 4B.*la période est close"):
        enter(Entered("absence", TUESDAY, TUESDAY, *WHOLE_DAY), [ines], actor=cpe)
    with pytest.raises(Refusal, match="la période est close"):
        finish_roll_call(register("4B", "10:10").pk, [Told(ines, "absent")], actor=cpe, why="Oubli.")
    # The other class is open, and so is December.
    brother = student(college.people["frere"]).pk
    assert enter(Entered("absence", TUESDAY, TUESDAY, *WHOLE_DAY), [brother], actor=cpe)
    assert enter(Entered("absence", dt.date(2026, 12, 8), dt.date(2026, 12, 8), *WHOLE_DAY), [ines], actor=cpe)


def test_the_head_reopens_saying_why(college, term, head, cpe, december):
    close(college, term, head)
    group = college.groups["4B"]
    with pytest.raises(Refusal, match="Dites pourquoi"):
        reopen_term(term=term, division=group, why=" ", actor=head)
    assert reopen_term(term=term, division=group, why="Certificat retrouvé.", actor=head) == 1
    december.refresh_from_db()
    assert december.state == "reported"
    assert CaseEvent.objects.get(case=december, act="unlock").comment == "Certificat retrouvé."
    assert ClosedTerm.objects.get().reopened_why == "Certificat retrouvé."
    assert reopen_term(term=term, division=group, why="Encore.", actor=head) == 0
    assert close(college, term, head) == 1


def shown(response):
    text = unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))
    return " ".join(text.split()).replace("\N{NO-BREAK SPACE}", " ")


def test_it_is_done_on_a_page_of_the_head(college, term, december):
    client = college.sign_in(Client(), "principal")
    url = reverse("attendance:closing", args=[college.college.uai])
    text = shown(client.get(url))
    assert "Du 1er septembre au 27 novembre." in text or "Du 1 septembre au 27 novembre." in text
    assert "4B 1 " in text
    group = college.groups["4B"].pk
    answer = client.post(url, {"periode": term.pk, "classe": group}, follow=True)
    assert "1 absence changée d’état." in shown(answer)
    assert "Close le 8 décembre" in shown(answer)
    refused = client.post(url, {"periode": term.pk, "rouvrir": group})
    assert refused.status_code == 422
    assert "Dites pourquoi" in shown(refused)
    client.post(url, {"periode": term.pk, "rouvrir": group, "pourquoi": "Erreur."})
    assert AbsenceCase.objects.get().state == "reported"
