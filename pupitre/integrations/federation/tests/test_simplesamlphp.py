"""Against SimpleSAMLphp, a provider that others wrote, when the machine has it: signed request, signed and encrypted answer."""

import html
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from django.test import Client

from pupitre.integrations.federation.models import Provider
from pupitre.integrations.federation.services.providers import facts_of_metadata, register
from pupitre.integrations.federation.tests.gestures import is_in, sent_to, why_refused
from pupitre.integrations.federation.tests.idp import SITE, certificate

HOME = Path("/usr/share/simplesamlphp")

CONFIG = """<?php
$config = [
  'baseurlpath' => '%(url)s/', 'certdir' => '%(here)s/', 'metadatadir' => '%(here)s/', 'loggingdir' => '%(here)s/',
  'datadir' => '%(here)s/', 'tempdir' => '%(here)s/tmp', 'technicalcontact_email' => 'a@exemple.fr',
  'secretsalt' => 'seulement-pour-les-tests', 'auth.adminpassword' => 'seulement-pour-les-tests', 'timezone' => 'Europe/Paris',
  'logging.handler' => 'errorlog', 'enable.saml20-idp' => true, 'module.enable' => ['exampleauth' => true, 'saml' => true],
  'session.cookie.secure' => false, 'store.type' => 'phpsession', 'session.phpsession.savepath' => '%(here)s/tmp',
  'session.phpsession.cookiename' => 'peer', 'language.default' => 'fr', 'production' => true,
  'metadata.sources' => [['type' => 'flatfile', 'directory' => '%(here)s/']], 'trusted.url.domains' => [],
];
"""
SOURCES = """<?php
$config = ['peer' => ['exampleauth:StaticSource',
  'urn:oid:1.3.6.1.4.1.20326.10.999.1.57' => ['compte-de-nadia'],
  'urn:oid:1.3.6.1.4.1.20326.10.999.1.7' => ['resp2d'],
  'FrEduCtRefId' => ['{AAF}15|x|200'],
  'urn:oid:2.5.4.4' => ['Belkacem'], 'urn:oid:2.5.4.42' => ['Nadia'],
]];
"""
HOSTED = """<?php
$metadata['%(url)s/idp'] = [
  'host' => '__DEFAULT__', 'privatekey' => 'idp.key', 'certificate' => 'idp.crt', 'auth' => 'peer',
  'userid.attribute' => 'urn:oid:1.3.6.1.4.1.20326.10.999.1.57',
  'saml20.sign.response' => true, 'saml20.sign.assertion' => true, 'assertion.encryption' => true,
  'NameIDFormat' => 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  'signature.algorithm' => 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
];
"""
REMOTE = """<?php
$metadata['%(entity)s'] = [
  'AssertionConsumerService' => '%(acs)s', 'certificate' => 'sp.crt', 'validate.authnrequest' => true,
  'redirect.validate' => true, 'assertion.encryption' => true, 'attributes' => null,
];
"""


@pytest.fixture
def peer(tmp_path: Path, db: None, tuesday: object, settings: Any) -> Iterator[Provider]:
    """SimpleSAMLphp on a port, and the provider registered by the metadata that it publishes."""
    program = shutil.which("php")
    if program is None or not (HOME / "www").is_dir():
        pytest.skip("SimpleSAMLphp is not on this machine: apt-get install simplesamlphp php-cli php-xml")
    settings.OUTSIDE_TRUSTED_HOSTS = ["localhost"]
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    names = {"url": f"http://localhost:{port}", "here": str(tmp_path)}
    names |= {"entity": f"{SITE}/metadonnees/", "acs": f"{SITE}/saml/"}
    key, own = certificate()
    (tmp_path / "tmp").mkdir()
    (tmp_path / "idp.key").write_bytes(key)
    (tmp_path / "idp.crt").write_text(own)
    files = {"config": CONFIG, "authsources": SOURCES, "saml20-idp-hosted": HOSTED, "saml20-sp-remote": REMOTE}
    for name, text in files.items():
        (tmp_path / f"{name}.php").write_text(text % names)
    command = [program, "-d", "display_errors=0", "-S", f"localhost:{port}", "-t", str(HOME / "www")]
    environment = {**os.environ, "SIMPLESAMLPHP_CONFIG_DIR": str(tmp_path)}
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        published = _published(f"{names['url']}/saml2/idp/metadata.php", tmp_path / "log")
        provider = register("educonnect", name="ÉduConnect", kind="families", **facts_of_metadata(published))
        (tmp_path / "sp.crt").write_text(provider.own_certificate)
        yield provider
    finally:
        process.terminate()
        process.wait(5)


def _published(url: str, log: Path) -> bytes:
    for _ in range(50):
        try:
            answer = requests.get(url, timeout=5)
        except requests.ConnectionError:
            time.sleep(0.1)
            continue
        assert answer.status_code == 200, log.read_text()[-2000:]
        return answer.content
    raise AssertionError(log.read_text()[-2000:])


def form_of(target: str) -> dict[str, str]:
    """What the provider has the browser post to us."""
    page = requests.Session().get(target, timeout=10).text
    found = {name: re.search(rf'name="{name}" value="([^"]*)"', page) for name in ("SAMLResponse", "RelayState")}
    assert all(found.values()), page[-3000:]
    return {name: html.unescape(match[1]) for name, match in found.items() if match}


def test_a_parent_enters_by_simplesamlphp_once(cast, known, peer, browser):
    sent = form_of(sent_to(browser, "/connexion/par/educonnect/?next=/compte/"))
    response = browser.post("/connexion/par/educonnect/saml/", sent)
    assert response.status_code == 302, response.content.decode()[-1500:]
    assert response["Location"] == "/compte/"
    assert is_in(browser)
    browser.post("/deconnexion/")
    assert why_refused(browser.post("/connexion/par/educonnect/saml/", sent)) == "expired"


def test_it_refuses_a_request_that_we_did_not_sign(cast, known, peer, browser):
    target = re.sub(r"&Signature=[^&]+", "&Signature=AAAA", sent_to(browser, "/connexion/par/educonnect/"))
    answer = requests.get(target, timeout=10)
    assert "SAMLResponse" not in answer.text


def test_its_answer_changed_on_the_way_is_refused(cast, known, peer):
    victim = Client()
    sent = form_of(sent_to(victim, "/connexion/par/educonnect/"))
    raw = sent["SAMLResponse"]
    middle = len(raw) // 2
    sent["SAMLResponse"] = raw[:middle] + ("A" if raw[middle] != "A" else "B") + raw[middle + 1 :]
    assert why_refused(victim.post("/connexion/par/educonnect/saml/", sent)) == "untrusted"
    assert not is_in(victim)
