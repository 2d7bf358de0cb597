"""The mailbox of a person: discussions in order, pages, filters, search, what is put away and thrown away."""

import datetime as dt
from collections.abc import Iterator
from uuid import uuid4

import pytest

from pupitre.directory.identity import counts_sql
from pupitre.directory.models import Guardianship, Person
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.messaging.models import MailboxEntry, Message, Thread
from pupitre.messaging.queries.mailbox import A_PAGE, Wanted, mailbox_of, search_mailbox
from pupitre.messaging.services import filing
from pupitre.messaging.services.purging import purge
from pupitre.messaging.tests.letters import answer, post
from tests.cast import Cast
from tests.statements import statements_of

Place = MailboxEntry.Place


@pytest.fixture(autouse=True)
def college(cast: Cast, tuesday: object) -> Iterator[None]:
    """Everything here happens in the college, but what is read over all schools."""
    with scope(cast.college.pk):
        yield


def box(cast: Cast, slug: str, **wanted: object):
    schools = [cast.college.pk, cast.lycee.pk]
    return mailbox_of(cast.people[slug].pk, schools, Wanted(**wanted))  # type: ignore[arg-type]


def subjects(cast: Cast, slug: str, **wanted: object) -> list[str]:
    return [row.subject for row in box(cast, slug, **wanted).page]


def count(cast: Cast, slug: str) -> int:
    """The number that the menu shows."""
    found = Person.objects.raw(
        f"select p.id, {counts_sql()} as counts from directory_person p where p.id = %(person)s",  # noqa: S608
        {"person": cast.people[slug].pk, "now": clock.now(), "today": clock.today()},
    )[0]
    total: int = found.counts["messaging.unread"]  # type: ignore[attr-defined]
    return total


def post_at(cast: Cast, minute: int, body: str, *tokens: str) -> Message:
    with clock.at(f"2026-11-24T10:{minute:02}"):
        return post(cast, "enseignante", *(tokens or ("v@cpe",)), body=body)


def test_discussions_come_the_last_first_once_each(cast):
    first = post_at(cast, 21, "Un")
    post_at(cast, 22, "Deux")
    with clock.at("2026-11-24T10:23"):
        answer(cast, "enseignante", first, "Encore un")
    with clock.at("2026-11-24T10:30"):
        assert [(row.subject, row.preview) for row in box(cast, "cpe").page] == [("Un", "Encore un"), ("Deux", "Deux")]
        assert subjects(cast, "enseignante", place=Place.SENT) == ["Un", "Deux"]


