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
