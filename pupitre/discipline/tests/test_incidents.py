"""Incidents: nobody's name reaches another family; the first two levels do not count."""

import datetime as dt
from html import unescape

import pytest

from pupitre.attendance.queries.watching import watched_students
from pupitre.attendance.tests.factories import student
from pupitre.directory.models import FormTeacher
from pupitre.directory.tests.factories import FIRST_DAY
from pupitre.discipline.models import Incident, IncidentPerson, Punishment
from pupitre.discipline.queries.week import alerts_since
from pupitre.discipline.refusals import Refusal
from pupitre.discipline.services.incidents import Part, close, involve, show
from pupitre.discipline.services.sanctioning import decide
from pupitre.discipline.tests.factories import decision, reported
from pupitre.foundation.access import allowed
from pupitre.notifications.models import Notification

SUMMARY = "Des insultes ont été échangées dans la cour. La vie scolaire a reçu les élèves."


def shown(response):
    return " ".join(unescape(response.content.decode()).split()).replace("\N{NO-BREAK SPACE}", " ")


def test_the_cpe_and_the_head_are_told(college):
    reported(college)
    told = Notification.objects.filter(kind="discipline.incident").values_list("person", flat=True)
    assert set(told) == {college.people["cpe"].pk, college.people["principal"].pk}


def test_whoever_reported_it_sees_it_and_a_colleague_does_not(college, teacher, colleague):
    row = reported(college)
    assert allowed(teacher, "discipline.view_incident", Incident.objects.all()).get() == row
    assert not allowed(colleague, "discipline.view_incident", Incident.objects.all()).exists()


def test_a_form_teacher_reads_the_names_of_the_class_alone(college, client_of, at):
    row = reported(college)
    FormTeacher.objects.create(group=college.groups["4B"], person=college.people["collegue"], starts_on=FIRST_DAY)
    row.facts = "Insultes devant la grille."
    row.save()
    page = shown(client_of("collegue").get(at("incident", row.pk)))
    assert "Inès Belkacem" in page
    assert "Elias" not in page
    assert "Un autre élève" in page


def test_families_read_what_was_written_for_them_and_no_name(college, cpe, client_of, at, ines):
    elias = student(college.people["frere"])
    row = reported(college, Part("offender", ines))
    assert "insultes" not in shown(client_of("eleve").get(at("record", ines.pk)))
    show(incident=row, text=SUMMARY, actor=cpe)
    page = shown(client_of("eleve").get(at("record", ines.pk)))
    assert SUMMARY in page
    assert "Elias" not in page
    assert "devant la grille" not in page
    assert client_of("eleve").get(at("incident", row.pk)).status_code == 404
    assert not allowed(cpe, "discipline.read_incident_part", IncidentPerson.objects.filter(student=elias)).exists()


@pytest.mark.parametrize("text", ["Inès a insulté un camarade.", "Un élève a insulté ELIAS.", "La famille Belkacem."])
def test_what_families_read_names_nobody(college, cpe, text):
    row = reported(college)
    with pytest.raises(Refusal, match="ne nomme personne"):
        show(incident=row, text=text, actor=cpe)
    row.refresh_from_db()
    assert row.published_at is None


def test_each_family_is_told_of_its_own_child(college, cpe):
    row = reported(college)
    show(incident=row, text=SUMMARY, actor=cpe)
    told = Notification.objects.filter(kind="discipline.incident_shown", person=college.people["parent"])
    assert set(told.values_list("child", flat=True)) == {college.people["eleve"].pk, college.people["frere"].pk}


def test_the_first_two_levels_do_not_count(college, ines):
    for gravity in (1, 2, 2, 1):
        reported(college, Part("offender", ines), gravity=gravity)
    assert alerts_since(FIRST_DAY) == []
    for _n in range(3):
        reported(college, Part("offender", ines))
    assert [(each.pk, count) for each, count in alerts_since(FIRST_DAY)] == [(ines.pk, 3)]


