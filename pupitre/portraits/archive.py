"""The photographs of a zip, without trusting it: what it announces is never believed, only what comes out counts. No Django
but for sentences.
"""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from django.utils.translation import gettext as _

from pupitre.foundation.zips import DAMAGED, NOISE, index_size
from pupitre.portraits.refusals import BadArchive

MEGA = 1024 * 1024
LARGEST_MB, MOST, PHOTO_MB, UNPACKED_MB = 300, 1500, 12, 600
_INDEX = 2 * MEGA


def count_photos(stream: IO[bytes]) -> int:
    """How many files a zip announces. Raises BadArchive: not a zip, locked, too many files."""
    _check_index(stream)
    with _telling(), zipfile.ZipFile(stream) as archive:
        return len(_entries(archive))


def photos_in(stream: IO[bytes], *, after: int = 0) -> Iterator[tuple[str, bytes]]:
    """The name of each file with its folders, and its bytes; empty bytes when it weighs more than a photograph.

    `after`: how many are passed over.

    Raises BadArchive, before or among the photographs: not a zip, locked, too many files, too much once unpacked.
    """
    _check_index(stream)
    left = UNPACKED_MB * MEGA
    with _telling(), zipfile.ZipFile(stream) as archive:
        for entry in _entries(archive)[after:]:
            with archive.open(entry) as packed:
                data = packed.read(PHOTO_MB * MEGA + 1)
            left -= len(data)
            if left < 0:
                raise BadArchive(
                    _("Une fois ouvert, ce zip dépasse %(most)s Mo. Partagez-le en plusieurs.") % {"most": UNPACKED_MB}
                )
            yield entry.filename, data if len(data) <= PHOTO_MB * MEGA else b""


def _entries(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files that may be photographs. Raises BadArchive: too many, or locked."""
    entries = [each for each in archive.infolist() if not each.is_dir() and not NOISE.search(each.filename)]
    if len(entries) > MOST:
        raise BadArchive(_("Ce zip contient plus de %(most)s fichiers. Partagez-le en plusieurs.") % {"most": MOST})
    if any(each.flag_bits & 0x41 for each in entries):
        raise BadArchive(_("Ce zip est protégé par un mot de passe. Refaites-le sans mot de passe."))
    return entries


@contextmanager
def _telling() -> Iterator[None]:
    """What a damaged zip raises, in one sentence."""
    try:
        yield
    except DAMAGED as damage:
        if isinstance(damage, BadArchive):
            raise
        raise _unreadable() from None


def _check_index(stream: IO[bytes]) -> None:
    size = index_size(stream)
    if size is None:
        raise _unreadable()
    if size > _INDEX:
        raise BadArchive(_("Ce zip contient plus de %(most)s fichiers. Partagez-le en plusieurs.") % {"most": MOST})


def _unreadable() -> BadArchive:
    return BadArchive(
        _("Ce fichier n’est pas un zip, ou il est abîmé. Refaites le zip du dossier de photos, puis déposez-le.")
    )
