"""What can be known of a zip without trusting it: what it announces is never believed, only what comes out counts."""

import io
import re
import struct
import zipfile
import zlib
from typing import IO

DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)
"""What the library raises on a zip that is damaged or made to harm."""
NOISE = re.compile(r"(^|/)(__MACOSX|\.[^/]*|Thumbs\.db|desktop\.ini)(/|$)", re.IGNORECASE)
"""Names of what systems add by themselves."""

_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,3})(\d{1,7})["']""")

ENDLESS = 1 << 62
_END, _END_64, _COMMENT = b"PK\x05\x06", b"PK\x06\x07", 66_000
_CHUNK = 1 << 16


def index_size(stream: IO[bytes]) -> int | None:
    """Bytes of the list of entries, which the library reads whole before it can be counted; None when it is no zip.

    The large format (zip64), whose list may have any size, is ENDLESS: no file that is expected here needs it.
    """
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _COMMENT))
    tail = stream.read()
    stream.seek(0)
    end = tail.rfind(_END)
    if end < 0 or len(tail) < end + 22:
        return None
    if tail[max(0, end - 20) : end].startswith(_END_64):
        return ENDLESS
    return int.from_bytes(tail[end + 12 : end + 16], "little")


def unpacks_to_more(data: bytes, most: int) -> bool:
    """Whether the entries weigh more than `most` bytes once unpacked; nothing is kept of them. Raises one of DAMAGED.

    For files that another library unpacks by itself, with no limit and whatever sizes they announce.
    """
    left = most
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for entry in package.infolist():
            left -= _weight(data, entry, left)
            if left < 0:
                return True
    return False


def spreads_over(data: bytes, most: int) -> bool:
    """Whether a sheet of an Excel workbook spans more than `most` cells. Raises one of DAMAGED.

    The library that reads them holds every cell between the first and the farthest: two cells, written far apart in a file of
    a thousand bytes, are four hundred gigabytes, and the whole process dies. Binary sheets (XLSB) do not say where they end.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for entry in package.infolist():
            if "worksheets/" in entry.filename and entry.filename.endswith(".bin"):
                return True
            with package.open(entry) as stream:
                if _span(stream) > most:
                    return True
    return False


def _span(stream: IO[bytes]) -> int:
    """Rows by columns, as far as the places that are written: « r="B12" » of a cell, « r="12" » of a row."""
    rows, names, kept = 1, {b"A"}, b""
    while chunk := stream.read(1 << 20):
        text = kept + chunk
        for found in _PLACE.finditer(text):
            rows = max(rows, int(found[2]))
            names.add(found[1])
        kept = text[-64:]
    return rows * max(map(_number_of, names))


def _number_of(name: bytes) -> int:
    """« A » is 1, « AB » is 28."""
    number = 0
    for letter in name.upper():
        number = number * 26 + letter - 64
    return max(number, 1)


def _weight(data: bytes, entry: zipfile.ZipInfo, most: int) -> int:
    """Bytes of an entry once unpacked, counted until they are more than `most`."""
    if entry.compress_type == zipfile.ZIP_STORED:
        return entry.compress_size
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise NotImplementedError
    names, extra = struct.unpack_from("<HH", data, entry.header_offset + 26)
    start = entry.header_offset + 30 + names + extra
    packed, engine, count = data[start : start + entry.compress_size], zlib.decompressobj(-zlib.MAX_WBITS), 0
    while packed and not engine.eof and count <= most:
        count += len(engine.decompress(packed, _CHUNK))
        packed = engine.unconsumed_tail
    return count
