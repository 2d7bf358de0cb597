"""Small images of files, drawn by a process apart: what a stranger sent is never decoded inside the server."""

import subprocess
import sys
from typing import IO

from pupitre.files.kinds import may_be_previewed

_SECONDS = 20


def draw_preview(content: IO[bytes], content_type: str) -> bytes | None:
    """A WebP image of at most 480 pixels, without anything that the original tells of a place or a device.

    None when none can be made: another kind, a damaged file, an image made to fill the memory.
    """
    if not may_be_previewed(content_type):
        return None
    content.seek(0)
    command = [sys.executable, "-I", "-m", "pupitre.files.drawing", content_type]
    try:
        done = subprocess.run(
            command,
            stdin=content.fileno(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    return done.stdout if done.returncode == 0 and done.stdout else None
