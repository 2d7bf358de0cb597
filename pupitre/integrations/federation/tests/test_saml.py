"""Signing in by SAML, and what is refused: recorded tricks played on a provider that otherwise behaves."""

import copy
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from lxml import etree

from pupitre.accounts.tests.conftest import PASSWORD
from pupitre.integrations.federation.models import Link, Provider
from pupitre.integrations.federation.services.providers import WrongProvider, facts_of_metadata, register
from pupitre.integrations.federation.tests.gestures import asked_in, is_in, sent_to, why_refused
from pupitre.integrations.federation.tests.idp import (
    ENTITY,
    OID,
    SAML,
    SAMLP,
    SSO,
    Idp,
    certificate,
    encrypt,
    is_signed_by,
    leaving_query,
    posted,
    request_of,
    sign,
)
from pupitre.integrations.federation.tests.test_openid import led_to

NADIA = {
    f"{OID}57": ["compte-de-nadia"],
    f"{OID}7": ["resp2d"],
    "FrEduCtRefId": ["{AAF}15|x|200", "{ECT}autre"],
    "urn:oid:2.5.4.4": ["Belkacem"],
}
LEAVING = "/connexion/par/educonnect/sortie/"
ACS = "/connexion/par/educonnect/saml/"


@pytest.fixture(scope="module")
def pair() -> tuple[bytes, str]:
    return certificate()


@pytest.fixture
def educonnect(db, tuesday, pair) -> Provider:
    return register(
        "educonnect", name="ÉduConnect", kind="families", protocol="saml", issuer=ENTITY, sign_on_url=SSO,
        sign_out_url="https://educonnect.exemple.fr/slo", certificates=pair[1],
    )  # fmt: skip


@pytest.fixture
def idp(educonnect, pair) -> Idp:
    return Idp(pair[0], pair[1], attributes=NADIA, encrypts=educonnect.own_certificate)


def begun(browser: Client, idp: Idp, next_page: str = "/") -> str:
    """Leave for the provider, which then answers this request; the relay state."""
    target = sent_to(browser, f"/connexion/par/educonnect/?next={next_page}")
    idp.answered = str(request_of(target).get("ID"))
    return asked_in(target)["RelayState"]


def back_with(browser: Client, answer, relay: str):
    return browser.post(
        ACS, {"SAMLResponse": answer if isinstance(answer, str) else posted(answer), "RelayState": relay}
    )


def entered(browser: Client, idp: Idp) -> None:
    relay = begun(browser, idp)
    back_with(browser, idp.answer(), relay)
    assert is_in(browser)


def test_a_parent_enters_by_a_signed_request_and_an_encrypted_answer(cast, known, educonnect, idp, browser):
    target = sent_to(browser, "/connexion/par/educonnect/?next=/compte/")
    assert target.startswith(f"{SSO}?SAMLRequest=")
    assert is_signed_by(target, educonnect.own_certificate)
    request = request_of(target)
    assert request.get("AssertionConsumerServiceURL") == f"http://testserver{ACS}"
    idp.answered = str(request.get("ID"))
    response = back_with(browser, idp.answer(), asked_in(target)["RelayState"])
    assert response["Location"] == "/compte/"
    assert is_in(browser)
    assert Link.objects.get().person == cast.people["parent"]


def test_our_metadata_say_where_and_with_what(educonnect, browser):
    read = etree.fromstring(browser.get("/connexion/par/educonnect/metadonnees/").content)
    assert read.get("entityID") == "http://testserver/connexion/par/educonnect/metadonnees/"
    uses = {each.get("use") for each in read.iter("{urn:oasis:names:tc:SAML:2.0:metadata}KeyDescriptor")}
    assert uses == {"signing", "encryption"}


