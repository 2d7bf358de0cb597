"""What people read is written as French is: apostrophes, no-break spaces, and words that help."""

import re

import pytest

from tests.sources import marked_texts

FAULTS = {
    "a straight apostrophe": re.compile(r"\w'\w"),
    "a plain space before : ; ? ! or »": re.compile(r"[\w»)] [:;?!»](?!\w)"),
    "a plain space after «": re.compile(r"« "),
    "no space before : ; ? or !": re.compile(r"[a-zà-ÿ»](?:[;?!](?=\s|$)|:(?=\s))"),
    "a plain space in an hour": re.compile(r"\d h(?: \d|\b)"),
    "a word that blames": re.compile(r"\binvalides?\b|^Erreur|\bincorrecte?s?\b", re.IGNORECASE),
    "three dots": re.compile(r"\.\.\."),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_texts_are_written_in_french(fault):
    assert [f"{text.at} {text.text}" for text in marked_texts() if FAULTS[fault].search(text.text)] == []
