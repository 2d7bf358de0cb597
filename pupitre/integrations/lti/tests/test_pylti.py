"""The whole way with a tool written with pylti1p3, which shares no line with us: opening, choosing, marks, members."""

import html
import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.conf import settings as django_settings
from pylti1p3.deep_link_resource import DeepLinkResource
from pylti1p3.exception import LtiServiceException
from pylti1p3.grade import Grade
from pylti1p3.lineitem import LineItem as PeerItem

from pupitre.directory.tests.factories import PersonFactory, enrol
from pupitre.establishments.scope import scope
from pupitre.gradebook.models import IncomingColumn, IncomingMark, StudentMark
from pupitre.integrations.lti.models import LineItem, Tool, ToolLink
from pupitre.integrations.lti.services.inviting import accept, invite, open_page
from pupitre.integrations.lti.services.tools import tool_of
from pupitre.integrations.lti.tests.factories import make_link, make_tool
from pupitre.integrations.lti.tests.peer import Peer, listening, on_our_time, registering
from pupitre.integrations.lti.words import TOOL_CLAIM
from pupitre.integrations.services.models import Disclosure, Pseudonym
from pupitre.integrations.services.tests.factories import admin_of, make_service, open_service
from tests.browser.server import serving

CLAIM = "https://purl.imsglobal.org/spec/lti/claim"


@pytest.fixture(scope="module")
def address(django_db_setup: None) -> Iterator[str]:
    """The house behind a port of this machine."""
    with serving() as (url, _house):
        yield url


@pytest.fixture
def peer(cast, address, settings, monkeypatch) -> Iterator[Peer]:
    settings.SITE_URL = address
    on_our_time(monkeypatch)
    made = Peer()
    with listening(made):
        tool = make_tool(
            cast,
            address=f"{made.url}/",
            facts={"jwks_url": f"{made.url}/jwks", "keys": None, "may_list": True},
        )
        made.know(tool, address, cast.college.uai)
        yield made


def browser_of(cast, slug):
    browser = requests.Session()
    browser.cookies.set(django_settings.SESSION_COOKIE_NAME, cast.session_of(slug), domain="localhost.local")
    return browser


def found(pattern, text):
    match = re.search(pattern, text)
    assert match, text
    return html.unescape(match[1])


def sent_on(browser, page):
    """The form of our page, sent as the browser does by itself."""
    target = found(r'<form class="row" method="post" action="([^"]+)"', page.text)
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page.text))
    return browser.post(target, {name: html.unescape(value) for name, value in fields.items()}, allow_redirects=False)


def opened(cast, address, link, slug="eleve"):
    browser = browser_of(cast, slug)
    page = browser.get(f"{address}/{cast.college.uai}/outils/{link.pk}/")
    assert page.status_code == 200, page.text
    answer = sent_on(browser, page)
    assert answer.status_code == 200, answer.text
    return answer


def test_a_student_opens_a_content_and_the_tool_knows_what_it_may(cast, address, peer):
    link = make_link(cast, peer.tool)
    opened(cast, address, link)
    (told,) = peer.heard
    number = Pseudonym.objects.get(service=peer.tool.service, person=cast.people["eleve"]).value
    assert (told["sub"], told["aud"], told["iss"]) == (number, peer.tool.client_id, address)
    assert (told["given_name"], told["family_name"]) == ("Inès", "BELKACEM")
    assert "email" not in told
    assert told[f"{CLAIM}/roles"][0].endswith("#Learner")
    assert told[f"{CLAIM}/resource_link"]["title"] == "Fractions"
    assert told[f"{CLAIM}/custom"] == {"niveau": "4e"}
    assert told[f"{CLAIM}/context"]["title"] == "Mathématiques, 4B"
    assert told[f"{CLAIM}/deployment_id"] == cast.college.uai
    with scope(cast.college.pk):
        seen = Disclosure.objects.get(person=cast.people["eleve"])
    assert sorted(seen.names) == ["family_name", "given_name", "name"]


def test_a_tool_that_may_have_no_name_has_none(cast, address, peer):
    with scope(cast.college.pk):
        connector = peer.tool.service.connectors.get()
        connector.withheld = ["name", "given_name", "family_name"]
        connector.save()
    opened(cast, address, make_link(cast, peer.tool))
    assert not {"name", "given_name", "family_name", "email"} & set(peer.heard[0])


def test_a_teacher_teaches_and_a_guardian_follows_their_child(cast, address, peer):
    link = make_link(cast, peer.tool)
    opened(cast, address, link, "enseignante")
    opened(cast, address, link, "parent")
    teacher, guardian = peer.heard
    assert teacher[f"{CLAIM}/roles"][0].endswith("#Instructor")
    assert guardian[f"{CLAIM}/roles"][0].endswith("#Mentor")
    child = Pseudonym.objects.get(service=peer.tool.service, person=cast.people["eleve"]).value
    assert guardian[f"{CLAIM}/role_scope_mentor"] == [child]