@pytest.mark.parametrize(
    ("trick", "why"),
    [
        ({"audience": "https://autre.exemple.fr"}, "untrusted"),
        ({"issuer": "https://mechant.example/idp"}, "untrusted"),
        ({"destination": "http://testserver/connexion/par/educonnect/saml/autre"}, "untrusted"),
        ({"recipient": "http://testserver/connexion/par/educonnect/saml/autre"}, "untrusted"),
        ({"recipient": "https://autre.exemple.fr/acs"}, "expired"),
        ({"answered": "_une_autre_demande"}, "expired"),
        ({"minutes": -60}, "expired"),
        ({"minutes": 60}, "expired"),
        ({"status": "Responder"}, "cancelled"),
        ({"signs": False}, "untrusted"),
        ({"encrypts": ""}, "untrusted"),
        ({"algorithm": "rsa-sha1"}, "untrusted"),
        ({"attributes": {}}, "untrusted"),
        ({"attributes": {"sn": ["x"]}}, "incomplete"),
    ],
)
def test_an_answer_that_is_not_as_agreed_is_refused(cast, known, educonnect, idp, browser, trick, why):
    relay = begun(browser, idp)
    for name, value in trick.items():
        setattr(idp, name, value)
    assert why_refused(back_with(browser, idp.answer(), relay)) == why
    assert not is_in(browser)


def test_an_answer_signed_by_somebody_else_is_refused(cast, known, educonnect, idp, browser):
    relay = begun(browser, idp)
    idp.key, idp.own = certificate()
    assert why_refused(back_with(browser, idp.answer(), relay)) == "untrusted"


def test_a_second_certificate_is_believed_while_the_first_is_being_renewed(cast, known, educonnect, idp, browser):
    idp.key, idp.own = certificate()
    educonnect.certificates += idp.own
    educonnect.save()
    relay = begun(browser, idp)
    back_with(browser, idp.answer(), relay)
    assert is_in(browser)


def test_a_certificate_out_of_date_is_said(cast, known, educonnect, idp, browser):
    idp.key, idp.own = certificate(days=-30)
    relay = begun(browser, idp)
    educonnect.certificates = idp.own
    educonnect.save()
    response = back_with(browser, idp.answer(), relay)
    assert why_refused(response) == "certificate"
    assert "périmé" in response.content.decode()
    assert why_refused(browser.get("/connexion/par/educonnect/")) == "certificate"


def test_an_answer_serves_once(cast, known, educonnect, idp, browser):
    relay = begun(browser, idp)
    answer = posted(idp.answer())
    back_with(browser, answer, relay)
    browser.post("/deconnexion/")
    assert why_refused(back_with(browser, answer, relay)) == "expired"
    # Nor with another relay: the request is not that one.
    assert why_refused(back_with(browser, answer, begun(browser, Idp(idp.key, idp.own)))) == "expired"


@pytest.mark.parametrize("relay", ["", "inconnu", "https://mechant.example/", "\x00"])
def test_what_nobody_asked_for_is_refused(cast, known, educonnect, idp, browser, relay):
    begun(browser, idp)
    assert why_refused(back_with(browser, idp.answer(), relay)) == "expired"
    assert not is_in(browser)


def test_an_answer_in_another_browser_is_refused(cast, known, educonnect, idp, browser):
    relay = begun(browser, idp)
    victim = Client()
    begun(victim, Idp(idp.key, idp.own))
    assert why_refused(back_with(victim, idp.answer(), relay)) == "expired"


@pytest.mark.parametrize("raw", ["", "pas du base64", "PGE+", "PD94bWwgdmVyc2lvbj0iMS4wIj8+", "A" * 400_000])
def test_what_is_not_an_answer_is_refused(educonnect, idp, browser, raw):
    relay = begun(browser, idp)
    assert why_refused(back_with(browser, raw, relay)) == "untrusted"


def test_entities_are_not_read(educonnect, idp, browser):
    relay = begun(browser, idp)
    idp.encrypts = ""
    raw = etree.tostring(idp.answer()).replace(b"compte-de-nadia", b"&a;")
    bomb = b'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + raw
    assert why_refused(back_with(browser, posted(bomb), relay)) == "untrusted"


# --- Wrapped signatures: a good assertion is kept beside one that nobody signed --------------------------------------


