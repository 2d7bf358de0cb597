"""Punishments: who may give them, what the family reads, what the office is told."""

import datetime as dt
from html import unescape

import pytest

from pupitre.attendance.services.finishing import finish_roll_call
from pupitre.attendance.services.marking import Told
from pupitre.attendance.tests.factories import TUESDAY, register
from pupitre.directory.models import FormTeacher, Guardianship
from pupitre.directory.tests.factories import FIRST_DAY, make_guardian
from pupitre.discipline.models import Acknowledgement, Punishment
from pupitre.discipline.refusals import Refusal
from pupitre.discipline.services.punishing import cancel, end, punish, show
from pupitre.discipline.services.reading import acknowledge
from pupitre.discipline.tests.factories import given, punished, sanctioned
from pupitre.foundation.access import allowed
from pupitre.foundation.models import AuditEntry
from pupitre.notifications.models import Notification


def shown(response):
    return " ".join(unescape(response.content.decode()).split()).replace("\N{NO-BREAK SPACE}", " ")


def sees(actor, verb, row):
    return allowed(actor, verb, type(row).objects.filter(pk=row.pk)).exists()


def test_the_student_and_their_parent_are_told_and_say_they_have_read(college, parent):
    row = punished(college)
    told = Notification.objects.filter(kind="discipline.punishment")
    assert set(told.values_list("person", flat=True)) == {college.people["eleve"].pk, college.people["parent"].pk}
    assert all("Travail non fait" not in each.title + each.body for each in told)
    for _time in range(2):
        acknowledge(target=row, actor=parent)
    assert Acknowledgement.objects.get().name == college.people["parent"].formal_name


def test_what_its_author_keeps_back_is_nobody_elses(college, parent, teacher, cpe):
    row = punished(college, is_shown=False)
    assert not Notification.objects.filter(kind="discipline.punishment").exists()
    assert not sees(parent, "discipline.view_punishment", row)
    assert sees(cpe, "discipline.view_punishment", row)
    show(punishment=row, actor=teacher)
    assert sees(parent, "discipline.view_punishment", row)


def test_a_colleague_sees_it_once_form_teacher_of_the_class(college, colleague):
    row = punished(college)
    assert not sees(colleague, "discipline.view_punishment", row)
    FormTeacher.objects.create(group=college.groups["4B"], person=college.people["collegue"], starts_on=FIRST_DAY)
    assert sees(colleague, "discipline.view_punishment", row)
    assert not sees(colleague, "discipline.follow_punishment", row)


def test_a_guardian_shut_out_reads_nothing(college, parent, client_of, at):
    row = punished(college)
    Guardianship.objects.filter(student=college.people["eleve"]).update(is_restricted=True)
    assert not sees(parent, "discipline.view_punishment", row)
    assert client_of("parent").get(at("punishment", row.pk)).status_code == 404
    assert client_of("parent").get(at("record", row.student_id)).status_code == 404


def test_nobody_punishes_their_own_child(college, client_of, at, ines):
    make_guardian(college.people["enseignante"], college.people["eleve"], college.college)
    assert client_of("enseignante").get(at("give", ines.pk)).status_code == 404
    assert client_of("collegue").get(at("give", ines.pk)).status_code == 200


def test_an_exclusion_from_a_lesson_is_reported_to_the_cpe_and_the_head(college, ines, teacher):
    roll = register("4B", "08:05")
    finish_roll_call(roll.pk, [Told(ines.pk, "excluded")], actor=teacher)
    row = punish(student=ines, given=given("lesson_exclusion"), actor=teacher, roll_call=roll)
    assert (row.state, row.roll_call_id) == ("done", roll.pk)
    told = Notification.objects.filter(kind="discipline.report").values_list("person", flat=True)
    assert set(told) == {college.people["cpe"].pk, college.people["principal"].pk}


def test_families_do_not_read_the_report(college, client_of, at):
    row = punished(college, "lesson_exclusion")
    for slug in ("eleve", "parent"):
        assert "téléphone" not in shown(client_of(slug).get(at("punishment", row.pk)))
    assert "téléphone" in shown(client_of("cpe").get(at("punishment", row.pk)))


