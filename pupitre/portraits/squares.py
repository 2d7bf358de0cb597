"""Photographs cut by the process apart."""

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress

from pupitre.portraits.cutting import packed, unpacked

_COMMAND = (sys.executable, "-I", "-m", "pupitre.portraits.cutting")
_PATIENCE = 90


def squares_of(photos: Sequence[bytes]) -> list[bytes]:
    """A small square of each photograph, in order; empty bytes for one of which nothing can be made.

    A photograph that fells the process is passed over, the next ones are cut by another.
    """
    made: list[bytes] = []
    while len(made) < len(photos):
        cut = _run(photos[len(made) :])
        made += cut
        if len(made) < len(photos):
            made.append(b"")
    return made


def _run(photos: Sequence[bytes]) -> list[bytes]:
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as out:
        for photo in photos:
            source.write(packed(photo))
        source.seek(0)
        with suppress(subprocess.TimeoutExpired):
            subprocess.run(
                _COMMAND, stdin=source, stdout=out, stderr=subprocess.DEVNULL, timeout=_PATIENCE, check=False
            )
        out.seek(0)
        found = []
        while (data := unpacked(out)) is not None:
            found.append(data)
        return found
