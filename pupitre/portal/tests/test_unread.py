"""A part of the home that cannot be read says so in its own frame, and never passes for good news (POR-1)."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from pupitre.foundation import registry
from pupitre.foundation.registry import ActionSource, HomePart
from pupitre.portal import queries
from pupitre.portal.tests.pages import Reader

# A statement that fails ends the transaction it stands in: homes are read outside any.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("tuesday")]

UNREAD = "Cette partie n’a pas pu être lue. Le reste de la page est à jour."
Break = Callable[..., None]


@pytest.fixture
def break_part(monkeypatch: pytest.MonkeyPatch) -> Iterator[Break]:
    """Make the SQL of a part fail, or give what nobody can understand."""

    def broken(key: str, kind: type[HomePart] | type[ActionSource] = HomePart, sql: str = "(select 1 / 0)") -> None:
        part = registry._offered[(kind, key)]
        assert isinstance(part, HomePart | ActionSource)
        monkeypatch.setitem(registry._offered, (kind, key), replace(part, sql=sql))
        queries._wanted.cache_clear()

    yield broken
    monkeypatch.undo()
    queries._wanted.cache_clear()


def test_a_broken_day_leaves_the_rest_and_says_nothing_of_lessons(cast, break_part):
    break_part("timetable.my_lessons")
    page = Reader(cast, "eleve").reads()
    assert f"Journée de cours {UNREAD}" in page
    assert "À faire Rien n’attend de réponse aujourd’hui." in page
    assert "Bonjour Inès." in page
    assert "cours sont finis" not in page
    assert "Pas de cours" not in page


def test_what_cannot_be_understood_is_as_broken_as_what_cannot_be_read(cast, break_part):
    break_part("timetable.my_groups", sql="""(select '[{"id": "x"}]'::json)""")
    helene = Reader(cast, "enseignante")
    assert f"Classes {UNREAD}" in helene.reads()
    assert helene.titles()[1:] == ["Mes cours", "À faire", "Classes"]


def test_nobody_is_told_that_nothing_waits_when_it_is_not_known(cast, break_part):
    break_part("imports.to_review", ActionSource)
    page = Reader(cast, "principal").reads()
    assert "Ce qui vous attend n’a pas pu être lu." in page
    assert f"À faire {UNREAD}" in page
    assert "Rien ne vous attend" not in page
    assert "Rien n’attend" not in page


def test_what_is_known_to_wait_is_shown_all_the_same(cast, break_part):
    break_part("imports.to_review", ActionSource)
    break_part("imports.to_begin", ActionSource, sql="(select true)")
    page = Reader(cast, "principal").reads()
    assert "Au moins une chose vous attend." in page
    assert "Déposer les fichiers de l’établissement" in page
    assert page.count(UNREAD) == 1


def test_a_guardian_is_not_told_that_they_have_no_child(cast, break_part):
    break_part("timetable.children")
    page = Reader(cast, "parent").reads()
    assert f"Enfants {UNREAD}" in page
    assert "Aucun enfant ne vous est rattaché" not in page
    assert page.count(UNREAD) == 1


def test_figures_and_imports_have_their_own_frames(cast, break_part):
    break_part("directory.figures")
    break_part("imports.health", sql="(select nothing_of_the_kind)")
    page = Reader(cast, "secretaire").reads()
    assert f"Chiffres de l’établissement {UNREAD}" in page
    assert f"Imports {UNREAD}" in page


def test_a_broken_arrangement_gives_the_original_one_and_says_so(cast, break_part):
    break_part("portal.layouts")
    page = Reader(cast, "eleve").reads()
    assert "Aujourd’hui" in page
    assert f"Disposition de la page {UNREAD}" in page


def test_a_part_of_a_room_that_has_no_block_is_told_at_the_foot_of_the_page(cast, break_part, monkeypatch):
    part = HomePart("messaging.unread", "(select 1 / 0)", bytes, profiles=frozenset({"student"}))
    monkeypatch.setitem(registry._offered, (HomePart, part.key), part)
    queries._wanted.cache_clear()
    assert f"Autre partie de la page {UNREAD}" in Reader(cast, "eleve").reads()


def test_such_a_page_is_never_kept(cast, break_part):
    client = Reader(cast, "eleve").client
    client.get("/")
    known = client.get("/").headers["ETag"]
    break_part("timetable.my_lessons")
    # Nothing has changed for whoever holds the page read before.
    assert client.get("/", headers={"If-None-Match": known}).status_code == 304
    broken = client.get("/")
    assert "ETag" not in broken.headers
    assert broken.headers["Cache-Control"] == "private, no-cache"
    assert client.get("/", headers={"If-None-Match": 'W/""'}).status_code == 200
