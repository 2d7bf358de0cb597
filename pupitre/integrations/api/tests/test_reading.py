"""What an application reads, and what it never reads before or beyond the pages."""

import datetime as dt
from functools import partial

import pytest
from authlib.integrations.requests_client import OAuth2Session
from django.test import Client as Browser

from pupitre.accounts.models import Session, User
from pupitre.agenda.audiences import Audience
from pupitre.agenda.models import Participant
from pupitre.agenda.services.inviting import invite
from pupitre.agenda.tests.factories import acting, scheduled
from pupitre.attendance.tests.factories import absent
from pupitre.directory.models import Affiliation, Guardianship, Membership, Student
from pupitre.directory.profiles import Profile, capabilities_of
from pupitre.directory.tests.factories import make_guardian
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.gradebook.models import Assessment
from pupitre.gradebook.tests.factories import assessed, course_of, marked
from pupitre.integrations.api.models import Access, Pace, Reading
from pupitre.integrations.api.queries.calling import MOST_CALLS
from pupitre.integrations.api.scopes import READING
from pupitre.integrations.api.services.opening import open_scopes
from pupitre.integrations.api.tests.factories import (
    BACK,
    VERIFIER,
    Reader,
    asked_by,
    back_of,
    make_app,
    reader_for,
    tokens_of,
)
from pupitre.integrations.oidc.models import Grant
from pupitre.integrations.services.models import Connector, Disclosure, Pseudonym
from pupitre.integrations.services.tests.factories import admin_of, open_service
from pupitre.news.services.writing import Audience as NewsAudience
from pupitre.news.tests.factories import of_class, published
from pupitre.textbook.tests.factories import work, written
from tests.statements import statements_of

MORE = ("timetable", "homework", "marks", "absences")


@pytest.fixture
def marks_of_ines(cast):
    """12 in mathematics, written and not published."""
    with scope(cast.college.pk):
        ines = Student.objects.get(person=cast.people["eleve"])
        person, profiles = cast.people["enseignante"], frozenset({str(Profile.TEACHER)})
        teacher = Actor(
            person.user_id or 0, person.pk, cast.college.pk, cast.college.uai, profiles, capabilities_of(profiles)
        )
        marked(assessed(course_of(cast.groups["4B"])), ines, "12", teacher)
        Assessment.objects.update(student_sees_at=None, guardian_sees_at=None)


def publish(cast, **hours) -> None:
    with scope(cast.college.pk):
        Assessment.objects.update(**hours)


def titles(answer) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [each["title"] for each in answer.json()["data"]]


def problem(answer) -> tuple[int, str]:
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == answer.status_code
    assert told["detail"].endswith(".")
    return answer.status_code, told["type"].partition("#")[2]


def test_authlib_enters_as_an_application_of_a_telephone_and_reads(cast, app):
    """Code and PKCE by a library that knows nothing of us, a private scheme, no secret."""
    browser = cast.sign_in(Browser(), "parent")
    session = OAuth2Session(
        app.client_id,
        scope="openid timetable:read students:read offline_access",
        redirect_uri=BACK,
        code_challenge_method="S256",
        token_endpoint_auth_method="none",
    )
    url, state = session.create_authorization_url("https://pupitre/oidc/authorize", code_verifier=VERIFIER)
    address = url.removeprefix("https://pupitre")
    page = browser.get(address).content.decode()
    assert "L’emploi du temps" in page
    assert "Les notes et les moyennes" not in page
    assert " checked" not in page
    chosen = {"accord": "oui", "portee": ["timetable:read", "students:read", "offline_access"]}
    back = back_of(browser.post(address, chosen))
    assert back["state"] == state
    facts = {"grant_type": "authorization_code", "redirect_uri": BACK, "client_id": app.client_id}
    tokens = Browser().post("/oidc/token", facts | {"code": back["code"], "code_verifier": VERIFIER}).json()
    assert set(tokens["scope"].split()) == {"openid", "timetable:read", "students:read", "offline_access"}
    session.token = session.parse_response_token(_Answer(tokens))
    headers = {"Authorization": f"Bearer {session.token['access_token']}"}
    me = Browser().get("/api/v1/me", headers=headers).json()
    assert me["profiles"] == ["guardian"]
    assert me["school"] == {"uai": cast.college.uai, "name": "Collège Sophie-Germain"}
    assert [(each["first_name"], each["division"]) for each in me["students"]] == [("Inès", "4B"), ("Elias", "6C")]
    with_number = Pseudonym.objects.get(person=cast.people["eleve"], service=app.service).value
    assert me["students"][0]["number"] == with_number
    week = Browser().get(f"/api/v1/students/{with_number}/timetable", headers=headers).json()
    assert [(each["starts_at"], each["subject"], each["room"], each["state"]) for each in week["data"]] == [
        ("2026-11-24T08:05:00+01:00", "Mathématiques", "204", "held"),
        ("2026-11-24T10:10:00+01:00", "Français", "112", "held"),
        ("2026-11-24T13:30:00+01:00", "Mathématiques", "204", "held"),
        ("2026-11-25T08:05:00+01:00", "Mathématiques", "204", "held"),
    ]


