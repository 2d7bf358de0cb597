"""Sanctions: what the law lets be decided, by whom, what follows, and the register without names."""

import datetime as dt
from html import unescape

import pytest
from django.db import IntegrityError, transaction

from pupitre.attendance.models import AbsenceEntry, CountedHalfDay
from pupitre.attendance.tests.factories import TUESDAY, register
from pupitre.directory.models import FormTeacher, Grant
from pupitre.directory.tests.factories import FIRST_DAY
from pupitre.discipline.models import RegisterEntry, Sanction
from pupitre.discipline.refusals import Refusal
from pupitre.discipline.scale import earliest_decision, last_appeal_day
from pupitre.discipline.services.sanctioning import decide, revoke_suspension
from pupitre.discipline.tests.factories import decision, reported, sanctioned
from pupitre.foundation.access import allowed
from pupitre.notifications.models import Notification

WEDNESDAY, THURSDAY = TUESDAY + dt.timedelta(days=1), TUESDAY + dt.timedelta(days=2)
YEAR_END = dt.date(2027, 7, 3)


def shown(response):
    return " ".join(unescape(response.content.decode()).split()).replace("\N{NO-BREAK SPACE}", " ")


def sees(actor, row):
    return allowed(actor, "discipline.view_sanction", Sanction.objects.filter(pk=row.pk)).exists()


@pytest.fixture
def year_end(college):
    from pupitre.discipline.queries.delays import year_end

    return year_end(TUESDAY)


def test_a_reprimand_is_written_and_the_family_told_without_its_kind(college):
    row = sanctioned(college)
    told = Notification.objects.filter(kind="discipline.sanction")
    assert set(told.values_list("person", flat=True)) == {college.people["eleve"].pk, college.people["parent"].pk}
    assert {each.title for each in told} == {"une décision de la direction à lire"}
    assert (row.line.year, row.line.number, row.line.measure) == (2026, 1, "")


def test_who_sees_it(college, head, cpe, parent, teacher, colleague):
    row = sanctioned(college)
    assert [sees(each, row) for each in (head, cpe, parent, teacher)] == [True, True, True, False]
    FormTeacher.objects.create(group=college.groups["4B"], person=college.people["collegue"], starts_on=FIRST_DAY)
    assert sees(colleague, row)


def test_an_assistant_neither_sees_nor_decides(college):
    from pupitre.attendance.tests.factories import acting
    from pupitre.directory.models import Affiliation
    from pupitre.directory.profiles import Profile

    row = sanctioned(college)
    Affiliation.objects.filter(person=college.people["cpe"]).update(function="AED")
    assistant = acting(college, "cpe", Profile.SCHOOL_LIFE)
    assert not sees(assistant, row)
    from pupitre.directory.models import Student

    assert not allowed(assistant, "discipline.sanction_student", Student.objects.all()).exists()


def test_the_register_names_nobody(college, client_of, at, ines):
    sanctioned(college)
    text = shown(client_of("cpe").get(at("register")))
    assert "Un élève de 4e a insulté un camarade dans la cour." in text
    assert "Belkacem" not in text.split("</header>")[-1].split("tbody")[1]
    assert {field.name for field in RegisterEntry._meta.get_fields() if field.is_relation} <= {"establishment", "+"}


@pytest.mark.parametrize("facts", ["Inès a insulté un camarade.", "L’élève BELKACEM a insulté un camarade."])
def test_a_name_in_the_register_is_refused(college, ines, head, facts):
    with pytest.raises(Refusal, match="ne nomme personne"):
        decide(student=ines, decision=decision(facts=facts), actor=head)


def test_the_victim_of_the_incident_is_not_named_either(college, ines, head):
    incident = reported(college)
    with pytest.raises(Refusal, match="ne nomme personne"):
        decide(student=ines, decision=decision(facts="A insulté Elias dans la cour."), actor=head, incident=incident)


def test_lines_are_numbered_in_order(college):
    for _n in range(3):
        sanctioned(college, "warning")
    assert [each.number for each in RegisterEntry.objects.order_by("number")] == [1, 2, 3]


def test_an_exclusion_inside_is_shown_by_the_register_and_makes_no_half_day(college, head, colleague, client_of):
    sanctioned(college, "class_exclusion", starts_on=TUESDAY, ends_on=WEDNESDAY)
    entries = AbsenceEntry.objects.order_by("away_on")
    assert [(each.away_on, each.kind, each.counts) for each in entries] == [
        (TUESDAY, "exclusion", False),
        (WEDNESDAY, "exclusion", False),
    ]
    roll = register("4B", "10:10")
    page = shown(client_of("collegue").get(f"/{college.college.uai}/appel/{roll.pk}/"))
    assert "Exclu de la classe, accueilli à la vie scolaire" in page
    assert not CountedHalfDay.objects.exists()


