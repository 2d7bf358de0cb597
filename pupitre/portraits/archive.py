"""The photographs of a zip, without trusting it: what it announces is never believed, only what comes out counts. No Django
but for sentences.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from django.utils.translation import gettext as _

from pupitre.portraits.refusals import BadArchive

MEGA = 1024 * 1024
LARGEST_MB, MOST, PHOTO_MB, UNPACKED_MB = 300, 1500, 12, 600
_DIRECTORY = 2 * MEGA
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)
_NOISE = re.compile(r"(^|/)(__MACOSX|\.[^/]*|Thumbs\.db|desktop\.ini)(/|$)", re.IGNORECASE)


def photos_in(stream: IO[bytes]) -> Iterator[tuple[str, bytes]]:
    """The name of each file with its folders, and its bytes; empty bytes when it weighs more than a photograph.

    Raises BadArchive, before or among the photographs: not a zip, locked, too many files, too much once unpacked.
    """
    _check_directory(stream)
    left = UNPACKED_MB * MEGA
    try:
        with zipfile.ZipFile(stream) as archive:
            entries = [each for each in archive.infolist() if not each.is_dir() and not _NOISE.search(each.filename)]
            if len(entries) > MOST:
                raise BadArchive(
                    _("Ce zip contient plus de %(most)s fichiers. Partagez-le en plusieurs.") % {"most": MOST}
                )
            for entry in entries:
                if entry.flag_bits & 0x41:
                    raise BadArchive(_("Ce zip est protégé par un mot de passe. Refaites-le sans mot de passe."))
                with archive.open(entry) as packed:
                    data = packed.read(PHOTO_MB * MEGA + 1)
                left -= len(data)
                if left < 0:
                    raise BadArchive(
                        _("Une fois ouvert, ce zip dépasse %(most)s Mo. Partagez-le en plusieurs.")
                        % {"most": UNPACKED_MB}
                    )
                yield entry.filename, data if len(data) <= PHOTO_MB * MEGA else b""
    except _DAMAGED as damage:
        if isinstance(damage, BadArchive):
            raise
        raise _unreadable() from None


def _check_directory(stream: IO[bytes]) -> None:
    """Refuse a list of files too long to be read: the library reads it whole before it can be counted."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - 66_000))
    tail = stream.read()
    stream.seek(0)
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) < end + 22:
        raise _unreadable()
    if int.from_bytes(tail[end + 12 : end + 16], "little") > _DIRECTORY:
        raise BadArchive(_("Ce zip contient plus de %(most)s fichiers. Partagez-le en plusieurs.") % {"most": MOST})


def _unreadable() -> BadArchive:
    return BadArchive(
        _("Ce fichier n’est pas un zip, ou il est abîmé. Refaites le zip du dossier de photos, puis déposez-le.")
    )
