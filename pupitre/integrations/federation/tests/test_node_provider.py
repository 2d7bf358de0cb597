"""Against `oidc-provider` (Node), a certified provider: PUPITRE_NODE_MODULES names the folder where it is installed."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
import requests
from django.core.cache import cache

from pupitre.directory.models import Person
from pupitre.foundation import clock
from pupitre.integrations.federation.models import Provider
from pupitre.integrations.federation.services.providers import register
from pupitre.integrations.federation.tests.gestures import is_in, sent_to, why_refused

SERVER = """
const { Provider } = await import(process.env.MODULES + "/oidc-provider/lib/index.js");
const mail = process.env.MAIL;
const provider = new Provider(process.env.ISSUER, {
  clients: [{ client_id: "pupitre", client_secret: "un secret de test", redirect_uris: [process.env.BACK],
    token_endpoint_auth_method: "client_secret_post", post_logout_redirect_uris: [process.env.OUT] }],
  pkce: { required: () => true },
  claims: { openid: ["sub"], email: ["email"] },
  cookies: { keys: ["seulement pour les tests"] },
  features: { devInteractions: { enabled: true } },
  findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id, email: mail }) }),
});
provider.listen(Number(process.env.PORT), "127.0.0.1");
"""


@pytest.fixture
def guichet(tmp_path: Path, db: None, settings: Any) -> Iterator[Provider]:
    """The provider on a port, for staff. Its clock is the world's, hence ours too."""
    modules = Path(os.environ.get("PUPITRE_NODE_MODULES", "node_modules")).resolve()
    program = shutil.which("node")
    if program is None or not (modules / "oidc-provider").is_dir():
        pytest.skip("oidc-provider is not on this machine: npm install oidc-provider@9, then PUPITRE_NODE_MODULES=…")
    settings.OUTSIDE_TRUSTED_HOSTS = ["127.0.0.1"]
    cache.clear()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    script = tmp_path / "server.mjs"
    script.write_text(SERVER)
    issuer, site = f"http://127.0.0.1:{port}", "http://testserver"
    environment = {
        **os.environ, "MODULES": str(modules), "ISSUER": issuer, "PORT": str(port), "MAIL": "helene.roussel@ac.exemple.fr",
        "BACK": f"{site}/connexion/par/guichet/retour/", "OUT": f"{site}/connexion/?dit=au-revoir",
    }  # fmt: skip
    process = subprocess.Popen(
        [program, str(script)], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(f"{issuer}/.well-known/openid-configuration")
        yield register(
            "guichet", name="le guichet", kind="agents", issuer=issuer, client_id="pupitre", secret="un secret de test",
            scopes="openid email",
        )  # fmt: skip
    finally:
        process.terminate()
        process.wait(5)


def _wait_for(url: str) -> None:
    for _ in range(100):
        try:
            if requests.get(url, timeout=5).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.1)
    raise AssertionError("oidc-provider does not start")


def signed_in_there(target: str) -> str:
    """Type a name on its pages and agree; the address of ours where it then sends the browser."""
    there = requests.Session()
    answer = there.get(target, timeout=10)
    for _ in range(4):
        action = re.search(r'action="([^"]+)"', answer.text)
        prompt = re.search(r'name="prompt" value="(\w+)"', answer.text)
        assert action, answer.text[-2000:]
        assert prompt
        fields = {"prompt": prompt[1], "login": "helene", "password": "x"}
        answer = there.post(action[1], fields, allow_redirects=False, timeout=10)
        while answer.is_redirect and not answer.headers["Location"].startswith("http://testserver"):
            answer = there.get(urljoin(answer.url, answer.headers["Location"]), allow_redirects=False)
        if answer.is_redirect:
            return str(answer.headers["Location"]).removeprefix("http://testserver")
    raise AssertionError(answer.text[-2000:])


def test_a_teacher_enters_by_oidc_provider_once(cast, guichet, browser):
    assert not clock.is_shifted()
    Person.objects.filter(pk=cast.people["enseignante"].pk).update(email="helene.roussel@ac.exemple.fr")
    back = signed_in_there(sent_to(browser, "/connexion/par/guichet/?next=/compte/"))
    response = browser.get(back)
    assert response.status_code == 302, response.content.decode()[-1500:]
    assert response["Location"] == "/compte/"
    assert is_in(browser)
    out = browser.post("/deconnexion/").content.decode()
    assert "/session/end?" in out
    assert why_refused(browser.get(back)) == "expired"
