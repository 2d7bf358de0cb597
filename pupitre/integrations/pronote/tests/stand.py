"""A stand-in PRONOTE on a port of this machine: it presents the proxy ticket to our CAS server before it says anything, as the real
one does, and knows people by the category that CAS tells. It can also hang, fail, speak HTML or send a bomb.
"""

import threading
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from lxml import etree

from pupitre.establishments.scope import scope
from pupitre.integrations.pronote.services.asking import KEY
from pupitre.integrations.services.models import Connector
from pupitre.integrations.services.services.copying import read_with
from pupitre.integrations.services.tests.factories import admin_of, open_service
from tests.browser.server import serving
from tests.cast import Cast

SAMPLES = Path(__file__).with_name("samples")
_CAS = "{http://www.yale.edu/tp/cas}"
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE Eleve [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><Eleve>&j;</Eleve>"
).encode()
GIANT = b"<Eleve>" + b" " * (3 * 1024 * 1024)
HTML = b"<!doctype html><html><body><h1>Maintenance</h1><p>Revenez plus tard.</p></body></html>"
_INSTEAD = {"html": HTML, "bomb": BOMB, "giant": GIANT}


class Pronote:
    """What it heard, and how it behaves: « well », « hang », « html », « bomb », « giant », « broken », or « nobody ».

    Once it falls, nobody listens on its port any more.
    """

    def __init__(self, cas_url: str) -> None:
        self.cas_url = cas_url
        self.mood = "well"
        self.url = ""
        self.heard: list[str] = []
        self.users: list[str] = []
        self.told: list[dict[str, str]] = []
        self.leave = threading.Event()
        # Shuts its port for good.
        self.fall: Callable[[], None] = lambda: None

    def answer(self, service: str, ticket: str) -> tuple[int, bytes]:
        """What is said to whoever presents this ticket for this address."""
        if self.mood == "hang":
            self.leave.wait(10)
            return 200, b""
        if self.mood in _INSTEAD:
            return 200, _INSTEAD[self.mood]
        if self.mood == "broken":
            return 500, b"Internal Server Error"
        asked = urllib.parse.urlencode({"service": service, "ticket": ticket})
        with urllib.request.urlopen(f"{self.cas_url}/proxyValidate?{asked}", timeout=5) as answer:  # noqa: S310
            (block,) = etree.fromstring(answer.read())
        if block.tag != f"{_CAS}authenticationSuccess":
            return 403, str(block.get("code")).encode()
        assert block.find(f"{_CAS}proxies") is not None, "a proxy ticket names who acts"
        self.users.append(block.findtext(f"{_CAS}user") or "")
        told = {each.tag.removeprefix(_CAS): each.text or "" for each in block.iterfind(f"{_CAS}attributes/*")}
        self.told.append(told)
        return 200, self.page(told["categories"])

    def page(self, categories: str) -> bytes:
        """By category, as CAS tells it; for staff, a root of which nothing is known."""
        if self.mood == "nobody" or not {"National_1", "National_2"} & set(categories.split(";")):
            return b'<Professeur xmlns="http://www.index-education.com/accueilENT" version="1.03"/>'
        return (SAMPLES / ("eleve.xml" if "National_1" in categories else "parent.xml")).read_bytes()


@pytest.fixture(scope="module")
def house(django_db_setup: None) -> Iterator[str]:
    """Our CAS server, behind a port of this machine."""
    with serving() as (url, _house):
        yield f"{url}/cas"


@pytest.fixture
def pronote(house: str) -> Iterator[Pronote]:
    """A PRONOTE that trusts our CAS server."""
    with standing(house) as stand:
        yield stand


@contextmanager
def standing(cas_url: str) -> Iterator[Pronote]:
    """A PRONOTE on a port, until the end of the block."""
    stand = Pronote(cas_url)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            parts = urllib.parse.urlsplit(self.path)
            asked = dict(urllib.parse.parse_qsl(parts.query))
            stand.heard.append(parts.path)
            length = int(self.headers.get("Content-Length") or 0)
            well_asked = parts.path == "/pronote/donneesUtilisateur" and asked.get("methode") == "proxyValidate"
            status, body = (
                stand.answer(f"{stand.url}donneesUtilisateur", asked.get("ticket", ""))
                if well_asked and not length
                else (400, b"")
            )
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Quiet."""

        def handle(self) -> None:
            try:
                super().handle()
            except ConnectionError:
                """Whoever asked has left: they waited long enough."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    stand.url = f"http://127.0.0.1:{server.server_port}/pronote/"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def fall() -> None:
        server.shutdown()
        server.server_close()

    stand.fall = fall
    yield stand
    stand.leave.set()
    fall()


def open_pronote(
    cast: Cast, url: str = "https://0990001n.index-education.example/pronote/", *, is_read: bool = True
) -> Connector:
    """A PRONOTE open to everyone of the collège, read for the home unless told otherwise."""
    connector = open_service(cast, name="PRONOTE", purpose="", release="pronote", address=url)
    if is_read:
        with scope(cast.college.pk):
            read_with(connector, actor=admin_of(cast), reader=KEY)
    return connector
