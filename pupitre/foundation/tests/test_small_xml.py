import pytest

from pupitre.foundation.small_xml import UnreadableXml, parsed

LIMITS = {"largest": 200, "most_elements": 3, "longest_text": 10}


def test_a_small_document_is_read_without_its_comments():
    root = parsed(b" <a><!-- no --><?no no?><b>one</b></a> ", **LIMITS)
    assert [each.tag for each in root.iter()] == ["a", "b"]
    assert root.findtext("b") == "one"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"<a>" + b" " * 200 + b"</a>", "too large"),
        (b"<a><b/><c/><d/></a>", "too large"),
        (b"<a>" + b"x" * 11 + b"</a>", "too large"),
        (b'<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>', "doctype"),
        (b"<! doctype a><a/>", "doctype"),
        ("<a/>".encode("utf-16"), "doctype"),
        (b"<a>", "not XML"),
        (b"", "not XML"),
        (b"<html><p>no", "not XML"),
    ],
)
def test_what_is_dangerous_or_no_xml_is_refused(body: bytes, why: str):
    with pytest.raises(UnreadableXml, match=why):
        parsed(body, **LIMITS)


def test_a_doctype_hidden_by_the_encoding_is_refused():
    body = b'<?xml version="1.0" encoding="utf-7"?>+ADwAIQ-DOCTYPE a+AD4-<a/>'
    with pytest.raises(UnreadableXml):
        parsed(body, **LIMITS)


def test_a_text_of_any_length_is_read_when_no_limit_is_told():
    assert parsed(b"<a>" + b"x" * 50 + b"</a>", largest=200, most_elements=1).text == "x" * 50
