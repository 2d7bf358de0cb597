from typing import Any

from pupitre.integrations.federation.certificates import make_own
from pupitre.integrations.federation.models import Provider
from pupitre.integrations.federation.services.providers import register
from tests.doors import door


def guichet(cast) -> str:
    """A provider made when the door is tried; nothing answers at its address."""
    facts = {"name": "le guichet", "kind": "agents", "protocol": "oidc", "issuer": "https://guichet.invalid"}
    return Provider.objects.get_or_create(slug="guichet", defaults=facts)[0].slug


def saml(cast) -> str:
    """The same by SAML."""
    facts: dict[str, Any] = {
        "name": "ÉduConnect", "kind": "families", "protocol": "saml", "issuer": "https://educonnect.exemple.fr/idp",
        "sign_on_url": "https://educonnect.exemple.fr/sso", "certificates": make_own("educonnect")[1],
    }  # fmt: skip
    return register("educonnect-saml", **facts).slug


_AT = {"slug": guichet}
DOORS = [
    # Whoever is signed in goes on to their page; a provider that does not answer is said.
    door("federation:go", at=_AT, everyone=302, anonymous=403),
    door("federation:back", at=_AT, everyone=403),
    door("federation:prove", "post", at=_AT, anonymous=401),
    # That of SAML speaks no OpenID Connect.
    door("federation:back", at={"slug": saml}, anonymous=404),
    door("federation:assertion", "post", at={"slug": saml}, everyone=403),
    door("federation:assertion", "post", at=_AT, anonymous=404),
    door("federation:proceed", at={"slug": saml}, everyone=403),
    door("federation:metadata", at={"slug": saml}, everyone=200),
    door("federation:signed_out", at={"slug": saml}, everyone=302),
    door("federation:mine", everyone=200, anonymous=302),
    door("federation_console:providers", academie=200),
    door("federation_console:add", academie=200),
    door("federation_console:add", "post", academie=302),
    door("federation_console:provider", at=_AT, academie=200),
    door("federation_console:provider", at={"slug": saml}, academie=200),
    door("federation_console:provider", "post", at=_AT, academie=302),
    door("federation_console:switch", "post", at=_AT, academie=302),
    # Nothing answers at its address: it is said.
    door("federation_console:attempt", "post", at=_AT, academie=302),
    door("federation:untie", "post", at={"pk": 1}, everyone=302, anonymous=401),
    # The sessions of this test are of people who typed no password: it is asked for first.
    door("federation:link", "post", at=_AT, everyone=302, anonymous=401),
]
