"""The file of reconciliation: opened as the publisher opens it, with their private key."""

import base64
import hashlib
import zlib
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client
from lxml import etree

from pupitre.directory.models import Guardianship
from pupitre.establishments.scope import scope
from pupitre.foundation.models import AuditEntry
from pupitre.integrations.pronote.container import WrongKey, read_key
from pupitre.integrations.pronote.index import NAMESPACE
from pupitre.integrations.pronote.models import Partnership
from pupitre.integrations.pronote.tests.keys import private_key, public_pem
from pupitre.integrations.pronote.tests.stand import open_pronote
from pupitre.integrations.services.models import Disclosure
from pupitre.integrations.services.services.outcomes import disclose
from tests.cast import Cast
from tests.jobs import run_jobs
from tests.statements import statements_of

_BOX = "{http://www.index-education.com/containeurimportchiffreV1}"
_N = f"{{{NAMESPACE}}}"


def opened(sealed: bytes) -> tuple[Any, Any]:
    """The envelope, and what is inside, as PRONOTE reads them."""
    box = etree.fromstring(sealed)
    part = {name: str(box.findtext(f"{_BOX}{name}")) for name in ("Cle", "Contenu", "Verification")}
    block = private_key().decrypt(base64.b64decode(part["Cle"]), PKCS1v15())
    secret, iv, check = block[:16], block[16:32], block[32:]
    assert hashlib.md5(secret + iv, usedforsecurity=False).digest() == check
    clear = Cipher(algorithms.AES(secret), modes.CBC(iv)).decryptor()
    padded = clear.update(base64.b64decode(part["Contenu"])) + clear.finalize()
    compressed = padded[: -padded[-1]]
    assert hashlib.sha256(compressed).digest() == base64.b64decode(part["Verification"])
    return box, etree.fromstring(zlib.decompress(compressed))


def agree(cast: Cast, client: Client, **typed: Any) -> Any:
    """The page, with the key of the publisher typed in."""
    connector = open_pronote(cast, is_read=False)
    address = f"/{cast.college.uai}/pronote/{connector.service_id}/"
    facts = {"partenaire": "ESSAI", "cle": public_pem(), **typed}
    return connector, address, client.post(f"{address}convention/", facts)


@pytest.fixture
def client(cast: Cast) -> Client:
    return cast.sign_in(Client(), "referent")


def test_the_publisher_alone_reads_who_the_people_are(cast, client):
    cast.people["eleve"].birth_date = "2013-03-31"
    cast.people["eleve"].save()
    connector, address, answer = agree(cast, client)
    assert answer.status_code == 302
    answer = client.post(f"{address}rapprochement/")
    assert answer["Content-Disposition"] == f'attachment; filename="{cast.college.uai}_pronote_20261124.xml"'
    assert "no-store" in answer["Cache-Control"]
    assert b"BELKACEM" not in answer.content
    box, index = opened(answer.content)
    assert [each.tag for each in box] == [
        f"{_BOX}{name}" for name in ("Partenaire", "Description", "Cle", "Contenu", "Verification", "DateExport", "UAI")
    ]
    assert (box.findtext(f"{_BOX}Partenaire"), box.findtext(f"{_BOX}UAI")) == ("ESSAI", cast.college.uai)
    assert index.get("ProtocoleDelegationAuthentification") == "CAS"
    ines = next(each for each in index.iter(f"{_N}Eleve") if each.get("Prenom") == "Inès")
    with scope(cast.college.pk):
        # The number is the one that our CAS server tells.
        assert ines.get("ID_Partenaire") == disclose(connector, person_id=cast.people["eleve"].pk).user
        entry = AuditEntry.objects.get(verb="pronote.export")
    assert ines.get("DateNaissance") == "2013-03-31"
    guardians = {each.get("Ident"): each for each in index.iter(f"{_N}Responsable") if each.get("Nom")}
    assert [guardians[each.get("Ident")].get("Prenom") for each in ines] == ["Nadia"]
    teachers = {each.get("Nom") for each in index.iter(f"{_N}Professeur")}
    assert cast.people["enseignante"].last_name in teachers
    # Nobody of the next school, and no student whose birth date is unknown: the format wants one.
    assert cast.people["eleve-voisin"].last_name not in {each.get("Nom") for each in index.iter(f"{_N}Eleve")}
    assert all(each.get("DateNaissance") for each in index.iter(f"{_N}Eleve"))
    assert entry.detail["people"] == len(list(index.iter(f"{_N}Eleve", f"{_N}Professeur", f"{_N}Personnel"))) + len(
        guardians
    )


