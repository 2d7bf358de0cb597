import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pupitre.integrations.exchange.opening import Opened
from pupitre.integrations.exchange.verdicts import Finding, Rejected, Severity
from pupitre.integrations.exchange.xml import attribute, child, elements, root_name

DECLARED = b'<?xml version="1.0" encoding="ISO-8859-15"?>\n'


def read(data: bytes, *wanted: str, findings: list[Finding] | None = None) -> list[str]:
    file = Opened("fichier.xml", data, "")
    return [child(each, "PRENOM") for each in elements(file, wanted or ("ELEVE",), findings=findings)]


def refusal(data: bytes) -> str:
    with pytest.raises(Rejected) as caught:
        read(data)
    return str(caught.value)


def student(inside: bytes) -> bytes:
    return DECLARED + b"<A><B><ELEVE><PRENOM>" + inside + b"</PRENOM></ELEVE></B></A>"


@pytest.mark.parametrize(
    ("data", "root"),
    [
        (DECLARED + b"<!-- <FAUX> --><BEE_ELEVES VERSION='3.0'>", "BEE_ELEVES"),
        (b"\xef\xbb\xbf\r\n<BEE_COMMUN/>", "BEE_COMMUN"),
        ("<?xml version='1.0'?><STS_EDT>".encode("utf-16"), "STS_EDT"),
        (b'<!DOCTYPE ficAlimMENESR SYSTEM "ficAlimMENESR.dtd">\n<ficAlimMENESR>', "ficAlimMENESR"),
        (b"<!DOCTYPE a [<!ENTITY x 'y'>]><a>", "a"),
        (b"Nom;Prenom\n", ""),
        (b"", ""),
        (b"<", ""),
    ],
)
def test_the_root_is_read_without_the_rest(data: bytes, root: str) -> None:
    assert root_name(data) == root


def test_elements_come_whole_with_their_parents() -> None:
    data = b"<A><B><ELEVE N=' 1 '><PRENOM> Zo&#233; </PRENOM><ELEVE/></ELEVE><ELEVE/></B><C/></A>"
    blocks: set[str] = set()
    seen = []
    for each in elements(Opened("f", data, ""), {"ELEVE"}, blocks=blocks):
        parent = each.getparent()
        assert parent is not None
        seen.append((child(each, "PRENOM"), attribute(each, "N"), parent.tag, len(each)))
    assert seen == [("Zoé", "1", "B", 2), ("", "", "B", 0)]
    assert blocks == {"ELEVE"}


@pytest.mark.parametrize(
    ("inside", "first_name"),
    [
        (b"Zo&eacute;", "Zoé"),
        (b"Tom & Lou", "Tom & Lou"),
        (b"T&B; &lt;", "T&B; <"),
        (b"Zo\xe9\x00\x0b", "Zoé"),
        (b"Zo&#xe9;&#0;&#x1F;", "Zoé"),
        (b"&lt &eacute;", "&lt é"),
    ],
)
def test_what_can_be_mended_is_and_is_told(inside: bytes, first_name: str) -> None:
    findings: list[Finding] = []
    assert read(student(inside), findings=findings) == [first_name]
    assert {finding.severity for finding in findings} == {Severity.REPAIR}


def test_what_needs_no_mending_is_left_alone() -> None:
    findings: list[Finding] = []
    assert read(student(b"<![CDATA[Tom & Lou]]> &amp; Zo\xe9&#233;<!-- & -->"), findings=findings) == [
        "Tom & Lou & Zoéé"
    ]
    assert findings == []


def test_cdata_stays_as_it_is_when_the_rest_is_mended() -> None:
    assert read(student(b"<![CDATA[a & b]]> & c")) == ["a & b & c"]


def test_a_cut_file_is_refused_with_its_line() -> None:
    assert "ligne 3" in refusal(DECLARED + b"<A><B>\n<ELEVE><PRENOM>Zo")
    assert "ligne 2" in refusal(DECLARED + b"<A><B></A>")
    assert "ligne 4" in refusal(DECLARED + b'<!DOCTYPE A SYSTEM\n "a.dtd">\n<A></B>')


