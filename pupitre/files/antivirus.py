"""The antivirus: a clamd reached by its own protocol (INSTREAM), by a socket of this machine or of the network."""

import socket
import struct
from typing import IO

from django.conf import settings

_PIECE = 64 * 1024
_SECONDS = 60.0


class AntivirusDown(Exception):
    """It does not answer, or answers that it could not look."""


def is_configured() -> bool:
    """Whether files are to be looked at at all."""
    return bool(settings.CLAMD)


def find_virus(content: IO[bytes]) -> str:
    """The name of what is found in the stream, read from its beginning; empty when it is clean. Raises AntivirusDown.

    Source: clamd(8), « INSTREAM »: pieces preceded by their length on four bytes, a length of zero at the end.
    """
    content.seek(0)
    try:
        with _connected() as server:
            server.sendall(b"zINSTREAM\0")
            while piece := content.read(_PIECE):
                server.sendall(struct.pack("!I", len(piece)) + piece)
            server.sendall(struct.pack("!I", 0))
            answer = _answer(server)
    except OSError as error:
        raise AntivirusDown(str(error)) from error
    if answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    if not answer.endswith(" OK"):
        # « INSTREAM size limit exceeded »: StreamMaxLength of clamd.conf must be above the largest file.
        raise AntivirusDown(answer)
    return ""


def _connected() -> socket.socket:
    is_local = settings.CLAMD.startswith("/")
    host, _colon, port = settings.CLAMD.rpartition(":")
    server = socket.socket(socket.AF_UNIX) if is_local else socket.create_connection((host, int(port)), timeout=5)
    server.settimeout(_SECONDS)
    try:
        if is_local:
            server.connect(settings.CLAMD)
    except OSError:
        server.close()
        raise
    return server


def _answer(server: socket.socket) -> str:
    told = b""
    while b"\0" not in told and (piece := server.recv(1024)):
        told += piece
    answer, zero, _rest = told.partition(b"\0")
    # Without its end, the daemon died while it was speaking.
    return answer.decode("utf-8", "replace") if zero else ""