class _Answer:
    """What authlib reads of an answer."""

    status_code = 200

    def __init__(self, told) -> None:
        self.told = told

    def json(self):
        return self.told

    def raise_for_status(self) -> None:
        """It is well."""


def test_a_mark_is_read_at_the_hour_of_each_and_never_before(cast, app, marks_of_ines):
    student, guardian = reader_for(cast, "eleve", app), reader_for(cast, "parent", app)
    assert titles(student.of("marks")) == titles(guardian.of("marks")) == []
    now = clock.now()
    publish(cast, student_sees_at=now, guardian_sees_at=now + dt.timedelta(days=2))
    assert titles(student.of("marks")) == ["Calcul littéral"]
    assert titles(guardian.of("marks")) == []
    publish(cast, guardian_sees_at=now)
    told = guardian.of("marks").json()
    assert (told["data"][0]["value"], told["data"][0]["scale"], told["data"][0]["text"]) == (12.0, 20, "12")
    assert [(each["subject"], each["average"]) for each in told["averages"]] == [("Mathématiques", "12,0")]
    assert told["general"] == "12,0"
    assert [each["is_shown"] for each in told["terms"]].count(True) == 1


@pytest.mark.parametrize(
    "link", [{"ends_on": dt.date(2026, 11, 23)}, {"is_restricted": True}, {"level": Guardianship.Level.CONTACT}]
)
def test_a_guardian_without_an_open_link_reads_nothing_of_a_child(cast, app, link):
    reader = reader_for(cast, "parent", app)
    number = reader("me").json()["students"][0]["number"]
    Guardianship.objects.filter(student=cast.people["eleve"], guardian=cast.people["parent"]).update(**link)
    assert len(reader("me").json()["students"]) == 1
    for what in MORE:
        assert problem(reader(f"students/{number}/{what}")) == (404, "introuvable")


def test_a_service_of_some_classes_reads_the_children_of_these_alone(cast, app):
    reader = reader_for(cast, "parent", app)
    ines, elias = [each["number"] for each in reader("me").json()["students"]]
    open_service(cast, service=app.service, groups=[cast.groups["6C"]])
    assert [each["number"] for each in reader("me").json()["students"]] == [elias]
    for what in MORE:
        assert problem(reader(f"students/{ines}/{what}")) == (404, "introuvable")
        assert reader(f"students/{elias}/{what}").status_code == 200
    # Only where they sit today.
    with scope(cast.college.pk):
        Membership.objects.filter(student__person=cast.people["frere"]).update(ends_on=dt.date(2026, 11, 23))
    assert problem(reader(f"students/{elias}/timetable")) == (403, "ferme")


def test_a_child_of_another_school_or_of_another_family_does_not_exist(cast, app):
    reader, student = reader_for(cast, "parent", app), reader_for(cast, "eleve", app)
    brother = reader("me").json()["students"][1]["number"]
    elsewhere = Pseudonym.objects.create(person=cast.people["soeur"], service=app.service, value="f" * 32).value
    assert [each["is_me"] for each in student("me").json()["students"]] == [True]
    strange = ("inconnu", "%2e%2e", "%00", f"{brother}%00")
    for one, number in ((student, brother), (reader, elsewhere), *((reader, each) for each in strange)):
        assert problem(one(f"students/{number}/marks")) == (404, "introuvable")
    assert problem(reader("autre")) == (404, "introuvable")


def test_a_teacher_who_is_a_parent_reads_as_a_parent_alone(cast, app, marks_of_ines):
    """Neither the pupils of their lessons, nor their own children before other parents."""
    teacher = cast.people["enseignante"]
    with scope(cast.college.pk):
        make_guardian(teacher, cast.people["frere"], cast.college)
    reader = reader_for(cast, "enseignante", app)
    me = reader("me").json()
    assert me["profiles"] == ["guardian"]
    assert [each["first_name"] for each in me["students"]] == ["Elias"]
    pupil = Pseudonym.objects.create(person=cast.people["eleve"], service=app.service, value="e" * 32).value
    for what in MORE:
        assert problem(reader(f"students/{pupil}/{what}")) == (404, "introuvable")


