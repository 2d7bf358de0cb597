"""Clients that others wrote, against our server on a port: python-cas, and phpCAS when the machine has it."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from cas import CASClient
from django.conf import settings

from pupitre.integrations.services.tests.factories import open_service
from tests.browser.server import serving
from tests.cast import Cast
from tests.jobs import run_jobs

PHP_CAS = Path("/usr/share/php/CAS.php")


@pytest.fixture(scope="module")
def address(django_db_setup: None) -> Iterator[str]:
    """The house behind a port of this machine."""
    with serving() as (url, _house):
        yield url


def browser_of(cast: Cast, slug: str = "eleve") -> requests.Session:
    browser = requests.Session()
    browser.cookies.set(settings.SESSION_COOKIE_NAME, cast.session_of(slug), domain="localhost.local")
    return browser


@pytest.mark.parametrize("version", [1, 2, 3])
def test_python_cas_knows_who_is_there(cast, address, version):
    open_service(cast)
    service = "https://moodle.exemple.example/cours?id=1"
    client = CASClient(version=version, service_url=service, server_url=f"{address}/cas/")
    answer = browser_of(cast).get(client.get_login_url(), allow_redirects=False)
    location = answer.headers["Location"]
    assert location.startswith(f"{service}&ticket=ST-")
    user, attributes, pgt_iou = client.verify_ticket(location.rpartition("ticket=")[2])
    assert len(user) == 32
    assert pgt_iou is None
    if version > 1:
        assert (attributes["lastName"], attributes["classes"]) == ("BELKACEM", "4B")
    again = client.verify_ticket(location.rpartition("ticket=")[2])
    assert not again[0]


def test_python_cas_is_answered_in_saml(cast, address):
    open_service(cast)
    service = "https://moodle.exemple.example/cours?id=1"
    client = CASClient(version="CAS_2_SAML_1_0", service_url=service, server_url=f"{address}/cas/")
    answer = browser_of(cast).get(client.get_login_url(), allow_redirects=False)
    ticket = answer.headers["Location"].rpartition("ticket=")[2]
    user, attributes, _none = client.verify_ticket(ticket)
    assert len(user) == 32
    assert (attributes["lastName"], attributes["classes"]) == ("BELKACEM", "4B")
    assert client.verify_ticket(ticket)[0] is None


def test_python_cas_acts_for_somebody_by_a_proxy_ticket(cast, address, service):
    open_service(cast, address=f"{service.url}/", proxy_callback=f"{service.url}/rappel")
    open_service(cast, name="Notes", address="https://notes.exemple.example/")
    client = CASClient(
        version=3, service_url=f"{service.url}/", server_url=f"{address}/cas/", proxy_callback=f"{service.url}/rappel"
    )
    answer = browser_of(cast).get(client.get_login_url(), allow_redirects=False)
    _user, _attributes, pgt_iou = client.verify_ticket(answer.headers["Location"].rpartition("ticket=")[2])
    sent = service[-1][2]
    assert sent["pgtIou"] == pgt_iou
    # The library asks for a ticket for its own address.
    assert str(client.get_proxy_ticket(sent["pgtId"])).startswith("PT-")


def _modules(program: str) -> set[str]:
    return set(subprocess.run([program, "-m"], capture_output=True, text=True, check=True).stdout.lower().split())


@pytest.fixture(params=["CAS_VERSION_3_0", "SAML_VERSION_1_1"])
def php(request: pytest.FixtureRequest, address: str, tmp_path: Path) -> Iterator[str]:
    """A service written with phpCAS, in the newest and in the oldest words."""
    program = shutil.which("php")
    if program is None or not PHP_CAS.exists() or not {"dom", "curl"} <= _modules(program):
        pytest.skip("phpCAS is not on this machine: apt-get install php-cas php-cli php-curl php-xml")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    here = {"CAS_URL": f"{address}/cas", "CAS_SESSIONS": str(tmp_path), "CAS_WORDS": request.param}
    command = [
        program,
        "-d",
        "display_errors=0",
        "-S",
        f"localhost:{port}",
        str(Path(__file__).with_name("client.php")),
    ]
    with subprocess.Popen(
        command, env={**os.environ, **here}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        for _attempt in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("localhost", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"http://localhost:{port}/"
        server.terminate()


def test_phpcas_knows_who_is_there_and_hears_that_they_leave(cast, address, php):
    open_service(cast, address=php)
    browser = browser_of(cast)
    asked = browser.get(php, allow_redirects=False)
    assert asked.headers["Location"].startswith(f"{address}/cas/login?service=")
    told = browser.get(php)
    assert told.headers["Content-Type"] == "application/json", told.text
    told = told.json()
    assert len(told["user"]) == 32
    assert told["attributes"]["lastName"] == "BELKACEM"
    assert browser.get(php, allow_redirects=False).status_code == 200
    browser.get(f"{address}/cas/logout")
    assert run_jobs() == ["cas.single_logout"]
    after = browser.get(php, allow_redirects=False)
    assert after.headers["Location"].startswith(f"{address}/cas/login?service=")
