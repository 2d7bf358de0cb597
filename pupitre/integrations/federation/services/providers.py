"""Registering a provider: by the administrator of the server, or by the academy’s people."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from lxml import etree
from onelogin.saml2.errors import OneLogin_Saml2_Error
from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser

from pupitre.accounts.sealing import seal
from pupitre.establishments.models import Establishment
from pupitre.foundation import audit
from pupitre.foundation.actor import Actor
from pupitre.integrations.federation.certificates import as_pem, make_own, pieces
from pupitre.integrations.federation.models import Provider
from pupitre.integrations.services.addresses import WrongAddress, parse_address


@dataclass(frozen=True, slots=True)
class WrongProvider(ValueError):
    """What was given cannot be a provider; `words` say why."""

    words: str


@transaction.atomic
def register(
    slug: str, *, secret: str = "", school: str | None = None, actor: Actor | None = None, **facts: str | bool
) -> Provider:
    """Add a provider, or change the facts given of one that is known. Raises WrongProvider.

    `secret` is sealed; empty, the one that is kept stays. `school`: a UAI; « » for no school.
    """
    provider = Provider.objects.filter(slug=slug).first() or Provider(slug=slug)
    former = provider.issuer
    for name, value in facts.items():
        setattr(provider, name, value)
    if school is not None:
        provider.establishment = Establishment.objects.filter(uai=school.upper()).first() if school else None
        if school and provider.establishment is None:
            raise WrongProvider(f"Aucun établissement n’a l’UAI {school}.")
    if secret:
        provider.secret = seal(secret.encode())
    elif provider.protocol == Provider.Protocol.OIDC and provider.secret and former != provider.issuer:
        # It was given for another address, which alone may hear it.
        raise WrongProvider(
            "L’adresse (issuer) change : donnez aussi le secret du client, celui qui est gardé était pour l’ancienne."
        )
    if provider.protocol == Provider.Protocol.SAML and not provider.own_certificate:
        private, provider.own_certificate = make_own(f"Pupitre {slug}")
        provider.secret = seal(private.encode())
    _check(provider)
    provider.save()
    audit.record(
        actor, "federation.register", provider, protocol=provider.protocol, kind=provider.kind, is_open=provider.is_open
    )
    return provider


def _check(provider: Provider) -> None:
    if provider.kind not in Provider.Kind.values:
        raise WrongProvider(f"Il manque à qui il s’adresse : {', '.join(Provider.Kind.values)}.")
    if provider.academy and provider.establishment_id:
        raise WrongProvider("Un fournisseur est d’une académie ou d’un établissement, pas des deux.")
    if not provider.name or not provider.issuer:
        raise WrongProvider("Il manque son nom ou son adresse (issuer).")
    if provider.protocol == Provider.Protocol.OIDC:
        if not provider.client_id:
            raise WrongProvider("Il manque le client_id donné par le fournisseur.")
        _check_address(provider.issuer, "L’adresse (issuer)")
        return
    if not pieces(provider.certificates):
        raise WrongProvider("Il manque le certificat avec lequel le fournisseur signe.")
    _check_address(provider.sign_on_url, "L’adresse de connexion")
    if provider.sign_out_url:
        _check_address(provider.sign_out_url, "L’adresse de déconnexion")


def _check_address(address: str, what: str) -> None:
    try:
        parse_address(address)
    except WrongAddress:
        raise WrongProvider(f"{what} doit être une adresse https complète.") from None


def facts_of_metadata(xml: bytes) -> dict[str, Any]:
    """What the metadata of a SAML provider say: its name, its addresses, its certificates. Raises WrongProvider."""
    try:
        read = OneLogin_Saml2_IdPMetadataParser.parse(xml).get("idp", {})
    except (etree.LxmlError, ValueError, OneLogin_Saml2_Error):
        raise WrongProvider("Ce fichier n’est pas celui des métadonnées d’un fournisseur (XML).") from None
    many = read.get("x509certMulti", {}).get("signing", [])
    certificates = many or ([read["x509cert"]] if read.get("x509cert") else [])
    return {
        "protocol": Provider.Protocol.SAML,
        "issuer": read.get("entityId", ""),
        "sign_on_url": read.get("singleSignOnService", {}).get("url", ""),
        "sign_out_url": read.get("singleLogoutService", {}).get("url", ""),
        "certificates": "".join(as_pem(text) for text in certificates),
    }