def test_a_teacher_who_is_a_parent_is_told_nothing_of_staff(cast, app):
    """Neither what they wrote, nor what is for those who work there, nor where they go as one of them."""
    teacher = cast.people["enseignante"]
    with scope(cast.college.pk):
        make_guardian(teacher, cast.people["frere"], cast.college)
        published(cast, of_class(cast, "4B", "teacher"), slug="enseignante", title="Conseil de classe")
        published(cast, NewsAudience(("teacher",)), title="Réunion de rentrée")
        published(cast, NewsAudience(("guardian",)), title="Kermesse")
        published(cast, of_class(cast, "6C", "guardian"), slug="enseignante", title="Photo de classe")
        scheduled(cast)
        scheduled(
            cast, "enseignante", "teacher", title="Contrôle", audience=(Audience("students", cast.groups["4B"].pk),)
        )
        meeting = scheduled(cast, title="Réunion des personnels", audience=(Audience("staff"),))
        invite(event=meeting, person_ids=[teacher.pk], actor=acting(cast, "principal", "head"))
        assert Participant.objects.get().role == "staff"
    reader = reader_for(cast, "enseignante", app)
    assert set(titles(reader("news"))) == {"Kermesse", "Photo de classe"}
    assert titles(reader("agenda")) == ["Élection des représentants"]


def test_whoever_is_no_family_is_asked_for_nothing_more(cast, app):
    tokens = tokens_of(cast.sign_in(Browser(), "enseignante"), app, READING)
    assert tokens["scope"] == "openid"
    assert problem(Reader(tokens["access_token"])("me")) == (403, "ferme")


def test_what_the_person_or_the_school_leaves_out_is_not_read(cast, app):
    reader = reader_for(cast, "eleve", app, READING, ["timetable:read", "homework:read"])
    answer = reader.of("marks")
    assert problem(answer) == (403, "portee")
    assert answer["WWW-Authenticate"] == 'Bearer realm="Pupitre", error="insufficient_scope", scope="marks:read"'
    assert reader("me").json()["students"][0]["first_name"] is None
    assert reader.of("homework").status_code == 200
    with scope(cast.college.pk):
        open_scopes(app.service, ["timetable:read"], actor=admin_of(cast))
    assert problem(reader.of("homework")) == (403, "portee")
    assert reader.of("timetable").status_code == 200


def test_a_school_that_opened_nothing_is_never_asked_about(cast):
    app = make_app(cast, scopes=())
    page = cast.sign_in(Browser(), "eleve").get("/oidc/authorize", asked_by(app, READING)).content.decode()
    assert "portee" not in page
    assert tokens_of(cast.sign_in(Browser(), "eleve"), app, READING)["scope"] == "openid"


def test_a_shut_connector_shuts_the_api_at_once(cast, app):
    reader = reader_for(cast, "eleve", app)
    with scope(cast.college.pk):
        Connector.objects.update(is_on=False)
    assert problem(reader("me")) == (403, "ferme")


def test_an_account_that_is_suspended_or_has_left_reads_nothing(cast, app):
    reader, guardian = reader_for(cast, "eleve", app), reader_for(cast, "parent", app)
    User.objects.filter(pk=cast.people["eleve"].user_id).update(state=User.State.SUSPENDED)
    answer = reader("me")
    assert problem(answer) == (401, "jeton")
    assert answer["WWW-Authenticate"] == 'Bearer realm="Pupitre", error="invalid_token"'
    here = {"person": cast.people["parent"], "establishment": cast.college}
    Affiliation.objects.filter(**here).update(ends_on=dt.date(2026, 11, 23))
    assert problem(guardian("me")) == (403, "ferme")


def test_what_is_withdrawn_in_my_services_is_dead_at_once(cast, app):
    browser = cast.sign_in(Browser(), "parent")
    tokens = tokens_of(browser, app, ["timetable:read", "offline_access"])
    reader = Reader(tokens["access_token"])
    assert reader.of("timetable").status_code == 200
    page = browser.get("/mes-services/").content.decode()
    assert "L’emploi du temps" in page
    with scope(cast.college.pk):
        access = Access.objects.get()
    devices = Session.objects.filter(user=cast.people["parent"].user_id)
    assert devices.filter(device="Application Cartable").count() == 1
    address = f"/{cast.college.uai}/services/acces/{access.pk}/retirer/"
    assert cast.sign_in(Browser(), "eleve").post(address).status_code == 404
    assert "L’accès est retiré" in browser.post(address, follow=True).content.decode()
    assert problem(reader("me")) == (401, "jeton")
    assert not Grant.objects.exists()
    assert devices.count() == 1
    refused = {"grant_type": "refresh_token", "client_id": app.client_id, "refresh_token": tokens["refresh_token"]}
    assert Browser().post("/oidc/token", refused).json() == {"error": "invalid_grant"}
    # It must ask again.
    assert b"portee" in browser.get("/oidc/authorize", asked_by(app, ["timetable:read"])).content


