"""Pages of an evening: what was typed comes back, the family's calendar, the teacher's list, the work that is waited for."""

import datetime as dt

import vobject
from django.urls import reverse

from pupitre.establishments.scope import scope
from pupitre.meetings.models import Meeting, Wish
from pupitre.meetings.services.planning import ask_plan
from pupitre.meetings.tests.factories import actor_of, asked, child, opened, planned, published, teacher, the_wish
from tests.jobs import run_jobs

FORM = {
    "titre": "Rencontre des 4e", "le": "2026-12-03", "debut": "17:00", "fin": "19:00", "duree": "10", "voeux": "4",
    "ferme_le": "2026-11-30", "mot": "Entrée rue du Canal.",
}  # fmt: skip


def test_an_evening_goes_from_its_hours_to_what_a_family_reads(college, client_of, at):
    office, nadia = client_of("secretaire"), client_of("parent")
    made = office.post(at("create"), {**FORM, "classes": [str(college.groups["4B"].pk)]})
    meeting = Meeting.objects.get()
    assert made["Location"] == at("teachers", meeting.pk)
    pair = f"v-{child(college).pk}-{teacher(college, meeting).pk}"
    office.post(at("act", meeting.pk), {"action": "ouvrir"})
    assert "qui souhaitez-vous rencontrer" in nadia.get("/").text
    assert nadia.post(at("ask", meeting.pk), {pair: "2", "absent": ["17:00"]}).status_code == 302
    office.post(at("act", meeting.pk), {"action": "planifier"})
    assert "Le calcul va commencer" in office.get(at("board", meeting.pk)).text
    run_jobs()
    assert office.get(at("board", meeting.pk) + "?suivi=1")["HX-Refresh"] == "true"
    assert "Premier arrivé, premier servi" in office.get(at("board", meeting.pk)).text
    office.post(at("act", meeting.pk), {"action": "publier"})
    assert "des rendez-vous à confirmer" in nadia.get("/").text
    page = nadia.get(at("family", meeting.pk)).text
    assert "Confirmer mes rendez-vous" in page
    assert "Entrée rue du Canal." in page
    nadia.post(at("reply", meeting.pk), {"confirmer": "1"})
    with scope(college.college.pk):
        assert the_wish().state == Wish.State.ACCEPTED


def test_what_was_chosen_is_still_there_when_there_is_too_much_of_it(college, client_of, at):
    meeting = opened(college, most_wishes=1)
    roussel, lemoine = teacher(college, meeting).pk, teacher(college, meeting, "collegue").pk
    one, other = (f"v-{child(college).pk}-{pk}" for pk in (roussel, lemoine))
    page = client_of("parent").post(at("ask", meeting.pk), {one: "2", other: "1", "absent": ["18:30"]})
    assert page.status_code == 422
    assert "1 au plus par famille" in page.text
    assert f'name="{one}" value="2" checked' in page.text
    assert 'value="18:30" checked' in page.text


def test_hours_that_cannot_be_come_back_with_a_sentence(college, client_of, at):
    page = client_of("secretaire").post(at("create"), {**FORM, "fin": "16:00"})
    assert page.status_code == 422
    assert "finit avant de commencer" in page.text
    assert "Rencontre des 4e" in page.text


def test_the_appointments_of_a_family_are_read_by_a_calendar(college, client_of, at):
    meeting = opened(college)
    asked(college, meeting)
    published(college, meeting)
    answer = client_of("parent").get(at("calendar", meeting.pk))
    (event,) = vobject.readOne(answer.content.decode()).vevent_list
    assert event.summary.value == "Mme Roussel (Inès)"
    assert event.dtstart.value.astimezone(dt.UTC).hour in (16, 17)


def test_the_teacher_reads_the_list_once_published_and_notes_who_came(college, client_of, at):
    meeting = opened(college)
    asked(college, meeting)
    planned(college, meeting)
    place = teacher(college, meeting).pk
    helene = client_of("enseignante")
    assert helene.get(at("evening", meeting.pk, place)).status_code == 404
    published_now = client_of("principal").post(at("act", meeting.pk), {"action": "publier"})
    assert published_now.status_code == 302
    assert "Inès Belkacem" in helene.get(at("evening", meeting.pk, place)).text
    helene.post(at("note", meeting.pk, place, the_wish().pk), {"venue": "seen"})
    assert "Famille venue" in helene.get(at("evening", meeting.pk, place)).text
    assert client_of("collegue").get(at("evening", meeting.pk, place)).status_code == 404


def test_why_a_wish_is_not_served_names_no_other_family(college, client_of, at):
    meeting = opened(college, starts_at=dt.time(17), ends_at=dt.time(17, 20))
    asked(college, meeting, pairs=[("eleve", "enseignante"), ("frere", "enseignante"), ("eleve", "collegue")], level=1)
    published(college, meeting)
    page = client_of("parent").get(at("family", meeting.pk)).text
    assert "Ce qui n’a pas de rendez-vous" in page
    assert "tombent pendant vos autres rendez-vous" in page or "complet" in page


def test_the_list_of_evenings_says_nothing_of_the_neighbour(college, client_of):
    opened(college)
    page = client_of("parent-voisin").get(reverse("meetings:mine")).text
    assert "Aucune rencontre prévue" in page


def test_asking_for_a_plan_of_nothing_says_so(college, client_of, at):
    meeting = opened(college)
    page = client_of("principal").post(at("act", meeting.pk), {"action": "planifier"})
    assert page.status_code == 422
    assert "Aucune famille" in page.text
    asked(college, meeting)
    ask_plan(meeting=meeting, actor=actor_of(college, "principal"))
