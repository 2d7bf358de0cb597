"""Erasing sanctions: the day of the law, by kind and by day of decision; before, when it lets somebody ask or decide."""

import datetime as dt
from html import unescape

import pytest

from pupitre.attendance.models import AbsenceEntry
from pupitre.attendance.tests.factories import TUESDAY
from pupitre.directory.models import Student
from pupitre.discipline.erasure import NATIONAL, delay_for, end_of_secondary, erased_on, last_suspension_day
from pupitre.discipline.models import ErasureRule, Incident, RegisterEntry, Sanction
from pupitre.discipline.refusals import Refusal
from pupitre.discipline.scale import Kind
from pupitre.discipline.services.erasing import (
    ask_erasure,
    erase,
    erase_due,
    erase_everywhere,
    refuse_erasure,
    write_delay,
)
from pupitre.discipline.services.sanctioning import decide
from pupitre.discipline.tests.factories import decision, reported, sanctioned
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.models import AuditEntry
from pupitre.notifications.models import Notification

END = dt.date(2027, 7, 3)


def shown(response):
    return " ".join(unescape(response.content.decode()).split()).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("kind", "decided_on", "expected"),
    [
        (Kind.WARNING, dt.date(2026, 11, 24), dt.date(2027, 7, 4)),
        (Kind.REPRIMAND, dt.date(2026, 11, 24), dt.date(2028, 7, 4)),
        (Kind.RESPONSIBILITY, dt.date(2026, 11, 24), dt.date(2028, 7, 4)),
        (Kind.CLASS_EXCLUSION, dt.date(2026, 11, 24), dt.date(2029, 7, 4)),
        (Kind.SCHOOL_EXCLUSION, dt.date(2026, 11, 24), dt.date(2029, 7, 4)),
        (Kind.EXPULSION, dt.date(2026, 11, 24), dt.date(2034, 9, 1)),
        # Decided under the decree of 2011.
        (Kind.REPRIMAND, dt.date(2018, 11, 20), dt.date(2027, 7, 4)),
        (Kind.SCHOOL_EXCLUSION, dt.date(2018, 11, 20), dt.date(2019, 11, 20)),
    ],
)
def test_each_kind_has_its_day(kind, decided_on, expected):
    assert erased_on(delay_for(kind, decided_on, NATIONAL), decided_on, END) == expected


@pytest.mark.parametrize(
    ("born_on", "expected"),
    [
        (dt.date(2013, 3, 9), dt.date(2033, 9, 1)),
        (dt.date(2013, 9, 1), dt.date(2033, 9, 1)),
        (dt.date(2013, 9, 2), dt.date(2034, 9, 1)),
        # Nineteen already: never sooner than a temporary exclusion.
        (dt.date(2007, 1, 5), dt.date(2029, 7, 4)),
        (None, dt.date(2034, 9, 1)),
    ],
)
def test_an_expulsion_goes_when_secondary_schooling_is_held_to_be_over(born_on, expected):
    assert end_of_secondary(END, born_on) == expected


def test_an_expulsion_waits_for_who_is_still_here_and_goes_once_they_left(college, ines):
    row = sanctioned(college, "expulsion", by_council=True)
    Sanction.objects.update(erases_on=None)
    assert erase_due() == 0
    row.refresh_from_db()
    first = row.erases_on
    assert first == end_of_secondary(END, ines.person.birth_date)
    with clock.at(f"{first}T02:25"):
        assert erase_due() == 0
        later = Sanction.objects.get().erases_on
        assert later == dt.date(first.year + 1, 9, 1)
        Student.objects.filter(pk=ines.pk).update(left_on=TUESDAY)
    with clock.at(f"{later}T02:25"):
        assert erase_due() == 1
    assert RegisterEntry.objects.get().facts == decision().facts


