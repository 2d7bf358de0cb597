"""Texts as the schema takes them."""

import re

# What XML 1.0 cannot hold, and what its patterns do not count as a letter.
_UNWRITABLE = re.compile("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BLANKS = re.compile(r"\s+")


def clean(text: str) -> str:
    """A text of several lines without what XML cannot hold; « » when nothing is left to read."""
    return _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def one_line(text: str) -> str:
    """The same on one line, as attributes are read."""
    return _BLANKS.sub(" ", clean(text)).strip()
