import datetime as dt
from itertools import pairwise

import pytest

from pupitre.agenda.services.meetings import Council, plan_council
from pupitre.agenda.services.scheduling import EventFacts, cancel, change
from pupitre.establishments.models import SchoolYear
from pupitre.gradebook.models import ClassTerm, Reopening
from pupitre.gradebook.refusals import Refusal
from pupitre.gradebook.services.periods import move_terms, open_terms, reopen, set_dates
from pupitre.gradebook.tests.factories import assessed, course_of, first_term, marked


def test_a_year_is_cut_once_in_terms_that_follow_one_another(college, head):
    year = SchoolYear.objects.get()
    terms = open_terms(year=year, semesters=False, actor=head)
    assert [each.code for each in terms] == ["T1", "T2", "T3"]
    assert (terms[0].starts_on, terms[-1].ends_on) == (year.starts_on, year.ends_on)
    for one, two in pairwise(terms):
        assert two.starts_on - one.ends_on == dt.timedelta(days=1)
    assert open_terms(year=year, semesters=True, actor=head) == terms


def test_two_terms_never_meet(college, head):
    one, two, _three = open_terms(year=SchoolYear.objects.get(), semesters=False, actor=head)
    late = {one.pk: (one.starts_on, two.starts_on)}
    with pytest.raises(Refusal, match="avant la fin de la période précédente"):
        move_terms(dates=late, year=one.school_year, actor=head)


def test_a_closed_class_is_reopened_by_the_head_with_a_reason_that_is_kept(client_of, at, college, ines, head, teacher):
    term, division = first_term(), college.groups["4B"]
    set_dates(term=term, divisions=[division], dates={"entry_ends_on": dt.date(2026, 11, 20)}, actor=head)
    assessment = assessed(course_of(division))
    assert marked(assessment, ines, "12", teacher).fate == "refused"
    with pytest.raises(Refusal, match="Rouvrez-la en disant pourquoi"):
        set_dates(term=term, divisions=[division], dates={"entry_ends_on": dt.date(2026, 12, 1)}, actor=head)
    with pytest.raises(Refusal, match="Dites pourquoi"):
        reopen(class_term=ClassTerm.objects.get(), until_on=dt.date(2026, 11, 27), why=" ", actor=head)
    page = client_of("principal")
    address = at("reopen_class", term.pk, division.pk)
    assert page.post(address, {"pourquoi": "Note oubliée.", "jusqu": "2026-11-27"}).status_code == 302
    row = Reopening.objects.get()
    assert (row.why, row.until_on, row.reopened_by_id) == ("Note oubliée.", dt.date(2026, 11, 27), head.person_id)
    assert "Note oubliée." in page.get(address).content.decode()
    assert marked(assessment, ines, "12", teacher).fate == "saved"


def test_the_head_sets_the_dates_of_ticked_classes(client_of, at, college):
    term = first_term()
    client = client_of("principal")
    form = {"periode": term.pk, "fixer": "1", "classe": [college.groups["4B"].pk], "entry_ends_on": "2026-11-27"}
    assert client.post(at("periods"), form).status_code == 302
    assert ClassTerm.objects.get().division == college.groups["4B"]
    page = client.get(at("periods")).content.decode()
    assert "27\u00a0novembre" in page


def test_the_first_cut_of_the_year_is_one_touch(client_of, at, college):
    client = client_of("principal")
    assert "Trois trimestres" in client.get(at("periods")).content.decode()
    assert client.post(at("periods"), {"couper": "deux"}).status_code == 302
    assert "Second semestre" in client.get(at("periods")).content.decode()


def test_without_a_term_the_grid_says_who_makes_them(client_of, at, college):
    page = client_of("enseignante").get(at("grid", course_of(college.groups["4B"]).pk)).content.decode()
    assert "Pas encore de période" in page


def test_the_day_of_a_council_is_that_of_the_calendar(college, head):
    term, division = first_term(), college.groups["4B"]
    event = plan_council(council=_council(division, term, dt.date(2026, 12, 1)), actor=head)
    assert ClassTerm.objects.get().council_on == dt.date(2026, 12, 1)
    with pytest.raises(Refusal, match="est dans l’agenda, le 1"):
        set_dates(term=term, divisions=[division], dates={"council_on": dt.date(2026, 12, 3)}, actor=head)
    moved = EventFacts(
        kind=event.kind, title=event.title, starts_on=dt.date(2026, 12, 4), ends_on=dt.date(2026, 12, 4),
        starts_at=event.starts_at, ends_at=event.ends_at,
    )  # fmt: skip
    change(event=event, facts=moved, actor=head)
    assert ClassTerm.objects.get().council_on == dt.date(2026, 12, 4)
    cancel(event=event, actor=head)
    assert ClassTerm.objects.get().council_on is None


def test_without_the_calendar_the_day_is_set_in_the_terms(college, head):
    term, division = first_term(), college.groups["4B"]
    set_dates(term=term, divisions=[division], dates={"council_on": dt.date(2026, 12, 3)}, actor=head)
    # Planned later in the calendar, it is the calendar's.
    plan_council(council=_council(division, term, dt.date(2026, 12, 8)), actor=head)
    assert ClassTerm.objects.get().council_on == dt.date(2026, 12, 8)


def _council(division, term, on):
    return Council(group=division, on=on, starts_at=dt.time(17), ends_at=dt.time(18), term=term, shows_date=False)
