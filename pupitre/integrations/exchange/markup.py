"""The text of an XML file made acceptable before it is parsed: no DTD, no HTML entities, no bare « & », no controls."""

import re
from html.entities import html5

from pupitre.integrations.exchange.encoding import WHOLE_FILE
from pupitre.integrations.exchange.verdicts import Finding, Rejected, Severity

_LITERAL = r"\"[^\"]*\"|'[^']*'"
# What may stand before the root. Loops are possessive (*+): a hostile file cannot make them try again.
_MISC = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_DOCTYPE = re.compile(rf"<!DOCTYPE(?:{_LITERAL}|[^\"'\[\]<>])*+", re.IGNORECASE)
_SUBSET = re.compile(rf"\[(?:<!--.*?-->|<\?.*?\?>|{_LITERAL}|[^\"'\]<]|<(?!!--|\?))*+\]\s*>", re.DOTALL)
_DANGER = re.compile(r"<!ENTITY|%", re.IGNORECASE)

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SUSPECT_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)")
_MENDABLE = re.compile(
    r"(?P<kept><!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z))"
    r"|&#(?:x(?P<hexadecimal>[0-9a-fA-F]{1,6})|(?P<decimal>\d{1,7}));"
    r"|&(?P<name>[A-Za-z][A-Za-z0-9]{1,31});|&",
    re.DOTALL,
)
_XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})


def without_doctype(text: str) -> str:
    """The text without its DOCTYPE, never fetched nor read. Raises Rejected when it declares entities.

    Its lines are kept empty, so that line numbers told to people stay right.
    """
    start = _skip_misc(text)
    head = _DOCTYPE.match(text, start)
    if not head:
        return text
    end = head.end()
    if text[end : end + 1] == "[":
        subset = _SUBSET.match(text, end)
        if not subset or _DANGER.search(subset[0]):
            raise Rejected(
                "Ce fichier contient des définitions qu’un export ne contient jamais, il n’est pas lu. Refaites l’export."
            )
        end = subset.end()
    elif text[end : end + 1] == ">":
        end += 1
    else:
        raise _broken()
    text = text[:start] + "\n" * text.count("\n", start, end) + text[end:]
    if _DOCTYPE.match(text, _skip_misc(text)):
        raise _broken()
    return text


def mend(text: str) -> tuple[str, list[Finding]]:
    """The text that a parser accepts, and what was changed to get it."""
    findings = []
    text, controls = _CONTROLS.subn("", text)
    if controls:
        findings.append(_told("controls", "Des caractères de contrôle ont été retirés du fichier."))
    if _SUSPECT_AMPERSAND.search(text):
        mended = _MENDABLE.sub(_mended, text)
        if mended != text:
            findings.append(
                _told("entities", "Des « & » et des lettres codées comme dans une page web ont été rétablis.")
            )
        text = mended
    return text, findings


def _skip_misc(text: str) -> int:
    position = 0
    while match := _MISC.match(text, position):
        position = match.end()
    return position


def _mended(match: re.Match[str]) -> str:
    if match["kept"]:
        return match[0]
    if match["hexadecimal"] or match["decimal"]:
        code = int(match["hexadecimal"], 16) if match["hexadecimal"] else int(match["decimal"])
        return match[0] if _is_letter(code) else ""
    name = match["name"]
    if not name:
        return "&amp;"
    if name in _XML_NAMES:
        return match[0]
    letters = html5.get(f"{name};")
    return letters.replace("&", "&amp;").replace("<", "&lt;") if letters else f"&amp;{match[0][1:]}"


def _is_letter(code: int) -> bool:
    """What XML 1.0 accepts as a character (production 2 of the recommendation)."""
    return code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000


def _broken() -> Rejected:
    return Rejected("Le fichier est coupé ou abîmé dès son début, rien n’en est lu. Refaites l’export.")


def _told(code: str, told: str) -> Finding:
    reason = f"{told} Vérifiez les noms ; déposez plutôt l’export sans l’avoir ouvert."
    return Finding(Severity.REPAIR, code, WHOLE_FILE, reason)
