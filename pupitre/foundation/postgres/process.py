"""What runs on a data folder: read from the system, never believed from a file alone."""

import os
import signal
import subprocess  # nosec B404 - fixed programs, no shell
import time
from pathlib import Path

PROC = Path("/proc")


def postmaster(data: Path) -> int | None:
    """The process that serves this folder. A pid file may be stale and its number given to somebody else since."""
    try:
        pid = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None
    return pid if f" -D {data} " in _command_line(pid) else None


def clear_stale_pid(data: Path, wait: float = 10.0) -> None:
    """Make a folder whose server died startable: its last children leave first, then the false pid is removed.

    A child still holding the shared memory would write beside a new server, hence the wait.
    """
    deadline = time.monotonic() + wait
    while _children_remain(data) and time.monotonic() < deadline:
        time.sleep(0.05)
    (data / "postmaster.pid").unlink(missing_ok=True)


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
    shown = subprocess.run(["ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False)  # noqa: S607 # nosec
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
