"""The embedded server: one folder, a socket and no port, shared by every process of ours that needs it.

Each user of the server holds a shared lock on a file as long as it lives. The last one to leave stops the server;
a process that was killed leaves nothing behind, since the kernel drops its lock.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import Any

import psycopg

from pupitre.foundation.postgres import process
from pupitre.foundation.postgres.binaries import Binaries, PostgresError, find_binaries
from pupitre.foundation.postgres.user import ServerUser, server_user

SUPERUSER = "postgres"
FALLBACK = Path("/var/lib/pupitre")
START_SECONDS = 120
# A socket path holds 107 bytes, the name of the socket and of its lock included.
LONGEST_SOCKET_FOLDER = 80
LARGEST_LOG = 10_000_000

TUNING = ("jit=off", "timezone=UTC", "max_connections=100", "random_page_cost=1.1", "max_parallel_workers_per_gather=0")
# For tests: the data may be lost when the machine stops.
CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class Cluster:
    """The server whose data lie under `state`. `careless` trades safety for speed, for tests."""

    def __init__(self, state: Path, *, binaries: Binaries | None = None, careless: bool = False) -> None:
        self.user: ServerUser = server_user()
        self._found = binaries or find_binaries()
        self.home = self._home(state.resolve())
        self.data = self.home / f"pg{self._found.major}"
        self._settings = (*TUNING, *(CARELESS if careless else ()))
        self._use: int | None = None
        self._log = self.home / f"{self.data.name}.log"

    @property
    def socket(self) -> Path:
        """The folder of the socket: the data folder, or a short private one when its path is too long."""
        if len(os.fsencode(self.data)) <= LONGEST_SOCKET_FOLDER:
            return self.data
        return Path(tempfile.gettempdir()) / f"pupitre-{_digest(self.data)}"

    def url(self, role: str, database: str) -> str:
        """The address of a database of this server; known whether it runs or not."""
        return f"postgresql:///{database}?user={role}&host={self.socket}"

    def connect(self, database: str = "postgres", **options: Any) -> psycopg.Connection[Any]:
        """A connection as the superuser, in autocommit."""
        return psycopg.connect(self.url(SUPERUSER, database), autocommit=True, **options)

    def alive(self) -> bool:
        """Whether the server answers: asked by a real connection, never read from a pid."""
        try:
            self.connect(connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def start(self) -> None:
        """Make the server answer, and keep it for us until `release()`. Raises PostgresError."""
        with self._starting():
            if self._use is None:
                self._use = _open_lock(self.home / f"{self.data.name}.users")
                fcntl.flock(self._use, fcntl.LOCK_SH)
            if self.alive():
                return
            try:
                self._prepare_folders()
                self._launch()
            except OSError as error:
                raise PostgresError(f"PostgreSQL ne peut pas démarrer dans {self.home} : {error.strerror}.") from error

    def release(self) -> bool:
        """Say that we no longer need the server; the last user stops it. Whether it was stopped."""
        if self._use is None:
            return False
        with self._starting():
            alone = _alone(self._use)
            if alone:
                self._stop()
            os.close(self._use)
            self._use = None
        return alone

    def wipe(self) -> None:
        """Stop the server and delete its data. Raises PostgresError when another process uses it."""
        if self._use is None:
            self._use = _open_lock(self.home / f"{self.data.name}.users")
        if not self.release():
            raise PostgresError("Pupitre est encore ouvert ailleurs. Arrêtez-le (Ctrl-C), puis recommencez.")
        _delete(self.data)

    def _home(self, state: Path) -> Path:
        # Root's server runs under another account, which cannot walk into a folder under /root.
        if self.user.can_reach(state):
            return state
        return FALLBACK / _digest(state)

    @contextmanager
    def _starting(self) -> Iterator[None]:
        try:
            self.home.mkdir(parents=True, exist_ok=True)
            lock = _open_lock(self.home / f"{self.data.name}.lock")
        except OSError as error:
            raise PostgresError(f"Le dossier {self.home} ne peut pas être écrit : {error.strerror}.") from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    @cached_property
    def _binaries(self) -> Binaries:
        if self.user.can_reach(self._found.folder):
            return self._found
        return self._found.copied_to(self.home)

    def _prepare_folders(self) -> None:
        if self.user.switches:
            # The folder is ours; the account of the server must be able to walk through it.
            self.home.chmod(self.home.stat().st_mode | 0o111)
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        owner = self.data.stat().st_uid
        if owner != self.user.uid:
            raise PostgresError(
                f"Les données {self.data} appartiennent à un autre compte (n° {owner}). "
                "Lancez Pupitre avec ce compte, ou choisissez un autre dossier par PUPITRE_STATE."
            )
        if self.socket != self.data:
            self._private_folder(self.socket)

    def _private_folder(self, folder: Path) -> None:
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
            if self.user.switches:
                os.chown(folder, self.user.uid, self.user.gid)
        if folder.is_symlink() or folder.stat().st_uid != self.user.uid:
            raise PostgresError(f"Le dossier {folder} appartient à un autre compte. Supprimez-le, puis recommencez.")

    def _initialise(self) -> None:
        """Create the data beside their place, then move them there: never half a database."""
        half_done = self.data.with_name(f"{self.data.name}.part")
        _delete(half_done)
        self._private_folder(half_done)
        command = [self._binaries.folder / "initdb", "-D", half_done, "-U", SUPERUSER, "--auth-local=trust"]
        command += ["--auth-host=reject", "-E", "UTF8", "--locale=C", "--data-checksums", "--no-sync"]
        if self._binaries.major >= 17:
            # The same order and the same upper case on every system, whatever its C library.
            command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        made = subprocess.run(command, capture_output=True, text=True, check=False, **self.user.popen)  # type: ignore[call-overload]
        if made.returncode:
            raise PostgresError(f"La base n’a pas pu être créée : {_last_line(made.stderr)}")
        half_done.rename(self.data)

    def _launch(self) -> None:
        launched = 0
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.alive():
                return
            # A server may be there without answering yet (it mends a crash), or be dying.
            if process.postmaster(self.data) is None and not process.is_running(launched):
                if launched:
                    break
                launched = self._run_server()
            time.sleep(0.02)
        log = self._log.read_text(errors="replace")
        raise PostgresError(f"PostgreSQL ne démarre pas : {_last_line(log)} (voir {self._log})")

    def _run_server(self) -> int:
        process.clear_leftovers(self.data, self.socket)
        if self._log.exists() and self._log.stat().st_size > LARGEST_LOG:
            self._log.unlink()
        command = [str(self._binaries.folder / "postgres"), "-D", str(self.data), "-h", "", "-k", str(self.socket)]
        for setting in self._settings:
            command += ["-c", setting]
        with self._log.open("ab") as output:
            return process.detach(command, output, **self.user.popen)

    def _stop(self) -> None:
        pid = process.postmaster(self.data)
        if pid is not None:
            process.stop(pid, self.data)


def _open_lock(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


def _alone(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _delete(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:10]


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1] if lines else "aucun message"