def test_every_kind_has_a_delay_at_every_date():
    for kind in Kind:
        for day in (dt.date(2005, 1, 1), dt.date(2011, 9, 1), dt.date(2019, 8, 31), dt.date(2019, 9, 1)):
            assert delay_for(kind, day, NATIONAL).kind == kind


def test_a_sursis_never_outlives_what_is_written():
    assert last_suspension_day(Kind.CLASS_EXCLUSION, dt.date(2029, 7, 4), END) == dt.date(2029, 7, 3)
    assert last_suspension_day(Kind.EXPULSION, None, END) == dt.date(2029, 7, 3)


def test_the_sanction_goes_on_its_day_and_the_facts_stay(college, head, ines):
    incident = reported(college)
    row = decide(student=ines, decision=decision("warning"), actor=head, incident=incident)
    assert row.erases_on is not None
    with clock.at(f"{row.erases_on - dt.timedelta(days=1)}T12:00"):
        assert erase_due() == 0
    with clock.at(f"{row.erases_on}T02:25"):
        assert erase_due() == 1
        assert erase_due() == 0
    assert not Sanction.objects.exists()
    assert Incident.objects.get().facts
    assert RegisterEntry.objects.get().facts == decision().facts
    entry = AuditEntry.objects.get(verb="discipline.erase_sanction")
    assert entry.detail == {"kind": "warning", "reason": "due"}


def test_what_is_due_is_seen_no_more_even_before_the_job(college, client_of, at):
    row = sanctioned(college, "warning")
    with clock.at(f"{row.erases_on}T00:10"):
        assert client_of("principal").get(at("sanction", row.pk)).status_code == 404
        assert "Avertissement" not in shown(client_of("parent").get(at("record", row.student_id)))


def test_the_job_goes_through_every_school(cast, tuesday):
    with scope(cast.college.pk):
        sanctioned(cast, "warning")
    with clock.at("2028-01-01T02:25"):
        assert erase_everywhere() == 1
    with scope(cast.college.pk):
        assert not Sanction.objects.exists()


def test_a_family_that_moves_asks_and_the_head_erases(college, parent, head, client_of, at):
    row = sanctioned(college, "class_exclusion", starts_on=TUESDAY, ends_on=TUESDAY)
    ask_erasure(sanction=row, why="Lycée Daudet, le 4 janvier.", actor=parent)
    with pytest.raises(Refusal, match="déjà entre les mains"):
        ask_erasure(sanction=row, why="Encore.", actor=parent)
    assert Notification.objects.filter(kind="discipline.erasure", person=college.people["principal"]).exists()
    assert "1 effacement de sanction demandé" in shown(client_of("principal").get("/", follow=True))
    response = client_of("principal").post(at("act", row.pk), {"action": "accepter"})
    assert response.status_code == 302
    assert not Sanction.objects.exists()
    # The exclusion took place: what registers noted stays attendance's.
    assert AbsenceEntry.objects.get().cancelled_at is None


def test_a_refusal_says_why_and_the_family_reads_it(college, parent, head, client_of, at):
    row = sanctioned(college)
    ask_erasure(sanction=row, why="Lycée Daudet.", actor=parent)
    with pytest.raises(Refusal, match="Dites pourquoi"):
        refuse_erasure(sanction=row, why=" ", actor=head)
    refuse_erasure(sanction=row, why="Aucune demande d’exeat.", actor=head)
    assert "Aucune demande d’exeat." in shown(client_of("parent").get(at("sanction", row.pk)))
    # It may be asked again.
    ask_erasure(sanction=row, why="Exeat du 10 décembre.", actor=parent)


def test_the_journal_never_says_whose_it_was(college, parent, head, client_of, at):
    row = sanctioned(college)
    client_of("parent").get(at("sanction", row.pk))
    client_of("parent").post(at("read_sanction", row.pk))
    ask_erasure(sanction=row, why="Lycée Daudet.", actor=parent)
    erase(sanction=row, reason="asked", actor=head)
    families = {college.people[slug].pk for slug in ("eleve", "parent")}
    lines = AuditEntry.objects.filter(verb__startswith="discipline.")
    about = lines.filter(target="discipline.sanction")
    assert about.exists()
    assert not about.filter(person_id__in=families).exists()
    assert {each.verb for each in lines.filter(target="directory.student")} == {"discipline.view_record"}


