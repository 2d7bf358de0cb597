"""Gestures of the tests of this room."""

import datetime as dt
import ipaddress
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from pupitre.directory.models import Person
from pupitre.directory.profiles import Profile, capabilities_of
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation.actor import Actor
from pupitre.integrations.gar.models import Access
from pupitre.integrations.gar.services.access import set_access
from pupitre.integrations.gar.services.enrolling import enrol, name_assigner
from pupitre.integrations.services.models import Pseudonym
from tests.cast import Cast


def acting(cast: Cast, slug: str, profile: Profile, school: Establishment | None = None) -> Actor:
    """One of the cast in a school."""
    person, place = cast.people[slug], school or cast.college
    profiles = frozenset({profile})
    return Actor(person.user_id or 0, person.pk, place.pk, place.uai, profiles, capabilities_of(profiles))


def make_access(cast: Cast, **facts: Any) -> Access:
    """The access of the academy, not set yet but for its number."""
    told = {"ent_id": "ENTTEST", "academies": ["15"], "is_on": True, **facts}
    return set_access(None, actor=acting(cast, "academie", Profile.ACADEMY_ADMIN), **told)


def enrolled(cast: Cast, school: Establishment | None = None) -> None:
    """A school in the GAR."""
    place = school or cast.college
    with scope(place.pk):
        enrol(actor=acting(cast, "principal", Profile.HEAD, place))


def named(cast: Cast, slug: str = "collegue", mail: str = "b.lemoine@ac-exemple.invalid") -> None:
    """Somebody who assigns resources in the collège."""
    Person.objects.filter(pk=cast.people[slug].pk).update(email=mail)
    with scope(cast.college.pk):
        name_assigner(cast.people[slug].pk, actor=acting(cast, "principal", Profile.HEAD))


def number_of(cast: Cast, slug: str) -> str:
    """The number by which the GAR knows somebody who was delivered."""
    return str(Pseudonym.objects.get(person=cast.people[slug], service=None).value)


def make_certificate(name: str) -> tuple[str, str]:
    """A private key and its certificate (PEM), good for the school year of the tests."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder().subject_name(who).issuer_name(who).public_key(key.public_key())
    builder = (
        builder.serial_number(1).not_valid_before(dt.datetime(2026, 1, 1)).not_valid_after(dt.datetime(2036, 1, 1))
    )
    is_number = name.replace(".", "").isdecimal()
    held = x509.IPAddress(ipaddress.ip_address(name)) if is_number else x509.DNSName(name)
    names = x509.SubjectAlternativeName([held])
    signed = builder.add_extension(names, critical=False).sign(key, hashes.SHA256())
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return private.decode(), signed.public_bytes(pem).decode()
