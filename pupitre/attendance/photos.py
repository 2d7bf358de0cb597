"""Photographs without what a telephone writes in them: where, when, with which device. Points are not touched. No Django.

Of what the camera wrote only the orientation is kept, else a sheet of paper would lie on its side.
"""

import struct
from collections.abc import Iterator

_ORIENTATION = 0x0112
# Frames of WebP and chunks of PNG that draw nothing.
_PNG_DROPPED = frozenset({b"eXIf", b"tEXt", b"iTXt", b"zTXt", b"tIME"})
_WEBP_DROPPED = frozenset({b"EXIF", b"XMP "})
_KEPT_MARKERS = frozenset({0xE0, 0xEE})  # JFIF, Adobe: how colours are written


class NotAPhoto(ValueError):
    """Damaged, or none of the formats that we know."""


def is_photo(head: bytes) -> bool:
    """Whether the first bytes are those of a photograph that we can clean."""
    return (
        head[:3] == b"\xff\xd8\xff" or head[:8] == b"\x89PNG\r\n\x1a\n" or (head[:4], head[8:12]) == (b"RIFF", b"WEBP")
    )


def is_pdf(head: bytes) -> bool:
    """Whether the first bytes are those of a PDF."""
    return head[:5] == b"%PDF-"


def without_traces(data: bytes) -> bytes:
    """The same photograph, without its traces. Raises NotAPhoto."""
    try:
        if data[:3] == b"\xff\xd8\xff":
            return b"".join(_jpeg(data))
        if data[:8] == b"\x89PNG\r\n\x1a\n":
            return data[:8] + b"".join(_png(data))
        if (data[:4], data[8:12]) == (b"RIFF", b"WEBP"):
            return _webp(data)
    except (struct.error, IndexError) as damage:
        raise NotAPhoto from damage
    raise NotAPhoto


def _jpeg(data: bytes) -> Iterator[bytes]:
    yield data[:2]
    at, orientation = 2, 1
    while data[at] == 0xFF:
        marker, (length,) = data[at + 1], struct.unpack(">H", data[at + 2 : at + 4])
        part = data[at : at + 2 + length]
        if len(part) < 2 + length:
            raise NotAPhoto
        if marker == 0xE1 and part[4:10] == b"Exif\0\0":
            orientation = _orientation(part[10:])
        if marker == 0xDA:
            if orientation != 1:
                yield _only_orientation(orientation)
            yield data[at:]
            return
        if marker in _KEPT_MARKERS or not (0xE0 <= marker <= 0xEF or marker == 0xFE):
            yield part
        at += 2 + length
    raise NotAPhoto


def _orientation(tiff: bytes) -> int:
    """How the camera was held, 1 to 8; 1 when it does not say."""
    try:
        order = "<" if tiff[:2] == b"II" else ">"
        (start,) = struct.unpack(f"{order}I", tiff[4:8])
        (count,) = struct.unpack(f"{order}H", tiff[start : start + 2])
        for place in range(min(count, 200)):
            tag, _kind, _number, value = struct.unpack(
                f"{order}HHIH", tiff[start + 2 + 12 * place : start + 12 + 12 * place]
            )
            if tag == _ORIENTATION:
                return int(value) if 1 <= value <= 8 else 1
    except struct.error:
        return 1
    return 1


def _only_orientation(orientation: int) -> bytes:
    tiff = b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, orientation, 0, 0)
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _png(data: bytes) -> Iterator[bytes]:
    at = 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        part, name = data[at : at + 12 + length], data[at + 4 : at + 8]
        if len(part) < 12 + length:
            raise NotAPhoto
        if name not in _PNG_DROPPED:
            yield part
        at += 12 + length
        if name == b"IEND":
            return
    raise NotAPhoto


def _webp(data: bytes) -> bytes:
    parts, at = [], 12
    while at + 8 <= len(data):
        (length,) = struct.unpack("<I", data[at + 4 : at + 8])
        part = data[at : at + 8 + length + length % 2]
        if data[at : at + 4] not in _WEBP_DROPPED:
            parts.append(_without_promises(part))
        at += 8 + length + length % 2
    body = b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def _without_promises(part: bytes) -> bytes:
    """The header of an extended WebP says which frames follow: it no longer announces those that were dropped."""
    if part[:4] != b"VP8X":
        return part
    return part[:8] + bytes([part[8] & ~0b1100]) + part[9:]