def test_a_guardian_shut_out_of_a_child_is_not_tied_to_them(cast, client):
    cast.people["eleve"].birth_date = "2013-03-31"
    cast.people["eleve"].save()
    Guardianship.objects.filter(student=cast.people["eleve"]).update(is_restricted=True)
    _connector, address, _answer = agree(cast, client)
    _box, index = opened(client.post(f"{address}rapprochement/").content)
    ines = next(each for each in index.iter(f"{_N}Eleve") if each.get("Prenom") == "Inès")
    assert len(ines) == 0


def test_a_number_once_given_is_given_again(cast, client):
    _connector, address, _answer = agree(cast, client)
    first, second = (opened(client.post(f"{address}rapprochement/").content)[1] for _n in range(2))
    numbers = [
        sorted(str(each.get("ID_Partenaire")) for each in index.iter(f"{_N}Personnel")) for index in (first, second)
    ]
    assert numbers[0] == numbers[1]
    assert numbers[0]


def test_whoever_is_in_the_file_sees_that_they_were_told(cast, client):
    connector, address, _answer = agree(cast, client)
    for _n in range(2):
        index = opened(client.post(f"{address}rapprochement/").content)[1]
    written = {
        int(each.get("Ident")) for kind in ("Eleve", "Professeur", "Personnel") for each in index.iter(f"{_N}{kind}")
    }
    written |= {int(each.get("Ident")) for each in index.iter(f"{_N}Responsable") if each.get("Nom")}
    with scope(cast.college.pk):
        log = {each.person_id: each for each in Disclosure.objects.filter(connector=connector)}
    assert set(log) == written
    told = log[cast.people["enseignante"].pk]
    assert (told.times, told.agreed_at) == (2, None)
    assert {"ID_Partenaire", "Nom", "Prenom"} <= set(told.names)
    page = cast.sign_in(Client(), "enseignante").get("/mes-services/").content.decode()
    assert "Transmis 2 fois depuis" in page


def test_the_file_of_a_school_costs_the_same_whatever_its_people(cast, client):
    _connector, address, _answer = agree(cast, client)
    client.post(f"{address}rapprochement/")
    assert len(statements_of(lambda: client.post(f"{address}rapprochement/"))) <= 20


@pytest.mark.parametrize("key", ["", "pas une clé", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"])
def test_a_wrong_key_is_said_and_what_was_typed_stays(cast, client, key):
    _connector, _address, answer = agree(cast, client, cle=key)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "pas une clé publique RSA" in page
    assert 'value="ESSAI"' in page
    assert key in page.replace("\r", "")
    with scope(cast.college.pk):
        assert not Partnership.objects.exists()


def test_keys_are_read_as_publishers_send_them():
    pem = public_pem()
    bare = "".join(pem.splitlines()[1:-1])
    assert read_key(pem.encode()).public_numbers() == read_key(bare.encode()).public_numbers()
    short = generate_private_key(65537, 1024).public_key()  # noqa: S505 - shorter ones are refused
    assert read_key(short.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)).key_size == 1024
    with pytest.raises(WrongKey):
        read_key(b"x" * 100)


def test_a_console_opens_the_reading_and_tries_it(cast, client, pronote):
    connector = open_pronote(cast, pronote.url, is_read=False)
    address = f"/{cast.college.uai}/pronote/{connector.service_id}/"
    assert f'href="{address}"' in client.get(f"/{cast.college.uai}/services/{connector.service_id}/").content.decode()
    client.post(f"{address}lecture/", {"lire": "oui"})
    with scope(cast.college.pk):
        connector.refresh_from_db()
        assert connector.reader == "pronote"
    client.post(f"{address}essayer/")
    assert run_jobs() == ["services.try_reader"]
    assert "Dernière réussite le" in client.get(address).content.decode()
    pronote.mood = "html"
    client.post(f"{address}essayer/")
    run_jobs()
    page = client.get(address).content.decode()
    assert "La réponse du service n’est pas celle qui est attendue." in page
    client.post(f"{address}lecture/", {"lire": "non"})
    with scope(cast.college.pk):
        connector.refresh_from_db()
        assert connector.reader == ""
