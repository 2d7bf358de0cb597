"""The pages of the roll call: one read, a form that works alone, what devices send."""

import json
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from pupitre.attendance.models import RollCall, RollMark
from pupitre.attendance.policies import MAY_CALL_VERB, MAY_VIEW_VERB
from pupitre.attendance.queries.roll_call import roll_of
from pupitre.attendance.services.finishing import finish_roll_call, note_marks
from pupitre.attendance.services.marking import NoSuchRegister, Told, hold
from pupitre.attendance.tests.factories import acting, fill_class, register, student
from pupitre.directory.models import FormTeacher
from pupitre.directory.profiles import Profile
from pupitre.directory.tests.factories import FIRST_DAY
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from tests.statements import statements_of


@pytest.fixture
def roll(college):
    return register("4B", "10:10")


@pytest.fixture
def ines(college):
    return student(college.people["eleve"]).pk


@pytest.fixture
def client_of(college):
    return lambda slug: college.sign_in(Client(), slug)


def url(cast, roll, name="roll_call"):
    return reverse(f"attendance:{name}", args=[cast.college.uai, roll.pk])


def shown(response):
    return " ".join(unescape(response.content.decode()).split())


def device(client, cast, roll, *marks, now=1_700_000_000_000, **more):
    body = {"sent_at": now, "marks": [{"told_at": now, "key": f"k{n}", **mark} for n, mark in enumerate(marks)], **more}
    return client.post(url(cast, roll, "marks"), json.dumps(body), content_type="application/json")


def test_opening_a_register_costs_two_statements_whatever_the_class(college, client_of, roll):
    client = client_of("collegue")
    fill_class(college, "4B", 29)
    register("4B", "10:10")
    client.get(url(college, roll))
    assert len(statements_of(lambda: client.get(url(college, roll)))) == 2
    assert len(statements_of(lambda: client.get(reverse("attendance:now", args=[college.college.uai])))) == 2


def test_a_device_marks_a_student_in_three_statements(college, client_of, roll, ines):
    client = client_of("collegue")
    mark = {"student": ines, "state": "absent", "base": 0}
    assert len(statements_of(lambda: device(client, college, roll, mark))) == 3
    assert RollMark.objects.get().state == "absent"


def test_the_lesson_going_on_is_the_one_shown_first(college, client_of, roll):
    response = client_of("collegue").get(reverse("attendance:now", args=[college.college.uai]))
    text = shown(response)
    assert "Appel, 4B" in text
    assert "Valider l’appel" in text


def test_a_register_is_made_when_the_nightly_job_did_not(college, client_of):
    assert not RollCall.objects.exists()
    assert "Valider l’appel" in shown(client_of("collegue").get(reverse("attendance:now", args=[college.college.uai])))


def test_before_its_hour_a_register_says_when_it_opens(college, client_of):
    roll = register("4B", "13:30")
    text = shown(client_of("enseignante").get(url(college, roll)))
    assert "ouvre dix minutes avant le cours, à 13 h 20" in text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Valider l’appel" not in text


def test_the_form_alone_takes_the_register(college, client_of, roll, ines):
    response = client_of("collegue").post(
        url(college, roll), {f"e{ines}": "absent", f"b{ines}": "0.present", f"m{ines}": "", f"n{ines}": ""}
    )
    assert response.status_code == 302
    assert RollMark.objects.get().state == "absent"
    roll.refresh_from_db()
    assert roll.state == RollCall.State.DONE


def test_a_form_opened_before_the_office_wrote_overwrites_nothing(college, client_of, cpe, roll, ines):
    note_marks(roll.pk, [Told(ines, "infirmary")], actor=cpe)
    response = client_of("collegue").post(url(college, roll), {f"e{ines}": "absent", f"b{ines}": "0.present"})
    assert response.status_code == 422
    text = shown(response)
    assert "Noté par quelqu’un d’autre entre-temps" in text
    assert "M. Bensaïd a noté" in text
    assert RollMark.objects.get().state == "infirmary"
    roll.refresh_from_db()
    assert roll.state == RollCall.State.DONE


