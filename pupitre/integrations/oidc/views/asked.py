"""What a service asks of the authorisation page, checked in the order that says who may be answered where."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from pupitre.integrations.oidc.models import Client
from pupitre.integrations.oidc.native import is_registered

SCOPES = ("openid", "profile", "email")
_KEPT = (
    *("client_id", "redirect_uri", "response_type", "scope", "state", "nonce", "code_challenge"),
    *("code_challenge_method", "prompt", "max_age", "ecole", "depuis"),
)


class Refused(Exception):
    """An error that the service is told at its redirection (OpenID Connect Core §3.1.2.6)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Asked:
    """A request of authorisation whose client and redirection are known."""

    client: Client
    facts: dict[str, str]

    @property
    def prompts(self) -> list[str]:
        return self.facts.get("prompt", "").split()

    @property
    def scope(self) -> str:
        """The known part of what was asked of who somebody is, in our order."""
        return " ".join(each for each in SCOPES if each in self.scopes)

    @property
    def scopes(self) -> list[str]:
        """All that was asked."""
        return self.facts.get("scope", "").split()

    @property
    def max_age(self) -> int | None:
        text = self.facts.get("max_age", "")
        return int(text) if text.isdigit() and len(text) < 10 else None

    def check(self) -> None:
        """Raises Refused for what the service did wrong. PKCE with S256 is for everyone."""
        if self.facts.get("response_type") != "code":
            raise Refused("unsupported_response_type")
        if "openid" not in self.scopes:
            raise Refused("invalid_scope")
        challenge = self.facts.get("code_challenge", "")
        if self.facts.get("code_challenge_method") != "S256" or not 43 <= len(challenge) <= 128:
            raise Refused("invalid_request")
        if len(self.facts.get("nonce", "")) > 500 or ("none" in self.prompts and len(self.prompts) > 1):
            raise Refused("invalid_request")

    def url(self, **changed: str) -> str:
        """This very request, changed."""
        kept = {name: value for name, value in {**self.facts, **changed}.items() if value}
        return f"{reverse('oidc:authorize')}?{urlencode(kept)}"

    def answer(self, **facts: str) -> str:
        """The redirection with an answer; `state` goes back as it came."""
        uri = self.facts["redirect_uri"]
        kept = {**facts, "state": self.facts.get("state", "")}
        query = urlencode({name: value for name, value in kept.items() if value})
        return f"{uri}{'&' if '?' in uri else '?'}{query}"


def read(query: QueryDict) -> Asked | None:
    """The request; None when its client or its redirection is not registered: it is then answered nowhere."""
    facts = {name: query.get(name, "") for name in _KEPT}
    if any("\x00" in value for value in facts.values()):
        # PostgreSQL takes no such text.
        return None
    clients = Client.objects.select_related("service").filter(
        client_id=facts["client_id"], service__ended_at=None, service__protocol="oidc"
    )
    client = clients.first()
    if client is None or not is_registered(facts["redirect_uri"], client.redirect_uris):
        return None
    return Asked(client, facts)
