"""Class councils and meetings: convened, answered, marks asked for in time, minutes."""

import pytest

from pupitre.agenda.models import Event, Meeting, Participant
from pupitre.agenda.refusals import Refusal
from pupitre.agenda.services.answering import answer
from pupitre.agenda.services.inviting import invite
from pupitre.agenda.services.meetings import convene, publish_minutes, remind_marks, write_minutes
from pupitre.agenda.services.scheduling import schedule
from pupitre.agenda.tests.factories import convened, facts, part_of, planned
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.notifications.models import Notification


def sees(actor, event):
    return allowed(actor, "agenda.view_event", Event.objects.filter(pk=event.pk)).exists()


def told(college, slug):
    return list(
        Notification.objects.filter(kind="agenda.convocation", person=college.people[slug]).values_list(
            "title", flat=True
        )
    )


def test_the_team_sits_with_the_head_the_cpe_and_the_delegates(college):
    event = planned(college)
    roles = dict(Participant.objects.filter(event=event).values_list("person__first_name", "role"))
    assert roles == {
        "Hélène": "staff",
        "Bruno": "staff",
        "Anne": "staff",
        "Karim": "staff",
        "Inès": "delegate",
    }
    assert told(college, "enseignante") == []


def test_the_convocation_tells_those_who_sit_and_shows_the_day_to_the_class(college, student, parent, head):
    event = planned(college)
    assert not sees(parent, event)
    convene(event=event, actor=head)
    assert sees(parent, event)
    for slug in ("enseignante", "eleve"):
        assert told(college, slug)[0].startswith("Convocation")
    # The family of the class sees the day; nobody convenes them.
    assert told(college, "parent") == []
    with pytest.raises(Refusal, match="déjà convoquée"):
        convene(event=event, actor=head)


def test_a_council_may_keep_its_day_from_the_class(college, parent, student):
    event = convened(college, shows_date=False)
    # Inès is a delegate: she sits there, and her mother knows where she is.
    assert sees(student, event)
    Participant.objects.filter(event=event, role="delegate").delete()
    assert not sees(student, event)
    assert not sees(parent, event)


def test_those_invited_say_whether_they_come(college, teacher, client_of, at):
    event = convened(college)
    answer(participant=part_of(event, college, "enseignante"), is_coming=True, actor=teacher)
    client = client_of("collegue")
    assert client.post(at("answer", event.pk), {"reponse": "non"}).status_code == 302
    said = dict(Participant.objects.filter(event=event).values_list("person__first_name", "answer"))
    assert (said["Hélène"], said["Bruno"], said["Karim"]) == ("yes", "no", "")
    page = client_of("cpe").get(at("event", event.pk)).content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "1 présent, 1 excusé, 3 sans réponse." in page


def test_the_team_is_reminded_of_marks_once(college):
    planned(college)
    with clock.at("2026-11-27T17:10"):
        assert remind_marks(college.college.pk) == 0
    with clock.at("2026-11-28T17:10"):
        assert remind_marks(college.college.pk) == 1
        assert remind_marks(college.college.pk) == 0
    assert told(college, "enseignante")[0].startswith("Notes et appréciations à saisir avant le")
    assert told(college, "principal") == []
    assert told(college, "eleve") == []


def test_minutes_are_read_once_published_by_those_who_sat(college, head, client_of, at):
    event = convened(college)
    with pytest.raises(Refusal, match="Écrivez le relevé"):
        publish_minutes(event=event, actor=head)
    write_minutes(event=event, topics="Bilan", minutes="Le travail progresse.", actor=head)

    def reads(slug):
        return "Le travail progresse." in client_of(slug).get(at("event", event.pk)).content.decode()

    assert [reads(slug) for slug in ("principal", "collegue", "eleve", "parent")] == [True, False, False, False]
    publish_minutes(event=event, actor=head)
    # A family whose child did not sit there does not read them; the delegate does.
    assert [reads(slug) for slug in ("principal", "collegue", "eleve", "parent")] == [True, True, True, False]
    with pytest.raises(Refusal, match="est publié"):
        write_minutes(event=event, topics="", minutes="Autre chose", actor=head)
    assert Meeting.objects.get().minutes == "Le travail progresse."


def test_a_teacher_gathers_colleagues_by_name(college, teacher, colleague):
    event = schedule(facts=facts(kind="meeting", audience=()), actor=teacher, names_people=True)
    assert not sees(colleague, event)
    invite(event=event, person_ids=[college.people["collegue"].pk], actor=teacher)
    assert sees(colleague, event)
    assert told(college, "collegue")[0].startswith("Invitation")
    with pytest.raises(Refusal, match="Dites pour qui"):
        schedule(facts=facts(kind="meeting", audience=()), actor=teacher)


def test_a_council_is_planned_on_its_page(college, client_of, at):
    client = client_of("principal")
    group = college.groups["4B"].pk
    typed = {"classe": group, "le": "2026-12-03", "de": "17:00", "a": "18:00", "notes": "2026-12-05", "montrer": "on"}
    response = client.post(at("council_new"), typed)
    assert response.status_code == 422
    assert "Les notes sont saisies avant le conseil." in response.content.decode()
    assert client.post(at("council_new"), {**typed, "notes": "2026-11-30"}).status_code == 302
    event = Event.objects.get()
    page = client.get(at("event", event.pk)).content.decode()
    assert "Convoquer" in page
    found = client.get(at("people", event.pk), {"q": "belkacem"}).content.decode()
    assert f'value="{college.people["eleve"].pk}"' in found
    assert client.post(at("people", event.pk), {"ajouter": college.people["eleve"].pk}).status_code == 302
    assert Participant.objects.filter(event=event, role="delegate").count() == 1
    assert client.post(at("call", event.pk)).status_code == 302
    assert Meeting.objects.get().convened_at is not None


def test_the_list_of_councils_costs_the_same_for_one_as_for_three(college, client_of, at):
    from tests.statements import statements_of

    client = client_of("principal")
    convened(college)
    client.get(at("councils"))
    few = len(statements_of(lambda: client.get(at("councils"))))
    for _n in range(2):
        planned(college)
    assert len(statements_of(lambda: client.get(at("councils")))) == few