def test_what_nobody_touched_on_an_old_page_is_not_told(college, client_of, cpe, roll, ines):
    note_marks(roll.pk, [Told(ines, "infirmary")], actor=cpe)
    response = client_of("collegue").post(url(college, roll), {f"e{ines}": "present", f"b{ines}": "0.present"})
    assert response.status_code == 302
    assert RollMark.objects.get().state == "infirmary"


def test_a_student_away_the_lesson_before_is_shown_away(college, client_of, teacher, colleague, ines):
    before = register("4B", "08:05")
    with clock.at("2026-11-24T08:10"):
        finish_roll_call(before.pk, [Told(ines, "absent")], actor=teacher)
    roll = register("4B", "10:10")
    seen = roll_of(colleague, roll.pk)
    assert seen is not None
    assert [each.state for each in seen.students if each.id == ines] == ["absent"]
    text = shown(client_of("collegue").get(url(college, roll)))
    assert "Absent à 8 h 05" in text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_clock_of_a_device_an_hour_ahead_is_told_and_nothing_is_lost(college, client_of, roll, ines):
    ahead = clock.now().timestamp() * 1000 + 3_600_000
    answer = device(
        client_of("collegue"), college, roll, {"student": ines, "state": "late", "base": 0, "told_at": ahead}, now=ahead
    ).json()
    assert answer["results"][0]["fate"] == "saved"
    assert "avance d’environ 1" in answer["clock"]
    assert RollMark.objects.get().at.isoformat() == "10:20:00"


def test_a_register_too_early_is_answered_in_a_sentence(college, client_of, ines):
    roll = register("4B", "13:30")
    response = device(client_of("enseignante"), college, roll, {"student": ines, "state": "absent", "base": 0})
    assert response.status_code == 422
    assert "Il est trop tôt" in response.json()["sentence"]


@pytest.mark.parametrize("body", ["", "[]", '{"sent_at": "x"}', '{"sent_at": 1, "marks": [{"student": "a"}]}'])
def test_what_our_page_never_sends_is_refused_in_a_sentence(college, client_of, roll, body):
    response = client_of("collegue").post(url(college, roll, "marks"), body, content_type="application/json")
    assert response.status_code == 422
    assert "Rechargez la page" in response.json()["sentence"]


def test_the_read_of_the_page_lets_in_exactly_whom_the_policy_lets_in(cast, tuesday):
    """Two forms of one rule: the condition of `policies.py`, and the SQL of the one statement."""
    with scope(cast.college.pk):
        FormTeacher.objects.create(group=cast.groups["4B"], person=cast.people["enseignante"], starts_on=FIRST_DAY)
        rolls = [register("4B", "10:10"), register("6C", "10:10"), register("4B", "08:05")]
    for slug, profile in (
        ("enseignante", Profile.TEACHER),
        ("collegue", Profile.TEACHER),
        ("cpe", Profile.SCHOOL_LIFE),
        ("principal", Profile.HEAD),
        ("secretaire", Profile.ADMINISTRATIVE),
        ("eleve", Profile.STUDENT),
        ("parent", Profile.GUARDIAN),
        ("referent", Profile.LOCAL_ADMIN),
    ):
        actor = acting(cast, slug, profile)
        with scope(cast.college.pk):
            seen = set(allowed(actor, MAY_VIEW_VERB, RollCall.objects.all()).values_list("pk", flat=True))
            called = set(allowed(actor, MAY_CALL_VERB, RollCall.objects.all()).values_list("pk", flat=True))
        for roll in rolls:
            assert (roll_of(actor, roll.pk) is not None) == (roll.pk in seen), slug
            assert may_hold(actor, roll) == (roll.pk in called), slug


def may_hold(actor, roll):
    try:
        hold(roll.pk, [], [], actor=actor)
    except NoSuchRegister:
        return False
    return True
