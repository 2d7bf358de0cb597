"""Families say beforehand: planned absences and exemptions, from the request to the register."""

import datetime as dt
import re
from dataclasses import replace
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from pupitre.agenda.tests.factories import of_class
from pupitre.attendance.models import AbsenceCase, AbsenceEntry, CountedHalfDay, Justification
from pupitre.attendance.queries.roll_call import roll_of
from pupitre.attendance.refusals import Refusal
from pupitre.attendance.services.announcing import announce
from pupitre.attendance.services.deciding import decide
from pupitre.attendance.services.entering import Entered, enter
from pupitre.attendance.services.finishing import finish_roll_call
from pupitre.attendance.services.marking import Told
from pupitre.attendance.services.reasons import reasons_of_school
from pupitre.attendance.tests.factories import TUESDAY, register, student
from pupitre.attendance.transitions import Act
from pupitre.attendance.words import WHOLE_DAY
from pupitre.directory.models import Guardianship, Person, Subject
from pupitre.foundation import clock
from pupitre.notifications.models import Notification
from pupitre.timetable.models import Course
from pupitre.timetable.queries.planned import planned_lesson
from pupitre.timetable.services.changing import change_lesson
from pupitre.timetable.services.publishing import publish_due

WEDNESDAY = TUESDAY + dt.timedelta(days=1)


@pytest.fixture
def ines(college):
    return student(college.people["eleve"])


@pytest.fixture
def client_of(college):
    return lambda slug: college.sign_in(Client(), slug)


def at(cast, name, *args):
    return reverse(f"attendance:{name}", args=[cast.college.uai, *args])


def shown(response):
    text = unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))
    return " ".join(text.split()).replace("\N{NO-BREAK SPACE}", " ")


def typed(ines, **changes):
    first = {"eleve": ines.pk, "nature": "absence", "du": "2026-11-25", "mot": "Concours de piano."}
    return first | changes


def test_a_family_announces_an_absence_and_the_office_answers(college, client_of, cpe, ines):
    client = client_of("parent")
    answer = client.post(at(college, "announce"), typed(ines), follow=True)
    assert "La vie scolaire a reçu la demande." in shown(answer)
    assert "Prévue, à confirmer" in shown(answer)
    case = AbsenceCase.objects.get()
    assert (case.state, case.entries.get().origin) == ("planned", "family")
    assert Justification.objects.get().text == "Concours de piano."
    assert Notification.objects.filter(kind="attendance.justification", person=college.people["cpe"]).exists()
    decide([case.pk], Act.CONFIRM, actor=cpe)
    assert "Prévue, confirmée" in shown(client.get(at(college, "announce")))
    assert Notification.objects.filter(kind="attendance.decision", person=college.people["parent"]).exists()


def state_in_register(actor, ines, roll):
    found = roll_of(actor, roll.pk)
    assert found is not None
    [row] = [each for each in found.students if each.id == ines.pk]
    return row.state, row.office.waits if row.office else None


def test_the_register_shows_what_is_announced_and_whether_it_was_confirmed(
    college, client_of, cpe, parent, teacher, ines
):
    announce(
        Entered("absence", TUESDAY, TUESDAY, dt.time(10), dt.time(12)), student=ines, text="Dentiste.", actor=parent
    )
    roll = register("4B", "10:10")
    assert state_in_register(cpe, ines, roll) == ("absent", True)
    page = client_of("collegue").get(reverse("attendance:roll_call", args=[college.college.uai, roll.pk]))
    assert "Absence annoncée, à confirmer" in shown(page)
    decide([AbsenceCase.objects.get().pk], Act.CONFIRM, actor=cpe)
    assert state_in_register(cpe, ines, roll) == ("absent", False)


