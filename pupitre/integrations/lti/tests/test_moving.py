"""A tool whose service is changed in the console: what was given for it before serves no more, and it is told no more."""

import json
from types import SimpleNamespace
from typing import Any

import pytest

from pupitre.establishments.scope import scope
from pupitre.integrations.lti.models import Launch, Tool
from pupitre.integrations.lti.services import proving
from pupitre.integrations.lti.tests.factories import KEY
from pupitre.integrations.services.models import Service
from pupitre.integrations.services.services.changing import change_service
from pupitre.integrations.services.tests.factories import admin_of


def _change(cast: Any, tool: Tool, **facts: str) -> Service:
    service = tool.service
    told = {
        "name": service.name, "purpose": "", "address": f"{service.origin}{service.path}",
        "launch_url": "", "release": service.release, "proxy_callback": "", **facts,
    }  # fmt: skip
    with scope(cast.college.pk):
        change_service(service, actor=admin_of(cast), **told)
    return Service.objects.get(pk=service.pk)


def test_a_tool_that_moved_leads_nobody_to_its_old_address(cast, ines, tool, link):
    assert ines.get(f"/{cast.college.uai}/outils/{link.pk}/").status_code == 302
    _change(cast, tool, address="https://ailleurs.exemple.example/")
    moved = Tool.objects.get(pk=tool.pk)
    assert (moved.is_ready, moved.redirect_uris, moved.jwks_url, moved.keys) == (False, [], "", None)
    assert not Launch.objects.exists()
    page = ines.get(f"/{cast.college.uai}/outils/{link.pk}/")
    assert page.status_code == 403
    assert "pas encore réglé" in page.content.decode()


@pytest.mark.parametrize("release", ["esidoc", "generic", "pronote"])
def test_another_model_keeps_the_number_and_the_names_of_lti(cast, tool, release):
    changed = _change(cast, tool, release=release)
    assert changed.identifier == "pseudonym"
    assert {name for name, _source in changed.attributes} <= {"name", "given_name", "family_name", "email"}


def test_the_private_part_of_a_shown_key_is_not_kept(tool, monkeypatch):
    body = json.dumps({"keys": [KEY.as_dict(private=True), {"kty": "oct", "k": "x"}]}).encode()
    monkeypatch.setattr(proving, "call", lambda *_args, **_more: SimpleNamespace(status=200, body=body))
    Tool.objects.filter(pk=tool.pk).update(jwks_url="https://exercices.exemple.example/cles")
    found = Tool.objects.get(pk=tool.pk)
    proving._read_keys(found)
    (kept,) = (Tool.objects.get(pk=tool.pk).keys or {})["keys"]
    assert set(kept) <= {"kty", "kid", "use", "alg", "n", "e"}
