"""Reports and what is decided of them; who may see what was reported."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from pupitre.directory.models import Grant
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.messaging.models import MailboxEntry, Message, Report
from pupitre.messaging.queries.watching import watch_of
from pupitre.messaging.services.moderating import handle
from pupitre.messaging.services.reporting import report
from pupitre.messaging.tests.letters import actor_of, post, received_by
from pupitre.notifications.models import Notification
from tests.cast import Cast


@pytest.fixture(autouse=True)
def college(cast: Cast, tuesday: object) -> Iterator[None]:
    """Everything here happens in the college."""
    with scope(cast.college.pk):
        yield


def hurt(cast: Cast, reason: str = "insult") -> Report:
    """Inès writes a word too many to Mme Roussel, who reports it."""
    message = post(cast, "eleve", "p@enseignante", body="Un mot de trop")
    actor = actor_of(cast, "enseignante")
    return report(message, reason=reason, note="Ce matin", actor=actor, name="Hélène Roussel")


def test_those_who_look_after_messages_are_told_and_nothing_of_the_words(cast):
    hurt(cast)
    told = Notification.objects.filter(kind="messaging.watch")
    assert {each.person_id for each in told} == {cast.people[slug].pk for slug in ("cpe", "principal", "secretaire")}
    assert {each.title for each in told} == {"Un message est signalé"}
    assert "mot" not in "".join(each.title + each.body for each in told)


def test_harassment_goes_to_named_staff_only(cast):
    made = hurt(cast, "harassment")
    assert watch_of(actor_of(cast, "cpe")).reports == []
    assert watch_of(actor_of(cast, "principal")).reports == [made]
    assert watch_of(actor_of(cast, "collegue", None, "messaging.harassment")).reports == [made]
    told = Notification.objects.filter(kind="messaging.watch")
    assert {each.person_id for each in told} == {cast.people["principal"].pk}


def test_somebody_named_by_the_head_is_told_too(cast):
    Grant.objects.create(
        person=cast.people["collegue"],
        establishment=cast.college,
        capability="messaging.harassment",
        starts_on="2026-09-01",
    )
    hurt(cast, "harassment")
    told = set(Notification.objects.filter(kind="messaging.watch").values_list("person_id", flat=True))
    assert told == {cast.people["principal"].pk, cast.people["collegue"].pk}


def test_a_second_report_by_the_same_reader_changes_nothing(cast):
    first = hurt(cast)
    again = report(first.message, reason="other", note="", actor=actor_of(cast, "enseignante"), name="Hélène Roussel")
    assert (again.pk, again.reason) == (first.pk, "insult")


def test_hidden_nobody_reads_it_any_more_but_those_who_decide(cast):
    made = handle(hurt(cast), "hidden", actor=actor_of(cast, "cpe"))
    assert (made.outcome, made.handled_by_name) == ("hidden", "Karim Bensaïd")
    assert received_by(cast, "enseignante")[0].preview == ""
    messages = Message.objects.all()
    assert not allowed(actor_of(cast, "enseignante"), "messaging.view_message", messages).exists()
    assert allowed(actor_of(cast, "cpe"), "messaging.view_message", messages).exists()


def test_warned_the_author_is_told_in_their_own_words(cast):
    handle(hurt(cast), "warned", actor=actor_of(cast, "cpe"))
    [entry] = received_by(cast, "eleve")
    assert entry.author_name == "Karim Bensaïd"
    assert entry.preview.startswith("Ton message")


def test_passed_on_the_cpe_receives_it(cast):
    handle(hurt(cast), "passed_on", actor=actor_of(cast, "principal"))
    [entry] = received_by(cast, "cpe")
    assert Message.objects.get(pk=entry.message_id).body.endswith("Un mot de trop\N{NO-BREAK SPACE}»")


def test_kept_it_stays(cast):
    handle(hurt(cast), "kept", actor=actor_of(cast, "cpe"))
    assert received_by(cast, "enseignante")[0].preview == "Un mot de trop"
    assert watch_of(actor_of(cast, "cpe")).reports == []


def test_nobody_judges_their_own_message(cast):
    message = post(cast, "cpe", "p@enseignante", body="Un mot")
    report(message, reason="insult", note="", actor=actor_of(cast, "enseignante"), name="Hélène Roussel")
    assert watch_of(actor_of(cast, "cpe")).reports == []
    assert len(watch_of(actor_of(cast, "principal")).reports) == 1


def test_the_time_to_be_read_is_kept(cast):
    made = hurt(cast)
    client = cast.sign_in(Client(), "cpe")
    with clock.at("2026-11-24T11:05"):
        client.get(reverse("messages_of_school:moderation", args=[cast.college.uai]))
        seen_at = clock.now()
    made.refresh_from_db()
    assert made.seen_at == seen_at


def test_not_read_is_never_shown_to_a_student_about_an_adult(cast):
    message = post(cast, "eleve", "p@enseignante", tracks_reading=True)
    assert not message.tracks_reading
    client = cast.sign_in(Client(), "eleve")
    address = reverse("messages_of_school:readers", args=[cast.college.uai, message.pk])
    assert client.get(address).status_code == 404
    page = client.get(reverse("messages_of_school:thread", args=[cast.college.uai, message.thread_id])).text
    assert "lu" not in page[page.index("etat") :].split("</p>")[0].casefold()


def test_the_author_who_asked_sees_who_has_read(cast):
    message = post(cast, "enseignante", "parents-4B", "v@cpe", tracks_reading=True)
    MailboxEntry.objects.filter(message_id=message.pk, person_id=cast.people["cpe"].pk).update(read_at=clock.now())
    client = cast.sign_in(Client(), "enseignante")
    page = client.get(reverse("messages_of_school:readers", args=[cast.college.uai, message.pk])).text
    assert page.index("Nadia Belkacem") < page.index("Karim Bensaïd")
    thread = client.get(reverse("messages_of_school:thread", args=[cast.college.uai, message.thread_id])).text
    assert "Lu par 1\N{NO-BREAK SPACE}personne sur 2" in thread
