"""A file of a report as entries: what it says of one thing, each time as names and values, whatever the form."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from lxml import etree

MOST = 20_000
_LONGEST, _DEEPEST = 2000, 40
_DELIMITERS = ";\t|,"

Fields = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a report says. `where`: the elements it stands in; `fields`: (name, value), the name may be « »."""

    where: str
    fields: Fields

    @property
    def text(self) -> str:
        """All the values, one after the other."""
        return " ".join(value for _name, value in self.fields)


def decoded(data: bytes) -> str:
    """The text of a file; letters of Windows when it is not UTF-8. NUL bytes are left out."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    return text.replace("\x00", "")


def entries_of(data: bytes) -> tuple[str, list[Entry]]:
    """The form of a file (« xml », « json », « table » or « text ») and its entries; a broken one is read as plain text."""
    text = decoded(data)
    for form, reader in (("xml", _of_xml), ("json", _of_json), ("table", _of_table)):
        found = reader(text)
        if found is not None:
            return form, found
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "text", [Entry("", (("", line[:_LONGEST]),)) for line in lines if line][:MOST]


def _of_xml(text: str) -> list[Entry] | None:
    text = text.lstrip()
    if not text.startswith("<") or "<!DOCTYPE" in text or "<!ENTITY" in text:
        return None
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return _of_xml(text.split("?>", 1)[1]) if text.startswith("<?xml") and "?>" in text else None
    found: list[Entry] = []
    _walk(root, "", (), found, 0)
    return found


def _walk(element: etree._Element, where: str, above: Fields, found: list[Entry], depth: int) -> None:
    """One entry for each element that holds one thing; those that hold several are walked, and hand down what they say."""
    if len(found) >= MOST or depth > _DEEPEST:
        return
    where = f"{where}/{_local(element.tag)}" if where else _local(element.tag)
    children = list(element)
    if depth and not _holds_several(children):
        found.append(Entry(where, (*_flat(element), *above)))
        return
    things, plain = _told_apart(children)
    own = (*_attributes(element), *(each for child in plain for each in _flat(child)))
    if own:
        found.append(Entry(where, (*own, *above)))
    handed = _handed_down(own, above)
    for child in things:
        _walk(child, where, handed, found, depth + 1)


def _handed_down(own: Fields, above: Fields) -> Fields:
    """What is true of the things inside too: which file, which school; never a count nor a message."""
    return (*(each for each in own if not each[1].isdecimal() and len(each[1]) <= 120 and each[1]), *above)[:20]


def _holds_several(children: list[etree._Element]) -> bool:
    """Whether one kind of thing comes several times. What our own nodes repeat (profiles) are no things."""
    kinds = Counter(_local(child.tag) for child in children if len(child) or child.attrib)
    return any(
        number > 1 and not kind.startswith(("GARPersonProf", "GAREnsD", "GAREnsS")) for kind, number in kinds.items()
    )


def _told_apart(children: list[etree._Element]) -> tuple[list[etree._Element], list[etree._Element]]:
    """The children that are things, and those that are facts of their parent. Tags are counted once: there may be many."""
    kinds = Counter(child.tag for child in children)
    things, plain = list[etree._Element](), list[etree._Element]()
    for child in children:
        is_thing = len(child) or (child.attrib and kinds[child.tag] > 1)
        (things if is_thing else plain).append(child)
    return things, plain


def _flat(element: etree._Element) -> list[tuple[str, str]]:
    found = []
    for each in element.iter():
        found += _attributes(each)
        value = " ".join((each.text or "").split())[:_LONGEST]
        # A node of ours that only holds others is known by its name.
        if value or (len(each) and _local(each.tag).startswith("GAR")):
            found.append((_local(each.tag), value))
    return found[:60]


def _attributes(element: etree._Element) -> list[tuple[str, str]]:
    return [
        (_local(key), str(value)[:_LONGEST]) for key, value in element.attrib.items() if not str(key).startswith("{")
    ]


def _local(tag: Any) -> str:
    return str(tag).rsplit("}", 1)[-1]


def _of_json(text: str) -> list[Entry] | None:
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return list(islice(_objects(told, "", ()), MOST))


def _objects(told: Any, where: str, above: Fields, depth: int = 0) -> Iterator[Entry]:
    if depth > _DEEPEST:
        return
    if isinstance(told, list):
        for each in told:
            yield from _objects(each, where, above, depth + 1)
        return
    if not isinstance(told, dict):
        yield Entry(where, (("", str(told)[:_LONGEST]), *above))
        return
    plain = [(key, value) for key, value in told.items() if not isinstance(value, dict | list) and value is not None]
    own = tuple((str(key), str(value)[:_LONGEST]) for key, value in plain)
    if own:
        yield Entry(where, (*own, *above))
    handed = _handed_down(own, above)
    for key, value in told.items():
        if isinstance(value, dict | list):
            yield from _objects(value, f"{where}/{key}".strip("/"), handed, depth + 1)


def _of_table(text: str) -> list[Entry] | None:
    """A table has a header of several words, and rows as wide as it."""
    lines = [line for line in text.splitlines() if line.strip()][:2]
    if len(lines) < 2:
        return None
    delimiter = max(_DELIMITERS, key=lines[0].count)
    width = lines[0].count(delimiter)
    if not width or (delimiter == "," and lines[1].count(",") != width):
        return None
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    names = [name.strip() for name in rows[0]]
    if len(rows[1]) < 2 or any(name.isdecimal() for name in names):
        return None
    kept = ([" ".join(cell.split())[:_LONGEST] for cell in row] for row in rows[1:] if any(row))
    return [Entry("", tuple((name, cell) for name, cell in zip(names, row, strict=False) if cell)) for row in kept][
        :MOST
    ]
