"""XML as national tools write it: ISO-8859-15, one element a line, a tag left out when there is nothing to say."""

from collections.abc import Iterator
from contextlib import contextmanager
from xml.sax.saxutils import escape, quoteattr

ENCODING = "ISO-8859-15"
# The typographic apostrophe is not in ISO-8859-15: offices type the other one.
_WRITABLE = str.maketrans({"’": "'", "\u00a0": " ", "\u202f": " "})


class Xml:
    """A document being written, from its root down."""

    def __init__(self) -> None:
        self._lines = [f'<?xml version="1.0" encoding="{ENCODING}"?>']
        self._depth = 0

    @contextmanager
    def tag(self, name: str, **attributes: str) -> Iterator[None]:
        """An element that holds others."""
        self._line(f"<{name}{_attributes(attributes)}>")
        self._depth += 1
        yield
        self._depth -= 1
        self._line(f"</{name}>")

    def leaf(self, name: str, text: str | int | None, **attributes: str) -> None:
        """An element that holds a text; left out when it is None, written and empty when it is empty."""
        if text is not None:
            self._line(f"<{name}{_attributes(attributes)}>{escape(str(text))}</{name}>")

    def leaves(self, **texts: str | int | None) -> None:
        """Several leaves, in order."""
        for name, text in texts.items():
            self.leaf(name, text)

    def empty(self, name: str, **attributes: str) -> None:
        """An element without content."""
        self._line(f"<{name}{_attributes(attributes)}/>")

    def encoded(self) -> bytes:
        """The document; a letter that the encoding lacks becomes « ? », as in the real source."""
        return ("\n".join(self._lines) + "\n").translate(_WRITABLE).encode(ENCODING, "replace")

    def _line(self, text: str) -> None:
        self._lines.append("  " * self._depth + text)


def _attributes(attributes: dict[str, str]) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
