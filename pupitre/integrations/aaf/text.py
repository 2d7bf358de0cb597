"""The text of one file of an archive, mended on the way and given piece by piece: memory does not grow with the file."""

import codecs
import re
from collections.abc import Iterator
from typing import IO

from pupitre.integrations.exchange.encoding import decode
from pupitre.integrations.exchange.markup import mend, without_doctype
from pupitre.integrations.exchange.verdicts import Finding, Rejected, Severity

_CHUNK, _HEAD = 1 << 18, 1 << 16
_LONGEST = 1 << 20  # characters of one value: the longest real one has some thousands
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]{0,200}?\?>", re.IGNORECASE)
_DECLARED = re.compile(rb"""<\?xml\b[^>]{0,100}?\bencoding\s*=\s*["']([^"'>]{1,40})["']""", re.IGNORECASE)
_WINDOWS_ONLY = re.compile(rb"[\x80-\x9f]")
_ROOT = re.compile(r"<ficAlimMENESR\b", re.IGNORECASE)


def head_of(stream: IO[bytes]) -> str:
    """The beginning of a file, well enough to read its tags; the file is left at its beginning."""
    head = stream.read(_HEAD)
    stream.seek(0)
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1"
    return head.removeprefix(codecs.BOM_UTF8).decode(encoding, errors="ignore")


def pieces(stream: IO[bytes], name: str, findings: list[Finding]) -> Iterator[str]:
    """The file as sound text without XML declaration nor DTD, cut between tags. Raises Rejected."""
    encoding = _encoding(stream, name, findings)
    decoder = codecs.getincrementaldecoder(encoding)(errors="strict" if encoding.startswith("utf") else "replace")
    told: set[str] = set()
    left, is_first = "", True
    while True:
        data = stream.read(_CHUNK)
        left += _decoded(decoder, data)
        if is_first and (len(left) >= _HEAD or not data):
            left, is_first = _without_prolog(left), False
        # No reference to a letter stands across a tag: what is cut there may be mended by itself.
        end = len(left) if not data else left.rfind(">") + 1
        if data and len(left) - end > _LONGEST:
            raise Rejected(f"« {name} » contient un texte démesuré, il n’est pas lu. Demandez une nouvelle archive.")
        if is_first or not end:
            if not data:
                break
            continue
        text, mended = mend(left[:end])
        left = left[end:]
        for each in mended:
            if each.code not in told:
                told.add(each.code)
                findings.append(Finding(each.severity, each.code, name, each.reason))
        yield text
        if not data:
            break


def _without_prolog(text: str) -> str:
    """What follows the XML declaration and the DOCTYPE, which is neither fetched nor believed. Raises Rejected."""
    text = text.removeprefix("\ufeff")
    start = _DECLARATION.match(text)
    return without_doctype(text[start.end() :] if start else text)


def _decoded(decoder: codecs.IncrementalDecoder, data: bytes) -> str:
    try:
        return decoder.decode(data, final=not data)
    except UnicodeDecodeError:
        raise Rejected("Un fichier de l’archive est abîmé : ses lettres ne peuvent pas être lues.") from None


def _encoding(stream: IO[bytes], name: str, findings: list[Finding]) -> str:
    """How the letters of the file are really coded, whatever it declares; one pass over its bytes."""
    head = stream.read(_HEAD)
    stream.seek(0)
    if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16"
    declared = _DECLARED.search(head[:400])
    said = declared[1].decode("latin-1") if declared else None
    utf8, is_utf8, is_ascii, is_windows = codecs.getincrementaldecoder("utf-8")(), True, True, False
    while data := stream.read(_CHUNK):
        if is_ascii and data.isascii():
            continue
        is_ascii = False
        is_windows = is_windows or bool(_WINDOWS_ONLY.search(data))
        if is_utf8:
            try:
                utf8.decode(data)
            except UnicodeDecodeError:
                is_utf8 = False
    stream.seek(0)
    if is_ascii:
        return "utf-8"
    # The same ladder as for the files of one school, asked on a sample that has the same letters.
    sample = "é".encode() if is_utf8 else b"\xe9\x9c" if is_windows else b"\xe9"
    _text, told = decode(sample, said)
    findings += [Finding(each.severity, each.code, name, each.reason, old=each.old, new=each.new) for each in told
                 if each.severity is not Severity.NOTICE]  # fmt: skip
    return "utf-8-sig" if is_utf8 else "cp1252" if is_windows else "iso8859-15"