def test_a_victim_is_not_to_be_followed_for_it(college, ines):
    for _n in range(4):
        reported(college, Part("victim", ines), gravity=5)
    assert alerts_since(FIRST_DAY) == []


def test_a_student_has_one_part_the_last_said(college, teacher, ines):
    row = reported(college, Part("witness", ines))
    involve(incident=row, part=Part("offender", ines), actor=teacher)
    assert IncidentPerson.objects.get(student=ines).role == "offender"
    involve(incident=row, part=Part("witness", name="Le gardien du gymnase"), actor=teacher)
    assert row.people.count() == 2


def test_it_is_reported_then_completed_on_its_page(college, client_of, at, ines):
    client = client_of("enseignante")
    typed = {"le": "2026-11-24", "lieu": "Cour", "nature": "verbal", "gravite": "3", "faits": "Insultes."}
    assert "Il manque le jour" in shown(client.post(at("report"), {**typed, "le": ""}))
    response = client.post(at("report"), {**typed, "eleve": ines.pk, "role": "offender"})
    row = Incident.objects.get()
    assert response["Location"] == at("incident", row.pk)
    assert "Elias" in shown(client.get(at("incident", row.pk) + "?q=elias"))
    client.post(at("involve", row.pk), {"eleve": student(college.people["frere"]).pk, "role": "victim"})
    assert set(row.people.values_list("role", flat=True)) == {"offender", "victim"}


def test_once_closed_its_author_adds_nobody(college, cpe, client_of, at):
    row = reported(college)
    close(incident=row, actor=cpe)
    assert client_of("enseignante").post(at("involve", row.pk), {"nom": "X", "role": "witness"}).status_code == 404


def test_the_list_costs_the_same_for_one_incident_as_for_ten(college, client_of, at):
    from tests.statements import statements_of

    client = client_of("cpe")
    reported(college)
    client.get(at("incidents"))
    few = len(statements_of(lambda: client.get(at("incidents"))))
    for _n in range(9):
        reported(college)
    assert len(statements_of(lambda: client.get(at("incidents")))) == few


def test_what_followed_stands_on_the_page_of_the_incident(college, client_of, at, ines, head):
    row = reported(college)
    typed = {"nature": "excuse", "le": "2026-11-24", "motif": "Insultes.", "incident": row.pk}
    assert client_of("enseignante").post(at("give", ines.pk), typed).status_code == 302
    assert Punishment.objects.get().incident == row
    made = decide(student=ines, decision=decision(), actor=head, incident=row)
    page = shown(client_of("cpe").get(at("incident", row.pk)))
    assert "Excuses, orales ou écrites" in page
    assert at("sanction", made.pk) in page
    # Whoever reported it may not know a sanction.
    assert at("sanction", made.pk) not in shown(client_of("enseignante").get(at("incident", row.pk)))


def test_an_incident_of_others_is_not_linked_by_a_number_in_an_address(college, client_of, at, ines):
    row = reported(college)
    typed = {"nature": "excuse", "le": "2026-11-24", "motif": "Insultes.", "incident": row.pk}
    client_of("collegue").post(at("give", ines.pk), typed)
    assert Punishment.objects.get().incident is None


def test_three_grave_incidents_as_the_one_at_fault_are_an_alert_of_the_school(college, cpe, ines):
    rows = [reported(college) for _number in range(5)]
    for row, day, gravity, role in zip(
        rows, (2, 3, 4, 5, 6), (3, 4, 2, 5, 3), ("offender",) * 3 + ("victim",) * 2, strict=True
    ):
        Incident.objects.filter(pk=row.pk).update(happened_on=dt.date(2026, 11, day), gravity=gravity)
        IncidentPerson.objects.filter(incident=row, student=ines).update(role=role)
    assert watched_students(cpe) == []
    IncidentPerson.objects.filter(incident=rows[4], student=ines).update(role="offender")
    assert [(each.rule.indicator, len(each.half_days)) for each in watched_students(cpe)] == [("incidents", 3)]
