"""Outings: from a draft to the list on the spot, with what each guardian answers."""

import pytest

from pupitre.agenda.events import OutingApproved, OutingCancelled
from pupitre.agenda.models import Consent, Event, Outing
from pupitre.agenda.queries.event import events_seen, page_of
from pupitre.agenda.queries.outings import emergency_sheets, meals_of
from pupitre.agenda.refusals import Refusal
from pupitre.agenda.services.answering import agree
from pupitre.agenda.services.inviting import invite, remove
from pupitre.agenda.services.outings import (
    OutingFacts,
    approve,
    cancel,
    chase,
    chase_due,
    note_presence,
    refuse,
    rewrite,
    submit,
)
from pupitre.agenda.tests.factories import approved, drafted, outing_facts, part_of, submitted
from pupitre.directory.models import Guardianship, Student
from pupitre.directory.tests.factories import PersonFactory, make_guardian
from pupitre.foundation import clock, events
from pupitre.foundation.access import allowed
from pupitre.foundation.models import AuditEntry
from pupitre.notifications.models import Notification


def sees(actor, event):
    return allowed(actor, "agenda.view_event", Event.objects.filter(pk=event.pk)).exists()


def told(college, slug):
    rows = Notification.objects.filter(kind="agenda.outing", person=college.people[slug])
    return [each.title.replace("\N{NO-BREAK SPACE}", " ") for each in rows.order_by("pk")]


@pytest.fixture
def heard(monkeypatch):
    """What rooms above are told."""
    found: list[object] = []
    monkeypatch.setitem(events._listeners, OutingApproved, [found.append])
    monkeypatch.setitem(events._listeners, OutingCancelled, [found.append])
    return found


def test_families_see_nothing_before_the_head_approves(college, teacher, parent, student, colleague):
    outing = drafted(college)
    assert [sees(each, outing.event) for each in (teacher, parent, student, colleague)] == [True, False, False, False]
    submit(outing=outing, actor=teacher)
    assert not sees(parent, outing.event)
    assert told(college, "principal") == ["Sortie à autoriser : Sortie au théâtre, jeudi 3 décembre à 13 h"]
    assert told(college, "parent") == []


def test_the_head_approves_and_families_are_asked(college, head, parent, heard, django_capture_on_commit_callbacks):
    outing = submitted(college)
    with django_capture_on_commit_callbacks(execute=True):
        approve(outing=outing, note="Bonne sortie.", actor=head)
    assert sees(parent, outing.event)
    assert told(college, "parent") == ["Votre accord est demandé : Sortie au théâtre, jeudi 3 décembre à 13 h"]
    [fact] = heard
    ines = Student.objects.get(person=college.people["eleve"])
    assert (fact.student_ids, fact.staff_ids) == ((ines.pk,), (college.people["enseignante"].pk,))
    assert (fact.starts_at.hour, fact.label) == (13, "Sortie au théâtre")
    with pytest.raises(Refusal, match="n’est plus possible"):
        approve(outing=outing, actor=head)


def test_a_refusal_says_why_and_is_submitted_again(college, head, teacher):
    outing = submitted(college)
    with pytest.raises(Refusal, match="Dites pourquoi"):
        refuse(outing=outing, note=" ", actor=head)
    refuse(outing=outing, note="Le budget manque.", actor=head)
    assert told(college, "enseignante") == ["Sortie non autorisée : Sortie au théâtre, jeudi 3 décembre à 13 h"]
    submit(outing=outing, actor=teacher)
    assert Outing.objects.get().state == "submitted"


def test_somebody_must_go_and_somebody_go_along(college, teacher):
    outing = drafted(college)
    outing.event.participants.filter(role="student").delete()
    with pytest.raises(Refusal, match="les élèves qui partent"):
        submit(outing=outing, actor=teacher)


