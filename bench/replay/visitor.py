"""Somebody who sends files to the server under measure, and loses the network on the way."""

import base64
import http.client
import re
import time
from typing import Any

from bench.replay.servers import HOST, Server
from config.cli import Refused

UAI = "0990001N"


class Visitor:
    """Somebody signed in, who speaks to the worker as a browser behind the proxy does."""

    def __init__(self, server: Server, session: str) -> None:
        self.server, self.cookie, self.token = server, f"pupitre_session={session}", ""
        status, headers, page = self.ask("GET", f"/{UAI}/fichiers/")
        expect(status == 200, f"la page des fichiers répond {status}")
        self.cookie += "; " + str(headers["Set-Cookie"]).partition(";")[0]
        found = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page)
        self.token = found[1].decode() if found else ""

    def headers(self, **more: str) -> dict[str, str]:
        here = {
            "Host": "localhost",
            "X-Forwarded-Proto": "https",
            "Referer": "https://localhost/",
            "Cookie": self.cookie,
        }
        return {**here, "X-CSRFToken": self.token, "Tus-Resumable": "1.0.0", **more}

    def ask(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> tuple[int, Any, bytes]:
        """Status, headers and body of one answer."""
        connection = http.client.HTTPConnection(HOST, self.server.port, timeout=120)
        try:
            connection.request(method, path, body, self.headers(**(headers or {})))
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def announce(self, name: str, size: int) -> str:
        """Where to send the parts of a file."""
        metadata = f"filename {base64.b64encode(name.encode()).decode()}"
        told = {"Upload-Length": str(size), "Upload-Metadata": metadata}
        status, headers, text = self.ask("POST", f"/{UAI}/fichiers/envois/", headers=told)
        expect(status == 201, text.decode())
        return str(headers["Location"])

    def offset(self, upload: str) -> int:
        """Where the server says it stands."""
        return int(self.ask("HEAD", upload)[1]["Upload-Offset"])

    def cut(self, upload: str, offset: int, part: bytes, sent: int) -> None:
        """Begin to send a part, and lose the network in the middle."""
        connection = http.client.HTTPConnection(HOST, self.server.port, timeout=120)
        connection.putrequest("PATCH", upload, skip_host=True)
        for name, value in self.headers(**part_headers(offset), **{"Content-Length": str(len(part))}).items():
            connection.putheader(name, value)
        connection.endheaders(part[:sent])
        time.sleep(0.3)
        connection.close()


def part_headers(offset: int) -> dict[str, str]:
    """What a part says of itself."""
    return {"Content-Type": "application/offset+octet-stream", "Upload-Offset": str(offset)}


def expect(is_so: bool, told: str) -> None:
    """Stop the measure when the server does not answer as it should. Raises Refused."""
    if not is_so:
        raise Refused(f"le serveur à mesurer ne répond pas comme prévu : {told}")


def sign_in_someone() -> str:
    """The session of a teacher of a school made for this."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from pupitre.accounts.models import User
    from pupitre.accounts.sessions import SessionStore
    from pupitre.directory.models import Person
    from pupitre.directory.services.affiliations import affiliate
    from pupitre.establishments.services import open_establishment
    from pupitre.foundation import clock

    school = open_establishment(uai=UAI, name="Collège du Grand-Large", kind="college")
    user = User.objects.create(
        username="grand.large",
        display_name="Une enseignante",
        state=User.State.ACTIVE,
        created_at=clock.now(),
        password="",
    )
    person = Person.objects.create(
        last_name="LARGE",
        first_name="Une",
        display_name="Une Large",
        formal_name="Mme Large",
        sort_key="large",
        user=user,
    )
    affiliate(person=person, establishment=school, profile="teacher")
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key or ""
