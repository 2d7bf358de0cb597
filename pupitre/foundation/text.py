"""What people type, and the page made of it: plain text goes in; paragraphs, lists and links come out. Never their HTML."""

import re
import unicodedata
from functools import lru_cache

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

_MARKUP = re.compile(
    r"</?(?:a|abbr|b|blockquote|body|br|div|em|font|form|h[1-6]|html|i|iframe|img|input|li|object|ol|p|script|span|strong|style"
    r"|svg|table|tbody|td|th|tr|u|ul)\b[^>]*>",
    re.IGNORECASE,
)
_BREAKS = re.compile(r"<(?:br|/p|/div|/li|/tr|/h[1-6])\b[^>]*>", re.IGNORECASE)
_ITEM = re.compile(r"[-•*]\s+(.*)")
_NUMBERED = re.compile(r"\d{1,2}[.)]\s+(.*)")
_LINK = re.compile(r"https?://[^\s<>\"']+|www\.[^\s<>\"']+")
# What ends a sentence is not the end of an address.
_AFTER = ".,;:!?)»…"
_TAGS = {"p", "br", "ul", "ol", "li", "a"}
_ATTRIBUTES = {"a": {"href"}}
_PREVIEW = 140
_SUBJECT = 60


def plain(text: str) -> str:
    """What was typed or pasted, as plain text: markup goes with what it would have run, line ends are one kind."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if _MARKUP.search(text):
        text = _BREAKS.sub("\n", text)
        text = nh3.clean(text, tags=set(), clean_content_tags={"script", "style"})
        text = (
            text.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", "\N{NO-BREAK SPACE}").replace("&amp;", "&")
        )
    text = "".join(letter for letter in text if letter in "\n\t" or unicodedata.category(letter) != "Cc")
    return re.sub(r"\n{3,}", "\n\n", text).strip()


@lru_cache(maxsize=2048)
def to_html(text: str) -> SafeString:
    """The text as a page shows it."""
    blocks = "".join(_block(block.split("\n")) for block in text.split("\n\n") if block.strip())
    cleaned = nh3.clean(blocks, tags=_TAGS, attributes=_ATTRIBUTES, link_rel="noopener noreferrer nofollow")
    return mark_safe(cleaned)  # noqa: S308 # nosec B308 B703 - made here of escaped text, and cleaned once more


def preview(text: str) -> str:
    """The beginning of a text, on one line."""
    return _cut(" ".join(text.split()), _PREVIEW)


def subject_of(text: str) -> str:
    """What a message without a subject is called: its first line that is not a greeting."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    first = next(
        (line for line in lines if not line.casefold().startswith(("bonjour", "bonsoir", "madame", "monsieur"))), ""
    )
    return _cut(first or (lines[0] if lines else ""), _SUBJECT)


def _cut(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    return text[: most - 1].rpartition(" ")[0].rstrip(_AFTER + " ") + "…"


def _block(lines: list[str]) -> str:
    """A paragraph, with the lists that stand in it."""
    made, words, items, kind = list[str](), list[str](), list[str](), ""

    def close() -> None:
        if words:
            made.append(f"<p>{'<br>'.join(words)}</p>")
        if items:
            made.append(f"<{kind}>{''.join(f'<li>{item}</li>' for item in items)}</{kind}>")
        words.clear()
        items.clear()

    for line in lines:
        found = _ITEM.fullmatch(line.strip()) or _NUMBERED.fullmatch(line.strip())
        this = "" if not found else "ul" if line.strip()[0] in "-•*" else "ol"
        if this != kind:
            close()
            kind = this
        (items if found else words).append(_linked(found[1] if found else line))
    close()
    return "".join(made)


def _linked(line: str) -> str:
    parts: list[str] = []
    at = 0
    for link in _LINK.finditer(line):
        address = link[0].rstrip(_AFTER)
        parts.append(escape(line[at : link.start()]))
        target = address if address.startswith("http") else f"https://{address}"
        parts.append(f'<a href="{escape(target)}">{escape(address)}</a>')
        at = link.start() + len(address)
    return "".join([*parts, escape(line[at:])])
