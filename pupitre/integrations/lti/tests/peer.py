"""A tool that others wrote the protocol of: pylti1p3, behind a port of this machine."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import jwt.api_jwt
import pylti1p3.deep_link
import pylti1p3.service_connector
import pytest
from flask import Flask, jsonify
from pylti1p3.contrib.flask import FlaskMessageLaunch, FlaskOIDCLogin, FlaskRequest
from pylti1p3.contrib.flask.service_connector import FlaskServiceConnector
from pylti1p3.dynamic_registration import DynamicRegistration
from pylti1p3.tool_config import ToolConfDict
from werkzeug.serving import make_server

from pupitre.foundation import clock
from pupitre.integrations.lti.models import Tool
from pupitre.integrations.lti.tests.factories import KEY

Told = Callable[[Any], Any]


class Peer:
    """The tool: it checks what it is sent as its library does, then does what the test asks. `heard` is what it was told."""

    def __init__(self) -> None:
        self.url = ""
        self.heard: list[dict[str, Any]] = []
        self.then: Told = lambda _launch: None
        self.answers: list[Any] = []
        self.config: ToolConfDict | None = None
        self.tool: Tool | None = None
        self.app = Flask("peer")
        self.app.secret_key = "peer"
        self.app.add_url_rule("/login", view_func=self._login, methods=["GET", "POST"])
        self.app.add_url_rule("/launch", view_func=self._launch, methods=["POST"])
        self.app.add_url_rule("/jwks", view_func=self._keys)

    def know(self, tool: Tool, platform: str, deployment: str) -> None:
        """What somebody copied into the tool from our console."""
        self.tool = tool
        self.config = ToolConfDict(
            {
                platform: [
                    {
                        "default": True,
                        "client_id": tool.client_id,
                        "auth_login_url": f"{platform}/lti/authorize",
                        "auth_token_url": f"{platform}/lti/token",
                        "key_set_url": f"{platform}/oidc/jwks",
                        "deployment_ids": [deployment],
                    }
                ]
            }
        )
        self.config.set_private_key(platform, KEY.as_pem(private=True).decode(), client_id=tool.client_id)
        self.config.set_public_key(platform, KEY.as_pem(private=False).decode(), client_id=tool.client_id)

    def _keys(self) -> Any:
        assert self.config is not None
        return jsonify(self.config.get_jwks())

    def _login(self) -> Any:
        request = FlaskRequest()
        target = request.get_param("target_link_uri")
        return FlaskOIDCLogin(request, self.config).redirect(target)

    def _launch(self) -> Any:
        launch = FlaskMessageLaunch(FlaskRequest(), self.config)
        self.heard.append(launch.get_launch_data())
        answer = self.then(launch)
        self.answers.append(answer)
        return answer if isinstance(answer, str) else "ok"


@contextmanager
def listening(peer: Peer) -> Iterator[None]:
    """The tool on a port, until the end of the block."""
    server = make_server("127.0.0.1", 0, peer.app, threaded=True)
    peer.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def on_our_time(patch: pytest.MonkeyPatch) -> None:
    """The tool's clock is the one of the tests, which have their own day."""

    class Now:
        @staticmethod
        def now(tz: Any = None) -> Any:
            return clock.now()

    watch = SimpleNamespace(time=lambda: clock.now().timestamp())
    patch.setattr(jwt.api_jwt, "datetime", Now)
    patch.setattr(pylti1p3.service_connector, "time", watch)
    patch.setattr(pylti1p3.deep_link, "time", watch)
    # It keeps its tokens from test to test.
    patch.setattr(FlaskServiceConnector, "access_tokens", {})


def registering(url: str, led: dict[str, str]) -> DynamicRegistration:
    """The registration of a tool as pylti1p3 writes it, with what its page was sent."""

    class Registering(DynamicRegistration):
        client_name = "Exercices"

        def get_initiate_login_uri(self) -> str:
            return f"{url}/login"

        def get_jwks_uri(self) -> str:
            return f"{url}/jwks"

        def get_redirect_uris(self) -> list[str]:
            return [f"{url}/launch"]

        def get_scopes(self) -> list[str]:
            return ["https://purl.imsglobal.org/spec/lti-ags/scope/score"]

        def get_domain(self) -> str:
            return url.partition("://")[2]

        def get_target_link_uri(self) -> str:
            return f"{url}/launch"

        def get_messages(self) -> list[dict[str, str]]:
            return [{"type": "LtiDeepLinkingRequest", "label": "Exercices"}]

        def get_logo_uri(self) -> str:
            return f"{url}/logo.png"

        def get_openid_configuration_endpoint(self) -> str:
            return led["openid_configuration"]

        def get_registration_token(self) -> str:
            return led["registration_token"]

        def complete_registration(
            self, openid_configuration: dict[str, Any], openid_registration: dict[str, Any]
        ) -> Any:
            return openid_registration

    return Registering()