def test_marks_arrive_as_a_draft_and_older_ones_are_refused(cast, address, peer):
    link = make_link(cast, peer.tool)

    def mark(points, at):
        grade = Grade().set_score_given(points).set_score_maximum(10).set_timestamp(at)
        return grade.set_activity_progress("Completed").set_grading_progress("FullyGraded")

    def then(launch):
        ags, sub = launch.get_ags(), launch.get_launch_data()["sub"]
        ags.put_grade(mark(7.5, "2026-11-24T09:00:00+00:00").set_user_id(sub).set_comment("Bien"))
        try:
            ags.put_grade(mark(2, "2026-11-24T08:59:59+00:00").set_user_id(sub))
        except LtiServiceException as no:
            refused = no.response.status_code
        items = ags.get_lineitems()
        results = ags.get_grades()
        return [refused, items, results]

    peer.then = then
    opened(cast, address, link)
    (answer,) = peer.answers
    refused, items, results = answer
    assert refused == 409
    assert [(each["label"], each["scoreMaximum"]) for each in items] == [("Fractions", 10.0)]
    assert [(each["resultScore"], each["comment"]) for each in results] == [(7.5, "Bien")]
    with scope(cast.college.pk):
        row = IncomingMark.objects.select_related("column").get()
        assert (row.points, row.maximum, row.column.source_name) == (7.5, 10, "Exercices")
        assert not StudentMark.objects.exists()


def test_a_tool_makes_a_column_of_its_own_and_takes_it_back(cast, address, peer):
    link = make_link(cast, peer.tool, maximum=None)

    def then(launch):
        ags = launch.get_ags()
        item = PeerItem().set_label("Bilan").set_score_maximum(40).set_tag("bilan").set_resource_id("r1")
        grade = Grade().set_score_given(30).set_score_maximum(40).set_timestamp("2026-11-24T09:00:00Z")
        grade.set_activity_progress("Completed").set_grading_progress("FullyGraded")
        ags.put_grade(grade.set_user_id(launch.get_launch_data()["sub"]), item)
        ours = ags.find_lineitem_by_tag("bilan")
        return [ours.get_label(), ours.get_id()]

    peer.then = then
    opened(cast, address, link)
    assert peer.answers[0][0] == "Bilan"
    with scope(cast.college.pk):
        assert IncomingColumn.objects.get().title == "Bilan"
        assert LineItem.objects.get().resource_id == "r1"


def test_the_class_is_read_page_by_page_and_noted(cast, address, peer):
    with scope(cast.college.pk):
        for number in range(55):
            enrol(PersonFactory(last_name=f"ÉLÈVE{number:02}", first_name="A"), cast.groups["4B"])
    link = make_link(cast, peer.tool)
    peer.then = lambda launch: launch.get_nrps().get_members()
    opened(cast, address, link, "enseignante")
    (members,) = peer.answers
    assert len(members) == len({each["user_id"] for each in members}) == 57
    teachers = [each for each in members if each["roles"][0].endswith("#Instructor")]
    assert [each["family_name"] for each in teachers] == ["ROUSSEL"]
    with scope(cast.college.pk):
        assert Disclosure.objects.count() == 57


def test_a_teacher_picks_contents_in_the_tool(cast, address, peer):
    def then(launch):
        assert launch.is_deep_link_launch()
        first = DeepLinkResource().set_url(f"{peer.url}/launch").set_title("Décimaux").set_custom_params({"n": "1"})
        first.set_lineitem(PeerItem().set_score_maximum(20).set_label("Décimaux"))
        second = DeepLinkResource().set_url(f"{peer.url}/launch").set_title("Relatifs")
        return launch.get_deep_link().output_response_form([first, second])

    peer.then = then
    browser = browser_of(cast, "enseignante")
    with scope(cast.college.pk):
        link = make_link(cast, peer.tool)
    page = browser.get(f"{address}/{cast.college.uai}/outils/cours/{link.course_id}/choisir/{peer.tool.pk}/")
    form = sent_on(browser, page).text
    target = found(r'action="([^"]+)"', form)
    signed = found(r'name="JWT" value="([^"]+)"', form)
    # The browser comes from another site: our cookie is not with it.
    back = requests.post(target, {"JWT": signed}, allow_redirects=False, timeout=20)
    assert back.headers["Location"].endswith("/outils/?dit=place"), back.text
    with scope(cast.college.pk):
        placed = list(ToolLink.objects.exclude(pk=link.pk).order_by("pk"))
        assert [each.title for each in placed] == ["Décimaux", "Relatifs"]
        assert placed[0].custom == {"n": "1"}
        assert LineItem.objects.get(link=placed[0]).maximum == 20
    again = requests.post(target, {"JWT": signed}, allow_redirects=False, timeout=20)
    assert again.status_code == 403
    assert "n’est pas signé comme il faut" in again.text


def test_a_tool_registers_by_itself(cast, address, peer):
    """The client of pylti1p3 reads what we are and says what it is; what it was told leads a student there."""
    service = make_service(cast, protocol="lti", release="lti", address=f"{peer.url}/", name="Autre")
    open_service(cast, service=service)
    with scope(cast.college.pk):
        asked = invite(tool=tool_of(service), address=f"{peer.url}/register", actor=admin_of(cast))
    led = {name: values[0] for name, values in parse_qs(urlsplit(open_page(asked)).query).items()}
    told = registering(peer.url, led).register()
    with scope(cast.college.pk):
        asked.refresh_from_db()
        accept(asked, actor=admin_of(cast), may_mark=True, may_list=True)
    tool = Tool.objects.select_related("service").get(service=service)
    assert told["client_id"] == tool.client_id
    assert (tool.may_mark, tool.may_list, tool.picking_url) == (True, False, f"{peer.url}/launch")
    peer.know(tool, address, told[TOOL_CLAIM]["deployment_id"])
    opened(cast, address, make_link(cast, tool))
    assert peer.heard[0][f"{CLAIM}/custom"] == {"niveau": "4e"}
    with pytest.raises(LtiServiceException) as again:
        registering(peer.url, led).register()
    assert again.value.response.status_code == 401