def test_an_absence_refused_beforehand_frees_the_register_and_is_noted_as_any_other_when_it_happens(
    college, cpe, colleague, parent, ines
):
    announce(Entered("absence", TUESDAY, TUESDAY, *WHOLE_DAY), student=ines, text="Vacances.", actor=parent)
    decide([AbsenceCase.objects.get().pk], Act.DECLINE, actor=cpe, why="Une évaluation a lieu.")
    roll = register("4B", "10:10")
    assert state_in_register(cpe, ines, roll) == ("present", None)
    assert not CountedHalfDay.objects.exists()
    finish_roll_call(roll.pk, [Told(ines.pk, "absent")], actor=colleague)
    states = sorted(AbsenceCase.objects.values_list("state", flat=True))
    assert states == ["declined", "reported"]
    assert CountedHalfDay.objects.get().standing == 2


def test_an_exemption_of_one_subject_is_made_of_its_lessons_and_waits(college, client_of, cpe, parent, colleague, ines):
    french = Subject.objects.get(label="Français")
    asked = Entered("exemption", TUESDAY, TUESDAY + dt.timedelta(days=7), *WHOLE_DAY, subject=french.pk)
    case = announce(asked, student=ines, text="Plâtre.", actor=parent)
    assert (case.state, case.kind, case.counts) == ("exemption_asked", "exemption", False)
    hours = list(AbsenceEntry.objects.order_by("away_on").values_list("away_on", "starts_at"))
    assert hours == [(TUESDAY, dt.time(10, 10)), (TUESDAY + dt.timedelta(days=7), dt.time(10, 10))]
    roll = register("4B", "10:10")
    assert state_in_register(cpe, ines, roll) == ("present", True)
    text = shown(client_of("collegue").get(reverse("attendance:roll_call", args=[college.college.uai, roll.pk])))
    assert "Dispense demandée, pas encore accordée" in text
    decide([case.pk], Act.GRANT, actor=cpe)
    assert state_in_register(cpe, ines, roll) == ("exempt_away", False)


def test_a_student_absent_while_the_exemption_waits_is_absent(college, colleague, parent, ines):
    announce(Entered("exemption", TUESDAY, TUESDAY, *WHOLE_DAY), student=ines, text="Plâtre.", actor=parent)
    finish_roll_call(register("4B", "10:10").pk, [Told(ines.pk, "absent")], actor=colleague)
    assert AbsenceCase.objects.filter(state="reported").count() == 1


def test_an_exemption_refused_is_crossed_out(college, cpe, parent, ines):
    case = announce(Entered("exemption", TUESDAY, TUESDAY, *WHOLE_DAY), student=ines, text="Fatigue.", actor=parent)
    decide([case.pk], Act.DENY, actor=cpe, why="Il faut un certificat.")
    assert AbsenceEntry.objects.get().cancelled_at is not None
    case.refresh_from_db()
    assert case.state == "not_exempt"


def test_the_office_grants_what_it_enters_and_assistants_ask(college, cpe, ines):
    enter(Entered("exemption", TUESDAY, TUESDAY, *WHOLE_DAY), [ines.pk], actor=cpe)
    assert AbsenceCase.objects.get().state == "exempt"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"du": "2026-11-20"}, "Ce jour est passé."),
        ({"du": "2026-11-28"}, "Aucun cours à ces dates"),
        ({"au": "2026-11-24"}, "Le dernier jour vient avant le premier."),
        ({"de": "11:00", "a": "10:00"}, "La fin vient avant le début."),
        ({"mot": ""}, "Choisissez une raison, ou dites-la en quelques mots."),
        ({"eleve": "0"}, "Pour qui"),
    ],
)
def test_what_cannot_be_announced_is_said_and_stays(college, client_of, ines, changes, sentence):
    answer = client_of("parent").post(at(college, "announce"), typed(ines, **changes))
    assert answer.status_code == 422
    assert sentence in shown(answer)
    assert changes.get("mot", "Concours de piano.") in answer.content.decode()
    assert not AbsenceCase.objects.exists()


def test_the_same_days_are_not_announced_twice(college, parent, ines):
    asked = Entered("absence", WEDNESDAY, WEDNESDAY, *WHOLE_DAY)
    announce(asked, student=ines, text="Dentiste.", actor=parent)
    with pytest.raises(Refusal, match="sait déjà"):
        announce(asked, student=ines, text="Dentiste.", actor=parent)


