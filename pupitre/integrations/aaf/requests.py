"""The requests of one file of AAF, one at a time: what is added, changed or removed, in the words of the source."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import IO

from lxml import etree

from pupitre.integrations.aaf.grammar import CATEGORIES, KEPT, SAME, Category, is_known
from pupitre.integrations.aaf.text import head_of, pieces
from pupitre.integrations.exchange.text import clean, read_date
from pupitre.integrations.exchange.verdicts import Finding, Rejected
from pupitre.integrations.exchange.xml import root_name

ADD, MODIFY, DELETE = "addRequest", "modifyRequest", "deleteRequest"
ROOT = "ficAlimMENESR"
_HEADER = re.compile(r"""<!--\s*(\w+)\s*=\s*["']([^"'<>]{0,100})["']\s*-->""")
# Characters of one request: the fattest real one (a teacher of many classes) has some tens of thousands.
_LONGEST_REQUEST = 4_000_000
Values = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Header:
    """What the comments after the root say; « » and None when they do not."""

    academy: str = ""
    degree: str = ""
    version: str = ""
    produced_on: date | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """One request. `values`: the attributes that are kept, or those that change."""

    action: str
    category: Category
    key: str
    values: Values


@dataclass(slots=True)
class Told:
    """What is worth saying of a whole archive: counted, so that a million times the same is one line."""

    findings: list[Finding] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)
    strangers: Counter[str] = field(default_factory=Counter)  # categories
    nameless: int = 0


def is_aaf(stream: IO[bytes]) -> bool:
    """Whether a file is one of AAF, by its root."""
    head = stream.read(1 << 16)
    stream.seek(0)
    return root_name(head) == ROOT


def header_of(stream: IO[bytes]) -> Header:
    """The comments of the head of a file."""
    said = dict(_HEADER.findall(head_of(stream)))
    academy = said.get("codeAcademieExport", "").strip()
    return Header(
        academy=str(int(academy)) if academy.isdigit() and len(academy) <= 3 else "",
        degree=said.get("degre", "").strip().upper()[:2],
        version=said.get("versionAF", "").strip()[:40],
        produced_on=read_date(said.get("dateGenerationExport", "")),
    )


def requests(stream: IO[bytes], name: str, told: Told) -> Iterator[Request]:
    """Each request of a file, complete, in its order. Raises Rejected, at any time, when the file is cut or dangerous."""
    parser = etree.XMLPullParser(
        events=("end",), tag=(ADD, MODIFY, DELETE), resolve_entities=False, no_network=True, load_dtd=False,
        dtd_validation=False, remove_comments=True, remove_pis=True, huge_tree=False,
    )  # fmt: skip
    weight = 0
    try:
        for piece in pieces(stream, name, told.findings):
            parser.feed(piece)
            weight += len(piece)
            for _event, element in parser.read_events():
                weight = 0
                if not isinstance(element, etree._Element):
                    continue
                request = _request(element, told)
                if request is not None:
                    yield request
                _forget(element)
            if weight > _LONGEST_REQUEST:
                raise Rejected(f"« {name} » est construit de façon anormale, il n’est pas lu.")
        parser.close()
    except etree.XMLSyntaxError as error:
        line = f" (ligne {error.lineno})" if error.lineno else ""
        raise Rejected(
            f"« {name} » est coupé ou abîmé{line} : rien de l’archive n’est retenu. Téléchargez-la de nouveau."
        ) from None


def _request(element: etree._Element, told: Told) -> Request | None:
    category = _category(element, told)
    if category is None:
        return None
    key = clean(element.findtext("identifier/id"))[:60]
    if not key:
        told.nameless += 1
        return None
    values: Values = {}
    if element.tag != DELETE:
        kept = KEPT[category]
        block = element.find("attributes" if element.tag == ADD else "modifications")
        for each in block if block is not None else ():
            written = each.get("name") or ""
            name = SAME.get(written, written)
            if name in kept:
                values[name] = [text for value in each if (text := clean(value.text))]
            elif not is_known(name):
                told.unknown[name[:60]] += 1
    return Request(element.tag, category, key, values)


def _category(element: etree._Element, told: Told) -> Category | None:
    """The category is written in the request itself; names of files are not believed."""
    written = clean(element.findtext("operationalAttributes/attr/value"))
    found = CATEGORIES.get(written.lower())
    if found is None:
        told.strangers[written[:40] or "(sans nom)"] += 1
    return found


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]
