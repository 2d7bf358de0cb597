"""Instructions, where the machine lets them be counted: the figure that repeats best on a noisy machine."""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterable
from functools import cache

_EVENT = "instructions"
_COUNT = re.compile(r"^(\d+),[^,]*,[^,]*" + _EVENT, re.MULTILINE)


@cache
def is_supported() -> bool:
    """Whether `perf stat` counts instructions here: rarely on a virtual machine."""
    if shutil.which("perf") is None:
        return False
    tried = subprocess.run(
        ["perf", "stat", "-x,", "-e", _EVENT, "true"],  # noqa: S607 # nosec B607
        capture_output=True,
        text=True,
        check=False,
    )
    return read_count(tried.stderr) is not None


class Counter:
    """Counts for the processes named from its making to `stop()`."""

    def __init__(self, pids: Iterable[int]) -> None:
        command = ["perf", "stat", "-x,", "-e", _EVENT, "-p", ",".join(map(str, sorted(pids)))]
        self._perf = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env={**os.environ, "LC_ALL": "C"}
        )

    def stop(self) -> int | None:
        self._perf.send_signal(signal.SIGINT)
        return read_count(self._perf.communicate()[1])


def read_count(output: str) -> int | None:
    """The count in what `perf stat -x,` writes; None when the event is not supported."""
    found = _COUNT.search(output)
    return int(found[1]) if found else None
