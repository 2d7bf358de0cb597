"""Small XML from outside, read whole: bounded in size and in elements, without a DTD or an entity.

Files are another matter: they are read as they stream (`integrations/exchange/xml.py`).
"""

import re

from lxml import etree

_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class UnreadableXml(ValueError):
    """Not XML, too large, or dangerous."""


def parsed(body: bytes, *, largest: int, most_elements: int, longest_text: int | None = None) -> etree._Element:
    """The root of a document, without its comments nor its instructions. Raises UnreadableXml.

    `largest`: in bytes; `longest_text`: letters in one element. Its depth is bounded by the parser (256).
    """
    if len(body) > largest:
        raise UnreadableXml("too large")
    # Refused before it is parsed; UTF-16 would hide a DTD from this look.
    if b"\x00" in body or _DOCTYPE.search(body):
        raise UnreadableXml("doctype")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(body.strip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        raise UnreadableXml("not XML") from None
    # Another way of writing the same thing would have passed the look above (UTF-7).
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableXml("doctype")
    for count, element in enumerate(root.iter(), start=1):
        if count > most_elements or (longest_text is not None and len(element.text or "") > longest_text):
            raise UnreadableXml("too large")
    return root
