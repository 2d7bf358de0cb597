"""The access of an academy to the GAR: set by its people, its key made here."""

from collections.abc import Collection
from typing import Any

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from django.db import transaction

from pupitre.foundation import audit
from pupitre.foundation.actor import Actor
from pupitre.integrations.gar.dropbox import WrongKey, read_host_key
from pupitre.integrations.gar.keys import make_key
from pupitre.integrations.gar.models import Access
from pupitre.integrations.gar.sealing import seal, unseal


class Taken(ValueError):
    """Another access already has this number, or one of these academies: two would erase one another’s schools."""


class WrongCertificate(ValueError):
    """The certificate cannot be read, or the key is not its own."""


@transaction.atomic
def set_access(
    access: Access | None, *, academies: Collection[str], actor: Actor, certificate_key: str = "", **facts: Any
) -> Access:
    """Make the access, or change it. The key of the certificate is sealed; empty, the one that is kept stays.

    Raises Taken, WrongKey, WrongCertificate.
    """
    access = access or Access()
    for name, value in facts.items():
        setattr(access, name, value)
    access.academies = sorted(academies)
    others = Access.objects.exclude(pk=access.pk)
    if others.filter(academies__overlap=access.academies).exists() or others.filter(ent_id=access.ent_id).exists():
        raise Taken
    if access.host_key:
        read_host_key(access.host_key)
    if certificate_key:
        access.sealed_certificate_key = seal(certificate_key.encode())
    if certificate_key or "certificate" in facts:
        _check_certificate(access)
    if not access.sealed_key:
        private, access.public_key = make_key(f"pupitre-{access.ent_id}")
        access.sealed_key = seal(private)
    access.save()
    audit.record(actor, "gar.set_access", access, is_on=access.is_on, academies=access.academies)
    return access


@transaction.atomic
def renew_key(access: Access, *, actor: Actor) -> None:
    """Make another key: the GAR must be given its public half before the next delivery."""
    private, access.public_key = make_key(f"pupitre-{access.ent_id}")
    access.sealed_key = seal(private)
    access.save(update_fields=["sealed_key", "public_key"])
    audit.record(actor, "gar.renew_key", access)


def _check_certificate(access: Access) -> None:
    """The certificate and its key, the one that is given now or the one that is kept, belong together."""
    if not access.certificate:
        return
    try:
        certificate = x509.load_pem_x509_certificate(access.certificate.encode())
        if access.sealed_certificate_key:
            private = serialization.load_pem_private_key(unseal(bytes(access.sealed_certificate_key)), None)
            if private.public_key() != certificate.public_key():
                raise WrongCertificate
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise error if isinstance(error, WrongCertificate) else WrongCertificate from None


__all__ = ["Taken", "WrongCertificate", "WrongKey", "renew_key", "set_access"]