def test_each_guardian_answers_and_one_refusal_is_a_refusal(college, parent, teacher):
    outing = approved(college)
    part = part_of(outing.event, college, "eleve")
    agree(participant=part, agrees=True, actor=parent)
    page = page_of(events_seen(teacher).get(pk=outing.event_id), teacher)
    assert page.consents == {"yes": 1, "no": 0, "waiting": 0}
    father = PersonFactory(last_name="BELKACEM", first_name="Mourad")
    make_guardian(father, college.people["eleve"], college.college, relation="20")
    Consent.objects.create(participant=part, guardian=father, agrees=False, answered_at=clock.now())
    page = page_of(events_seen(teacher).get(pk=outing.event_id), teacher)
    assert page.consents == {"yes": 0, "no": 1, "waiting": 0}
    # The last answer counts, and there is one a guardian.
    agree(participant=part, agrees=False, note="Rendez-vous médical", actor=parent)
    assert Consent.objects.filter(guardian=college.people["parent"]).get().agrees is False


def test_only_a_guardian_of_the_child_is_asked(college, parent, teacher, student):
    outing = approved(college)
    rows = outing.event.participants.all()
    assert allowed(parent, "agenda.consent", rows).count() == 1
    assert not allowed(student, "agenda.consent", rows).exists()
    Guardianship.objects.filter(student=college.people["eleve"]).update(level=3)
    assert not allowed(parent, "agenda.consent", rows).exists()


def test_a_compulsory_outing_asks_nothing(college, parent):
    outing = approved(college, added=OutingFacts(is_optional=False))
    assert not allowed(parent, "agenda.consent", outing.event.participants.all()).exists()
    assert told(college, "parent") == ["Sortie : Sortie au théâtre, jeudi 3 décembre à 13 h"]


def test_an_answer_does_not_change_once_it_is_over(college, parent):
    outing = approved(college)
    with clock.at("2026-12-04T08:00"), pytest.raises(Refusal, match="déjà eu lieu"):
        agree(participant=part_of(outing.event, college, "eleve"), agrees=True, actor=parent)


def test_those_who_say_nothing_are_reminded_once_a_day(college, teacher, parent):
    outing = approved(college)
    assert chase(outing=outing, actor=teacher) == 1
    with pytest.raises(Refusal, match="déjà été relancées"):
        chase(outing=outing, actor=teacher)
    agree(participant=part_of(outing.event, college, "eleve"), agrees=True, actor=parent)
    with clock.at("2026-11-26T09:00"):
        assert chase(outing=outing, actor=teacher) == 0
    assert len(told(college, "parent")) == 2


def test_the_day_before_the_last_reminds_by_itself_and_once(college):
    approved(college)
    with clock.at("2026-11-27T17:10"):
        assert chase_due(college.college.pk) == 0
    with clock.at("2026-11-28T17:10"):
        assert chase_due(college.college.pk) == 1
        assert chase_due(college.college.pk) == 0


def test_what_families_agreed_to_does_not_change(college, teacher):
    outing = approved(college)
    with pytest.raises(Refusal, match="annulez la sortie et écrivez-en une autre"):
        rewrite(outing=outing, facts=outing_facts(place="Cinéma"), added=OutingFacts(cost_cents=750), actor=teacher)
    rewrite(outing=outing, facts=outing_facts(text="Retour à 19 h."), added=OutingFacts(cost_cents=750), actor=teacher)
    assert Event.objects.get().text == "Retour à 19 h."


def test_a_cancelled_outing_is_told_to_all(college, teacher, parent, heard, django_capture_on_commit_callbacks):
    outing = approved(college)
    with django_capture_on_commit_callbacks(execute=True):
        cancel(outing=outing, actor=teacher)
    assert told(college, "parent")[-1] == "Annulée : Sortie au théâtre, jeudi 3 décembre à 13 h"
    assert heard[-1] == OutingCancelled(college.college.pk, outing.pk)
    cancel(outing=drafted(college, title="Une autre"), actor=teacher)
    assert not Event.objects.filter(title="Une autre").exists()


def test_who_joins_later_is_told_and_rooms_above_too(college, head, heard, django_capture_on_commit_callbacks):
    outing = approved(college)
    with django_capture_on_commit_callbacks(execute=True):
        invite(event=outing.event, person_ids=[college.people["frere"].pk], actor=head)
    assert len(heard[-1].student_ids) == 2
    assert told(college, "parent")[-1].startswith("Votre réponse est attendue")
    with django_capture_on_commit_callbacks(execute=True):
        remove(participant=part_of(outing.event, college, "frere"), actor=head)
    assert len(heard[-1].student_ids) == 1