def forged_beside(answer, *, inside: bool, same_id: bool):
    """An answer whose first assertion is forged, and whose good one stands elsewhere."""
    good = answer.find(f"{{{SAML}}}Assertion")
    forged = copy.deepcopy(good)
    forged.remove(forged.find("{http://www.w3.org/2000/09/xmldsig#}Signature"))
    if not same_id:
        forged.set("ID", "_forge")
    for value in forged.iter(f"{{{SAML}}}AttributeValue"):
        value.text = (value.text or "").replace("nadia", "ines").replace("|200", "|100")
    answer.remove(good)
    if inside:
        etree.SubElement(forged, f"{{{SAML}}}Advice").append(good)
        answer.append(forged)
    else:
        answer.append(forged)
        etree.SubElement(answer, f"{{{SAMLP}}}Extensions").append(good)
    return answer


@pytest.mark.parametrize("inside", [True, False])
@pytest.mark.parametrize("same_id", [True, False])
@pytest.mark.parametrize("encrypted", [True, False])
def test_a_wrapped_signature_is_refused(cast, known, educonnect, idp, browser, inside, same_id, encrypted):
    educonnect.is_encrypted = encrypted
    educonnect.save()
    idp.encrypts = ""
    relay = begun(browser, idp)
    answer = forged_beside(idp.answer(), inside=inside, same_id=same_id)
    if encrypted:
        forged = answer.find(f"{{{SAML}}}Assertion")
        answer.remove(forged)
        answer.append(encrypt(forged, educonnect.own_certificate))
    assert why_refused(back_with(browser, answer, relay)) == "untrusted"
    assert not is_in(browser)


def test_two_assertions_are_refused_even_both_signed(cast, known, educonnect, idp, browser):
    educonnect.is_encrypted = False
    educonnect.save()
    idp.encrypts = ""
    relay = begun(browser, idp)
    answer = idp.answer()
    second = etree.fromstring(idp.assertion("_deux"))
    sign(second, idp.key, idp.own)
    answer.append(second)
    assert why_refused(back_with(browser, answer, relay)) == "untrusted"


def test_a_signed_text_that_was_changed_is_refused(cast, known, educonnect, idp, browser):
    educonnect.is_encrypted = False
    educonnect.save()
    idp.encrypts = ""
    relay = begun(browser, idp)
    raw = etree.tostring(idp.answer()).replace(b"|x|200", b"|x|100")
    assert why_refused(back_with(browser, posted(raw), relay)) == "untrusted"


def test_a_comment_does_not_cut_what_is_read(cast, known, educonnect, idp, browser):
    """« 200<!-- -->9 » is signed as 2009: it must not be read as 200."""
    educonnect.is_encrypted = False
    educonnect.save()
    idp.encrypts = ""
    idp.attributes = NADIA | {"FrEduCtRefId": ["{AAF}15|x|2009"]}
    relay = begun(browser, idp)
    raw = etree.tostring(idp.answer()).replace(b"|x|2009", b"|x|200<!-- -->9")
    assert why_refused(back_with(browser, posted(raw), relay)) in ("unknown", "untrusted")
    assert not is_in(browser)


def test_no_open_redirect(cast, known, educonnect, idp, browser):
    relay = begun(browser, idp, "https://mechant.example/")
    assert back_with(browser, idp.answer(), relay)["Location"] == "/"


# --- Linking, leaving, registering ---------------------------------------------------------------------------------


def test_somebody_links_an_identity_through_a_page_of_their_own(cast, educonnect, idp, parent):
    browser = Client()
    browser.post("/connexion/", {"username": parent.username, "password": PASSWORD})
    target = led_to(browser.post("/compte/connexions/par/educonnect/"))
    idp.answered, idp.attributes = str(request_of(target).get("ID")), {f"{OID}57": ["x"], f"{OID}7": ["resp2d"]}
    session = browser.cookies.pop("pupitre_session")
    # A form sent by another site comes without the session.
    response = back_with(browser, idp.answer(), asked_in(target)["RelayState"])
    browser.cookies["pupitre_session"] = session.value
    assert browser.get(response["Location"])["Location"] == "/compte/connexions/?dit=relie"
    assert Link.objects.get().person == cast.people["parent"]
    assert why_refused(browser.get(response["Location"])) == "expired"