def test_a_child_of_somebody_else_is_no_choice(college, client_of, ines):
    Guardianship.objects.filter(student=college.people["eleve"]).update(is_restricted=True)
    answer = client_of("parent").post(at(college, "announce"), typed(ines))
    assert answer.status_code == 422
    assert not AbsenceCase.objects.exists()


def test_a_student_of_age_announces_and_a_younger_one_does_not(college, client_of, ines):
    assert client_of("eleve").get(at(college, "announce")).status_code == 404
    Person.objects.filter(pk=college.people["eleve"].pk).update(birth_date=dt.date(2008, 11, 24))
    assert client_of("eleve").post(at(college, "announce"), typed(ines)).status_code == 302


def test_a_parent_finds_all_the_children_of_all_the_schools(college, client_of, parent, ines):
    announce(Entered("absence", WEDNESDAY, WEDNESDAY, *WHOLE_DAY), student=ines, text="Dentiste.", actor=parent)
    text = shown(client_of("parent").get("/famille/absences/"))
    assert "Collège Sophie-Germain" in text
    assert "Inès Toutes ses absences 1 absence prévue" in text
    assert "Lycée des Deux-Rives" in text
    assert "Sarah" in text


def test_reasons_of_health_are_proposed_and_the_day_of_the_leap_year_comes_of_age(college, client_of, ines):
    reason = next(each for each in reasons_of_school() if each.code == "rdv_medical")
    client_of("parent").post(at(college, "announce"), typed(ines, motif=reason.pk, mot=""))
    assert Justification.objects.get().reason_id == reason.pk
    with clock.at("2028-02-29T10:00"):
        assert client_of("eleve").get(at(college, "announce")).status_code in (200, 404)


def exam(college, **more):
    """Written by the head in the agenda, for the students of the 4e B, a fortnight before."""
    with clock.at("2026-11-10T10:00"):
        return of_class(college, starts_on=WEDNESDAY, ends_on=WEDNESDAY, **more)


def test_a_family_that_plans_an_absence_on_the_day_of_an_exam_reads_which_and_confirms(college, client_of, ines):
    exam(college, starts_at=dt.time(8), ends_at=dt.time(10))
    client = client_of("parent")
    answer = client.post(at(college, "announce"), typed(ines))
    assert answer.status_code == 422
    assert "Mercredi 25 novembre, 8 h : Brevet blanc" in shown(answer)
    assert not AbsenceCase.objects.exists()
    assert "Concours de piano." in answer.content.decode()
    client.post(at(college, "announce"), typed(ines, quand_meme="1"))
    case = AbsenceCase.objects.get()
    office = client_of("cpe").get(at(college, "case", case.pk))
    assert "Brevet blanc" in shown(office)


def test_an_exam_at_another_hour_or_of_another_class_holds_nobody_up(college, client_of, ines):
    exam(college, starts_at=dt.time(13), ends_at=dt.time(15))
    with clock.at("2026-11-10T10:00"):
        of_class(college, "6C", starts_on=WEDNESDAY, ends_on=WEDNESDAY, title="Évaluation des 6es")
    client_of("parent").post(at(college, "announce"), typed(ines, de="08:00", a="12:00"))
    assert AbsenceCase.objects.count() == 1


def test_a_lesson_marked_as_a_test_is_named_to_the_family_once_it_is_published(college, client_of, head, ines):
    course = Course.objects.get(subject__label="Mathématiques", group__code="4B")
    lesson = planned_lesson(course.pk, WEDNESDAY, dt.time(8, 5))
    assert lesson is not None
    with clock.at("2026-11-10T10:00"):
        change_lesson(lesson=lesson, facts=replace(lesson.facts, is_test=True), actor=head)
    client = client_of("parent")
    with clock.at("2026-11-10T10:05"):
        assert "Devoir surveillé" not in shown(client.post(at(college, "announce"), typed(ines, du="2026-11-26")))
    publish_due(college.college.pk)
    answer = client.post(at(college, "announce"), typed(ines))
    assert "Mercredi 25 novembre, 8 h 05 : Devoir surveillé, Mathématiques" in shown(answer)
    assert not AbsenceCase.objects.filter(starts_on=WEDNESDAY).exists()
