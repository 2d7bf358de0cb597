"""What runs on a data folder: read from the system, never believed from a file alone."""

import os
import signal
import subprocess
import time
from pathlib import Path
from typing import IO, Any

PROC = Path("/proc")


def postmaster(data: Path) -> int | None:
    """The process that serves this folder. A pid file may be stale and its number given to somebody else since."""
    try:
        pid = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None
    return pid if f" -D {data} " in _command_line(pid) else None


def detach(command: list[str], output: IO[bytes], **options: Any) -> int:
    """Start a program that outlives us and is nobody's child, its words written to `output`; its pid."""
    launcher = ["/bin/sh", "-c", '"$@" >&2 & echo $!', "sh", *command]
    done = subprocess.run(
        launcher, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=output, check=True, **options
    )
    return int(done.stdout)


def is_running(pid: int) -> bool:
    """Whether a process lives; one that died and was not buried yet does not."""
    return pid > 0 and bool(_command_line(pid).strip())


def clear_leftovers(data: Path, socket: Path, wait: float = 10.0) -> None:
    """Make a folder whose server died startable: its last children leave first, then its lock files are removed.

    A child still holding the shared memory would write beside a new server, hence the wait. PostgreSQL believes a lock
    file as long as any process bears its number, be it somebody else's or a dead one not buried yet.
    """
    locks = (data / "postmaster.pid", socket / ".s.PGSQL.5432.lock")
    if not any(lock.exists() for lock in locks):
        return
    deadline = time.monotonic() + wait
    while _children_remain(data) and time.monotonic() < deadline:
        time.sleep(0.05)
    for lock in locks:
        lock.unlink(missing_ok=True)


def stop(pid: int, data: Path, wait: float = 30.0) -> None:
    """Stop a verified server without waiting for its clients, and wait until it is gone."""
    os.kill(pid, signal.SIGINT)
    deadline = time.monotonic() + wait
    while postmaster(data) == pid and time.monotonic() < deadline:
        time.sleep(0.01)


def _command_line(pid: int) -> str:
    if PROC.exists():
        try:
            return (PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
    shown = subprocess.run(["/bin/ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return shown.stdout


def _children_remain(data: Path) -> bool:
    # Every process of a server lives in its data folder.
    for entry in PROC.glob("[0-9]*/cwd"):
        try:
            if entry.readlink() == data:
                return True
        except OSError:
            continue
    return False
