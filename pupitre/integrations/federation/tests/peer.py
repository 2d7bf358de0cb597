"""A provider of OpenID Connect that others wrote: the server of authlib, on a port of this machine. It can be made to lie."""

import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer, ResourceProtector, current_token
from authlib.oauth2.rfc6749 import AuthorizationCodeMixin, ClientMixin, TokenMixin, grants
from authlib.oauth2.rfc6750 import BearerTokenValidator
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import OpenIDCode, UserInfo
from flask import Flask, jsonify, request
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from werkzeug.serving import make_server

CLIENT, SECRET = "pupitre", "un secret de test"


class Client(ClientMixin):
    """Our registration there."""

    def __init__(self, back: str) -> None:
        self.back = back

    def get_client_id(self):
        return CLIENT

    def get_default_redirect_uri(self):
        return self.back

    def get_allowed_scope(self, scope):
        return scope

    def check_redirect_uri(self, redirect_uri):
        return redirect_uri == self.back

    def check_client_secret(self, client_secret):
        return client_secret == SECRET

    def check_endpoint_auth_method(self, method, endpoint):
        return method in ("client_secret_post", "client_secret_basic")

    def check_response_type(self, response_type):
        return response_type == "code"

    def check_grant_type(self, grant_type):
        return grant_type == "authorization_code"

    @property
    def id_token_signed_response_alg(self):
        return "RS256"


class Code(AuthorizationCodeMixin):
    """A code given to us."""

    def __init__(self, facts: dict[str, Any], auth_time: int) -> None:
        self.facts, self.auth_time = facts, auth_time
        self.code_challenge = facts.get("code_challenge")
        self.code_challenge_method = facts.get("code_challenge_method")

    def get_redirect_uri(self):
        return self.facts["redirect_uri"]

    def get_scope(self):
        return self.facts["scope"]

    def get_nonce(self):
        return self.facts.get("nonce")

    def get_auth_time(self):
        return self.auth_time

    def get_acr(self):
        return "eidas1"

    def get_amr(self):
        return None


class Token(TokenMixin):
    """An access token given to us."""

    def is_expired(self):
        return False

    def is_revoked(self):
        return False

    def get_scope(self):
        return "openid profile email"


class Peer:
    """What the tests set: `claims` of whoever signs in there, `lie` to change the ID token, `now` for its clock."""

    def __init__(self) -> None:
        self.url = self.back = ""
        self.claims: dict[str, Any] = {"sub": "abc"}
        self.lie: Callable[[dict[str, Any]], dict[str, Any]] = dict
        self.forge: Callable[[dict[str, Any]], str] | None = None
        self.info: dict[str, Any] | None = None
        self.now = 0
        self.key = RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256", "kid": "un"}, private=True)
        self.asked: list[str] = []
        self.tampered: dict[str, str] = {}

    def turn_key(self) -> None:
        """Sign with a new key from now on; only it is published."""
        self.key = RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256", "kid": secrets.token_hex(4)}, private=True)


def application(peer: Peer) -> Flask:
    """The provider: what authlib does is left to it."""
    app = Flask("peer")
    codes: dict[str, Code] = {}
    tokens: dict[str, Token] = {}

    class Grant(grants.AuthorizationCodeGrant):
        TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_post", "client_secret_basic"]

        def save_authorization_code(self, code, request):
            codes[code] = Code(dict(request.payload.data), peer.now)
            return codes[code]

        def query_authorization_code(self, code, client):
            return codes.get(code)

        def delete_authorization_code(self, authorization_code):
            for code in [code for code, each in codes.items() if each is authorization_code]:
                del codes[code]

        def authenticate_user(self, authorization_code):
            return peer

    class Identity(OpenIDCode):
        def exists_nonce(self, nonce, request):
            return False

        def get_client_algorithm(self, client):
            return "RS256"

        def get_client_claims(self, client):
            return {"iss": peer.url, "aud": [CLIENT], "iat": peer.now, "exp": peer.now + 300}

        def get_encode_header(self, client):
            return {"alg": "RS256", "kid": peer.key.kid}

        def get_compatible_claims(self, request):
            return self.get_client_claims(request.client)

        def resolve_client_private_key(self, client):
            return peer.key

        def generate_user_info(self, user, scope):
            return UserInfo(sub=peer.claims.get("sub"))

        def encode_id_token(self, token, request):
            honest = jwt.decode(super().encode_id_token(token, request), peer.key).claims
            if peer.forge is not None:
                return peer.forge(dict(honest))
            return jwt.encode({"alg": "RS256", "kid": peer.key.kid}, peer.lie(dict(honest)), peer.key)

    server = AuthorizationServer(
        app,
        query_client=lambda client_id: Client(peer.back) if client_id == CLIENT else None,
        save_token=lambda token, request: tokens.__setitem__(token["access_token"], Token()),
    )
    server.register_grant(Grant, [Identity(require_nonce=True), CodeChallenge(required=True)])

    class Validator(BearerTokenValidator):
        def authenticate_token(self, token_string):
            return tokens.get(token_string)

    protect = ResourceProtector()
    protect.register_token_validator(Validator())

    @app.get("/.well-known/openid-configuration")
    def configuration():
        facts = {
            "issuer": peer.url,
            "authorization_endpoint": f"{peer.url}/authorize",
            "token_endpoint": f"{peer.url}/token",
            "userinfo_endpoint": f"{peer.url}/userinfo",
            "jwks_uri": f"{peer.url}/jwks",
            "end_session_endpoint": f"{peer.url}/logout",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }
        return jsonify(facts | peer.tampered)

    @app.get("/jwks")
    def jwks():
        peer.asked.append("jwks")
        return jsonify(KeySet([peer.key]).as_dict(private=False))

    @app.get("/authorize")
    def authorize():
        peer.asked.append(request.query_string.decode())
        grant = server.get_consent_grant(end_user=peer)
        return server.create_authorization_response(grant_user=peer, grant=grant)

    @app.post("/token")
    def token():
        return server.create_token_response()

    @app.get("/userinfo")
    @protect()
    def userinfo():
        assert current_token
        return jsonify(peer.claims if peer.info is None else peer.info)

    return app


@contextmanager
def running(peer: Peer) -> Iterator[Peer]:
    """The provider on a port, until the end of the block."""
    server = make_server("127.0.0.1", 0, application(peer), threaded=True)
    peer.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield peer
    finally:
        server.shutdown()
        server.server_close()
