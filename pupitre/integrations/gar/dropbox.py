"""The drop box of the GAR (SFTP): one server, known by its key, spoken to with ours, for a few minutes at most."""

import base64
import io
import socket
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import paramiko

from pupitre.integrations.services.outside import Unreachable, number_of_host

_CONNECT, _ANSWER = 10.0, 30.0
_LARGEST_REPORT, _MOST_REPORTS = 5 * 1024 * 1024, 50


@dataclass(frozen=True, slots=True)
class Place:
    """Where files go. `private_key`: ours, in PEM; `host_key`: « ssh-ed25519 AAAA… », of the server."""

    host: str
    port: int
    user: str
    private_key: bytes
    host_key: str


class NotDropped(Exception):
    """Nothing was dropped; `code` is one of `words.WHY`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class WrongKey(ValueError):
    """This line is not the public key of a server."""


def read_host_key(line: str) -> paramiko.PKey:
    """The key of a line as `ssh-keyscan` writes it, with or without the host before. Raises WrongKey."""
    words = line.split()
    at = next((place for place, word in enumerate(words) if word.startswith(("ssh-", "ecdsa-"))), -1)
    if at < 0 or at + 1 >= len(words):
        raise WrongKey
    try:
        return paramiko.PKey.from_type_string(words[at], base64.b64decode(words[at + 1], validate=True))
    except (ValueError, paramiko.SSHException):
        raise WrongKey from None


def drop(place: Place, folder: str, files: list[Path]) -> None:
    """Put files in the folder, in this order: the last one says that the others are whole. Raises NotDropped."""
    with _opened(place) as sftp:
        for path in files:
            sftp.put(str(path), str(PurePosixPath(folder or ".") / path.name), confirm=True)


def reports(place: Place, folder: str, known: set[str]) -> Iterator[tuple[str, bytes]]:
    """The files of a folder that are not known yet, by name, with their bytes. Raises NotDropped."""
    with _opened(place) as sftp:
        found = [each for each in sftp.listdir_attr(folder) if _is_report(each) and each.filename not in known]
        for each in sorted(found, key=lambda one: one.filename)[:_MOST_REPORTS]:
            out = io.BytesIO()
            sftp.getfo(str(PurePosixPath(folder) / each.filename), out)
            yield each.filename, out.getvalue()


def _is_report(each: paramiko.SFTPAttributes) -> bool:
    return stat.S_ISREG(each.st_mode or 0) and 0 < (each.st_size or 0) <= _LARGEST_REPORT


@contextmanager
def _opened(place: Place) -> Iterator[paramiko.SFTPClient]:
    """A session with that very server, closed whatever happens; every failure is a code."""
    transport = None
    try:
        plug = socket.create_connection((number_of_host(place.host, place.port), place.port), timeout=_CONNECT)
        transport = paramiko.Transport(plug)
        transport.banner_timeout = transport.auth_timeout = transport.handshake_timeout = _ANSWER
        transport.connect(
            hostkey=read_host_key(place.host_key),
            username=place.user,
            pkey=paramiko.RSAKey.from_private_key(io.StringIO(place.private_key.decode())),
        )
        sftp = paramiko.SFTPClient.from_transport(transport)
        if sftp is None:
            raise NotDropped("refused")
        channel = sftp.get_channel()
        if channel is not None:
            channel.settimeout(_ANSWER)
        yield sftp
    except (Unreachable, OSError, EOFError, paramiko.SSHException, WrongKey) as error:
        raise NotDropped(_why(error)) from None
    finally:
        if transport is not None:
            transport.close()


def _why(error: Exception) -> str:
    if isinstance(error, Unreachable):
        return error.code
    if isinstance(error, paramiko.ssh_exception.IncompatiblePeer | WrongKey):
        return "host_key"
    if isinstance(error, paramiko.AuthenticationException):
        return "login"
    if isinstance(error, TimeoutError):
        return "timeout"
    if isinstance(error, FileNotFoundError | PermissionError):
        return "folder"
    # What `Transport.connect` says of a server that is not the one it was told of.
    if isinstance(error, paramiko.SSHException) and "host key" in str(error).lower():
        return "host_key"
    return "folder" if isinstance(error, OSError) and error.errno is None else "refused"
