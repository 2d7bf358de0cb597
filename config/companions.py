"""Programs that run beside the pages and stop with them."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS_TO_LEAVE = 30


@contextmanager
def beside(*command: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a `pupitre` command in a process of its own as long as we are here: it leaves when its input ends."""
    program = subprocess.Popen([sys.executable, "-m", "config.cli", *command, "--beside"], stdin=subprocess.PIPE)
    try:
        yield program
    finally:
        program.terminate()
        try:
            program.wait(SECONDS_TO_LEAVE)
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait()
        if program.stdin:
            program.stdin.close()