def test_an_outer_dtd_is_ignored_and_never_fetched() -> None:
    assert read(
        DECLARED + b'<!DOCTYPE A SYSTEM "http://exemple.invalid/a.dtd">' + student(b"Zoe").split(b"\n", 1)[1]
    ) == ["Zoe"]


BOMB = b"<!DOCTYPE A [<!ENTITY a 'ha'>%s]>" % b"".join(
    b"<!ENTITY %c '%s'>" % (98 + rank, b"&%c;" % (97 + rank) * 10) for rank in range(9)
)


@pytest.mark.parametrize(
    "subset",
    [
        b"<!DOCTYPE A [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>",
        b"<!DOCTYPE A SYSTEM 'a.dtd' [ <!-- ]> --> <!entity x 'y'> ]>",
        b"<!DOCTYPE A [<!ENTITY % remote SYSTEM 'http://exemple.invalid/x'> %remote;]>",
        b"<!DOCTYPE A [<!ATTLIST B C CDATA ']>'><!ENTITY x 'y'>]>",
        b"<!DOCTYPE A [<!ENTITY x 'never closed",
        BOMB,
    ],
)
def test_entities_are_refused(subset: bytes) -> None:
    assert "définitions" in refusal(DECLARED + subset + b"<A><ELEVE><PRENOM>&x;&j;</PRENOM></ELEVE></A>")


def test_a_second_doctype_is_no_way_in() -> None:
    assert refusal(b"<!DOCTYPE A><!DOCTYPE A [<!ENTITY x 'y'>]><A><ELEVE><PRENOM>&x;</PRENOM></ELEVE></A>")


def test_limits() -> None:
    assert "anormale" in refusal(b"<A>" * 65 + b"</A>" * 65)
    assert "anormale" in refusal(b"<A>" * 100_000)
    assert "démesuré" in refusal(student(b"x" * 200_000))
    assert "démesuré" in refusal(student(b"x" * 20_000_000))


@pytest.mark.parametrize(
    "piece", [b"<!--", b"<![CDATA[", b"&", b"<!DOCTYPE A [" + b"<!-- -->" * 9, b"<?", b"<!DOCTYPE A '"]
)
def test_hostile_repetitions_take_no_time(piece: bytes) -> None:
    start = time.process_time()
    for data in (piece * 100_000, student(piece * 100_000)):
        with pytest.raises(Rejected):
            read(data + b"<")
    assert time.process_time() - start < 5


def test_what_was_read_is_not_kept() -> None:
    one = b"<ELEVE><PRENOM>Zoe</PRENOM></ELEVE><AUTRE>x</AUTRE>\n"
    count = longest = 0
    for each in elements(Opened("f", b"<A><B>" + one * 100_000 + b"</B></A>", ""), ("ELEVE",)):
        parent = each.getparent()
        assert parent is not None
        count, longest = count + 1, max(longest, len(parent))
    # The parser is one block of 32 kB ahead.
    assert count == 100_000
    assert longest < 2_000


_PIECES = st.sampled_from(
    [b"<A>", b"</A>", b"<ELEVE>", b"</ELEVE>", b"<PRENOM>", b"</PRENOM>", b"&", b"&eacute;", b"\xe9", b"\xc3\xa9", b"\x00", b"]]>",
     b"<![CDATA[", b"<!--", b"-->", b"<!DOCTYPE A", b"[", b">", b"<!ENTITY x 'y'>", b"&x;",
     b"<?xml version='1.0' encoding='utf-16'?>", b"<?x ?>", b"\xff\xfe", b" a='1'", b"&#0;", b"&#x110000;", b"&#xd800;"]
)  # fmt: skip


@given(st.one_of(st.binary(max_size=300), st.lists(_PIECES, max_size=40).map(b"".join)))
@settings(max_examples=400, deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    root_name(data)
    try:
        read(data)
    except Rejected:
        return
