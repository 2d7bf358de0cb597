"""What Moodle says of people, on their home and in the page of their work; and the marks that come back."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from lxml import html

from pupitre.establishments.scope import scope
from pupitre.foundation.stamps import raise_stamps, school_audience
from pupitre.gradebook.models import IncomingColumn, IncomingMark
from pupitre.integrations.moodle.models import LinkedCourse, Site
from pupitre.integrations.moodle.services.linking import set_site
from pupitre.integrations.moodle.services.marking import read_marks, read_marks_everywhere
from pupitre.integrations.moodle.tests.factories import link
from pupitre.integrations.moodle.tests.keeping import applied, number_of
from pupitre.integrations.moodle.tests.stand import Stand
from pupitre.integrations.services.models import Connector, OutsideCopy
from pupitre.integrations.services.tests.factories import admin_of
from pupitre.textbook.services.giving import Due
from pupitre.textbook.tests.factories import given
from tests.cast import Cast
from tests.jobs import run_jobs
from tests.statements import statements_of

pytestmark = pytest.mark.usefixtures("tuesday")


@pytest.fixture
def site(cast: Cast, moodle: Stand) -> Site:
    """A Moodle that is kept, where everybody sees their courses and whose marks come back."""
    linked = link(cast, moodle.url, with_courses=True)
    applied(linked)
    with scope(cast.college.pk):
        set_site(
            linked,
            actor=admin_of(cast),
            is_on=True,
            applies_alone=False,
            with_courses=True,
            tells=True,
            reads_marks=True,
            most_suspended=10,
        )
        return Site.objects.select_related("connector__service").get()


def said(moodle: Stand, *, url: str) -> None:
    """The first deadline leads there, the second elsewhere."""
    moodle.deadlines["events"][0]["url"] = f"{moodle.url}{url}"


def asks(cast: Cast, slug: str, site: Site) -> None:
    address = f"/{cast.college.uai}/services/{site.connector_id}/rafraichir/"
    assert cast.sign_in(Client(), slug).post(address).status_code == 302
    run_jobs()


def links(cast: Cast, slug: str, address: str) -> dict[str, str]:
    """The links of a page by their words."""
    answer = cast.sign_in(Client(), slug).get(address, follow=True)
    page: html.HtmlElement = html.document_fromstring(answer.content.decode())
    found = page.get_element_by_id("contenu").xpath(".//a")
    return {" ".join(each.text_content().split()): each.get("href") for each in found}


def test_courses_and_deadlines_stand_on_the_home_and_lead_to_that_moodle_only(cast, moodle, site):
    said(moodle, url="mod/assign/view.php?id=5")
    asks(cast, "eleve", site)
    home = links(cast, "eleve", "/")
    assert home["Exercices sur les fractions"] == f"{moodle.url}mod/assign/view.php?id=5"
    # An address of another host is not followed: the front page is.
    assert home["Quiz de calcul mental"] == moodle.url
    assert home["Mathématiques 4B"].startswith(f"{moodle.url}course/view.php?id=")
    asked = [each for each in moodle.asked if "timesortfrom" in each][-1]
    assert asked["userid"] == str(number_of(cast, "eleve"))
    with scope(cast.college.pk):
        copy = OutsideCopy.objects.get()
    assert set(copy.whole["deadlines"][0]) == {"title", "course", "due_at", "url"}


def blocks(cast: Cast, slug: str, address: str = "/") -> tuple[str, dict[str, str]]:
    """The words of a page, and those of each of its cards by title."""
    answer = cast.sign_in(Client(), slug).get(address, follow=True).content.decode()
    page: html.HtmlElement = html.document_fromstring(answer.replace("\N{NO-BREAK SPACE}", " "))
    cards = page.xpath("//section[contains(@class, 'card')]")
    return words(page.get_element_by_id("contenu")), {each.xpath("string(.//h2)"): words(each) for each in cards}


def words(part: html.HtmlElement) -> str:
    return " ".join(" ".join(part.itertext()).split())


def due(moodle: Stand, *days: str, hour: str = "18:00") -> None:
    """The days, in Paris, by which the deadlines are due."""
    for event, on in zip(moodle.deadlines["events"], days, strict=False):
        event["timesort"] = int(dt.datetime.fromisoformat(f"{on}T{hour}+01:00").timestamp())


def gives(cast: Cast, **facts: Any) -> None:
    with scope(cast.college.pk):
        given(cast, **facts)


def test_what_is_due_next_stands_with_the_work_given_here_and_once(cast, moodle, site):
    said(moodle, url="mod/assign/view.php?id=5")
    due(moodle, "2026-11-25", "2026-11-27")
    client = cast.sign_in(Client(), "eleve")
    client.get("/")
    before = len(statements_of(lambda: client.get("/")))
    gives(cast, due=Due(dt.date(2026, 11, 25)))
    asks(cast, "eleve", site)
    page, cards = blocks(cast, "eleve")
    assert "Tu as 2 choses à faire pour demain." in page
    work, tool = cards["Pour demain"], cards["Moodle du collège"]
    assert "Exercices 4 et 5 page 218" in work
    assert "Exercices sur les fractions Mathématiques 4B · avant 18 h" in work
    assert "Exercices sur les fractions" not in tool
    assert "Quiz de calcul mental" in tool
    assert "Le reste est dans le travail à faire." in tool
    assert len(statements_of(lambda: client.get("/"))) == before


def test_a_nearer_deadline_is_the_next_thing_to_do_and_one_of_today_is_not_put_off(cast, moodle, site):
    due(moodle, "2026-11-24", "2026-11-25")
    gives(cast, due=Due(dt.date(2026, 11, 27)))
    asks(cast, "eleve", site)
    _page, cards = blocks(cast, "eleve")
    assert "Quiz de calcul mental" in cards["Pour demain"]
    assert "Exercices 4 et 5" not in cards["Pour demain"]
    assert "Exercices sur les fractions" in cards["Moodle du collège"]


def test_what_a_teacher_gave_here_with_its_address_stands_once(cast, moodle, site):
    said(moodle, url="mod/assign/view.php?id=5")
    due(moodle, "2026-11-25", "2026-11-27")
    address = f"{moodle.url}mod/assign/view.php?id=5"
    gives(cast, title="Les fractions", mode="external", external_url=address, due=Due(dt.date(2026, 11, 25)))
    asks(cast, "eleve", site)
    page, cards = blocks(cast, "eleve")
    assert "Tu as 1 chose à faire pour demain." in page
    assert "Les fractions" in cards["Pour demain"]
    assert "Exercices sur les fractions" not in cards["Pour demain"]
    page, _cards = blocks(cast, "eleve", "/0990001N/travail/")
    assert "Exercices sur les fractions" not in page


def test_who_left_the_work_out_of_their_home_reads_all_in_the_card_of_the_tool(cast, moodle, site):
    due(moodle, "2026-11-25", "2026-11-27")
    asks(cast, "eleve", site)
    order = ["day", "needs", "work", "marks", "events", "outside"]
    told = {"order": order, "shown": [each for each in order if each != "work"], "save": "1"}
    assert cast.sign_in(Client(), "eleve").post(f"/{cast.college.uai}/organiser/", told).status_code == 302
    _page, cards = blocks(cast, "eleve")
    assert "Pour demain" not in cards
    assert "Exercices sur les fractions" in cards["Moodle du collège"]


def test_a_guardian_counts_them_on_the_cover_of_their_child(cast, moodle, site):
    due(moodle, "2026-11-25", "2026-11-27")
    client = cast.sign_in(Client(), "parent")
    client.get("/famille/")
    before = len(statements_of(lambda: client.get("/famille/")))
    asks(cast, "eleve", site)
    assert "Pour demain 1 devoir dans Moodle du collège : Inès" in blocks(cast, "parent", "/famille/")[0]
    gives(cast, due=Due(dt.date(2026, 11, 25)))
    assert "1 devoir, et 1 dans Moodle du collège : Inès" in blocks(cast, "parent", "/famille/")[0]
    assert len(statements_of(lambda: client.get("/famille/"))) == before
    with scope(cast.college.pk):
        Connector.objects.update(is_on=False)
        raise_stamps([school_audience(cast.college.pk)])
    assert "dans Moodle" not in blocks(cast, "parent", "/famille/")[0]


def test_deadlines_stand_in_the_one_page_of_work_at_no_cost(cast, moodle, site):
    client, page = cast.sign_in(Client(), "eleve"), "/0990001N/travail/"
    before = len(statements_of(lambda: client.get(page)))
    said(moodle, url="mod/assign/view.php?id=5")
    asks(cast, "eleve", site)
    answer = client.get(page).content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "à faire dans Moodle du collège avant le dimanche 29 novembre" in answer
    assert f'href="{moodle.url}mod/assign/view.php?id=5"' in answer
    assert "Lu le mardi 24 novembre, 10 h 20" in answer
    assert "fractions" not in client.get(f"{page}?voir=rendus").content.decode()
    assert len(statements_of(lambda: client.get(page))) == before
    with scope(cast.college.pk):
        Connector.objects.update(is_on=False)
    assert "fractions" not in client.get(page).content.decode()


def test_a_guardian_reads_them_without_a_link_and_another_child_s_not(cast, moodle, site):
    asks(cast, "eleve", site)
    with scope(cast.college.pk):
        pk = cast.people["eleve"].schoolings.get().pk
        brother = cast.people["frere"].schoolings.get().pk
    parent = cast.sign_in(Client(), "parent")
    page = parent.get(f"/0990001N/travail/enfant/{pk}/").content.decode()
    assert "Exercices sur les fractions" in page
    assert moodle.url not in page
    assert "fractions" not in parent.get(f"/0990001N/travail/enfant/{brother}/").content.decode()


def test_who_has_no_account_there_is_told_so_and_the_others_are_still_read(cast, moodle, site):
    with scope(cast.college.pk):
        site.accounts.filter(person=cast.people["eleve"]).delete()
    asks(cast, "eleve", site)
    with scope(cast.college.pk):
        assert OutsideCopy.objects.get().failure == "nobody"
    asks(cast, "enseignante", site)
    assert "Mathématiques 4B" in links(cast, "enseignante", "/")


def test_what_moodle_refuses_is_said_and_what_was_read_stays(cast, moodle, site):
    moodle.lacks = {"core_calendar_get_action_events_by_timesort"}
    asks(cast, "eleve", site)
    with scope(cast.college.pk):
        copy = OutsideCopy.objects.get()
    assert (copy.failure, copy.fetched_at) == ("unreadable", None)


def test_marks_come_back_as_a_draft_once(cast, moodle, site):
    with scope(cast.college.pk):
        ours = LinkedCourse.objects.get(course__subject__label="Mathématiques", course__group=cast.groups["4B"])
    answered = moodle.grades["usergrades"]
    answered[0]["userid"] = number_of(cast, "eleve")
    moodle.grades_of = ours.number
    assert read_marks(cast.college.pk) == 1
    with scope(cast.college.pk):
        column = IncomingColumn.objects.get()
        mark = IncomingMark.objects.get()
    # The total of the course is not an activity, and the quiz has no mark yet.
    assert (column.title, column.maximum, column.course_id) == ("Exercices sur les fractions", 20, ours.course_id)
    assert (mark.points, mark.version, column.source) == (Decimal("15.5"), 1, f"moodle:{site.pk}")
    read_marks_everywhere()
    with scope(cast.college.pk):
        assert IncomingMark.objects.get().version == 1
        assert Site.objects.get().marks_read_at is not None
    answered[0]["gradeitems"][0] |= {"graderaw": 17, "gradedategraded": 1795729999}
    assert read_marks(cast.college.pk) == 1
    with scope(cast.college.pk):
        assert IncomingMark.objects.get().points == 17


@pytest.mark.parametrize(
    "facts",
    [
        {"gradeishidden": True},
        {"gradehiddenbydate": True},
        {"scaleid": 2},
        {"graderaw": None},
        {"graderaw": 1e30},
        {"grademax": 1e30},
        {"grademax": 0.001},
    ],
)
def test_what_is_hidden_or_is_no_number_does_not_come_back(cast, moodle, site, facts):
    moodle.grades["usergrades"][0]["userid"] = number_of(cast, "eleve")
    moodle.grades["usergrades"][0]["gradeitems"][0] |= facts
    assert read_marks(cast.college.pk) == 0
    with scope(cast.college.pk):
        assert not IncomingColumn.objects.exists()


def test_a_moodle_that_says_nonsense_keeps_no_other_school_from_its_marks(cast, moodle, site, caplog):
    moodle.grades["usergrades"][0]["userid"] = number_of(cast, "eleve")
    moodle.grades["usergrades"][0]["gradeitems"][0]["gradedategraded"] = 10**17
    link(cast, moodle.url, "lycee", is_on=True, reads_marks=True)
    read_marks_everywhere()
    assert f"marks of establishment {cast.college.pk}" in caplog.text
    with scope(cast.lycee.pk):
        assert Site.objects.get().marks_read_at is not None


def test_marks_are_read_when_the_administrator_asks(cast, moodle, site):
    referent, page = cast.sign_in(Client(), "referent"), "/0990001N/services/moodle/"
    assert "Lire les notes maintenant" in referent.get(page).content.decode()
    assert referent.post(f"{page}notes/")["Location"].endswith("?dit=notes")
    assert referent.post(f"{page}notes/")["Location"].endswith("?dit=notes-deja")
    moodle.heard.clear()
    run_jobs()
    assert moodle.heard == ["gradereport_user_get_grade_items"] * 3
    with scope(cast.college.pk):
        Site.objects.update(reads_marks=False)
    assert referent.post(f"{page}notes/").status_code == 404


def test_a_school_that_did_not_ask_for_marks_is_not_read(cast, moodle):
    link(cast, moodle.url)
    read_marks_everywhere()
    assert moodle.heard == []
    assert read_marks(cast.college.pk) == 0


def test_unlinking_forgets_what_was_read(cast, moodle, site):
    asks(cast, "eleve", site)
    cast.sign_in(Client(), "referent").post("/0990001N/services/moodle/delier/")
    with scope(cast.college.pk):
        assert not OutsideCopy.objects.exists()
        assert not Site.objects.exists()
