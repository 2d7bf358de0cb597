"""Under which account the server runs: PostgreSQL refuses to run as root."""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

from pupitre.foundation.postgres.binaries import PostgresError


@dataclass(frozen=True, slots=True)
class ServerUser:
    """The account of the server; `switches` when the launcher, being root, has to become it."""

    uid: int
    gid: int
    switches: bool

    @property
    def popen(self) -> dict[str, object]:
        """What `subprocess` needs to start a program as this user, outside our own session."""
        who: dict[str, object] = {"user": self.uid, "group": self.gid, "extra_groups": []} if self.switches else {}
        return {**who, "cwd": "/", "start_new_session": True}

    def can_reach(self, path: Path) -> bool:
        """Whether this user may walk down to `path`; what does not exist yet is ours to create, so reachable."""
        return all(self._may_enter(folder) for folder in (path, *path.parents) if folder.is_dir())

    def _may_enter(self, folder: Path) -> bool:
        seen = folder.stat()
        if seen.st_uid == self.uid:
            return bool(seen.st_mode & stat.S_IXUSR)
        if seen.st_gid == self.gid:
            return bool(seen.st_mode & stat.S_IXGRP)
        return bool(seen.st_mode & stat.S_IXOTH)


def server_user() -> ServerUser:
    """Ourselves, or an ordinary account when we are root. Raises PostgresError."""
    if os.geteuid() != 0:
        return ServerUser(os.geteuid(), os.getegid(), switches=False)
    for name in ("postgres", "nobody"):
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        return ServerUser(account.pw_uid, account.pw_gid, switches=True)
    raise PostgresError(
        "PostgreSQL refuse de tourner en root et aucun compte « postgres » ou « nobody » n’existe. "
        "Lancez Pupitre avec un compte ordinaire, ou indiquez une base par DATABASE_URL."
    )