def test_an_exclusion_from_the_school_says_so_in_the_register(college, client_of):
    sanctioned(college, "school_exclusion", starts_on=WEDNESDAY, ends_on=WEDNESDAY)
    assert AbsenceEntry.objects.get().place == "Exclu de l’établissement"


def test_an_exclusion_from_the_canteen_changes_nothing_of_lessons(college):
    sanctioned(college, "school_exclusion", starts_on=WEDNESDAY, ends_on=THURSDAY, service="canteen")
    assert not AbsenceEntry.objects.exists()
    assert RegisterEntry.objects.get().measure == "2\N{NO-BREAK SPACE}jours, de la demi-pension"


@pytest.mark.parametrize(
    ("kind", "more", "sentence"),
    [
        ("expulsion", {}, "Seul le conseil de discipline"),
        ("school_exclusion", {"starts_on": TUESDAY, "ends_on": TUESDAY + dt.timedelta(days=8)}, "huit jours au plus"),
        ("class_exclusion", {"starts_on": WEDNESDAY, "ends_on": TUESDAY}, "Le dernier jour vient avant le premier"),
        ("class_exclusion", {}, "Il manque le premier ou le dernier jour"),
        ("class_exclusion", {"starts_on": TUESDAY - dt.timedelta(days=1), "ends_on": TUESDAY}, "avant la décision"),
        ("responsibility", {"hours": 21, "activity": "CDI"}, "de 1 à 20 heures"),
        ("responsibility", {"hours": 10}, "en quoi consiste"),
        ("reprimand", {"heard_on": TUESDAY - dt.timedelta(days=1)}, "deux jours ouvrables"),
        ("reprimand", {"decided_on": WEDNESDAY}, "le jour où elle est décidée"),
        ("warning", {"suspended_until_on": YEAR_END}, "ne peuvent pas être assortis du sursis"),
        ("class_exclusion", {"suspended_until_on": dt.date(2026, 12, 18), "days": 3}, "Le sursis court au moins"),
        ("class_exclusion", {"suspended_until_on": dt.date(2031, 7, 3), "days": 3}, "Le sursis court au moins"),
        ("class_exclusion", {"suspended_until_on": YEAR_END}, "de combien de jours"),
    ],
)
def test_what_the_law_does_not_let_be_decided_is_said(college, ines, head, kind, more, sentence):
    with pytest.raises(Refusal, match=sentence):
        decide(student=ines, decision=decision(kind, **more), actor=head)
    assert not Sanction.objects.exists()


def test_eight_days_are_possible(college):
    row = sanctioned(college, "class_exclusion", starts_on=TUESDAY, ends_on=TUESDAY + dt.timedelta(days=7))
    assert row.days == 8


@pytest.mark.parametrize(
    "broken", [{"days": 9}, {"hours": 21}, {"kind": "expulsion"}, {"suspended_until_on": YEAR_END}]
)
def test_the_database_holds_the_limits_too(college, broken):
    row = sanctioned(college)
    with pytest.raises(IntegrityError), transaction.atomic():
        Sanction.objects.filter(pk=row.pk).update(**broken)


@pytest.mark.parametrize(
    ("heard", "decided"),
    [(dt.date(2026, 11, 24), 27), (dt.date(2026, 11, 26), 29), (dt.date(2026, 11, 27), 1)],
)
def test_two_whole_working_days_to_answer(heard, decided):
    assert earliest_decision(heard).day == decided


def test_the_council_expels(college, year_end):
    row = sanctioned(college, "expulsion", by_council=True)
    assert (row.summoned_on, row.line.by_council) == (TUESDAY - dt.timedelta(days=6), True)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"summoned_on": None}, "Il manque le jour où l’élève et sa famille ont été convoqués"),
        ({"summoned_on": TUESDAY - dt.timedelta(days=4)}, "à partir du mercredi 25"),
        ({"council_members": " "}, "Dites qui siégeait"),
    ],
)
def test_the_council_is_summoned_five_days_before_and_its_members_are_known(college, wrong, sentence):
    with pytest.raises(Refusal, match=sentence):
        sanctioned(college, "expulsion", by_council=True, **wrong)


