"""Answering: the author in private, everyone when the rules let do so, the right child."""

import pytest

from pupitre.directory.models import Affiliation, Guardianship
from pupitre.directory.tests.factories import PersonFactory, enrol, make_guardian
from pupitre.establishments.scope import scope
from pupitre.foundation.access import allowed
from pupitre.messaging.models import MailboxEntry, Message, Thread
from pupitre.messaging.parties import Party, Scope
from pupitre.messaging.queries.discussion import discussion
from pupitre.messaging.refusals import EmptyMessage, NeedsChild, NoReply, NoReplyToAll, Unreachable
from pupitre.messaging.services.ruling import set_rule
from pupitre.messaging.tests.letters import actor_of, answer, post, received_by
from tests.cast import Cast


@pytest.fixture(autouse=True)
def college(cast: Cast, tuesday: object):
    """Everything here happens in the college; another family is in the 4B."""
    with scope(cast.college.pk):
        cast.people["lina"] = PersonFactory(last_name="MOREL", first_name="Lina")
        enrol(cast.people["lina"], cast.groups["4B"])
        cast.people["denis"] = PersonFactory(last_name="MOREL", first_name="Denis", sex="M")
        make_guardian(cast.people["denis"], cast.people["lina"], cast.college, relation="20")
        yield


def bodies(cast: Cast, slug: str, thread: Thread) -> list[str]:
    return [each.message.body for each in discussion(thread, actor_of(cast, slug)).letters]


def test_a_parent_answers_the_teacher_and_no_other_parent_sees_it(cast):
    sent = post(cast, "enseignante", "parents-4B", body="Sortie jeudi")
    back = answer(cast, "parent", sent, "Inès viendra.")
    [entry] = received_by(cast, "enseignante")
    assert (entry.author_name, entry.author_about) == ("Nadia Belkacem", "mère d’Inès, 4B")
    assert entry.subject == "Sortie jeudi"
    assert len(received_by(cast, "denis")) == 1
    assert back.thread != sent.thread
    assert not allowed(actor_of(cast, "denis"), "messaging.view_thread", Thread.objects.all()).filter(pk=back.thread_id)


def test_the_private_discussion_goes_on_in_one_place(cast):
    sent = post(cast, "enseignante", "parents-4B", body="Sortie jeudi")
    first = answer(cast, "parent", sent, "Inès viendra.")
    second = answer(cast, "parent", sent, "Elle est allergique aux noix.")
    third = answer(cast, "enseignante", second, "C’est noté.")
    assert first.thread == second.thread == third.thread
    assert bodies(cast, "parent", first.thread) == ["Inès viendra.", "Elle est allergique aux noix.", "C’est noté."]
    shown = discussion(first.thread, actor_of(cast, "parent"))
    assert shown.origin == sent
    assert received_by(cast, "parent")[-1].children == "Inès"


def test_a_parent_of_two_children_answers_about_the_right_one(cast):
    about_ines = post(cast, "enseignante", "parents-4B", body="Calculatrice")
    about_elias = post(cast, "enseignante", "parents-6C", body="Compas")
    answer(cast, "parent", about_elias)
    answer(cast, "parent", about_ines)
    assert [each.author_about for each in received_by(cast, "enseignante")] == ["mère d’Elias, 6C", "mère d’Inès, 4B"]


def test_about_both_children_the_parent_is_asked_which(cast):
    sent = post(cast, "principal", "tous-responsables", body="Grève")
    with pytest.raises(NeedsChild):
        answer(cast, "parent", sent)
    answer(cast, "parent", sent, about="frere")
    assert received_by(cast, "principal")[0].author_about == "mère d’Elias, 6C"


def test_a_message_without_answer_says_so(cast):
    sent = post(cast, "principal", "parents-4B", replies="none")
    with pytest.raises(NoReply, match="n’attend pas de réponse"):
        answer(cast, "parent", sent)


def test_answering_everyone_is_not_offered_to_a_class_of_parents(cast):
    sent = post(cast, "enseignante", "parents-4B")
    with pytest.raises(NoReplyToAll, match="qu’à l’auteur"):
        answer(cast, "parent", sent, to_all=True)


def test_even_when_the_author_lets_do_so_the_group_must_be_ones_own(cast):
    sent = post(cast, "enseignante", "parents-4B", replies="all")
    with pytest.raises(NoReplyToAll):
        answer(cast, "parent", sent, to_all=True)
    head = actor_of(cast, "principal")
    set_rule(sender=Party.GUARDIAN, recipient=Party.GUARDIAN, scope=Scope.CLASS, actor=head)
    answer(cast, "parent", sent, "Bonjour à tous.", to_all=True)
    assert [each.preview for each in received_by(cast, "denis")] == ["Bonjour, voici un mot.", "Bonjour à tous."]


def test_people_invited_in_a_discussion_answer_each_other(cast):
    sent = post(cast, "enseignante", "e@eleve", "e@lina", body="Exposé à deux")
    answer(cast, "eleve", sent, "D’accord.", to_all=True)
    assert [each.author_name for each in received_by(cast, "lina")] == ["Hélène Roussel", "Inès Belkacem"]


def test_an_answer_about_an_answer_stays_between_two(cast):
    sent = post(cast, "enseignante", "p@collegue", body="Conseil ?")
    back = answer(cast, "collegue", sent, "À midi.")
    assert back.thread == sent.thread
    assert bodies(cast, "enseignante", sent.thread) == ["Conseil ?", "À midi."]


def test_the_author_goes_on_to_the_same_people(cast):
    sent = post(cast, "enseignante", "parents-4B", body="Sortie jeudi")
    answer(cast, "enseignante", sent, "Le car part à 8 h.")
    assert [each.preview for each in received_by(cast, "denis")] == ["Sortie jeudi", "Le car part à 8 h."]


def test_an_author_who_left_is_not_answered(cast):
    sent = post(cast, "enseignante", "p@collegue")
    Affiliation.objects.filter(person=cast.people["enseignante"], establishment=cast.college).update(
        ends_on="2026-11-20"
    )
    with pytest.raises(Unreachable, match="Hélène Roussel a quitté l’établissement"):
        answer(cast, "collegue", sent)


def test_an_empty_answer_does_not_leave(cast):
    sent = post(cast, "enseignante", "p@collegue")
    with pytest.raises(EmptyMessage):
        answer(cast, "collegue", sent, "   ")
    assert Message.objects.count() == 1


def test_what_asked_for_an_answer_asks_no_more(cast):
    sent = post(cast, "enseignante", "parents-4B", needs_answer=True)
    entry = MailboxEntry.objects.get(person_id=cast.people["parent"].pk)
    assert entry.answered_at is None
    answer(cast, "parent", sent)
    entry.refresh_from_db()
    assert entry.answered_at is not None


def test_a_guardian_shut_out_meanwhile_receives_no_more_of_the_discussion(cast):
    sent = post(cast, "enseignante", "parents-4B")
    Guardianship.objects.filter(guardian=cast.people["parent"], student=cast.people["eleve"]).update(is_restricted=True)
    answer(cast, "enseignante", sent, "La suite.")
    assert len(received_by(cast, "parent")) == 1
    assert len(received_by(cast, "denis")) == 2
