"""The console of providers: what the academy's people see and do, and what they may not."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from pupitre.accounts.sealing import unseal
from pupitre.accounts.tests.conftest import PASSWORD
from pupitre.establishments.models import Establishment
from pupitre.foundation import clock
from pupitre.foundation.models import AuditEntry
from pupitre.integrations.federation import certificates
from pupitre.integrations.federation.models import Provider
from pupitre.integrations.federation.services.providers import register
from pupitre.integrations.federation.tests.doors import saml

AT = "/fournisseurs/"


@pytest.fixture
def academy(cast: Any, tuesday: object) -> Client:
    """Denis, of the academy, who has just typed his password."""
    user = cast.people["academie"].user
    user.set_password(PASSWORD)
    user.save()
    client = cast.sign_in(Client(), "academie")
    client.post(reverse("accounts:prove"), {"password": PASSWORD})
    return client


def _typed(**facts: Any) -> dict[str, Any]:
    return {
        "nom": "le guichet", "public": "agents", "pour": "15", "protocole": "oidc",
        "adresse": "https://guichet.exemple.fr", "client": "pupitre", "secret": "tres-secret", **facts,
    }  # fmt: skip


def metadata(*pems: str, sign_on: str = "https://educonnect.exemple.fr/sso") -> SimpleUploadedFile:
    """The metadata of a provider of SAML that signs with these certificates."""
    keys = "".join(
        f'<md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>{"".join(pem.split(chr(10))[1:-2])}'
        "</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>"
        for pem in pems
    )
    return SimpleUploadedFile(
        "m.xml",
        (
            '<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" '
            'entityID="https://educonnect.exemple.fr/idp"><md:IDPSSODescriptor '
            f'protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">{keys}<md:SingleSignOnService '
            f'Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="{sign_on}"/>'
            "</md:IDPSSODescriptor></md:EntityDescriptor>"
        ).encode(),
    )


def test_a_guichet_is_added_and_its_secret_never_shown(academy):
    answer = academy.post(f"{AT}ajouter/", _typed(), follow=True)
    made = Provider.objects.get()
    assert (made.slug, made.academy, made.is_open) == ("le-guichet", "15", True)
    assert unseal(made.secret) == b"tres-secret"
    page = answer.content.decode().replace("<wbr>", "")
    assert "tres-secret" not in page
    assert "http://testserver/connexion/par/le-guichet/retour/" in page
    assert "le guichet" in academy.get(AT).content.decode()
    assert "avec le guichet" in Client().get("/connexion/").content.decode()
    academy.post(f"{AT}le-guichet/", _typed(secret="", nom="le guichet de Strasbourg"))
    made.refresh_from_db()
    assert (made.name, unseal(made.secret)) == ("le guichet de Strasbourg", b"tres-secret")
    entry = AuditEntry.objects.filter(verb="federation.register").first()
    assert entry is None, "the line is of the school by which one is of the academy"


def test_refusals_are_found_without_going_through_every_sign_on(academy):
    academy.post(f"{AT}ajouter/", _typed())
    provider = Provider.objects.get()
    AuditEntry.objects.bulk_create(
        AuditEntry(at=clock.now(), verb="federation.enter", target="accounts.user", target_id=number)
        for number in range(3000)
    )
    with connection.cursor() as cursor:
        cursor.execute("analyze foundation_auditentry")
    rows = AuditEntry.objects.filter(
        establishment_id=None,
        at__gte=clock.now() - dt.timedelta(days=30),
        verb="federation.refuse",
        target_id=provider.pk,
    )
    assert "federation_refusals" in rows.order_by("-at")[:10].explain()


def test_a_secret_is_told_to_the_address_for_which_it_was_given_and_to_no_other(academy):
    academy.post(f"{AT}ajouter/", _typed())
    answer = academy.post(f"{AT}le-guichet/", _typed(secret="", adresse="https://ailleurs.exemple.fr"))
    assert answer.status_code == 422
    assert "donnez aussi le secret" in answer.content.decode()
    assert Provider.objects.get().issuer == _typed()["adresse"]
    academy.post(f"{AT}le-guichet/", _typed(secret="un-autre", adresse="https://ailleurs.exemple.fr"))
    made = Provider.objects.get()
    assert (made.issuer, unseal(made.secret)) == ("https://ailleurs.exemple.fr", b"un-autre")


def test_a_provider_is_shut_and_opened_again(academy):
    academy.post(f"{AT}ajouter/", _typed())
    academy.post(f"{AT}le-guichet/basculer/", {"ouvert": "non"})
    assert not Provider.objects.get().is_open
    assert "avec le guichet" not in Client().get("/connexion/").content.decode()
    academy.post(f"{AT}le-guichet/basculer/", {"ouvert": "oui"})
    assert Provider.objects.get().is_open


def test_metadata_bring_the_certificates_and_renew_them(academy):
    old, new = certificates.make_own("old")[1], certificates.make_own("new")[1]
    saml_facts = _typed(nom="ÉduConnect", public="families", protocole="saml", adresse="", client="", secret="")
    page = academy.post(f"{AT}ajouter/", {**saml_facts, "metadonnees": metadata(old)}, follow=True).content.decode()
    assert "Certificat valable jusqu’au" in page
    assert "http://testserver/connexion/par/educonnect/metadonnees/" in page.replace("<wbr>", "")
    academy.post(
        f"{AT}educonnect/", {"nom": "ÉduConnect", "public": "families", "pour": "15", "metadonnees": metadata(old, new)}
    )
    assert len(certificates.pieces(Provider.objects.get().certificates)) == 2
    academy.post(f"{AT}educonnect/", {"nom": "ÉduConnect", "public": "families", "pour": "15"})
    assert len(certificates.pieces(Provider.objects.get().certificates)) == 2, "no file keeps what was given"


@pytest.mark.parametrize(
    ("days", "said"), [(-1, "périmé depuis le"), (10, "demandez les nouvelles métadonnées"), (400, "jusqu’au")]
)
def test_the_end_of_a_certificate_is_said_in_words(cast, academy, days, said, monkeypatch):
    monkeypatch.setattr(certificates, "_TEN_YEARS", dt.timedelta(days=days, minutes=5))
    with clock.at("2026-11-24T10:20"):
        saml(cast)
    page = academy.get(AT).content.decode()
    assert said in page


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"nom": ""}, "Il manque le nom."),
        ({"client": ""}, "Il manque le client_id"),
        ({"adresse": "ftp://x"}, "doit être une adresse https complète"),
        ({"pour": "18"}, "18"),
        ({"protocole": "saml"}, "Donnez le fichier des métadonnées"),
        ({"protocole": "saml", "metadonnees": SimpleUploadedFile("m.xml", b"bonjour")}, "celui des métadonnées"),
        ({"court": "guichet"}, "déjà pris"),
        ({"nom": "«»"}, "Donnez un nom court"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(academy, facts, said):
    register("guichet", name="x", kind="agents", issuer="https://x.exemple.fr", client_id="x")
    answer = academy.post(f"{AT}ajouter/", _typed(**facts))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Provider.objects.count() == 1


def test_what_serves_other_academies_is_read_and_not_changed(cast, academy):
    register("educonnect", name="ÉduConnect", kind="families", issuer="https://x.exemple.fr", client_id="x")
    register("guichet-18", name="Orléans", kind="agents", academy="18", issuer="https://y.exemple.fr", client_id="x")
    Establishment.objects.filter(pk=cast.neighbour.pk).update(academy="18")
    page = academy.get(AT).content.decode()
    assert "ÉduConnect" in page
    assert "Orléans" not in page
    assert "l’administrateur du serveur le règle" in academy.get(f"{AT}educonnect/").content.decode()
    for at in ("", "basculer/", "essayer/"):
        assert academy.post(f"{AT}educonnect/{at}", _typed()).status_code == 404
    assert academy.get(f"{AT}guichet-18/").status_code == 404
    Establishment.objects.filter(pk=cast.neighbour.pk).update(academy="15")
    assert academy.post(f"{AT}educonnect/basculer/", {"ouvert": "non"}).status_code == 302


def test_a_proof_is_asked_before_anything_changes(cast, tuesday):
    client = cast.sign_in(Client(), "academie")
    assert client.post(f"{AT}ajouter/", _typed())["Location"].startswith(reverse("accounts:prove"))
    assert not Provider.objects.exists()


def test_a_provider_is_tried_without_anybody(academy, peer, educonnect):
    page = academy.post(f"{AT}educonnect/essayer/", follow=True).content.decode()
    assert "ce qu’il publie convient" in page
    Provider.objects.update(issuer=f"{peer.url}/autre")
    page = academy.post(f"{AT}educonnect/essayer/", follow=True).content.decode()
    assert "ne convient pas" in page
    Provider.objects.update(issuer="https://nulle-part.invalid")
    assert "ne répond pas" in academy.post(f"{AT}educonnect/essayer/", follow=True).content.decode()


def test_refusals_are_read_without_a_name(academy, educonnect):
    Client().get("/connexion/par/educonnect/retour/")
    page = academy.get(f"{AT}educonnect/").content.decode()
    assert "référence" in page