def test_signing_out_goes_on_to_the_provider_with_a_signed_request(cast, known, educonnect, idp, browser):
    relay = begun(browser, idp)
    back_with(browser, idp.answer(), relay)
    target = led_to(browser.post("/deconnexion/"))
    assert target.startswith("https://educonnect.exemple.fr/slo?SAMLRequest=")
    request = request_of(target)
    assert request.findtext(f"{{{SAML}}}NameID") == "abc"
    assert "Signature" in asked_in(target)
    assert browser.get("/connexion/par/educonnect/sortie/")["Location"] == "/connexion/?dit=au-revoir"


def test_a_sign_out_that_begins_at_the_provider_ends_the_session_and_is_answered(cast, known, educonnect, idp, browser):
    entered(browser, idp)
    query = leaving_query(idp)
    target = browser.get(f"{LEAVING}?{query}")["Location"]
    assert not is_in(browser)
    assert target.startswith("https://educonnect.exemple.fr/slo?SAMLResponse=")
    assert "Signature" in asked_in(target)
    # Asked again, it is refused.
    assert why_refused(browser.get(f"{LEAVING}?{query}")) == "expired"


def test_a_sign_out_of_somebody_else_leaves_this_session(cast, known, educonnect, idp, browser):
    entered(browser, idp)
    assert browser.get(f"{LEAVING}?{leaving_query(idp, name_id='autre')}").status_code == 302
    assert is_in(browser)


@pytest.mark.parametrize(
    "trick",
    [
        {"key": b""},
        {"key": certificate()[0]},
        {"minutes": -10},
        {"issuer": "https://mechant.example/idp"},
        {"destination": "http://testserver/connexion/par/autre/sortie/"},
    ],
)
def test_a_forged_sign_out_ends_nothing(cast, known, educonnect, idp, browser, trick):
    entered(browser, idp)
    assert why_refused(browser.get(f"{LEAVING}?{leaving_query(idp, **trick)}")) == "untrusted"
    assert is_in(browser)


@pytest.mark.parametrize("raw", ["", "pas+du+base64", "PGE%2B", "A" * 9000])
def test_what_is_not_a_sign_out_is_refused(educonnect, browser, raw):
    assert why_refused(browser.get(f"{LEAVING}?SAMLRequest={raw}&Signature=x&SigAlg=y")) == "untrusted"


def test_a_provider_is_registered_by_its_metadata(db, tuesday, pair, tmp_path):
    inner = "".join(line for line in pair[1].splitlines() if "CERTIFICATE" not in line)
    file = tmp_path / "idp.xml"
    file.write_text(
        f'<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{ENTITY}">'
        f'<md:IDPSSODescriptor protocolSupportEnumeration="{SAMLP}"><md:KeyDescriptor use="signing">'
        f'<ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>{inner}'
        "</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:SingleSignOnService "
        f'Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="{SSO}"/></md:IDPSSODescriptor>'
        "</md:EntityDescriptor>"
    )
    out = StringIO()
    call_command("provider", "educonnect", name="ÉduConnect", kind="families", metadata=file, stdout=out)
    provider = Provider.objects.get()
    assert (provider.issuer, provider.sign_on_url, provider.protocol) == (ENTITY, SSO, "saml")
    assert "/connexion/par/educonnect/metadonnees/" in out.getvalue()
    assert "Certificat valable jusqu’au" in out.getvalue()


@pytest.mark.parametrize("raw", [b"", b"<a/>", b"pas du xml"])
def test_wrong_metadata_are_said(db, tuesday, raw):
    with pytest.raises(WrongProvider):
        register("x", name="x", kind="families", **facts_of_metadata(raw))
