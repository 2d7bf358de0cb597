"""How far back the imports of the home go (POR-6)."""

import datetime as dt

import pytest

from pupitre.foundation import clock
from pupitre.portal.models import PersonLayout
from pupitre.portal.tests.pages import Reader, arrange, make_import, sent
from tests.statements import statements_of

OFFICE = ("figures", "needs", "events", "imports")


@pytest.fixture
def imports(cast):
    """Five imports applied 1, 5, 10, 20 and 40 days before the Tuesday of the cast."""
    for days in (1, 5, 10, 20, 40):
        at = dt.datetime(2026, 11, 24, 8, tzinfo=clock.PARIS) - dt.timedelta(days=days)
        make_import(cast.college, "applied", at)


def shown(reader: Reader) -> list[str]:
    """The days of the imports on the home."""
    lines = reader.opens().xpath("//section[@aria-labelledby='t-imports']//li//*[contains(@class, 'item__s')]")
    return [line.text.split(" · ")[1].split(",")[0] for line in lines]


def choose(cast, reader: Reader, window: str) -> None:
    assert reader.sends(arrange(cast), sent(*OFFICE, imports_window=window)).status_code == 302


def test_the_three_latest_are_shown_by_default(cast, imports, tuesday):
    assert shown(Reader(cast, "secretaire")) == ["lundi 23 novembre", "jeudi 19 novembre", "samedi 14 novembre"]


@pytest.mark.parametrize(("window", "count"), [("7", 2), ("14", 3), ("30", 4)])
def test_a_person_chooses_how_far_back_they_go(cast, imports, tuesday, window, count):
    odile = Reader(cast, "secretaire")
    choose(cast, odile, window)
    assert len(shown(odile)) == count
    assert f'<option value="{window}" selected>' in odile.client.get(arrange(cast)).content.decode()
    # Only the window was chosen: the order is still the school's.
    assert PersonLayout.objects.get().blocks == []


def test_an_empty_window_says_so(cast, imports):
    odile = Reader(cast, "secretaire")
    with clock.at("2026-12-08T10:00"):
        choose(cast, odile, "7")
        assert "Aucun import depuis le 1er décembre." in odile.reads()


def test_since_my_last_visit_means_the_day_before_today_when_the_home_was_opened(cast, imports):
    odile = Reader(cast, "secretaire")
    with clock.at("2026-11-18T09:00"):
        choose(cast, odile, "visit")
        odile.opens()
        odile.opens()
    with clock.at("2026-11-24T09:00"):
        for _time in range(3):
            assert shown(odile) == ["lundi 23 novembre", "jeudi 19 novembre"]
        assert "Depuis le 18 novembre." in odile.reads()
    with clock.at("2026-11-25T09:00"):
        assert "Aucun import depuis le 24 novembre." in odile.reads()


def test_a_visit_is_written_once_a_day_and_for_those_who_asked_only(cast, imports):
    odile, anne = Reader(cast, "secretaire"), Reader(cast, "principal")
    with clock.at("2026-11-23T09:00"):
        choose(cast, odile, "visit")
        odile.opens(), anne.opens()
    with clock.at("2026-11-24T09:00"):
        counts = [len(statements_of(lambda: odile.client.get("/"))) for _time in range(2)]
        # The visit is read and written; which day has lessons is read once a day, whoever comes first.
        assert counts == [5, 2]
        # The same for the bells, which the head's page shows the lessons between.
        assert [len(statements_of(lambda: anne.client.get("/"))) for _time in range(2)] == [3, 2]
    assert PersonLayout.objects.get().person == cast.people["secretaire"]


def test_a_window_that_does_not_exist_is_refused(cast, tuesday):
    answer = Reader(cast, "secretaire").sends(arrange(cast), sent(*OFFICE, imports_window="365"))
    assert answer.status_code == 422
    assert "Choisissez une des périodes proposées pour les imports." in answer.content.decode()


def test_only_those_who_see_imports_are_asked(cast, tuesday):
    assert "imports_window" not in Reader(cast, "eleve").client.get(arrange(cast)).content.decode()