def test_a_teacher_takes_only_their_own_students(college, colleague):
    outing = drafted(college)
    with pytest.raises(Refusal, match="n’est pas de vos classes"):
        invite(event=outing.event, person_ids=[college.people["frere"].pk], actor=colleague)


def test_the_sheet_names_whom_to_call_but_not_those_shut_out(college, teacher):
    outing = approved(college)
    contact = PersonFactory(last_name="MARTIN", first_name="Rose", mobile="+33612345678")
    make_guardian(contact, college.people["eleve"], college.college, level=3, relation="38")
    shut = PersonFactory(last_name="DURAND", first_name="Paul")
    make_guardian(shut, college.people["eleve"], college.college, is_restricted=True)
    page = page_of(events_seen(teacher).get(pk=outing.event_id), teacher)
    [sheet] = emergency_sheets(page.students)
    assert [each.name for each in sheet.guardians] == ["Nadia Belkacem", "Rose Martin"]
    assert sheet.guardians[1].numbers == ["+33612345678"]


def test_the_kitchen_counts_those_who_eat_and_go(college, teacher, parent):
    outing = approved(college)
    Student.objects.filter(person=college.people["eleve"]).update(boarding_code="22")

    def meals():
        return meals_of(page_of(events_seen(teacher).get(pk=outing.event_id), teacher).students)

    assert [(division, len(members)) for division, members in meals().by_class] == [("4B", 1)]
    agree(participant=part_of(outing.event, college, "eleve"), agrees=False, actor=parent)
    assert meals().total == 0
    Student.objects.filter(person=college.people["eleve"]).update(boarding_code="")
    Consent.objects.all().delete()
    assert [each.name for each in meals().unknown] == ["Inès Belkacem"]


def test_who_is_there_is_noted_on_the_day(college, teacher):
    outing = approved(college)
    part = part_of(outing.event, college, "eleve")
    with pytest.raises(Refusal, match="le jour même"):
        note_presence(event=outing.event, presence={part.pk: True}, actor=teacher)
    with clock.at("2026-12-03T13:10"):
        assert note_presence(event=outing.event, presence={part.pk: False, 999: True}, actor=teacher) == 1
    assert part_of(outing.event, college, "eleve").attended is False
    assert AuditEntry.objects.get(verb="agenda.note_presence").detail == {"people": 1, "missing": 1}


def test_a_guardian_signs_in_two_touches_from_home(college, client_of):
    outing = approved(college)
    part = part_of(outing.event, college, "eleve")
    client = client_of("parent")
    address = f"/{college.college.uai}/agenda/accord/{part.pk}/"
    home = client.get("/", follow=True).content.decode()
    assert address in home
    assert "Lire et signer" in home
    assert client.post(address, {"reponse": "oui"}).status_code == 302
    assert "Vous avez donné votre accord" in client.get(address).content.decode()
    assert address not in client.get("/", follow=True).content.decode()


def test_families_do_not_read_who_else_goes(college, client_of):
    outing = approved(college)
    address = f"/{college.college.uai}/agenda/{outing.event_id}/"
    other = PersonFactory(last_name="ZÉNON", first_name="Zoé")
    from pupitre.directory.tests.factories import enrol

    enrol(other, college.groups["4B"])
    outing.event.participants.create(establishment=college.college, person=other, role="student")
    assert "Zoé Zénon" not in client_of("parent").get(address).content.decode()
    assert "Zoé Zénon" in client_of("enseignante").get(address).content.decode()


def test_an_outing_that_costs_is_optional(college, client_of):
    typed = {"titre": "Patinoire", "le": "2026-12-10", "texte": "Patins fournis.", "facultative": "non", "cout": "4,50"}
    response = client_of("enseignante").post(f"/{college.college.uai}/agenda/sorties/nouvelle/", typed)
    assert response.status_code == 422
    assert "Une sortie obligatoire est gratuite" in response.content.decode()
    assert "Patins fournis." in response.content.decode()