def test_pages_follow_each_other_without_a_hole_nor_a_double(cast):
    for number in range(A_PAGE + 7):
        post_at(cast, 20 + number // 10, f"Lettre {number}")
    with clock.at("2026-11-24T11:00"):
        first = box(cast, "cpe")
        second = box(cast, "cpe", after=first.after)
    assert (len(first.page), len(second.page), second.after) == (A_PAGE, 7, "")
    assert len({row.thread for row in (*first.page, *second.page)}) == A_PAGE + 7
    assert first.unread == A_PAGE + 7


def test_a_mailbox_is_one_statement_whatever_it_holds(cast):
    def look() -> None:
        box(cast, "cpe")

    few = statements_of(look)
    for number in range(12):
        post_at(cast, 21, f"Lettre {number}")
    assert len(statements_of(look)) == len(few) == 1


def test_filters(cast):
    post(cast, "parent", "v@cpe", about="eleve", body="D’une famille")
    post(cast, "eleve", "v@cpe", body="D’une élève")
    post(cast, "collegue", "v@cpe", body="D’un collègue")
    assert subjects(cast, "cpe", parties=("guardian",)) == ["D’une famille"]
    assert subjects(cast, "cpe", parties=("student",)) == ["D’une élève"]
    read = MailboxEntry.objects.get(person_id=cast.people["cpe"].pk, subject="D’une élève")
    filing.mark_read(cast.people["cpe"].pk, read.thread_id)
    assert subjects(cast, "cpe", is_unread=True) == ["D’un collègue", "D’une famille"]


def test_a_parent_sorts_by_child(cast):
    post(cast, "enseignante", "parents-4B", body="Pour Inès")
    post(cast, "enseignante", "parents-6C", body="Pour Elias")
    assert subjects(cast, "parent", child_id=cast.people["frere"].pk) == ["Pour Elias"]
    assert {child.name for child in box(cast, "parent").children} == {"Inès", "Elias", "Sarah"}


def test_one_mailbox_for_two_schools_and_each_wall_stands(cast):
    post(cast, "enseignante", "parents-4B", body="Au collège")
    with scope(cast.lycee.pk):
        post(cast, "enseignante", "parents-2DE4", body="Au lycée", school=cast.lycee)
    rows = box(cast, "parent").page
    assert {(row.subject, row.children, row.school) for row in rows} == {
        ("Au collège", "Inès", cast.college.pk), ("Au lycée", "Sarah", cast.lycee.pk),
    }  # fmt: skip
    assert {message.subject for message in Message.objects.all()} == {"Au collège"}
    only = mailbox_of(cast.people["parent"].pk, [cast.lycee.pk], Wanted())
    assert [row.subject for row in only.page] == ["Au lycée"]


def test_the_number_of_the_menu_is_what_the_list_shows(cast):
    post(cast, "enseignante", "parents-4B")
    with clock.at("2026-11-24T21:30"):
        post(cast, "enseignante", "parents-4B")
        assert count(cast, "parent") == box(cast, "parent").unread == 1
    with clock.at("2026-11-25T07:00"):
        assert count(cast, "parent") == box(cast, "parent").unread == 2
    Guardianship.objects.filter(student=cast.people["eleve"]).update(is_restricted=True)
    assert count(cast, "parent") == box(cast, "parent").unread == 0


@pytest.mark.parametrize("text", ["reunion eleve", "réunions des élèves", "REUNIONS", "roussel", "bensaid"])
def test_search_knows_french(cast, text):
    post(
        cast, "enseignante", "v@cpe", body="Bonjour,\nLa réunion des élèves délégués a lieu mardi.", subject="Délégués"
    )
    post(cast, "collegue", "v@cpe", body="Rien à voir", subject="Cantine")
    found = search_mailbox(cast.people["cpe"].pk, [cast.college.pk], text)
    assert "Délégués" in [row.subject for row in found.rows]
    assert len(found.rows) < 2 or text == "bensaid"


def test_search_finds_nothing_of_others_nor_of_what_was_recalled(cast):
    message = post(cast, "enseignante", "v@cpe", body="Un secret")
    assert search_mailbox(cast.people["collegue"].pk, [cast.college.pk], "secret").rows == []
    MailboxEntry.objects.filter(message_id=message.pk).update(state="recalled")
    assert search_mailbox(cast.people["cpe"].pk, [cast.college.pk], "secret").rows == []
    assert len(search_mailbox(cast.people["enseignante"].pk, [cast.college.pk], "secret").rows) == 1


@pytest.mark.parametrize("text", ["", "   ", "'", '"', "& | !", "(((", "a:*", "%s", "\\"])
def test_search_fears_no_sign(cast, text):
    post(cast, "enseignante", "v@cpe")
    assert search_mailbox(cast.people["cpe"].pk, [cast.college.pk], text).rows == []


def test_the_bin_gives_back_what_was_thrown_away_where_it_was(cast):
    message = post(cast, "enseignante", "v@cpe", body="Jetée")
    cpe = cast.people["cpe"].pk
    filing.throw_away(cpe, [message.thread_id])
    assert (subjects(cast, "cpe"), subjects(cast, "cpe", place=Place.TRASH)) == ([], ["Jetée"])
    filing.take_out(cpe, [message.thread_id])
    assert subjects(cast, "cpe") == ["Jetée"]
    folder = filing.make_folder(cpe, "Cantine")
    assert folder is not None
    filing.put_away(cpe, [message.thread_id], folder)
    filing.throw_away(cpe, [message.thread_id])
    filing.take_out(cpe, [message.thread_id])
    assert subjects(cast, "cpe", place=Place.FOLDER, folder_id=folder.pk) == ["Jetée"]
    filing.remove_folder(folder)
    assert subjects(cast, "cpe") == ["Jetée"]


def test_categories_are_ones_own(cast):
    message = post(cast, "enseignante", "v@cpe", "p@collegue")
    cpe = cast.people["cpe"].pk
    category = filing.make_category(cpe, "À suivre")
    filing.categorise(cpe, [message.thread_id], category)
    assert [(row.category, row.colour) for row in box(cast, "cpe").page] == [("À suivre", "m-bleu")]
    assert [row.category for row in box(cast, "collegue").page] == [None]


def test_marked_unread_the_last_letter_is_new_again(cast):
    message = post(cast, "enseignante", "v@cpe")
    cpe = cast.people["cpe"].pk
    assert filing.mark_read(cpe, message.thread_id) == [message.pk]
    assert filing.mark_read(cpe, message.thread_id) == []
    filing.mark_unread(cpe, [message.thread_id])
    assert box(cast, "cpe").unread == 1


def test_the_nightly_purge_empties_the_bin_then_what_nobody_holds(cast):
    kept, thrown = post(cast, "enseignante", "v@cpe"), post(cast, "enseignante", "v@cpe")
    for slug in ("cpe", "enseignante"):
        filing.throw_away(cast.people[slug].pk, [thrown.thread_id])
    with clock.at(clock.now() + dt.timedelta(days=29)):
        assert purge() == 0
    with clock.at(clock.now() + dt.timedelta(days=31)):
        assert purge() == 2
        assert list(Message.objects.all()) == [kept]
        assert Thread.objects.count() == 1
    with clock.at(clock.now() + dt.timedelta(days=3 * 365 + 1)):
        assert purge() == 2
        assert not Message.objects.exists()


def test_a_mailbox_says_when_letters_are_about_to_go(cast):
    post(cast, "enseignante", "v@cpe")
    with clock.at(clock.now() + dt.timedelta(days=3 * 365 - 29)):
        assert box(cast, "cpe").old == 1


def test_a_cursor_that_means_nothing_is_the_first_page(cast):
    post(cast, "enseignante", "v@cpe", key=uuid4())
    for cursor in ("x", "12", "12-", "-3", "9" * 30 + "-1"):
        assert len(box(cast, "cpe", after=cursor).page) == 1