def test_an_application_comes_back_without_the_browser_as_long_as_it_may(cast, app):
    browser = cast.sign_in(Browser(), "eleve")
    brief = tokens_of(browser, app, ["timetable:read", "offline_access"], ["timetable:read"])
    lasting = tokens_of(browser, app, ["timetable:read", "offline_access"])
    Session.objects.exclude(device__startswith="Application").filter(user=cast.people["eleve"].user_id).delete()
    assert problem(Reader(brief["access_token"])("me")) == (401, "jeton")
    asked = {"grant_type": "refresh_token", "client_id": app.client_id}
    for day in ("2026-12-20T08:00", "2027-03-15T08:00"):
        with clock.at(day):
            lasting = Browser().post("/oidc/token", asked | {"refresh_token": lasting["refresh_token"]}).json()
            assert Reader(lasting["access_token"]).of("timetable").status_code == 200
    with clock.at("2027-06-20T08:00"):
        late = Browser().post("/oidc/token", asked | {"refresh_token": lasting["refresh_token"]})
        assert late.json() == {"error": "invalid_grant"}


def test_leaving_it_unticked_ends_its_coming_back(cast, app):
    browser, both = cast.sign_in(Browser(), "eleve"), ["timetable:read", "offline_access"]
    lasting = tokens_of(browser, app, both)
    page = browser.get("/oidc/authorize", asked_by(app, both)).content.decode()
    assert page.count(" checked>") == 2
    devices = Session.objects.filter(user=cast.people["eleve"].user_id, device="Application Cartable")
    assert devices.count() == 1
    brief = tokens_of(browser, app, both, ["timetable:read"])
    assert not devices.exists()
    asked = {"grant_type": "refresh_token", "client_id": app.client_id, "refresh_token": lasting["refresh_token"]}
    assert Browser().post("/oidc/token", asked).json() == {"error": "invalid_grant"}
    assert problem(Reader(lasting["access_token"])("me")) == (401, "jeton")
    assert Reader(brief["access_token"]).of("timetable").status_code == 200


def test_without_a_token_or_with_another_nothing_is_told(cast, app):
    reader_for(cast, "eleve", app)
    signed_in = cast.sign_in(Browser(), "eleve")
    answer = signed_in.get("/api/v1/me")
    assert problem(answer) == (401, "jeton")
    assert answer["WWW-Authenticate"] == 'Bearer realm="Pupitre"'
    for header in ("Bearer", "Bearer x", "Basic eA==", "x"):
        assert Browser().get("/api/v1/me", headers={"Authorization": header}).status_code == 401
    token = tokens_of(signed_in, app, READING)
    for raw in (token["refresh_token"], token["id_token"]):
        assert problem(Reader(raw)("me")) == (401, "jeton")
    with clock.at("2026-11-24T10:36"):
        assert problem(Reader(token["access_token"])("me")) == (401, "jeton")
    assert signed_in.get("/api/v1/me", {"access_token": token["access_token"]}).status_code == 401
    assert "Access-Control-Allow-Origin" not in Reader(token["access_token"])("me", Origin="https://evil.example")
    headers = {"Authorization": f"Bearer {token['access_token']}"}
    assert problem(Browser().post("/api/v1/me", headers=headers)) == (405, "methode")


def test_a_token_that_comes_too_often_waits(cast, app):
    reader = reader_for(cast, "eleve", app)
    assert reader("me").status_code == 200
    Pace.objects.update(calls=MOST_CALLS)
    answer = reader("me")
    assert problem(answer) == (429, "rythme")
    assert answer["Retry-After"] == "60"
    with clock.at("2026-11-24T10:21"):
        assert reader("me").status_code == 200


