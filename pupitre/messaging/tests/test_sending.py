"""Sending a letter: who receives it, under which names, and every reason why it does not leave."""

from uuid import uuid4

import pytest

from pupitre.directory.models import Affiliation, Guardianship
from pupitre.directory.tests.factories import PersonFactory, enrol, make_guardian
from pupitre.establishments.scope import scope
from pupitre.foundation.access import allowed
from pupitre.foundation.models import AuditEntry
from pupitre.messaging.audiences import Audience, Kind, parse_all
from pupitre.messaging.models import Addressee, MailboxEntry, Message
from pupitre.messaging.queries.addressing import count_recipients
from pupitre.messaging.refusals import (
    EmptyMessage,
    NeedsChild,
    NeedsConfirmation,
    NobodyChosen,
    NobodyThere,
    NotRightToUrgent,
    TooLong,
    TooManyChosen,
    Unreachable,
)
from pupitre.messaging.tests.letters import actor_of, post, received_by
from pupitre.notifications.models import Notification
from tests.cast import Cast


@pytest.fixture(autouse=True)
def college(cast: Cast, tuesday: object):
    """Everything here happens in the college, on a school morning."""
    with scope(cast.college.pk):
        yield


def test_the_parents_of_a_class_receive_it_with_the_name_of_their_child(cast):
    message = post(cast, "enseignante", "parents-4B", body="Sortie au musée jeudi.\nPrévoir un pique-nique.")
    [entry] = received_by(cast, "parent")
    assert (entry.subject, entry.children, entry.party) == ("Sortie au musée jeudi.", "Inès", "guardian")
    assert (entry.author_name, entry.author_about) == ("Hélène Roussel", "Mathématiques")
    assert entry.child_ids == [cast.people["eleve"].pk]
    assert message.state == Message.State.SENT
    assert message.replies == Message.Replies.AUTHOR
    assert not received_by(cast, "eleve")


def test_group_names_are_kept_as_sent(cast):
    message = post(cast, "enseignante", "parents-4B", "v@cpe")
    assert message.addressed_to == "Parents de la 4B et Karim Bensaïd"
    cast.groups["4B"].label = "4B ancienne"
    cast.groups["4B"].save()
    assert Addressee.objects.get(kind="guardians").label == "Parents de la 4B"


def test_a_parent_of_two_children_of_the_school_receives_one_letter_that_names_both(cast):
    post(cast, "principal", "tous-responsables")
    [entry] = received_by(cast, "parent")
    assert entry.children in ("Inès et Elias", "Elias et Inès")


def test_students_and_the_team_of_a_class(cast):
    post(cast, "enseignante", "eleves-4B")
    assert [each.party for each in received_by(cast, "eleve")] == ["student"]
    post(cast, "principal", "equipe-4B")
    assert received_by(cast, "enseignante")
    assert received_by(cast, "collegue")
    assert not received_by(cast, "cpe")


def test_somebody_addressed_twice_has_one_letter_in_the_plainest_role(cast):
    copy = Audience(Kind.PERSON, cast.people["cpe"].pk, "school_life", role="cc")
    post(cast, "principal", copy, "tous-personnels")
    [entry] = received_by(cast, "cpe")
    assert entry.role == "to"


def test_who_is_in_blind_copy_is_named_to_nobody(cast):
    hidden = Audience(Kind.PERSON, cast.people["principal"].pk, "head", role="bcc")
    message = post(cast, "enseignante", "v@cpe", hidden)
    assert message.addressed_to == "Karim Bensaïd"
    assert received_by(cast, "principal")[0].role == "bcc"


def test_a_letter_sent_twice_is_one_message(cast):
    key = uuid4()
    first = post(cast, "enseignante", "parents-4B", key=key)
    second = post(cast, "enseignante", "parents-4B", key=key, body="Autre chose.")
    assert first == second
    assert len(received_by(cast, "parent")) == 1


def test_the_journal_counts_and_says_nothing_of_the_words(cast):
    message = post(cast, "enseignante", "parents-4B", body="Un secret.")
    line = AuditEntry.objects.get(verb="messaging.send")
    assert (line.target_id, line.detail) == (message.pk, {"recipients": 1, "hold": ""})


def test_everyone_who_receives_it_is_told_once_with_the_child(cast):
    post(cast, "enseignante", "parents-4B", "v@cpe", body="Sortie jeudi")
    told = Notification.objects.order_by("pk")
    assert {(each.person_id, each.child_id) for each in told} == {
        (cast.people["cpe"].pk, None),
        (cast.people["parent"].pk, cast.people["eleve"].pk),
    }
    assert {each.title for each in told} == {"Hélène Roussel : Sortie jeudi"}


