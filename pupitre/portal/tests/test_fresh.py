"""A browser keeps a home only while nothing that it shows has changed."""

import datetime as dt

import pytest

from pupitre.foundation import clock
from pupitre.foundation.stamps import person_audience, raise_stamps, school_audience
from pupitre.portal.homes.moment import Moment, true_until
from pupitre.portal.tests.pages import ARRANGE_FAMILY, Reader, arrange, sent
from tests.statements import statements_of

pytestmark = pytest.mark.usefixtures("tuesday")


class Browser:
    """Asks for the home as a browser that keeps it."""

    def __init__(self, cast, slug: str) -> None:
        self.reader, self.tag = Reader(cast, slug), ""
        # The first page brings the cookie of forms, which later ones are made with.
        self.reader.opens()

    def asks(self) -> int:
        """The status of the answer."""
        answer = self.reader.client.get("/", headers={"If-None-Match": self.tag} if self.tag else {})
        self.tag = answer.headers.get("ETag", "")
        return answer.status_code


def test_an_unchanged_home_is_not_drawn_again_and_asks_for_one_statement(cast):
    browser = Browser(cast, "eleve")
    assert browser.asks() == 200
    assert [browser.asks(), browser.asks()] == [304, 304]
    assert len(statements_of(browser.asks)) == 1


def test_arranging_it_shows_at_once_to_oneself_alone(cast):
    mine, other = Browser(cast, "eleve"), Browser(cast, "frere")
    mine.asks(), other.asks()
    mine.reader.sends(arrange(cast), sent("needs", "day", "work", "marks", shown=["day"]))
    assert (mine.asks(), other.asks()) == (200, 304)
    mine.reader.sends(arrange(cast), {"reset": "1"})
    assert (mine.asks(), mine.asks()) == (200, 304)


def test_what_the_school_arranges_shows_at_once_to_everyone_of_the_school(cast):
    people = {slug: Browser(cast, slug) for slug in ("eleve", "parent", "parent-voisin")}
    for browser in people.values():
        browser.asks()
    address = f"/{cast.college.uai}/accueils/parents/"
    head = Reader(cast, "principal")
    for data in (sent("children", "needs", shown=["children"]), {"reset": "1"}):
        head.sends(address, data)
        assert {slug: browser.asks() for slug, browser in people.items()} == {
            "eleve": 200,
            "parent": 200,
            "parent-voisin": 304,
        }


def test_a_guardian_with_two_schools_sees_the_change_of_either(cast):
    nadia = Browser(cast, "parent")
    nadia.asks()
    for school in (cast.college, cast.lycee):
        raise_stamps([school_audience(school.pk)])
        assert [nadia.asks(), nadia.asks()] == [200, 304]
    raise_stamps([person_audience(cast.people["parent"].pk)])
    assert nadia.asks() == 200
    nadia.reader.sends(ARRANGE_FAMILY, sent("children", "needs", shown=["children"]))
    assert nadia.asks() == 200


def test_a_home_that_shows_the_lessons_going_on_is_asked_again_at_each_bell(cast):
    karim = Browser(cast, "cpe")
    with clock.at("2026-11-24T10:02"):
        assert karim.asks() == 200
        assert karim.asks() == 304
    with clock.at("2026-11-24T10:09:59"):
        assert karim.asks() == 304
    # Lessons start at 10:10: they were not on the page at 10:02.
    with clock.at("2026-11-24T10:10"):
        assert karim.asks() == 200
        assert "4B · Français" in karim.reader.reads()


def test_a_day_at_school_changes_at_each_bell_then_in_the_evening():
    moment = Moment(dt.datetime(2026, 11, 24, 16, 0), dt.date(2026, 11, 24))
    assert true_until([], moment) == dt.datetime(2026, 11, 24, 18, 0)
    late = Moment(dt.datetime(2026, 11, 24, 19, 0), dt.date(2026, 11, 25))
    assert true_until([], late) == dt.datetime(2026, 11, 25, 0, 0)
