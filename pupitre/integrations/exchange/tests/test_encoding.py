import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupitre.integrations.exchange.encoding import decode
from pupitre.integrations.exchange.verdicts import Rejected, Severity

NAME = "D'HAUTCŒUR Zoé"


@pytest.mark.parametrize(
    ("encoding", "declared", "is_warned"),
    [
        ("iso8859-15", "ISO-8859-15", False),
        ("iso8859-15", "ISO-8859-1", False),
        ("iso8859-15", "UTF-8", True),
        ("iso8859-15", None, True),
        ("cp1252", "ISO-8859-15", True),
        ("cp1252", "windows-1252", False),
        ("cp1252", None, True),
        ("utf-8", "UTF-8", False),
        ("utf-8", None, False),
        ("utf-8", "ISO-8859-15", True),
        ("utf-8-sig", "ISO-8859-15", True),
        ("utf-8-sig", "utf8", False),
        ("utf-16", "UTF-16", False),
        ("utf-16", "ISO-8859-15", True),
        ("iso8859-15", "encodage inconnu", True),
    ],
)
def test_letters_are_read_whatever_is_declared(encoding: str, declared: str | None, is_warned: bool) -> None:
    text, findings = decode(NAME.encode(encoding), declared)
    assert text == NAME
    assert bool(findings) is is_warned
    assert {finding.severity for finding in findings} <= {Severity.REPAIR if declared else Severity.NOTICE}


def test_plain_letters_need_no_warning() -> None:
    assert decode(b"AUBRENELLE", "UTF-8") == ("AUBRENELLE", [])


def test_a_mark_of_utf8_before_latin_letters_is_not_believed() -> None:
    text, findings = decode(b"\xef\xbb\xbf" + NAME.encode("iso8859-15"), None)
    assert text == NAME
    assert findings


def test_broken_utf16_is_refused() -> None:
    with pytest.raises(Rejected):
        decode(b"\xff\xfe\x00", None)


@given(st.binary(max_size=200), st.one_of(st.none(), st.text(max_size=12), st.sampled_from(["utf-8", "iso-8859-15"])))
def test_any_bytes_are_read_or_refused(data: bytes, declared: str | None) -> None:
    try:
        decode(data, declared)
    except Rejected:
        assert data.startswith((b"\xff\xfe", b"\xfe\xff"))