def test_an_answer_expected_is_told_at_once(cast):
    post(cast, "enseignante", "parents-4B", needs_answer=True)
    assert Notification.objects.get().kind == "messaging.to_answer"


def test_a_parent_says_which_child_it_is_about(cast):
    with pytest.raises(NeedsChild, match="de quel enfant"):
        post(cast, "parent", "p@enseignante")
    post(cast, "parent", "p@enseignante", about="frere")
    [entry] = received_by(cast, "enseignante")
    assert entry.author_about == "mère d’Elias, 6C"


def test_nothing_is_sent_to_nobody(cast):
    with pytest.raises(NobodyChosen, match="au moins un destinataire"):
        post(cast, "enseignante")
    with pytest.raises(NobodyThere):
        post(cast, "principal", "tous-sante")


def test_an_empty_message_does_not_leave(cast):
    for empty in ("", "  \n ", "<p></p>", "<script>alert(1)</script>"):
        with pytest.raises(EmptyMessage, match="Le message est vide"):
            post(cast, "enseignante", "v@cpe", body=empty)
    assert not MailboxEntry.objects.exists()


def test_a_book_does_not_leave(cast):
    with pytest.raises(TooLong, match="20 001 caractères"):
        post(cast, "enseignante", "v@cpe", body="a" * 20_001)


def test_five_thousand_people_one_by_one_do_not_leave(cast):
    with pytest.raises(TooManyChosen, match="5 000 destinataires"):
        post(cast, "principal", *[f"v{number}" for number in range(1, 5001)])


def test_a_recipient_who_left_is_named(cast):
    Affiliation.objects.filter(person=cast.people["collegue"]).update(ends_on="2026-11-20")
    with pytest.raises(Unreachable, match="a quitté l’établissement : il faut la retirer"):
        post(cast, "enseignante", "p@collegue")


def test_whom_the_rules_do_not_let_write_to_is_named(cast):
    with pytest.raises(Unreachable, match="d’écrire à Anne Vasseur"):
        post(cast, "eleve", "d@principal")
    with pytest.raises(Unreachable, match="Parents de la 6C"):
        post(cast, "collegue", "parents-6C")
    with pytest.raises(Unreachable, match="Élèves de la 4B"):
        post(cast, "parent", "eleves-4B", about="eleve")
    with pytest.raises(Unreachable, match="Tous les responsables"):
        post(cast, "enseignante", "tous-responsables")


def test_a_class_of_another_school_does_not_exist(cast):
    with pytest.raises(Unreachable, match="n’existe plus"):
        post(cast, "principal", "parents-1PRO")


def test_urgent_is_a_named_right_and_its_use_is_written_down(cast):
    with pytest.raises(NotRightToUrgent):
        post(cast, "enseignante", "parents-4B", is_urgent=True)
    post(cast, "principal", "parents-4B", is_urgent=True)
    assert AuditEntry.objects.filter(verb="notifications.urgent").count() == 1


def fill(cast: Cast, families: int) -> None:
    """A class of this many families more."""
    for number in range(families):
        child = PersonFactory(last_name=f"ENFANT{number}")
        enrol(child, cast.groups["6C"])
        make_guardian(PersonFactory(last_name=f"PARENT{number}"), child, cast.college)


def test_above_fifty_people_the_sender_is_asked_and_told_who_they_are(cast):
    fill(cast, 50)
    with pytest.raises(NeedsConfirmation, match="51 personnes") as many:
        post(cast, "enseignante", "parents-6C")
    assert many.value.counts == {"guardian": 51}
    assert post(cast, "enseignante", "parents-6C", confirmed=True).recipient_count == 51


def test_people_are_counted_by_kind_each_once(cast):
    tokens = [f"parents-{cast.groups['4B'].pk}", f"parents-{cast.groups['6C'].pk}", f"eleves-{cast.groups['4B'].pk}"]
    counts = count_recipients(cast.people["enseignante"].pk, parse_all([*tokens, "tous-vie-scolaire"]))
    assert counts == {"student": 1, "guardian": 1, "school_life": 1}


def test_a_guardian_shut_out_of_one_child_receives_nothing_about_them(cast):
    Guardianship.objects.filter(student=cast.people["eleve"]).update(is_restricted=True)
    with pytest.raises(NobodyThere):
        post(cast, "enseignante", "parents-4B")
    post(cast, "principal", "tous-responsables")
    assert received_by(cast, "parent")[0].children == "Elias"


def test_what_was_received_about_a_child_is_closed_with_the_child(cast):
    post(cast, "enseignante", "parents-4B")
    entries = allowed(actor_of(cast, "parent"), "messaging.view_entry", MailboxEntry.objects.all())
    assert entries.count() == 1
    Guardianship.objects.filter(student=cast.people["eleve"]).update(is_restricted=True)
    assert entries.count() == 0
