"""XML from outside, read element by element: bounded in depth, number and size, and with no DTD at all."""

import io
import re
from collections.abc import Collection, Iterator

from lxml import etree

from pupitre.integrations.exchange.encoding import decode
from pupitre.integrations.exchange.markup import mend, without_doctype
from pupitre.integrations.exchange.opening import Opened
from pupitre.integrations.exchange.text import clean
from pupitre.integrations.exchange.verdicts import Finding, Rejected

_DEPTH, _ELEMENTS, _TEXT = 64, 4_000_000, 100_000
_HEAD = 1 << 16
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]{0,200}?\?>", re.IGNORECASE)
_DECLARED = re.compile(rb"""<\?xml\b[^>]{0,100}?\bencoding\s*=\s*["']([^"'>]{1,40})["']""", re.IGNORECASE)
_ROOT = re.compile(r"<([A-Za-z_][\w.:-]*)")
_PROLOG = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
# How libxml2 says that a text is above what it takes.
_HUGE = re.compile(r"\bhuge\b|\btoo long\b|resource limit", re.IGNORECASE)


def root_name(data: bytes) -> str:
    """Name of the root element, read from the first 64 kB; « » when this does not look like XML."""
    head = decode_head(data)
    position = 0
    while match := _PROLOG.match(head, position):
        position = match.end()
    found = _ROOT.match(head, position)
    return found[1] if found else ""


def decode_head(data: bytes) -> str:
    """The beginning of a file, well enough to read its tags."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data[:_HEAD].decode("utf-16", errors="ignore")
    return data[:_HEAD].removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def elements(
    opened: Opened, wanted: Collection[str], *, findings: list[Finding] | None = None, blocks: set[str] | None = None
) -> Iterator[etree._Element]:
    """Each outermost element whose tag is `wanted`, complete, in the order of the file; its parents are reachable.

    An element is emptied when the next one is asked for. What was mended is added to `findings`; the tags two floors
    below the root, to `blocks`. Raises Rejected, at any time, when the file is cut, ill-formed or dangerous.
    """
    source = _well_declared(opened.data, findings if findings is not None else [])
    parser = etree.iterparse(
        source, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        attribute_defaults=False, remove_comments=True, remove_pis=True, huge_tree=False,
    )  # fmt: skip
    try:
        yield from _walk(parser, frozenset(wanted), blocks if blocks is not None else set())
    except etree.XMLSyntaxError as error:
        raise _unreadable(error) from None


def child(element: etree._Element, path: str) -> str:
    """Text of a direct child (or of a path « A/B »), clean; « » when it is absent or empty, which mean the same."""
    return clean(element.findtext(path))


def attribute(element: etree._Element, name: str) -> str:
    """An attribute, clean; « » when absent."""
    return clean(element.get(name))


def _walk(parser: "etree.iterparse", wanted: frozenset[str], blocks: set[str]) -> Iterator[etree._Element]:
    depth, count, inside = 0, 0, 0
    for event, element in parser:
        if event == "start":
            depth, count = depth + 1, count + 1
            if depth > _DEPTH or count > _ELEMENTS:
                raise Rejected("Ce fichier est construit de façon anormale, il n’est pas lu. Refaites l’export.")
            if depth == 3:
                blocks.add(element.tag)
            if not inside and element.tag in wanted:
                inside = depth
            continue
        if element.text and len(element.text) > _TEXT:
            raise _too_large()
        if inside == depth:
            yield element
            inside = 0
        depth -= 1
        if not inside:
            _forget(element)


def _forget(element: etree._Element) -> None:
    """Free an element that was read, and those before it: else empty shells of a whole file stay in memory."""
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


def _well_declared(data: bytes, findings: list[Finding]) -> io.BytesIO:
    """The file as sound UTF-8, mended, without its DTD; line numbers stay those of the original."""
    declared = _DECLARED.search(decode_head(data[:400]).encode("latin-1", errors="ignore"))
    text, told = decode(data, declared[1].decode("latin-1") if declared else None)
    findings += told
    start = _DECLARATION.match(text)
    if start:
        text = "\n" * start[0].count("\n") + text[start.end() :]
    text = without_doctype(text)
    text, mended = mend(text)
    findings += mended
    return io.BytesIO(text.encode())


def _unreadable(error: etree.XMLSyntaxError) -> Rejected:
    if error.msg and _HUGE.search(error.msg):
        return _too_large()
    line = f" (ligne {error.lineno})" if error.lineno else ""
    return Rejected(
        f"Le fichier est coupé ou abîmé{line}, rien n’en est lu. Refaites l’export puis déposez-le sans l’avoir ouvert."
    )


def _too_large() -> Rejected:
    return Rejected("Ce fichier contient un texte démesuré, il n’est pas lu. Refaites l’export puis déposez-le.")