def test_an_answer_that_has_not_changed_is_not_sent_again(cast, app):
    reader = reader_for(cast, "eleve", app)
    first = reader("me")
    assert first["Cache-Control"] == "private, no-cache"
    assert first["Vary"].startswith("Authorization")
    again = reader("me", **{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert not first.cookies


def test_what_is_read_is_noted_once_a_day_and_scope(cast, app):
    reader = reader_for(cast, "parent", app)
    for _time in range(3):
        reader.of("timetable")
        reader.of("homework")
    with scope(cast.college.pk):
        rows = set(Reading.objects.values_list("reader__first_name", "about__first_name", "scope"))
        told = Disclosure.objects.get(person=cast.people["eleve"])
    assert rows == {
        ("Nadia", "Inès", "students:read"), ("Nadia", "Elias", "students:read"),
        ("Nadia", "Inès", "timetable:read"), ("Nadia", "Inès", "homework:read"),
    }  # fmt: skip
    assert (told.names, told.times) == (["homework:read", "students:read", "timetable:read"], 3)
    page = cast.sign_in(Browser(), "eleve").get("/mes-services/").content.decode()
    assert "en celui d’un responsable\u00a0: le prénom et la classe, l’emploi du temps, le travail à faire." in page


def test_work_absences_news_and_the_calendar_are_those_of_the_pages(cast, app, django_capture_on_commit_callbacks):
    with scope(cast.college.pk), django_capture_on_commit_callbacks(execute=True):
        written(cast, given=work("Exercices 4 et 5"))
        absent(cast)
        published(cast, of_class(cast))
        scheduled(cast)
    student, guardian = reader_for(cast, "eleve", app), reader_for(cast, "parent", app)
    (given,) = guardian.of("homework").json()["data"]
    assert (given["title"], given["due_on"], given["due_at"]) == (
        "Exercices 4 et 5", "2026-11-25", "2026-11-25T08:05:00+01:00"
    )  # fmt: skip
    assert titles(guardian.of("homework", child=1)) == []
    (missed,) = student.of("absences").json()["data"]
    assert (missed["kind"], missed["starts_at"], missed["standing"]) == (
        "absence", "2026-11-24T08:05:00+01:00", "unjustified"
    )  # fmt: skip
    assert titles(guardian("news")) == ["Portes ouvertes samedi"]
    assert titles(guardian("agenda")) == ["Élection des représentants"]
    assert titles(student("agenda")) == []
    assert guardian("messages/count").json() == {"unread": 0}


def test_a_list_goes_on_from_its_cursor(cast, app):
    reader = reader_for(cast, "eleve", app)
    first = reader.of("timetable", {"limit": "3"})
    assert len(first.json()["data"]) == 3
    assert 'rel="next"' in first["Link"]
    rest = reader.of("timetable", {"limit": "3", "cursor": first.json()["next"]}).json()
    assert [each["starts_at"] for each in rest["data"]] == ["2026-11-25T08:05:00+01:00"]
    assert rest["next"] is None


@pytest.mark.parametrize(
    "query",
    [
        *({"from": "hier"}, {"from": "2026-11-24", "to": "2026-11-23"}, {"from": "2026-09-01", "to": "2026-12-31"}),
        *({"limit": "0"}, {"limit": "x"}, {"cursor": "é"}, {"cursor": "%"}, {"from": "2026-02-30"}, {"to": "1"}),
    ],
)
def test_a_question_that_is_not_understood_is_explained(cast, app, query):
    assert problem(reader_for(cast, "eleve", app).of("timetable", query)) == (400, "demande")


def test_an_answer_costs_five_statements(cast, app, marks_of_ines):
    reader = reader_for(cast, "parent", app)
    number = reader("me").json()["students"][0]["number"]
    for path in ("me", *(f"students/{number}/{what}" for what in MORE), "news", "agenda", "messages/count"):
        assert reader(path).status_code == 200
        assert len(statements_of(partial(reader, path))) <= 5, path


def test_a_token_reads_one_school_alone(cast):
    """A guardian with children in two schools enters twice, and each school opens what it wants."""
    app = make_app(cast, for_academy=True)
    with scope(cast.lycee.pk):
        open_service(cast, "lycee", service=app.service)
        open_scopes(app.service, ["students:read"], actor=admin_of(cast, "lycee"))
    browser = cast.sign_in(Browser(), "parent")
    assert b"Par quel" in browser.get("/oidc/authorize", asked_by(app, READING)).content
    found = {}
    for school in (cast.college, cast.lycee):
        reader = Reader(tokens_of(browser, app, READING, ecole=school.uai)["access_token"])
        me = reader("me").json()
        found[me["school"]["uai"]] = ([each["first_name"] for each in me["students"]], len(me["scopes"]))
    assert found == {cast.college.uai: (["Inès", "Elias"], len(READING)), cast.lycee.uai: (["Sarah"], 1)}