def test_the_register_leads_to_the_report(college, ines, teacher, client_of):
    roll = register("4B", "08:05")
    finish_roll_call(roll.pk, [Told(ines.pk, "excluded")], actor=teacher)
    client = client_of("enseignante")
    page = shown(client.get(f"/{college.college.uai}/appel/{roll.pk}/"))
    assert "Écrire le rapport d’exclusion" in page
    address = f"/{college.college.uai}/punitions/donner/eleve/{ines.pk}/"
    assert f"{address}?appel={roll.pk}" in page
    typed = {"nature": "lesson_exclusion", "le": "2026-11-24", "motif": "Téléphone.", "appel": roll.pk}
    assert "Une exclusion de cours s’accompagne d’un rapport écrit." in shown(client.post(address, typed))
    assert client.post(address, {**typed, "rapport": "Trois demandes."}).status_code == 302
    assert Punishment.objects.get().roll_call_id == roll.pk


def test_what_is_typed_comes_back(college, ines, client_of, at):
    typed = {"nature": "extra_work", "le": "2026-11-24", "motif": "Bavardage pendant le contrôle.", "travail": ""}
    response = client_of("enseignante").post(at("give", ines.pk), typed)
    assert response.status_code == 422
    assert "Dites quel travail est à faire." in shown(response)
    assert "Bavardage pendant le contrôle." in shown(response)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"happened_on": dt.date(2026, 11, 25)}, "des faits qui ont eu lieu"),
        ({"due_on": dt.date(2026, 11, 20)}, "avant les faits"),
    ],
)
def test_what_cannot_be_given_is_said(college, ines, teacher, wrong, sentence):
    with pytest.raises(Refusal, match=sentence):
        punish(student=ines, given=given(**wrong), actor=teacher)


def test_it_is_done_or_not_and_may_be_taken_back(college, teacher):
    row = punished(college)
    end(punishment=row, is_done=False, actor=teacher)
    assert row.state == "not_done"
    cancel(punishment=row, actor=teacher)
    assert row.state == "cancelled"
    with pytest.raises(Refusal, match="annulée"):
        end(punishment=row, is_done=True, actor=teacher)
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"discipline.punish", "discipline.end_punishment", "discipline.cancel_punishment"} <= verbs


def test_the_journal_holds_no_words(college):
    punished(college)
    entry = AuditEntry.objects.get(verb="discipline.punish")
    assert entry.detail == {"kind": "extra_work"}


def test_the_list_costs_the_same_for_one_punishment_as_for_ten(college, client_of, at):
    from tests.statements import statements_of

    client = client_of("cpe")
    punished(college, "detention")
    client.get(at("punishments"))
    few = len(statements_of(lambda: client.get(at("punishments"))))
    for _n in range(10):
        punished(college, "detention", "frere")
    assert len(statements_of(lambda: client.get(at("punishments")))) == few


def test_homes_say_what_is_to_be_read(college, client_of, parent):
    row = punished(college)
    for slug, words in (("parent", "Inès : une punition à lire"), ("eleve", "Une punition à lire")):
        assert words in shown(client_of(slug).get("/", follow=True))
    acknowledge(target=row, actor=parent)
    assert "une punition à lire" not in shown(client_of("parent").get("/", follow=True))


def test_the_teacher_is_reminded_of_a_report_until_it_is_written(college, ines, teacher, client_of):
    roll = register("4B", "08:05")
    finish_roll_call(roll.pk, [Told(ines.pk, "excluded")], actor=teacher)
    assert "Rapport d’exclusion, Inès Belkacem" in shown(client_of("enseignante").get("/", follow=True))
    punish(student=ines, given=given("lesson_exclusion"), actor=teacher, roll_call=roll)
    assert "Rapport d’exclusion" not in shown(client_of("enseignante").get("/", follow=True))


def test_an_exclusion_that_the_head_decided_asks_no_report_of_the_teacher(college, ines, colleague, client_of):
    sanctioned(college, "class_exclusion", starts_on=TUESDAY, ends_on=TUESDAY)
    roll = register("4B", "10:10")
    finish_roll_call(roll.pk, [Told(ines.pk, "excluded", base=1)], actor=colleague)
    client = client_of("collegue")
    assert "Rapport d’exclusion" not in shown(client.get("/", follow=True))
    assert "Écrire le rapport" not in shown(client.get(f"/{college.college.uai}/appel/{roll.pk}/"))
