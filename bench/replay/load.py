"""The load generator: wrk, which costs little beside the pages it asks for."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from config.cli import Refused

_SCRIPT = Path(__file__).with_name("replay.lua")
_RESULT = re.compile(r"^RESULT (.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Request:
    """One view of a page: whose (cookie), and the tag of the copy their browser holds."""

    path: str
    cookie: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Burst:
    """What wrk saw. Times in milliseconds."""

    requests: int
    seconds: float
    bytes: int
    errors: int
    p50: float
    p95: float
    p99: float

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds


def find_wrk() -> str:
    """The program, installed by apt when we are root on a Debian. Raises Refused."""
    found = shutil.which("wrk")
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        for arguments in (("update", "-qq"), ("install", "-y", "-qq", "wrk")):
            subprocess.run(["apt-get", *arguments], check=False)  # noqa: S607 # nosec B607
        found = shutil.which("wrk")
    if found is None:
        raise Refused("le générateur de charge « wrk » manque. Installez-le : sudo apt-get install wrk.")
    return found


def write_requests(path: Path, requests: Iterable[Request]) -> None:
    """The file that `replay.lua` reads."""
    path.write_text("".join(f"{each.path}\t{each.cookie}\t{each.tag}\n" for each in requests))


def burst(url: str, requests: Path, *, visitors: int, seconds: float) -> Burst:
    """Ask for these views one after the other, `visitors` at a time, for so long. Raises Refused."""
    command = [find_wrk(), "-t1", f"-c{visitors}", f"-d{max(1, round(seconds))}s", "--timeout=10s"]
    command += ["-s", str(_SCRIPT), url, "--", str(requests)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Refused(f"wrk s’est arrêté : {done.stderr.strip() or done.stdout.strip()}")
    return read_result(done.stdout)


def read_result(output: str) -> Burst:
    """The line that `replay.lua` writes. Raises Refused."""
    found = _RESULT.search(output)
    if not found:
        raise Refused(f"wrk n’a pas donné de résultat : {output.strip()[:200]}")
    seen = {name: int(value) for name, value in (pair.split("=") for pair in found[1].split())}
    return Burst(
        requests=seen["requests"],
        seconds=seen["microseconds"] / 1e6,
        bytes=seen["bytes"],
        errors=seen["errors"],
        p50=seen["p50"] / 1e3,
        p95=seen["p95"] / 1e3,
        p99=seen["p99"] / 1e3,
    )
