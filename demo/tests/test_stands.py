"""The PRONOTE and the Moodle that the demonstration plays, asked as our jobs ask them."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from demo.accounts import person_of
from demo.cast import member
from demo.identifiers import COLLEGE
from demo.stands import TOKEN, pronote_url
from demo.stands.moving import follow
from pupitre.directory.identity import Identity, identify
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.integrations.cas.services.proxying import grant_own_proxy_ticket
from pupitre.integrations.moodle.models import Site
from pupitre.integrations.pronote.answers import Unknown, read_answer
from pupitre.integrations.services.models import Connector, Service
from tests.cast import session_of

pytestmark = [pytest.mark.usefixtures("demo_server"), pytest.mark.django_db]
DATA = "/demo/pronote/donneesUtilisateur"


def signed_in(slug: str) -> Identity:
    person = person_of(member(slug))
    assert person is not None
    found = identify(session_of(person), now=clock.now(), today=clock.today())
    assert found is not None
    return found


def said_to(slug: str) -> bytes:
    college = Establishment.objects.get(uai=COLLEGE)
    ticket = grant_own_proxy_ticket(
        identity=signed_in(slug),
        establishment_id=college.pk,
        service=Service.objects.get(establishment=college, release="pronote"),
        address=f"{pronote_url()}donneesUtilisateur",
    )
    answer = Client().post(f"{DATA}?ticket={ticket}&methode=proxyValidate")
    assert answer.status_code == 200
    # It serves once.
    assert Client().post(f"{DATA}?ticket={ticket}&methode=proxyValidate").status_code == 403
    return answer.content


def test_pronote_speaks_of_a_student_and_of_the_children_of_a_guardian() -> None:
    (pupil,) = read_answer(said_to("eleve")).pupils
    assert (pupil.first_name, len(pupil.marks), len(pupil.to_do)) == ("Inès", 3, 2)
    children = read_answer(said_to("parent"))
    assert "Inès" in {each.first_name for each in children.pupils}
    assert children.informations == 2
    with pytest.raises(Unknown):
        read_answer(said_to("enseignante"))


def test_moodle_answers_what_homes_ask_and_refuses_the_rest() -> None:
    def asks(name: str, token: str = TOKEN) -> object:
        told = {"wstoken": token, "wsfunction": name}
        return Client().post("/demo/moodle/webservice/rest/server.php", told).json()

    assert "Mathématiques, 4e B" in str(asks("core_enrol_get_users_courses"))
    assert "Quiz" in str(asks("core_calendar_get_action_events_by_timesort"))
    assert "accessexception" in str(asks("core_user_create_users"))
    assert "invalidtoken" in str(asks("core_enrol_get_users_courses", "x" * 32))


@pytest.mark.parametrize("address", ["/demo/pronote/", "/demo/moodle/", "/demo/moodle/mod/assign/view.php"])
def test_where_a_tool_would_open_says_that_it_is_invented(address: str) -> None:
    assert "d’essai" in Client().get(address).content.decode()


def test_they_follow_the_demonstration_to_another_port(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setenv("PORT", "8765")
    # Where it stood before is no more trusted.
    settings.OUTSIDE_TRUSTED_HOSTS = ["127.0.0.1:8765"]
    follow()
    college = Establishment.objects.get(uai=COLLEGE)
    with scope(college.pk):
        read = Connector.objects.exclude(reader="").select_related("service")
        assert {urlsplit(each.service.launch_url).port for each in read} == {8765}
        assert urlsplit(Site.objects.get().url).port == 8765
    follow()