def test_an_expulsion_is_not_asked_to_be_erased(college, parent, client_of, at):
    row = sanctioned(college, "expulsion", by_council=True)
    with pytest.raises(Refusal, match="ne peut pas être demandé"):
        ask_erasure(sanction=row, why="Ailleurs.", actor=parent)
    assert "Demander l’effacement" not in shown(client_of("parent").get(at("sanction", row.pk)))


def test_a_sanction_annulled_takes_back_the_exclusion_to_come(college, head):
    row = sanctioned(college, "class_exclusion", starts_on=TUESDAY, ends_on=TUESDAY + dt.timedelta(days=1))
    with clock.at("2026-11-25T07:00"):
        erase(sanction=row, reason="annulled", actor=head)
    kept = {each.away_on.day: each.cancelled_at is None for each in AbsenceEntry.objects.all()}
    assert kept == {24: True, 25: False}
    assert RegisterEntry.objects.get().measure == "2\N{NO-BREAK SPACE}jours, annulée"


def test_a_sanction_written_by_mistake_never_took_place(college, head):
    row = sanctioned(college, "class_exclusion", starts_on=TUESDAY, ends_on=TUESDAY + dt.timedelta(days=1))
    with clock.at("2026-11-26T07:00"):
        erase(sanction=row, reason="mistake", actor=head)
    assert not AbsenceEntry.objects.filter(cancelled_at=None).exists()


@pytest.mark.parametrize(("reason", "sentence"), [("", "Choisissez la raison"), ("asked", "Personne n’a demandé")])
def test_nothing_is_erased_without_a_reason_of_the_law(college, head, reason, sentence):
    row = sanctioned(college)
    with pytest.raises(Refusal, match=sentence):
        erase(sanction=row, reason=reason, actor=head)


def test_another_delay_applies_to_what_comes_and_says_who_wrote_it(college, head, client_of, at):
    before = sanctioned(college)
    text = "Décret n° 2026-999 du 20 novembre 2026"
    write_delay(kind="reprimand", applies_from_on=TUESDAY, years=0, reason=text, actor=head)
    before.refresh_from_db()
    after = sanctioned(college)
    assert before.erases_on
    assert after.erases_on
    assert before.erases_on.year - after.erases_on.year == 1
    page = shown(client_of("principal").get(at("delays")))
    assert f"{college.people['principal'].formal_name} : {text}" in page
    assert AuditEntry.objects.get(verb="discipline.write_delay").detail == {
        "kind": "reprimand",
        "years": 0,
        "before": 1,
    }


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"applies_from_on": TUESDAY - dt.timedelta(days=1)}, "ne change rien au passé"),
        ({"reason": "parce que"}, "Citez le texte"),
        ({"kind": "expulsion"}, "fin de la scolarité"),
    ],
)
def test_nobody_shortens_a_delay_in_silence(college, head, wrong, sentence):
    typed = {"kind": "reprimand", "applies_from_on": TUESDAY, "years": 0, "reason": "Décret n° 2026-999", **wrong}
    with pytest.raises(Refusal, match=sentence):
        write_delay(**typed, actor=head)
    assert not ErasureRule.objects.exists()


def test_only_the_head_sees_the_delays_and_erases(college, client_of, at):
    row = sanctioned(college)
    for slug in ("cpe", "enseignante", "parent"):
        assert client_of(slug).get(at("delays")).status_code == 404
        assert client_of(slug).post(at("act", row.pk), {"action": "effacer", "raison": "amnesty"}).status_code == 404
    assert Sanction.objects.exists()
