"""A drop box on this machine: an SFTP server of paramiko’s own, in a folder, that lets one key in."""

import base64
import os
import socket
import threading
from pathlib import Path
from typing import Any

import paramiko

FLAGS = {True: "wb", False: "rb"}


class Box:
    """What the tests see of it: where it is, its key, what it holds. `broken` makes it refuse to write."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key = paramiko.ECDSAKey.generate()
        self.lets_in = ""
        self.is_full = False
        self.plug = socket.create_server(("127.0.0.1", 0))
        self.port = self.plug.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def line(self) -> str:
        """Its public key, as `ssh-keyscan` writes it."""
        return f"{self.key.get_name()} {self.key.get_base64()}"

    def close(self) -> None:
        self.plug.close()

    def _serve(self) -> None:
        while True:
            try:
                client, _from = self.plug.accept()
            except OSError:
                return
            transport = paramiko.Transport(client)
            transport.add_server_key(self.key)
            transport.set_subsystem_handler("sftp", paramiko.SFTPServer, _Folder, box=self)
            try:
                transport.start_server(server=_Door(self))
            except (EOFError, paramiko.SSHException):
                transport.close()


class _Door(paramiko.ServerInterface):
    def __init__(self, box: Box) -> None:
        self.box = box

    def get_allowed_auths(self, username: str) -> str:
        return "publickey"

    def check_auth_publickey(self, username: str, key: Any) -> int:
        known = self.box.lets_in.split()
        is_known = len(known) > 1 and base64.b64decode(known[1]) == key.asbytes()
        return int(paramiko.AUTH_SUCCESSFUL if is_known else paramiko.AUTH_FAILED)

    def check_channel_request(self, kind: str, chanid: int) -> int:
        return int(paramiko.OPEN_SUCCEEDED)


class _Folder(paramiko.SFTPServerInterface):
    def __init__(self, server: Any, *args: Any, box: Box, **kwargs: Any) -> None:
        super().__init__(server, *args, **kwargs)
        self.box = box

    def _at(self, path: str) -> Path:
        return self.box.folder / path.strip("/.")

    def list_folder(self, path: str) -> Any:
        try:
            found = sorted(self._at(path).iterdir())
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno)
        return [paramiko.SFTPAttributes.from_stat(each.stat(), each.name) for each in found]

    def stat(self, path: str) -> Any:
        try:
            return paramiko.SFTPAttributes.from_stat(self._at(path).stat())
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno)

    lstat = stat

    def open(self, path: str, flags: int, attr: Any) -> Any:
        is_written = bool(flags & os.O_WRONLY)
        if is_written and self.box.is_full:
            return paramiko.SFTP_PERMISSION_DENIED
        try:
            file = self._at(path).open(FLAGS[is_written])
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno)
        handle = paramiko.SFTPHandle(flags)
        handle.readfile = handle.writefile = file
        return handle