@pytest.mark.parametrize(
    ("notified", "by_council", "last"),
    [
        (dt.date(2026, 11, 24), True, dt.date(2026, 12, 2)),
        (dt.date(2026, 11, 24), False, dt.date(2027, 1, 25)),
        (dt.date(2026, 12, 31), False, dt.date(2027, 3, 1)),
        (dt.date(2026, 10, 15), False, dt.date(2026, 12, 16)),
    ],
)
def test_how_long_a_sanction_may_be_contested(notified, by_council, last):
    assert last_appeal_day(notified, by_council=by_council) == last


def test_the_day_of_notification_is_kept_and_the_family_reads_until_when_to_contest(college, client_of, at):
    row = sanctioned(college, "expulsion", by_council=True)
    page = shown(client_of("parent").get(at("sanction", row.pk)))
    assert "dans les huit jours qui suivent sa notification" in page
    assert "Mme Vasseur, M. Bensaïd" not in page
    head = client_of("principal")
    answer = head.post(at("act", row.pk), {"action": "notifier", "notifie": "2026-11-23"})
    assert answer.status_code == 422
    assert "le jour où elle est prise, ou après" in shown(answer)
    assert head.post(at("act", row.pk), {"action": "notifier", "notifie": "2026-11-24"}).status_code == 302
    page = shown(client_of("parent").get(at("sanction", row.pk)))
    assert "Devant le recteur, jusqu’au mercredi 2 décembre 2026" in page
    assert "Mme Vasseur, M. Bensaïd" in shown(head.get(at("sanction", row.pk)))


def test_a_sursis_is_revoked_and_the_exclusion_then_runs(college, head, year_end):
    row = sanctioned(college, "class_exclusion", suspended_until_on=year_end, days=3)
    assert not AbsenceEntry.objects.exists()
    assert row.line.measure == "3\N{NO-BREAK SPACE}jours, avec sursis"
    days = {"starts_on": TUESDAY, "ends_on": WEDNESDAY}
    with pytest.raises(Refusal, match="ne peut pas durer plus"):
        revoke_suspension(
            sanction=row,
            on=TUESDAY,
            by_council=False,
            starts_on=TUESDAY,
            ends_on=TUESDAY + dt.timedelta(days=4),
            actor=head,
        )
    revoke_suspension(sanction=row, on=TUESDAY, by_council=False, actor=head, **days)
    assert AbsenceEntry.objects.filter(kind="exclusion").count() == 2
    assert row.line.measure.endswith("sursis révoqué")
    with pytest.raises(Refusal, match="n’est plus, assortie du sursis"):
        revoke_suspension(sanction=row, on=TUESDAY, by_council=False, actor=head, **days)


def test_the_head_decides_on_a_page_that_says_what_is_missing(college, client_of, at, ines):
    client = client_of("principal")
    typed = {
        "nature": "class_exclusion",
        "motif": "Insultes répétées.",
        "registre": "Un élève a insulté un camarade.",
        "informe": "2026-11-18",
        "decide": "2026-11-24",
        "service": "school",
    }
    response = client.post(at("decide", ines.pk), typed)
    assert response.status_code == 422
    assert "Il manque le premier ou le dernier jour de l’exclusion." in shown(response)
    assert "Insultes répétées." in shown(response)
    response = client.post(at("decide", ines.pk), {**typed, "du": "2026-11-24", "au": "2026-11-25"}, follow=True)
    assert "du mardi 24 novembre au mercredi 25 novembre" in shown(response)
    for slug in ("cpe", "enseignante", "secretaire"):
        assert client_of(slug).get(at("decide", ines.pk)).status_code == 404


def test_a_delegate_of_the_head_decides_and_reads(college, client_of, at, ines):
    secretary = college.people["secretaire"]
    assert client_of("secretaire").get(at("decide", ines.pk)).status_code == 404
    Grant.objects.create(
        person=secretary, establishment=college.college, capability="discipline.sanction", starts_on=FIRST_DAY
    )
    client = client_of("secretaire")
    typed = {
        "nature": "warning",
        "motif": "Retards répétés.",
        "registre": "Un élève est arrivé en retard dix fois.",
        "informe": "2026-11-18",
        "decide": "2026-11-24",
    }
    response = client.post(at("decide", ines.pk), typed, follow=True)
    assert response.status_code == 200
    assert Sanction.objects.get().decided_by_name == secretary.formal_name
    assert "Registre des sanctions, n° 1" in shown(response)
